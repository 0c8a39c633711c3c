"""MANIFEST.json: the hash of every file of the record, who made it, and from what."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Final

from analysis.errors import ReproductionError
from analysis.record.layout import Layout

_TABLES = ("files", "made_by", "evidence", "versions")
REPAIR: Final = (
    "put the committed files back with `git restore figures`, or make the whole record anew with "
    "`analysis reproduce --rewrite`"
)
"""What to do about a damaged record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the record consists of.

    Parameters
    ----------
    files
        SHA-256 by file name in figures/.
    made_by
        Notebook by figure name.
    evidence
        SHA-256 by evidence file the record was made from.
    versions
        Version by direct dependency, and of Python, the record was made with.
    lock_sha256
        Hash of the list of exact versions; empty where there was none.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    made_by: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    lock_sha256: str = ""

    def as_text(self) -> str:
        """Return the text of MANIFEST.json."""
        from analysis.record.serialise import as_json  # needs numpy, which reading the manifest does not

        tree = {name: dict(getattr(self, name)) for name in _TABLES}
        return as_json({**tree, "lock_sha256": self.lock_sha256})


def read_manifest(layout: Layout) -> Manifest | None:
    """Return the committed manifest; None when there is no record yet.

    Raises
    ------
    ReproductionError
        When the file is damaged, or figures are there without it.
    """
    try:
        manifest = Manifest(**json.loads(layout.manifest.read_bytes()))
        if not all(_is_table(getattr(manifest, name)) for name in _TABLES):
            raise TypeError("a part of it is not a table")
        _refuse_paths(manifest)
        return manifest
    except FileNotFoundError:
        orphans = [path.name for path in record_files(layout)]
        if orphans:
            raise ReproductionError(f"figures/MANIFEST.json is missing beside {len(orphans)} files; {REPAIR}") from None
        return None
    except (ValueError, TypeError) as error:
        raise ReproductionError(f"figures/MANIFEST.json is damaged ({error}); {REPAIR}") from error


def _is_table(found: object) -> bool:
    return isinstance(found, dict) and all(isinstance(value, str) for value in found.values())


def _refuse_paths(manifest: Manifest) -> None:
    """Refuse names that lead out of the folder they are looked for in."""
    for name in (*manifest.files, *manifest.made_by):
        if not name or name in {".", ".."} or {"/", "\\", "\0"} & {*name}:
            raise ValueError(f"{name!r} is not the name of a file in figures/")
    for name in manifest.evidence:
        if not name or "\\" in name or "\0" in name or name.startswith("/") or ".." in name.split("/"):
            raise ValueError(f"{name!r} is not a file in data/")


def record_files(layout: Layout) -> list[Path]:
    """Return the files in figures/ but for the manifest and hidden ones, by name."""
    if not layout.figures.is_dir():
        return []
    found = sorted(layout.figures.iterdir())
    return [path for path in found if path.is_file() and path != layout.manifest and not path.name.startswith(".")]


def check_record(layout: Layout) -> Manifest | None:
    """Check every file of the record against the manifest and return it; None when there is no record yet.

    Raises
    ------
    ReproductionError
        Naming every file that is missing or has other bytes.
    """
    manifest = read_manifest(layout)
    problems = record_damage(layout, manifest)
    if problems:
        listed = "\n  ".join(problems)
        raise ReproductionError(f"the record is damaged; nothing was run:\n  {listed}\n{REPAIR}")
    return manifest


def record_damage(layout: Layout, manifest: Manifest | None) -> tuple[str, ...]:
    """Return a line for every file of the record that is missing or has other bytes; none when there is no record."""
    if manifest is None:
        return ()
    problems = []
    for name, expected in sorted(manifest.files.items()):
        found = file_hash(layout.figures / name)
        if found is None:
            problems.append(f"figures/{name} is missing")
        elif found != expected:
            problems.append(f"figures/{name} was changed after it was published")
    return tuple(problems)


def unlisted_files(layout: Layout, manifest: Manifest | None) -> list[str]:
    """Return files in figures/ that no notebook made; they are left alone."""
    known = {} if manifest is None else manifest.files
    return [path.name for path in record_files(layout) if path.name not in known]


def file_hash(path: Path) -> str | None:
    """Return the SHA-256 of a file, or None when it is not there."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def versions_in_use(layout: Layout) -> dict[str, str]:
    """Return the version of Python (without the patch level) and of each direct dependency."""
    try:
        project = tomllib.loads(layout.project.read_text(encoding="utf-8"))["project"]
    except (OSError, KeyError):
        project = {}
    found = {"python": f"{sys.version_info.major}.{sys.version_info.minor}"}
    for requirement in project.get("dependencies", []):
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found
