"""Reading ``datapackage.json``, and refusing what would make a reader open something outside the folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.errors import EvidenceError, Fault
from analysis.evidence.schema import DESCRIPTOR, TableSchema, table_schema

_SCHEME_OR_DRIVE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Properties that tell a reader to fetch part of the description or the data from somewhere else.
_REFERENCES = ("$ref", "$schema", "basepath", "dialect", "extrapaths", "innerpath", "package", "profile", "schema")
_STANDARD_PROFILES = ("data-package", "data-resource", "tabular-data-package", "tabular-data-resource")
_LIMIT_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptor:
    """What the package says about itself.

    Parameters
    ----------
    title, version
        As the package gives them; empty where it does not.
    tables
        Its tables by name, in the order of the descriptor.
    files
        Every data file it names, by path inside the folder, in the order of the descriptor.
    """

    title: str
    version: str
    tables: Mapping[str, TableSchema]
    files: tuple[str, ...]


def read_descriptor(folder: Path) -> Descriptor:
    """Return the descriptor of the package in `folder`; no other file is opened.

    Raises
    ------
    EvidenceError
        When there is none, it cannot be read, or anything in it points outside the folder.
    """
    package = _json(folder)
    resources = package.get("resources")
    if not isinstance(resources, list) or not resources or not all(isinstance(each, dict) for each in resources):
        raise _error("a data package lists its files under `resources`", resources)
    faults = [*_reference_faults(package), *(fault for each in resources for fault in _resource_faults(folder, each))]
    names = [str(each.get("name")) for each in resources]
    faults += [_fault("two resources have the same name", each) for each in sorted(set(names)) if names.count(each) > 1]
    if faults:
        raise EvidenceError(faults)
    tables = {str(each["name"]): table_schema(each) for each in resources if "schema" in each}
    for schema in tables.values():
        _check_targets(schema, tables)
    files = tuple(str(each["path"]) for each in resources)
    return Descriptor(
        title=str(package.get("title", "")), version=str(package.get("version", "")), tables=tables, files=files
    )


def _json(folder: Path) -> dict[str, Any]:
    path = folder / DESCRIPTOR
    if not folder.is_dir():
        raise EvidenceError([Fault(file=str(folder), rule="the evidence folder does not exist or is not a folder")])
    if not path.is_file():
        raise _error("the folder holds no data package: this file is missing", None)
    if not _inside(folder, path):
        raise _error("the descriptor must lie in the folder itself, not behind a symbolic link", None)
    if path.stat().st_size > _LIMIT_BYTES:
        raise _error(f"the descriptor may have at most {_LIMIT_BYTES} bytes", str(path.stat().st_size))
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _error("the descriptor must be JSON in UTF-8", str(error)) from error
    if not isinstance(package, dict):
        raise _error("the descriptor must be a JSON object", type(package).__name__)
    return package


def _resource_faults(folder: Path, resource: Mapping[str, Any]) -> Iterator[Fault]:
    if not isinstance(resource.get("name"), str) or not resource["name"]:
        yield _fault("every resource has a name", resource.get("path"))
    if "data" in resource:
        yield _fault("data stand in files, not in the descriptor", resource.get("name"))
    if str(resource.get("encoding", "utf-8")).lower().replace("_", "-") not in {"utf-8", "utf8"}:
        yield _fault("files are in UTF-8", resource["encoding"])
    if resource.get("compression") not in (None, "", "no"):
        yield _fault("files are not compressed", resource["compression"])
    dialect = resource.get("dialect")
    if isinstance(dialect, dict) and dialect:
        yield _fault("tables are comma-separated with one header line; a dialect is not supported", json.dumps(dialect))
    yield from _path_faults(folder, resource.get("path"))
    yield from _reference_faults(resource)
    schema = resource.get("schema")
    if isinstance(schema, dict):
        yield from _reference_faults(schema)
        for key in schema.get("foreignKeys", []) if isinstance(schema.get("foreignKeys", []), list) else []:
            if isinstance(key, dict) and isinstance(key.get("reference"), dict):
                yield from _reference_faults(key["reference"])


def _path_faults(folder: Path, path: object) -> Iterator[Fault]:
    if not isinstance(path, str) or not path:
        yield _fault("every resource has one file, named by `path`", path)
        return
    parts = PurePosixPath(path).parts
    if _SCHEME_OR_DRIVE.match(path) or path.startswith(("//", "\\\\")):
        yield _fault("a resource path must not be remote", path)
    elif path.startswith(("/", "~")):
        yield _fault("a resource path must not be absolute", path)
    elif ".." in parts:
        yield _fault("a resource path must not contain ..", path)
    elif "\\" in path or "\0" in path or any(character in path for character in "*?[]"):
        yield _fault("a resource path is written with / and names one file", path)
    elif not _inside(folder, folder / path):
        yield _fault("a resource path must not leave the folder, not even by a symbolic link", path)


def _reference_faults(described: Mapping[str, Any]) -> Iterator[Fault]:
    for name in _REFERENCES:
        value = described.get(name)
        if name == "profile" and value in _STANDARD_PROFILES:
            continue
        if isinstance(value, list) or (isinstance(value, str) and value):
            yield _fault(f"`{name}` must not refer to another file or address", value)


def _inside(folder: Path, path: Path) -> bool:
    try:
        real = path.resolve(strict=True)
    except (FileNotFoundError, NotADirectoryError):  # that it is missing is said elsewhere
        real = path.resolve()
    except (OSError, RuntimeError):  # a loop of symbolic links; only strict resolution reports it in Python 3.13
        return False
    return real.is_relative_to(folder.resolve())


def _check_targets(schema: TableSchema, tables: Mapping[str, TableSchema]) -> None:
    for key in schema.foreign_keys:
        target = tables.get(key.table)
        if target is None or not all(target.has(column) for column in key.target):
            raise _error(f"a foreign key of {schema.name} refers to no described column", f"{key.table}: {key.target}")
        if len(key.columns) != len(key.target):
            raise _error(f"a foreign key of {schema.name} pairs unequal numbers of columns", f"{key.columns}")


def _fault(rule: str, value: object) -> Fault:
    return Fault(file=DESCRIPTOR, rule=rule, value=None if value is None else str(value))


def _error(rule: str, value: object) -> EvidenceError:
    return EvidenceError([_fault(rule, value)])
