"""Tiny tables of closed periods with one disagreement each."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.evidence import findings_periods
from analysis.evidence.partial_dates import span_columns


def table_of(dates: tuple[str, ...], *rows: dict[str, Any]) -> pd.DataFrame:
    blank = {
        "period_start": "2020-11-10",
        "geography": "azerbaijan",
        "comparator": "=",
        "originator": "prosecutor",
        "source_id": "s",
    }
    filled = [{**blank, **row} for row in rows]
    texts = ("row_id", "source_id", "geography", "comparator", "originator", *dates)
    return pd.DataFrame(
        {
            **{name: pd.array([row.get(name) for row in filled], dtype="str") for name in texts},
            **{
                name: pd.array([row.get(name) for row in filled], dtype="Int64")
                for name in ("total", "killed", "injured")
            },
            **{
                column: values
                for name in dates
                for column, values in span_columns(name, [row.get(name) for row in filled]).items()
            },
        }
    )


def periods(*rows: dict[str, Any]) -> pd.DataFrame:
    return table_of(("period_start", "period_end"), *rows)


def totals(*rows: dict[str, Any]) -> pd.DataFrame:
    return table_of(("period_start", "as_of"), *rows)


def shown(found) -> list[tuple[tuple[str, ...], float]]:
    return [(each.rows, each.size) for each in found]


YEAR = {"period_start": "2023-01-01", "period_end": "2023-12-31"}


def test_bodies_and_editions_that_differ() -> None:
    table = periods(
        {"row_id": "p1", **YEAR, "total": 17, "originator": "anama"},
        {"row_id": "p2", **YEAR, "total": 35, "originator": "azcbl"},
        {"row_id": "p3", **YEAR, "total": 32, "originator": "azcbl"},
        {"row_id": "p4", **YEAR, "total": 99, "originator": "halo", "geography": "nagorno_karabakh"},
        {"row_id": "p5", **YEAR, "total": 1, "originator": "halo", "comparator": ">"},
    )
    found = list(findings_periods.differing_counts(table))
    assert [(each.rule.split()[0], each.rows, each.size) for each in found] == [
        ("one", ("p2", "p3"), 3),
        ("bodies", ("p1", "p2", "p3"), 18),
    ]


def test_a_year_against_the_difference_of_its_ends() -> None:
    # 46 killed and 233 injured, a year later 65 and 277: 19 killed, 44 injured, 63 in all
    running = totals(
        {"row_id": "r1", "as_of": "2023-01-27", "killed": 46, "injured": 233},
        {"row_id": "r2", "as_of": "2024-01-26", "total": 342, "killed": 65, "injured": 277},
        {"row_id": "r3", "as_of": "2024-01-01", "total": 300, "originator": "anama"},
    )
    year = {**YEAR, "total": 58, "killed": 19, "injured": 39}
    table = periods({"row_id": "p1", **year}, {"row_id": "p2", **year})  # printed on two pages
    assert shown(findings_periods.years_and_differences(table, running)) == [
        (("p1", "p2", "r1", "r2"), 5),
        (("p1", "p2", "r1", "r2"), 5),
    ]


def test_ends_too_far_away_say_nothing() -> None:
    running = totals(
        {"row_id": "r1", "as_of": "2022-10-01", "total": 10}, {"row_id": "r2", "as_of": "2023-12-31", "total": 90}
    )
    table = periods({"row_id": "p1", **YEAR, "total": 5})
    assert list(findings_periods.years_and_differences(table, running)) == []


def test_adjoining_intervals_add_up() -> None:
    table = periods(
        {"row_id": "p1", "period_start": "2020-11-10", "period_end": "2021-12-14", "total": 197},
        {"row_id": "p2", "period_start": "2021-12-15", "period_end": "2022-02-04", "total": 7},
        {"row_id": "p3", "period_start": "2022-03-01", "period_end": "2022-03-31", "total": 50},  # a gap before it
    )
    running = totals(
        {"row_id": "r1", "as_of": "2022-02-10", "total": 203},  # one below 197 + 7
        {"row_id": "r2", "as_of": "2022-02-11", "total": 204},
        {"row_id": "r3", "as_of": "2022-04-01", "total": 200},  # too late to compare
    )
    assert shown(findings_periods.intervals_and_totals(table, running)) == [(("p2", "r1"), 1)]
