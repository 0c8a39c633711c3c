"""Rules between the columns of a row."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.evidence.cells import typed_frame
from analysis.evidence.csv_file import read_table
from analysis.evidence.row_rules import row_faults
from analysis.evidence.schema import table_schema

FIELDS = [
    {"name": "id", "type": "string"},
    {"name": "start", "type": "string", "partialDate": True},
    {"name": "end", "type": "string", "partialDate": True},
    {"name": "total", "type": "integer"},
    {"name": "killed", "type": "integer"},
    {"name": "injured", "type": "integer"},
    {"name": "comparator", "type": "string"},
]


def faults(row: str, rule: dict[str, Any]) -> list[str]:
    schema = table_schema(
        {"name": "t", "path": "t.csv", "schema": {"fields": FIELDS, "primaryKey": "id", "rowRules": [rule]}}
    )
    raw, problems = read_table(f"id,start,end,total,killed,injured,comparator\n{row}\n".encode(), schema)
    assert not problems
    assert raw is not None
    return [str(fault) for fault in row_faults(typed_frame(raw), schema)]


ORDER = {"rule": "not_before", "start": "start", "end": "end"}
SUM = {"rule": "whole_not_below_parts", "whole": "total", "parts": ["killed", "injured"], "comparator": "comparator"}
FIGURE = {"rule": "comparator_and_figure", "comparator": "comparator", "figures": ["total", "killed", "injured"]}
ABOVE = {"rule": "not_above", "columns": ["killed", "injured", "total"]}
LIMIT = {"rule": "at_most", "column": "total", "limit": 100, "where": "comparator", "in": ["=", ">"]}


def test_an_end_before_its_start() -> None:
    assert faults("a,2024-06-03,2024-06-02,,,,", ORDER) == [
        "t.csv, line 2, column end: end must not be before start; found 'start=2024-06-03, end=2024-06-02'"
    ]


@pytest.mark.parametrize("row", ["a,2024-06-03,2024-06,,,,", "a,2024-06,2024,,,,", "a,2024-06-03,,,,,", "a,,2024,,,,"])
def test_a_partial_end_may_be_after_the_start(row: str) -> None:
    assert faults(row, ORDER) == []


def test_a_total_below_its_parts() -> None:
    # the printed case of 12 April 2024: 65 killed and 288 injured are 353, not 351
    (fault,) = faults("a,,,351,65,288,=", SUM)
    assert fault.startswith("t.csv, line 2, column total: total must not be below killed + injured; ")
    assert fault.endswith("found 'total=351, killed=65, injured=288'")


@pytest.mark.parametrize(
    ("row", "count"),
    [
        ("a,,,353,65,288,=", 0),
        ("a,,,400,65,288,=", 0),  # the rest has no stated outcome
        ("a,,,,65,288,=", 0),
        ("a,,,60,65,,=", 1),  # one part alone is above the whole
        ("a,,,1200,333,948,>", 0),  # more than 1,200 may be 1,281
        ("a,,,1281,333,948,<", 1),  # fewer than 1,281 cannot be 1,281
        ("a,,,1281,333,948,<=", 0),
        ("a,,,1280,333,948,~", 0),  # about is not judged
    ],
)
def test_a_whole_is_judged_by_the_most_it_can_be(row: str, count: int) -> None:
    assert len(faults(row, SUM)) == count


def test_comparator_and_figure_belong_together() -> None:
    assert "a comparator needs a figure in total, killed, injured" in faults("a,,,,,,=", FIGURE)[0]
    assert "a figure needs a comparator; found 'killed=3'" in faults("a,,,,3,,", FIGURE)[0]
    assert faults("a,,,,3,,>=", FIGURE) == []
    assert faults("a,,,,,,", FIGURE) == []


def test_a_part_above_the_next() -> None:
    assert [fault.partition(": ")[2].partition(";")[0] for fault in faults("a,,,2,3,1,=", ABOVE)] == [
        "killed must not be above injured",
        "killed must not be above total",
    ]


def test_a_limit_for_some_kinds() -> None:
    assert len(faults("a,,,101,,,=", LIMIT)) == 1
    assert faults("a,,,101,,,<", LIMIT) == []
    assert faults("a,,,100,,,=", LIMIT) == []


def test_an_unknown_rule_is_a_fault_of_the_descriptor() -> None:
    message = faults("a,,,,,,", {"rule": "adds_up"})[0]
    assert message.startswith("datapackage.json: a row rule of t is one of at_most, comparator_and_figure")


@pytest.mark.parametrize("rule", [{"rule": "not_before", "start": "total", "end": "killed"}, {"rule": "not_above"}])
def test_a_rule_that_does_not_fit_its_columns_is_a_fault_of_the_descriptor(rule: dict[str, Any]) -> None:
    message = faults("a,,,1,1,,=", rule)[0]
    assert message.startswith("datapackage.json: a row rule of t cannot be applied to its columns: KeyError")
