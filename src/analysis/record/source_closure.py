"""Which files of the package a module depends on: everything it imports, directly or not, read from the source itself.

Nothing is imported for it. Imports inside functions and under ``TYPE_CHECKING`` count, so that the answer can be too
long but never too short; names put together at run time are not seen, and the package has none.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

PACKAGE: Final = "analysis"
_INIT: Final = "__init__.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTree:
    """The package's source below `folder`, each file read and parsed at most once.

    Parameters
    ----------
    folder
        The folder that holds the package's own folder.
    """

    folder: Path
    _hashes: dict[str, str] = field(default_factory=dict)
    _imports: dict[Path, tuple[str, ...]] = field(default_factory=dict)

    def closure(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the files that importing `names` runs or that lie beside them, sorted.

        Parameters
        ----------
        names
            Dotted names of modules, or of what is in them; names of other packages are passed over.

        Returns
        -------
        tuple of str
            Paths below `folder`, with slashes. Of a package that is imported, files that are no modules (fonts,
            for one) belong to it.
        """
        waiting = [path for name in names for path in self._files(name)]
        found: dict[Path, None] = {}
        while waiting:
            path = waiting.pop()
            if path not in found:
                found[path] = None
                waiting += [file for name in self._imported_by(path) for file in self._files(name)]
        beside = [file for path in found if path.name == _INIT for file in _other_files(path.parent)]
        return tuple(sorted({path.relative_to(self.folder).as_posix() for path in (*found, *beside)}))

    def everything(self) -> tuple[str, ...]:
        """Return every file of the package, sorted, as :meth:`closure` names them."""
        top = self.folder / PACKAGE
        found = (path for path in top.rglob("*") if path.is_file() and _is_source(path.relative_to(top)))
        return tuple(sorted(path.relative_to(self.folder).as_posix() for path in found))

    def hashes(self, files: Iterable[str]) -> dict[str, str]:
        """Return the SHA-256 of each file; empty text for one that cannot be read."""
        return {file: self._hash(file) for file in files}

    def _hash(self, file: str) -> str:
        if file not in self._hashes:
            try:
                self._hashes[file] = sha256((self.folder / file).read_bytes()).hexdigest()
            except OSError:
                self._hashes[file] = ""
        return self._hashes[file]

    def _files(self, name: str) -> list[Path]:
        """Return the files that Python runs to import `name`, or the module that `name` is in."""
        parts = name.split(".")
        folder, files = self.folder, []
        for part in parts if parts[0] == PACKAGE else ():
            if (folder / part / _INIT).is_file():
                folder = folder / part
                files.append(folder / _INIT)
            else:
                module = folder / f"{part}.py"
                return [*files, module] if module.is_file() else files
        return files

    def _imported_by(self, path: Path) -> tuple[str, ...]:
        if path not in self._imports:
            module = path.relative_to(self.folder).with_suffix("").parts
            try:
                self._imports[path] = imported_names(ast.parse(path.read_bytes()), package=module[:-1])
            except (OSError, SyntaxError, ValueError):
                self._imports[path] = ()  # running it will say what is wrong; its hash is known all the same
        return self._imports[path]


def imported_names(tree: ast.Module, *, package: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the dotted names that `tree` imports, in the order in which they stand.

    Parameters
    ----------
    tree
        Parsed code.
    package
        The package it is in, for imports that are relative to it.
    """
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            names += [f"{base}.{alias.name}" for alias in node.names]
    return tuple(names)


def _other_files(package: Path) -> list[Path]:
    """Return the files of a package that are no modules, those in folders that are no packages included."""
    found: list[Path] = []
    for entry in sorted(package.iterdir()):
        if not _is_source(Path(entry.name)):
            continue
        if entry.is_dir() and not (entry / _INIT).is_file():
            inner = (path for path in sorted(entry.rglob("*")) if path.is_file())
            found += [path for path in inner if _is_source(path.relative_to(package))]
        elif entry.is_file() and entry.suffix != ".py":
            found.append(entry)
    return found


def _is_source(path: Path) -> bool:
    """Return whether a path is neither hidden nor made by the interpreter."""
    return not any(part.startswith(".") or part == "__pycache__" for part in path.parts)
