"""A file is a table of text cells with line numbers, or the reason why it is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analysis.evidence.csv_file import read_bytes, read_table
from analysis.evidence.schema import table_schema

SCHEMA = table_schema(
    {
        "name": "t",
        "path": "t.csv",
        "schema": {"fields": [{"name": "id", "type": "string"}, {"name": "n", "type": "string"}], "primaryKey": "id"},
    }
)


def test_cells_and_lines() -> None:
    table, faults = read_table(b'id,n\na,"1,5"\n"b\nb",\nc,3\n', SCHEMA)
    assert not faults
    assert table is not None
    assert table.cells == {"id": ["a", "b\nb", "c"], "n": ["1,5", "", "3"]}
    # the second row starts in line 3 and takes two lines, so the third row starts in line 5
    assert table.lines == (2, 3, 5)
    assert table.key_of(0) == "a"


def test_windows_line_ends_are_read() -> None:
    table, faults = read_table(b"id,n\r\na,1\r\n", SCHEMA)
    assert not faults
    assert table is not None
    assert table.cells["n"] == ["1"]


def test_a_table_may_have_no_rows() -> None:
    table, faults = read_table(b"id,n\n", SCHEMA)
    assert not faults
    assert table is not None
    assert table.cells == {"id": [], "n": []}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "t.csv: a table has a header line, this file is empty"),
        (b"\xef\xbb\xbfid,n\n", "t.csv, line 1: save the file as UTF-8 without byte order mark"),
        (b"id,n\na,1\nb,\xe6\n", "t.csv, line 3: the file must be in UTF-8; found 'bytes e6'"),
        (b"id,n\na,\0\n", "t.csv, line 2: the file must not contain NUL characters"),
        (b"id,n\na,1,2\n", "t.csv, line 2: the row must have 2 cells; found '3 cells'"),
        (b"id,n\na\n", "t.csv, line 2: the row must have 2 cells; found '1 cells'"),
        (b"id,n\n\na,1\n", "t.csv, line 2: the row must have 2 cells; found '0 cells'"),
        (b'id,n\na,"1\n', "t.csv, line 2: the line cannot be read as comma-separated; mend it first"),
        (b'id,n\na,"1"2\n', "t.csv, line 2: the line cannot be read as comma-separated"),
        (b"id\na\n", "t.csv, line 1, column n: the column is missing"),
        (b"id,n,m\na,1,2\n", "t.csv, line 1, column m: the column is not in datapackage.json"),
        (b"id,n,n\na,1,2\n", "t.csv, line 1, column n: the column stands twice"),
        (
            b"n,id\n1,a\n",
            "t.csv, line 1: the columns must stand in the order of datapackage.json: id, n; found 'n, id'",
        ),
    ],
)
def test_what_is_not_such_a_table_is_one_fault(content: bytes, message: str) -> None:
    _, faults = read_table(content, SCHEMA)
    assert [str(fault)[: len(message)] for fault in faults] == [message]


@pytest.mark.parametrize(
    ("content", "cells", "lacks_rows"),
    [
        (b"\xef\xbb\xbfid,n\na,1\n", {"id": ["a"], "n": ["1"]}, False),
        (b"id,n\na,1\nb,\xe6\nc,3\n", {"id": ["a", "c"], "n": ["1", "3"]}, True),
        (b"id,n\na,\0\nc,3\n", {"id": ["c"], "n": ["3"]}, True),
        (b"id,n\na\nb,2\nc,3,4\n", {"id": ["b"], "n": ["2"]}, True),
        # a blank line holds no row
        (b"id,n\n\na,1\n", {"id": ["a"], "n": ["1"]}, False),
        (b'id,n\na,1\nb,"2\nc,3\n', {"id": ["a"], "n": ["1"]}, True),
        # a misnamed, missing or doubled column is left out, the other is read
        (b"id,m\na,1\n", {"id": ["a"]}, False),
        (b"id\na\n", {"id": ["a"]}, False),
        (b"id,n,n\na,1,2\n", {"id": ["a"]}, False),
        (b"n,id\n1,a\n", {"id": ["a"], "n": ["1"]}, False),
        # a column too many, with and without cells of its own; a column taken from the header alone
        (b"m,id,n\n0,a,1\n", {"id": ["a"], "n": ["1"]}, False),
        (b"id,n,m\na,1\nb,2\n", {"id": ["a", "b"], "n": ["1", "2"]}, False),
        (b"id\na,1\nb,2\n", {"id": ["a", "b"], "n": ["1", "2"]}, False),
    ],
)
def test_what_can_be_read_of_a_faulty_file_is_read(
    content: bytes, cells: dict[str, list[str]], lacks_rows: bool
) -> None:
    table, faults = read_table(content, SCHEMA)
    assert faults
    assert table is not None
    assert (table.cells, table.lacks_rows) == (cells, lacks_rows)
    assert len(table.lines) == len(cells["id"])


@pytest.mark.parametrize("content", [b"", "id,n\na,1\n".encode("utf-16"), b"i\0d,n\na,\0\n"])
def test_a_file_without_readable_header_is_one_fault(content: bytes) -> None:
    table, faults = read_table(content, SCHEMA)
    assert table is None
    assert len(faults) == 1


def test_lines_count_on_behind_a_row_left_out() -> None:
    table, _ = read_table(b"id,n\na\n\nb,2\n", SCHEMA)
    assert table is not None
    assert table.lines == (4,)
    assert not table.is_whole("id")
    assert table.has_cells("id", "n")
    assert not table.has_cells("id", "m")


def test_missing_large_and_strange_files(tmp_path: Path) -> None:
    (tmp_path / "big.csv").write_bytes(b"x" * 11)
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    rules = {
        "gone.csv": "the file is missing, but datapackage.json lists it",
        "big.csv": "a file may have at most 10 bytes; if this is meant, raise the limit (--max-mb)",
        "pipe.csv": "this must be an ordinary file",
        "folder.csv": "this must be an ordinary file",
    }
    for file, rule in rules.items():
        content, faults = read_bytes(tmp_path, file, max_bytes=10)
        assert content == b""
        assert [(fault.file, fault.rule) for fault in faults] == [(file, rule)]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_an_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id\n")
    (tmp_path / "t.csv").chmod(0)
    _, faults = read_bytes(tmp_path, "t.csv", max_bytes=10)
    assert faults[0].rule == "the file cannot be read"


def test_reading_stops_after_the_rows_that_are_allowed() -> None:
    content = b"id,n\na,1\nb,2\nc,3\nd,4\n"
    table, faults = read_table(content, SCHEMA, max_rows=4)
    assert (table.cells["id"], faults) == (["a", "b", "c", "d"], [])
    table, (fault,) = read_table(content, SCHEMA, max_rows=2)
    assert table.cells["id"] == ["a", "b"]
    assert table.lacks_rows
    assert str(fault) == (
        "t.csv, line 4: a table may have at most 2 rows; if this is meant, raise the limit (--max-rows)"
    )
