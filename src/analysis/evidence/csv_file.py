"""One table's file as text cells with line numbers; everything that keeps it from being such a table is a fault."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import Fault
from analysis.evidence.schema import TableSchema

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


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
        Text of each column, one entry a row; an empty cell is ''.
    """

    schema: TableSchema
    lines: tuple[int, ...]
    cells: dict[str, list[str]]

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
            rule = f"a file may have at most {max_bytes} bytes; raise the limit if this is meant"
            return b"", [Fault(file=file, rule=rule, value=f"{size} bytes")]
        return path.read_bytes(), []
    except OSError as error:
        return b"", [Fault(file=file, rule="the file cannot be read", value=error.strerror)]


def read_table(content: bytes, schema: TableSchema) -> tuple[RawTable | None, list[Fault]]:
    """Return the cells of a table's file, or None and all faults of its form."""
    text, faults = _text(content, schema.file)
    if faults:
        return None, faults
    rows, lines, faults = _rows(text, schema.file)
    if not rows and not faults:
        faults = [Fault(file=schema.file, rule="a table has a header line, this file is empty")]
    if faults:
        return None, faults
    faults = [*_header_faults(rows[0], schema), *_width_faults(rows, lines, schema.file)]
    if faults:
        return None, faults
    columns: Sequence[tuple[str, ...]] = list(zip(*rows[1:], strict=True)) or [()] * len(schema.columns)
    cells = {name: list(column) for name, column in zip(schema.columns, columns, strict=True)}
    return RawTable(schema=schema, lines=tuple(lines[1:]), cells=cells), []


def _text(content: bytes, file: str) -> tuple[str, list[Fault]]:
    if content.startswith(BYTE_ORDER_MARK):
        rule = "save the file as UTF-8 without byte order mark"
        return "", [Fault(file=file, row=1, rule=rule, value="byte order mark")]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = content[error.start : error.end].hex(" ")
        return "", [Fault(file=file, row=line, rule="the file must be in UTF-8", value=f"bytes {found}")]
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return "", [Fault(file=file, row=line, rule="the file must not contain NUL characters", value="\\0")]
    return text, []


def _rows(text: str, file: str) -> tuple[list[list[str]], list[int], list[Fault]]:
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        return [], [], [Fault(file=file, row=line, rule="the line cannot be read as comma-separated", value=str(error))]
    return rows, lines, []


def _header_faults(header: list[str], schema: TableSchema) -> list[Fault]:
    expected = list(schema.columns)
    if header == expected:
        return []
    faults = [
        Fault(file=schema.file, row=1, column=name, rule="the column is missing")
        for name in expected
        if name not in header
    ]
    faults += [
        Fault(file=schema.file, row=1, column=name, rule="the column is not in datapackage.json", value=name)
        for name in dict.fromkeys(header)
        if name not in expected
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


def _width_faults(rows: list[list[str]], lines: list[int], file: str) -> list[Fault]:
    width = len(rows[0])
    return [
        Fault(file=file, row=line, rule=f"the row must have {width} cells", value=f"{len(row)} cells")
        for row, line in zip(rows, lines, strict=True)
        if len(row) != width
    ]
