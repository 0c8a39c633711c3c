"""Nothing in the package, the set-up or the notebooks evaluates text, loads objects from files or opens connections."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.paths import NOTEBOOKS, REPOSITORY

# Names of functions, wherever they come from.
FORBIDDEN = {
    "eval": "evaluates text",
    "exec": "evaluates text",
    "system": "hands text to a shell (os.system)",
    "popen": "hands text to a shell (os.popen)",
    "unsafe_load": "makes objects from YAML",
    "full_load": "makes objects from YAML",
    "read_pickle": "makes objects from a file",
    "to_pickle": "writes objects that reading would run",
}
# Functions of these modules and no others.
FORBIDDEN_OF = {
    "yaml": {"load", "load_all"},
    "pickle": {"load", "loads"},
    "marshal": {"load", "loads"},
    "shelve": {"open"},
}
NETWORK = {"aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "ssl", "urllib3", "websockets"}

SOURCES = sorted(
    path for folder in ("src", ".ci", "benchmarks", "notebooks") for path in (REPOSITORY / folder).rglob("*.py")
)


def code_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def cells_of(path: Path) -> str:
    cells = json.loads(path.read_bytes())["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def problems(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _called(node)
        if isinstance(node, ast.Import):
            yield from (f"imports {one.name}" for one in node.names if _reaches_out(one.name))
        if isinstance(node, ast.ImportFrom) and node.module and _reaches_out(node.module):
            yield f"imports {node.module}"


def _reaches_out(module: str) -> bool:
    return module.split(".")[0] in NETWORK or module.startswith("urllib.request")


def _called(node: ast.Call) -> Iterator[str]:
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    owner = getattr(function.value, "id", "") if isinstance(function, ast.Attribute) else ""
    if name in FORBIDDEN and not (name == "eval" and owner == "ast"):
        yield f"line {node.lineno}: {name} {FORBIDDEN[name]}"
    if name in FORBIDDEN_OF.get(owner, ()):
        yield f"line {node.lineno}: {owner}.{name} makes objects from text"
    typed = all(isinstance(argument, ast.Constant) for argument in node.args)
    if name == "query" and not typed and "tree" not in ast.unparse(function):  # trees are asked for what lies where
        yield f"line {node.lineno}: DataFrame.query evaluates text"
    for keyword in node.keywords:
        if keyword.arg in {"shell", "allow_pickle"} and getattr(keyword.value, "value", None) is not False:
            yield f"line {node.lineno}: {keyword.arg}="


# Forked kernels are asked for over a socket with a name in a folder of this user, never over a network.
LOCAL_SOCKETS = REPOSITORY / "src/analysis/pipeline/warm"


def opens_beyond_this_machine(tree: ast.AST) -> Iterator[str]:
    """Yield what may open a socket that is not a local one, in a module that may use local ones."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not ast.unparse(node.func).startswith("socket."):
            continue
        name = ast.unparse(node.func)
        family = ast.unparse(node.args[0]) if node.args else ""
        local = family == "socket.AF_UNIX" or [one.arg for one in node.keywords] == ["fileno"]
        if name not in {"socket.socketpair", "socket.send_fds", "socket.recv_fds"} and not (
            name == "socket.socket" and local
        ):
            yield f"line {node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_no_module_does(path: Path) -> None:
    tree = ast.parse(code_of(path))
    found = [*problems(tree)]
    if path.parent == LOCAL_SOCKETS:
        found = [one for one in found if one != "imports socket"] + [*opens_beyond_this_machine(tree)]
    assert found == []


@pytest.mark.parametrize(
    ("code", "opens"),
    [
        ("socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)", False),
        ("socket.socket(fileno=3)", False),
        ("socket.socket()", True),
        ("socket.socket(socket.AF_INET, socket.SOCK_STREAM)", True),
        ("socket.create_connection(('host', 80))", True),
    ],
)
def test_only_local_sockets_are_let_pass(code: str, opens: bool) -> None:
    assert bool([*opens_beyond_this_machine(ast.parse(code))]) == opens


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_no_notebook_does(path: Path) -> None:
    assert [*problems(ast.parse(cells_of(path)))] == []


@pytest.mark.parametrize(
    "code",
    [
        "eval('1')",
        "pandas.eval('1')",
        "frame.query(text)",
        "exec(text)",
        "os.system(text)",
        "subprocess.run(text, shell=True)",
        "subprocess.run(text, shell=is_set)",
        "yaml.load(text, Loader=yaml.Loader)",
        "yaml.unsafe_load(text)",
        "pickle.loads(text)",
        "numpy.load(path, allow_pickle=True)",
        "import requests",
        "from urllib.request import urlopen",
        "import http.client",
    ],
)
def test_the_search_finds(code: str) -> None:
    assert [*problems(ast.parse(code))]


@pytest.mark.parametrize(
    "code", ["ast.literal_eval(x)", "yaml.safe_load(x)", "json.load(x)", "from urllib.parse import *"]
)
def test_the_search_lets_pass(code: str) -> None:
    assert not [*problems(ast.parse(code))]
