"""Findings become one table; rows become plain values."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.evidence.findings import COLUMNS, Finding, findings_table, groups, plain, records
from analysis.evidence.partial_dates import span_columns


def test_the_table_says_which_rows_a_decision_deals_with() -> None:
    one = Finding(rule="r", table="t", rows=("a", "b"), size=2.0, detail="d")
    table = findings_table([one], set_aside=["b"], corrected=["a", "z"])
    assert table.to_dict("records") == [
        {"rule": "r", "table": "t", "rows": "a, b", "size": 2.0, "detail": "d [set aside: b] [corrected: a]"}
    ]


def test_no_findings_are_an_empty_table() -> None:
    table = findings_table([], set_aside=[], corrected=[])
    assert table.empty
    assert tuple(table.columns) == COLUMNS
    assert table["size"].dtype == "float64"


def test_records_are_plain_values_in_order() -> None:
    frame = pd.DataFrame(
        {
            "id": pd.array(["b", "a"], dtype="str"),
            "n": pd.array([None, 3], dtype="Int64"),
            "flag": pd.array([True, None], dtype="boolean"),
            **span_columns("on", ["2024-06", None]),
        }
    )
    first, second = records(frame, "id")
    assert (first.id, first.n, first.flag, first.on_first) == ("a", 3, None, None)
    assert (second.n, second.flag, second.on_last) == (None, True, date(2024, 6, 30))


def test_groups_come_in_order_of_their_key() -> None:
    assert list(groups([3, 1, 4, 2], lambda number: number % 2)) == [(0, [4, 2]), (1, [3, 1])]


def test_plain_numbers() -> None:
    assert [plain(each) for each in (5, 5.0, 41915.77, 0.0955)] == ["5", "5", "41915.77", "0.0955"]
