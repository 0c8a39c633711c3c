"""What a file of geometry may be, told by its first bytes before a library opens it.

The library knows sixty formats by content, whatever the file is called, and some of them only point to other files, to
addresses, or to commands. A run reads the file it was given and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from analysis.errors import EvidenceError, Fault
from analysis.evidence.personal_data import ADVICE, looks_personal
from analysis.settings import size_limits

_HEAD: Final = 4096
_GEOJSON: Final = (
    "FeatureCollection",
    "Feature",
    "GeometryCollection",
    "MultiPolygon",
    "Polygon",
    "MultiPoint",
    "Point",
)


def _is_geojson(path: Path) -> bool:
    try:
        tree = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return False
    return isinstance(tree, dict) and tree.get("type") in _GEOJSON


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_HEAD)


FORMATS: Final[Mapping[str, Callable[[Path], bool]]] = {
    ".csv": lambda _: True,  # read as a table, not by the library
    ".fgb": lambda path: _head(path).startswith(b"fgb"),
    ".geojson": _is_geojson,
    ".gpkg": lambda path: _head(path).startswith(b"SQLite format 3\0"),
    ".json": _is_geojson,
    ".kml": lambda path: b"<kml" in _head(path),
    ".shp": lambda path: _head(path).startswith(b"\0\0\x27\x0a"),
}
"""Whether a file is of the format its ending names."""


def check_format(path: Path) -> None:
    """Refuse a file that is too large, of no format that is read, or not of the format its ending names.

    Raises
    ------
    EvidenceError
        Saying which.
    """
    size, limit = path.stat().st_size, size_limits().file_bytes
    if size > limit:
        rule = f"a file may have at most {limit} bytes; if this is meant, raise the limit (--max-mb)"
        raise EvidenceError([Fault(file=path.name, rule=rule, value=f"{size} bytes")])
    belongs = FORMATS.get(path.suffix.lower())
    if belongs is None:
        rule = f"the file must be a readable file of geometry, ending in {', '.join(FORMATS)}"
        raise EvidenceError([Fault(file=path.name, rule=rule, value=path.suffix)])
    if not belongs(path):
        rule = f"the file must be a readable file of geometry, and in the format {path.suffix} stands for"
        raise EvidenceError([Fault(file=path.name, rule=rule)])


def check_content(path: Path, *, rows: int, columns: tuple[str, ...]) -> None:
    """Refuse more features than a table may have rows, and columns that look like personal data.

    A column that is called just `name` is taken: shapes have names.

    Raises
    ------
    EvidenceError
        With every such column.
    """
    limit = size_limits().table_rows
    if rows > limit:
        rule = f"a file may have at most {limit} features; if this is meant, raise the limit (--max-rows)"
        raise EvidenceError([Fault(file=path.name, rule=rule, value=f"{rows}")])
    personal = [column for column in columns if column.casefold() != "name" and looks_personal(column)]
    if personal:
        rule = f"the column cannot be taken: {ADVICE}"
        raise EvidenceError([Fault(file=path.name, column=column, rule=rule) for column in personal])
