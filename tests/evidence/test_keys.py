"""Identifiers stand once; references lead somewhere."""

from __future__ import annotations

from typing import Any

from analysis.evidence.csv_file import RawTable, read_table
from analysis.evidence.keys import key_faults, unchecked_faults
from analysis.evidence.schema import table_schema


def raw(name: str, text: str, **schema: Any) -> RawTable:
    columns = text.split("\n", 1)[0].split(",")
    described = {"fields": [{"name": column, "type": "string"} for column in columns], **schema}
    table, faults = read_table(text.encode(), table_schema({"name": name, "path": f"{name}.csv", "schema": described}))
    assert not faults
    assert table is not None
    return table


def test_a_repeated_key_names_both_lines() -> None:
    table = raw("t", "a,b\nx,1\ny,1\nx,2\nx,1\n", primaryKey=["a", "b"])
    faults = [str(fault) for fault in key_faults({"t": table})]
    assert faults == [
        "t.csv, line 5, column a, b: the value must stand in one row only; it stands in line 2 too; found 'x|1'"
    ]


def test_a_reference_without_target_is_named_and_an_empty_one_is_not() -> None:
    sources = raw("sources", "source_id\ns1\n", primaryKey="source_id")
    key = {"fields": "source_id", "reference": {"resource": "sources", "fields": "source_id"}}
    table = raw("t", "a,source_id\nx,s1\ny,s2\nz,\n", primaryKey="a", foreignKeys=[key])
    faults = [str(fault) for fault in key_faults({"sources": sources, "t": table})]
    assert faults == [
        "t.csv, line 3, column source_id: the value must stand in column source_id of sources.csv; found 's2'"
    ]


def test_a_table_that_could_not_be_read_is_no_missing_target() -> None:
    key = {"fields": "a", "reference": {"resource": "sources", "fields": "source_id"}}
    table = raw("t", "a\nx\n", primaryKey="a", foreignKeys=[key])
    assert list(key_faults({"t": table})) == []
    note = "sources.csv: keys into sources.csv were not checked, since it could not be read whole"
    sources = table_schema(
        {
            "name": "sources",
            "path": "sources.csv",
            "schema": {"fields": [{"name": "source_id", "type": "string"}], "primaryKey": "source_id"},
        }
    )
    schemas = {"sources": sources, "t": table.schema}
    assert [str(fault) for fault in unchecked_faults({"t": table}, schemas)] == [note]
    whole = raw("sources", "source_id\nx\n", primaryKey="source_id")
    assert list(unchecked_faults({"t": table, "sources": whole}, schemas)) == []
