"""Tiny clearance tables with one disagreement each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from analysis.evidence import findings_clearance
from analysis.evidence.partial_dates import span_columns


def clearance(*rows: dict[str, Any]) -> pd.DataFrame:
    blank = {
        "source_id": "s",
        "period_kind": "week",
        "geography": "regained_districts",
        "operator": "anama",
        "method": "unspecified",
        "comparator": "=",
        "alternative": False,
    }
    filled = [{**blank, "row_id": f"c{number}", **row} for number, row in enumerate(rows, start=1)]
    texts = (
        "row_id",
        "source_id",
        "period_start",
        "period_end",
        "period_kind",
        "geography",
        "operator",
        "method",
        "comparator",
    )
    return pd.DataFrame(
        {
            **{name: pd.array([row[name] for row in filled], dtype="str") for name in texts},
            "area_ha": pd.array([row.get("area_ha") for row in filled], dtype="Float64"),
            **{
                name: pd.array([row.get(name) for row in filled], dtype="Int64")
                for name in ("ap_mines", "at_mines", "uxo", "all_devices")
            },
            "alternative": pd.array([row["alternative"] for row in filled], dtype="boolean"),
            **span_columns("period_start", [row["period_start"] for row in filled]),
            **span_columns("period_end", [row["period_end"] for row in filled]),
        }
    )


def week(number: int) -> dict[str, str]:
    start = date(2023, 8, 7) + timedelta(weeks=number)
    return {"period_start": start.isoformat(), "period_end": (start + timedelta(days=6)).isoformat()}


MONTH = {"period_start": "2024-08-01", "period_end": "2024-08-31", "period_kind": "month"}
YEAR = {"period_start": "2024-01-01", "period_end": "2024-12-31", "period_kind": "year", "operator": "all_operators"}


def shown(found) -> list[tuple[tuple[str, ...], float]]:
    return [(each.rows, pytest.approx(each.size)) for each in found]


def test_a_lost_decimal_point() -> None:
    # median of the four nearest (450, 500, 550, 600) is 525, 5250 / 525 = 10 and 525 / 5.25 = 100
    areas = [450.0, 500.0, 550.0, 600.0]
    others = [{**week(number), "area_ha": area} for number, area in zip((0, 1, 3, 4), areas, strict=True)]
    for slip, ratio in ((5250.0, 10), (5.25, 100)):
        table = clearance(*others, {**week(2), "area_ha": slip})
        assert shown(findings_clearance.tenfold_neighbours(table)) == [(("c5",), ratio)]
    assert list(findings_clearance.tenfold_neighbours(clearance(*others, {**week(2), "area_ha": 2000.0}))) == []


def test_neighbours_of_another_operator_or_season_say_nothing() -> None:
    table = clearance(
        {**week(0), "area_ha": 5000.0, "operator": "all_operators"},
        {**week(1), "area_ha": 500.0},
        {**week(30), "area_ha": 5.0},
    )
    assert list(findings_clearance.tenfold_neighbours(table)) == []


def test_repeats() -> None:
    counts = {"ap_mines": 118, "at_mines": 11, "uxo": 1406}
    table = clearance(
        {**week(0), **counts},
        {**week(4), **counts, "area_ha": 3.0},
        {**week(8), "ap_mines": 1, "at_mines": 0, "uxo": 2},  # so few repeat by chance
        {**week(9), "ap_mines": 1, "at_mines": 0, "uxo": 2},
        {**MONTH, "area_ha": 677.0},
        {**MONTH, "period_start": "2024-10-01", "period_end": "2024-10-31", "area_ha": 677.0},
        {**MONTH, "period_end": "2024-09-02", "area_ha": 677.0, "alternative": True},  # the same month restated
    )
    assert shown(findings_clearance.repeated_periods(table)) == [(("c5", "c6"), 677), (("c1", "c2"), 1535)]


def test_second_renderings() -> None:
    table = clearance(
        {**MONTH, "area_ha": 7235.1, "ap_mines": 972, "at_mines": 1020},
        {**MONTH, "area_ha": 7135.1, "ap_mines": 1020, "at_mines": 972, "alternative": True},
        {**MONTH, "area_ha": 7200.0, "comparator": ">", "alternative": True},  # a bound is no other figure
    )
    found = list(findings_clearance.differing_renderings(table))
    assert found[0].rule == "antipersonnel and anti-tank swapped"
    assert shown(found) == [(("c1", "c2"), 48), (("c1", "c2"), 100), (("c1", "c2"), 48), (("c1", "c2"), 48)]


def test_an_area_since_a_start_falls() -> None:
    since = {"period_start": "2020-11-10", "period_kind": "cumulative"}
    table = clearance(
        {**since, "period_end": "2021-01-01", "area_ha": 10.0},
        {**since, "period_end": "2021-02-01", "area_ha": 8.0},
        {**since, "period_end": "2021-03-01", "area_ha": 9.0, "comparator": ">"},
    )
    assert shown(findings_clearance.falling_cumulatives(table)) == [(("c1", "c2"), 2)]


def test_sums_of_a_year() -> None:
    table = clearance(
        {**YEAR, "area_ha": 100.0},
        {**YEAR, "geography": "aghdam", "area_ha": 60.0},
        {**YEAR, "geography": "other_districts", "area_ha": 39.0},  # districts add to 99
        {**YEAR, "operator": "anama", "area_ha": 70.0},
        {**YEAR, "operator": "ministry_of_defence", "area_ha": 30.0},  # operators add to 100
        {**MONTH, "operator": "all_operators", "area_ha": 20.0},
        {
            **MONTH,
            "operator": "all_operators",
            "period_start": "2024-09-01",
            "period_end": "2024-09-30",
            "area_ha": 15.0,
        },
        {**MONTH, "operator": "ministry_of_defence", "area_ha": 5.0},  # part of the month above
    )
    assert shown(findings_clearance.sums_of_years(table)) == [(("c1", "c2", "c3"), 1), (("c1", "c6", "c7"), 65)]


def test_kinds_of_device() -> None:
    kinds = {"ap_mines": 1, "at_mines": 2, "uxo": 3}
    table = clearance({**week(0), **kinds, "all_devices": 6}, {**week(1), **kinds, "all_devices": 7})
    assert shown(findings_clearance.devices_and_kinds(table)) == [(("c2",), 1)]
