"""One table's file as text cells with line numbers; everything that keeps it from being such a table is a fault.

A fault of one line or one column does not hide the others: what can be read is read, and says what it lacks.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import Fault
from analysis.evidence.personal_data import ADVICE, looks_personal
from analysis.evidence.schema import TableSchema

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Bytes that are not UTF-8 are decoded to these (error handler surrogateescape), which no text in UTF-8 can hold.
_NOT_UTF8 = re.compile("[\udc80-\udcff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """The cells of a file as printed in it.

    Parameters
    ----------
    schema
        What the table should be.
    lines
        Line number in the file of each row; the header is line 1.
    cells
        Text of each column, one entry a row; an empty cell is ''. A column that the header does not name is not here.
    lacks_rows
        Whether rows were left out because they could not be read.
    """

    schema: TableSchema
    lines: tuple[int, ...]
    cells: dict[str, list[str]]
    lacks_rows: bool = False

    def has_cells(self, *columns: str) -> bool:
        """Say whether all the columns could be read."""
        return all(column in self.cells for column in columns)

    def is_whole(self, *columns: str) -> bool:
        """Say whether every value of the columns could be read, so that a value not among them is missing."""
        return self.has_cells(*columns) and not self.lacks_rows

    def key_of(self, row: int) -> str:
        """Return the key of a row: the parts of its primary key joined by '|'."""
        return "|".join(self.cells[column][row] for column in self.schema.primary_key)


def read_bytes(folder: Path, file: str, *, max_bytes: int) -> tuple[bytes, list[Fault]]:
    """Return the bytes of a file of the package, or no bytes and the reason."""
    path = folder / file
    if not path.exists():
        return b"", [Fault(file=file, rule="the file is missing, but datapackage.json lists it")]
    if not path.is_file():
        return b"", [Fault(file=file, rule="this must be an ordinary file")]
    try:
        size = path.stat().st_size
        if size > max_bytes:
            rule = f"a file may have at most {max_bytes} bytes; if this is meant, raise the limit (--max-mb)"
            return b"", [Fault(file=file, rule=rule, value=f"{size} bytes")]
        return path.read_bytes(), []
    except OSError as error:
        return b"", [Fault(file=file, rule="the file cannot be read", value=error.strerror)]


def read_table(
    content: bytes, schema: TableSchema, *, max_rows: int = sys.maxsize
) -> tuple[RawTable | None, list[Fault]]:
    """Return what can be read of a table's file, and all faults of its form; None when no row can be read.

    Rows that cannot be read are left out, and so are columns that the header does not name once. Reading stops, with a
    fault, at the row after the first `max_rows`.
    """
    text, faults = _text(content, schema.file)
    rows, lines, problems = _rows(text, schema.file, max_rows=max_rows)
    if not rows:
        empty = Fault(file=schema.file, rule="a table has a header line, this file is empty")
        return None, faults + problems or [empty]
    if _unreadable(rows[0]):
        return None, faults[:1]
    header = rows[0]
    faults += [*problems, *_header_faults(header, schema)]
    names = _names_of_cells(header, rows[1:], schema)
    faults += _width_faults(rows[1:], lines[1:], len(names), schema.file)
    kept = [
        (line, row)
        for line, row in zip(lines[1:], rows[1:], strict=True)
        if len(row) == len(names) and not _unreadable(row)
    ]
    cells = {name: [row[names.index(name)] for _, row in kept] for name in schema.columns if names.count(name) == 1}
    lost = bool(problems) or len(kept) < sum(1 for row in rows[1:] if row)
    return RawTable(schema=schema, lines=tuple(line for line, _ in kept), cells=cells, lacks_rows=lost), faults


def _text(content: bytes, file: str) -> tuple[str, list[Fault]]:
    """Return the text without byte order mark, and a fault for the mark and each line with unreadable characters."""
    faults = []
    if content.startswith(BYTE_ORDER_MARK):
        rule = "save the file as UTF-8 without byte order mark"
        faults = [Fault(file=file, row=1, rule=rule, value="byte order mark")]
    text = content.removeprefix(BYTE_ORDER_MARK).decode("utf-8", errors="surrogateescape")
    if _unreadable([text]):
        faults += [
            fault for line, part in enumerate(text.split("\n"), 1) for fault in _character_faults(part, line, file)
        ]
    return text, faults


def _character_faults(text: str, line: int, file: str) -> Iterator[Fault]:
    if found := _NOT_UTF8.search(text):
        shown = found.group().encode("utf-8", errors="surrogateescape").hex(" ")
        yield Fault(file=file, row=line, rule="the file must be in UTF-8", value=f"bytes {shown}")
    if "\0" in text:
        yield Fault(file=file, row=line, rule="the file must not contain NUL characters", value="\\0")


def _unreadable(texts: list[str]) -> bool:
    return any("\0" in text or _NOT_UTF8.search(text) for text in texts)


def _rows(text: str, file: str, *, max_rows: int) -> tuple[list[list[str]], list[int], list[Fault]]:
    """Return the rows up to the first line that is not comma-separated; what follows it may be cut at wrong places."""
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
            if len(rows) > max_rows + 1:  # the header is none of them
                rule = f"a table may have at most {max_rows} rows; if this is meant, raise the limit (--max-rows)"
                return rows[:-1], lines[:-1], [Fault(file=file, row=lines[-1], rule=rule)]
    except csv.Error as error:
        rule = "the line cannot be read as comma-separated; mend it first, the lines from here on were not checked"
        return rows, lines, [Fault(file=file, row=line, rule=rule, value=str(error))]
    return rows, lines, []


def _names_of_cells(header: list[str], rows: list[list[str]], schema: TableSchema) -> list[str]:
    """Return the column of each cell of a row: the header's, or the description's where only the header is wrong.

    A column added to the header, or taken from it, without a change of the rows is a fault of the header alone.
    """
    described = list(schema.columns)
    if len(header) == len(described):
        return header
    widths = [len(row) for row in rows]
    return described if widths.count(len(described)) > widths.count(len(header)) else header


def _header_faults(header: list[str], schema: TableSchema) -> list[Fault]:
    expected = list(schema.columns)
    if header == expected:
        return []
    misnamed = _misnamed(header, expected)
    faults = [
        Fault(
            file=schema.file,
            row=1,
            column=name,
            rule=_misplaced(found),
            value=found,
        )
        for name, found in misnamed.items()
    ]
    faults += [
        Fault(file=schema.file, row=1, column=name, rule="the column is missing")
        for name in expected
        if name not in header and name not in misnamed
    ]
    faults += [
        Fault(file=schema.file, row=1, column=name, rule=_undeclared(name), value=name)
        for name in dict.fromkeys(header)
        if name not in expected and name not in misnamed.values()
    ]
    faults += [
        Fault(file=schema.file, row=1, column=name, rule="the column stands twice", value=name)
        for name in dict.fromkeys(header)
        if header.count(name) > 1
    ]
    if not faults:
        rule = f"the columns must stand in the order of datapackage.json: {', '.join(expected)}"
        faults = [Fault(file=schema.file, row=1, rule=rule, value=", ".join(header))]
    return faults


def _undeclared(column: str) -> str:
    rule = "the column is not in datapackage.json"
    return f"{rule}, and {ADVICE}" if looks_personal(column) else rule


def _misplaced(column: str) -> str:
    rule = "the column is missing; another stands in its place"
    return f"{rule}, and {ADVICE}" if looks_personal(column) else rule


def _misnamed(header: list[str], expected: list[str]) -> dict[str, str]:
    """Return the names found where described columns should stand, in a header with as many columns as described."""
    if len(header) != len(expected):
        return {}
    return {
        name: found
        for name, found in zip(expected, header, strict=True)
        if name not in header and found not in expected and header.count(found) == 1
    }


def _width_faults(rows: list[list[str]], lines: list[int], width: int, file: str) -> list[Fault]:
    return [
        Fault(file=file, row=line, rule=f"the row must have {width} cells", value=f"{len(row)} cells")
        for row, line in zip(rows, lines, strict=True)
        if len(row) != width
    ]
