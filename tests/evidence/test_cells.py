"""A cell obeys its column's description, and becomes a typed value that may be missing but is never made up."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.evidence.cells import cell_faults, cell_problem, typed_frame
from analysis.evidence.csv_file import read_table
from analysis.evidence.schema import Field, Kind, table_schema


@pytest.mark.parametrize("text", ["0", "7", "123456789012345", "-3"])
def test_whole_numbers(text: str) -> None:
    assert cell_problem(text, Field(name="n", kind=Kind.INTEGER)) is None


@pytest.mark.parametrize(
    "text", ["007", "1.0", "1,000", "1e3", "+1", "nan", "inf", "\u0661", "0x10", "1" * 16, "1_000", "one"]
)
def test_what_is_not_a_whole_number(text: str) -> None:
    problem = cell_problem(text, Field(name="n", kind=Kind.INTEGER))
    assert problem == "the cell must be a whole number, written with digits only"


@pytest.mark.parametrize("text", ["NaN", "inf", "1,5", "1.", ".5", "1e5", "5 246"])
def test_what_is_not_a_number(text: str) -> None:
    problem = cell_problem(text, Field(name="n", kind=Kind.NUMBER))
    assert problem == "the cell must be a number, written with digits and a decimal point only"


@pytest.mark.parametrize(
    ("text", "field", "problem"),
    [
        ("", Field(name="c", kind=Kind.TEXT, required=True), "the cell must not be empty"),
        ("", Field(name="c", kind=Kind.INTEGER), None),
        (" a", Field(name="c", kind=Kind.TEXT), "the cell must not start or end with white space"),
        ("b", Field(name="c", kind=Kind.TEXT, allowed=("a", "c")), "the cell must be one of a, c"),
        ("ab", Field(name="c", kind=Kind.TEXT, pattern=re.compile("a")), "the cell must match the pattern a"),
        ("True", Field(name="c", kind=Kind.BOOLEAN), "the cell must be true or false"),
        ("-1", Field(name="c", kind=Kind.INTEGER, minimum=0), "the cell must be at least 0"),
        ("6", Field(name="c", kind=Kind.NUMBER, maximum=5), "the cell must be at most 5"),
        ("2024-02-30", Field(name="c", kind=Kind.PARTIAL_DATE), "February 2024 has 29 days"),
        ("2024-13", Field(name="c", kind=Kind.PARTIAL_DATE), "there is no month 13"),
    ],
)
def test_rules_of_a_cell(text: str, field: Field, problem: str | None) -> None:
    assert cell_problem(text, field) == problem


SCHEMA = table_schema(
    {
        "name": "t",
        "path": "t.csv",
        "schema": {
            "fields": [
                {"name": "id", "type": "string"},
                {"name": "n", "type": "integer"},
                {"name": "x", "type": "number"},
                {"name": "b", "type": "boolean"},
                {"name": "on", "type": "string", "partialDate": True},
            ],
            "primaryKey": "id",
        },
    }
)


def test_empty_stays_missing_and_zero_stays_zero() -> None:
    raw, _ = read_table(b"id,n,x,b,on\na,0,0.5,true,2024-06\nb,,,,\n", SCHEMA)
    assert raw is not None
    frame = typed_frame(raw)
    assert [str(frame[name].dtype) for name in ("n", "x", "b")] == ["Int64", "Float64", "boolean"]
    assert frame.loc[0, ["id", "n", "x", "b", "on"]].tolist() == ["a", 0, 0.5, True, "2024-06"]
    assert frame.loc[1, ["n", "x", "b", "on", "on_first", "on_last", "on_precision"]].isna().all()
    assert frame.loc[0, "on_first"] == pd.Timestamp("2024-06-01")
    assert frame["line"].tolist() == [2, 3]


def test_every_faulty_cell_is_named() -> None:
    raw, _ = read_table(b"id,n,x,b,on\na,1.5,1,true,2024\nb,2,1,true,2024-02-30\nc,1.5,1,yes,\n", SCHEMA)
    assert raw is not None
    found = [(fault.row, fault.column, fault.value) for fault in cell_faults(raw)]
    assert found == [(2, "n", "1.5"), (4, "n", "1.5"), (4, "b", "yes"), (3, "on", "2024-02-30")]
