"""The source a calibration is of: the modules of a method and all modules of the package they import."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from pathlib import Path

from analysis.paths import PACKAGE


def module_closure(modules: Iterable[str], *, package: Path = PACKAGE) -> tuple[str, ...]:
    """Return the modules and every module of the package they import, directly or not, sorted."""
    found: set[str] = set()
    waiting = sorted(modules)
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting.extend(modules_imported(module, package=package))
    return tuple(sorted(found))


def modules_imported(module: str, *, package: Path = PACKAGE) -> tuple[str, ...]:
    """Return the modules of the package that a module imports itself, sorted."""
    return tuple(_imported(_file_of(module, package).read_text(encoding="utf-8"), package))


def source_hash(modules: Iterable[str], *, package: Path = PACKAGE) -> str:
    """Return the SHA-256 of the code of the modules, without docstrings, comment lines and blank lines."""
    digest = hashlib.sha256()
    for module in modules:
        code = code_lines(_file_of(module, package).read_text(encoding="utf-8"))
        digest.update("\n".join([module, *code, ""]).encode())
    return digest.hexdigest()


def code_lines(source: str) -> list[str]:
    """Return the lines of a module that are neither docstring nor comment nor blank.

    Lines rather than syntax trees, whose printed form differs between versions of Python.
    """
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    words: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None:
            text = node.body[0]
            words.update(range(text.lineno, (text.end_lineno or text.lineno) + 1))
    lines = enumerate(source.splitlines(), 1)
    return [
        line for number, line in lines if number not in words and line.strip() and not line.lstrip().startswith("#")
    ]


def _imported(source: str, package: Path) -> list[str]:
    """Return the modules of the package that a module's source imports."""
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return sorted({name for name in names if name.startswith("analysis.") and _is_module(name, package)})


def _is_module(module: str, package: Path) -> bool:
    path = package.joinpath(*module.split(".")[1:])
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def _file_of(module: str, package: Path) -> Path:
    path = package.joinpath(*module.split(".")[1:])
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
