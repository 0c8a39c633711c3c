"""The project file lists what is imported or run, and nothing else."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
BUILT_WITH = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]

# Where the name that is imported is not that of the distribution.
DISTRIBUTIONS = {
    "IPython": "ipython",
    "SALib": "salib",
    "PIL": "pillow",
    "axe_playwright_python": "axe-playwright-python",
    "jupyter_client": "jupyter-client",
    "yaml": "pyyaml",
}
# Extras for one feature each, imported by the package where that feature is asked for.
FEATURES = ("distributed", "publish", "explore")
OURS = {"analysis", "installer", "interpreter", "messages", "stamp"}

# Needed without being imported, and what for.
RUN_NOT_IMPORTED = {
    "axe-playwright-python": "tests in a browser",
    "editables": "editable installation of the package by hatchling",
    "furo": "theme of the report site",
    "hatchling": "build backend",
    "ipywidgets": "interactive exploration",
    "import-linter": "make layers",
    "jupyterlab": "make lab",
    "mypy": "make types",
    "myst-nb": "notebooks in the report site",
    "pandas-stubs": "make types",
    "playwright": "tests in a browser",
    "poetry-core": "build backend of reuse",
    "pre-commit": "local hooks",
    "pytest-xdist": "make test",
    "reuse": "make licences",
    "rocrate": "description of the archive",
    "ruff": "make lint",
    "scipy-stubs": "make types",
    "types-jsonschema": "make types",
    "types-pyyaml": "make types",
    "typst": "the example paper",
    "uv": "set-up and make lock",
}


def names(requirements: list[str]) -> set[str]:
    return {re.match(r"[A-Za-z0-9-]+", text)[0] for text in requirements}


@cache
def imported(*folders: str) -> set[str]:
    """Distributions that the Python files under these folders import."""
    found = set()
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.importorskip":
                found.add(ast.literal_eval(node.args[0]).split(".")[0])
    return {DISTRIBUTIONS.get(name, name) for name in found - set(sys.stdlib_module_names) - OURS}


def test_the_package_imports_only_what_it_requires() -> None:
    listed = names(PROJECT["dependencies"]).union(*(names(EXTRAS[extra]) for extra in FEATURES))
    assert imported("src") - listed == set()


def test_tests_and_tools_import_only_what_is_listed() -> None:
    listed = names(PROJECT["dependencies"]).union(*(names(extra) for extra in EXTRAS.values()))
    assert imported("tests", "notebooks", ".ci") - listed == set()


@pytest.mark.parametrize("name", sorted(names(PROJECT["dependencies"]).union(*(names(EXTRAS[e]) for e in FEATURES))))
def test_every_requirement_of_the_package_is_used(name: str) -> None:
    assert name in imported("src") or name in RUN_NOT_IMPORTED


@pytest.mark.parametrize("name", sorted(names(EXTRAS["dev"]) | names(EXTRAS["setup"])))
def test_every_requirement_of_the_extras_is_used(name: str) -> None:
    assert name in imported("tests", ".ci") or name in RUN_NOT_IMPORTED


def test_build_backend_is_locked_with_the_rest() -> None:
    assert names(BUILT_WITH) <= names(EXTRAS["setup"])
