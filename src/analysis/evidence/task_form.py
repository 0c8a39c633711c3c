"""The form of a task-level file, checked line by line before its cells are read: columns, widths, size."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from analysis.errors import EvidenceError, Fault
from analysis.evidence.personal_data import ADVICE, looks_personal
from analysis.settings import SizeLimits

_SHOWN: Final = 20
# Bytes that are not UTF-8 are decoded to these (error handler surrogateescape), which no text in UTF-8 can hold.
_NOT_UTF8: Final = re.compile("[\udc80-\udcff]")


def check_form(path: str, name: str, columns: Sequence[str], limits: SizeLimits) -> None:
    """Refuse a file that is no comma-separated table with these columns, one line a row.

    Columns beside them are allowed, unless they look like personal data.

    Raises
    ------
    EvidenceError
        With every fault of the header, or else the first faults of the lines.
    """
    if not Path(path).is_file():
        raise EvidenceError([Fault(file=name, rule="the file must exist")])
    size = Path(path).stat().st_size
    if size > limits.file_bytes:
        rule = f"a file may have at most {limits.file_bytes} bytes; if this is meant, raise the limit (--max-mb)"
        raise EvidenceError([Fault(file=name, rule=rule, value=f"{size} bytes")])
    with Path(path).open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        reader = csv.reader(_readable(file), strict=True)
        try:
            faults = _faults(reader, name, columns, limits)
        except _UnreadableLine as unreadable:
            fault = Fault(file=name, row=reader.line_num + 1, rule=str(unreadable))
            raise EvidenceError([fault]) from unreadable
        except csv.Error as error:
            raise EvidenceError([_not_separated(name, 1, error)]) from error
    if faults:
        raise EvidenceError(faults)


class _Rows(Protocol):
    """A CSV reader."""

    @property
    def line_num(self) -> int:
        """Lines read so far."""

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


class _UnreadableLine(Exception):
    """A line that is no text in UTF-8."""


def _readable(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if "\0" in line:
            raise _UnreadableLine("the file must not contain NUL characters")
        if not line.isascii() and _NOT_UTF8.search(line):
            raise _UnreadableLine("the file must be in UTF-8; save it as such")
        yield line


def _faults(reader: _Rows, name: str, columns: Sequence[str], limits: SizeLimits) -> list[Fault]:
    header = next(reader, [])
    return _header_faults(header, name, columns) or _line_faults(reader, name, len(header), limits)


def _header_faults(header: list[str], name: str, columns: Sequence[str]) -> list[Fault]:
    if len(header) < 2:
        found = header[0][:80] if header else "nothing"
        rule = "the first line names the columns, separated by commas"
        hint = "; save the file with commas" if ";" in found or "\t" in found else ""
        return [Fault(file=name, row=1, rule=rule + hint, value=found)]
    missing = [
        Fault(file=name, row=1, column=one, rule="the column is missing") for one in columns if one not in header
    ]
    twice = [
        Fault(file=name, row=1, column=one, rule="the column stands twice")
        for one in dict.fromkeys(header)
        if header.count(one) > 1
    ]
    personal = [
        Fault(file=name, row=1, column=one, rule=f"the column cannot be taken: {ADVICE}")
        for one in dict.fromkeys(header)
        if one not in columns and looks_personal(one)
    ]
    return missing + twice + personal


def _line_faults(reader: _Rows, name: str, width: int, limits: SizeLimits) -> list[Fault]:
    """Return the first faults of the lines; lines and rows stay one to one, so that findings name the right line."""
    faults: list[Fault] = []
    line, most = 1, limits.table_rows + 1
    try:
        for line, row in enumerate(reader, 2):
            if len(row) == width and reader.line_num == line <= most:
                continue
            fault = _line_fault(row, line, reader.line_num, name, width, limits)
            if fault is None:
                continue
            if len(row) == width or len(faults) == _SHOWN - 1:
                return [*faults, replace(fault, rule=f"{fault.rule}; the lines after it were not checked")]
            faults.append(fault)
    except csv.Error as error:
        return [*faults, _not_separated(name, line + 1, error)]
    return faults if line > 1 else [Fault(file=name, rule="the table needs at least one row")]


def _line_fault(row: list[str], line: int, ends: int, name: str, width: int, limits: SizeLimits) -> Fault | None:
    if len(row) != width:
        found = f"{len(row)} cells" if row else "an empty line"
        return Fault(file=name, row=line, rule=f"the row must have {width} cells", value=found)
    if ends != line:
        return Fault(file=name, row=line, rule="a row stands on one line: take the line break out of the cell")
    if line > limits.table_rows + 1:
        rule = f"a table may have at most {limits.table_rows} rows; if this is meant, raise the limit (--max-rows)"
        return Fault(file=name, row=line, rule=rule)
    return None


def _not_separated(name: str, line: int, error: csv.Error) -> Fault:
    rule = "the line cannot be read as comma-separated; mend it first"
    return Fault(file=name, row=line, rule=rule, value=str(error))
