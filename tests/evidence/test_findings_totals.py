"""Tiny tables of running totals with one disagreement each."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.evidence import findings_totals
from analysis.evidence.partial_dates import span_columns

FIGURES = ["total", "killed", "injured", "civilian_killed", "civilian_injured", "military_killed", "military_injured"]


def totals(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return a typed table; a row needs only what a test is about."""
    blank = {"period_start": "2020-11-10", "geography": "azerbaijan", "comparator": "=", "originator": "anama"}
    filled = [{**blank, "row_id": f"r{number}", **row} for number, row in enumerate(rows, start=1)]
    return pd.DataFrame(
        {
            **{
                name: pd.array([row.get(name) for row in filled], dtype="str")
                for name in ("row_id", "period_start", "as_of", "geography", "comparator", "originator")
            },
            **{name: pd.array([row.get(name) for row in filled], dtype="Int64") for name in FIGURES},
            **span_columns("period_start", [row["period_start"] for row in filled]),
            **span_columns("as_of", [row["as_of"] for row in filled]),
        }
    )


def shown(found) -> list[tuple[tuple[str, ...], float]]:
    return [(each.rows, each.size) for each in found]


def test_parts() -> None:
    table = totals(
        {"as_of": "2024", "total": 5, "killed": 2, "injured": 3},
        {"as_of": "2024", "total": 6, "killed": 2, "injured": 3},  # one outcome not stated
        {"as_of": "2024", "total": 4, "killed": 2, "injured": 3},
        {"as_of": "2024", "total": 4, "killed": 2, "injured": 3, "comparator": ">"},
        {"as_of": "2024", "killed": 9, "civilian_killed": 4, "military_killed": 6},
    )
    found = list(findings_totals.parts_and_totals(table, "t"))
    assert [(each.rule, each.rows, each.size) for each in found] == [
        ("parts do not add to the total", ("r2",), 1),
        ("a total is below its parts", ("r3",), 1),
        ("a total is below its parts", ("r5",), 1),
    ]


def test_a_fall_is_measured_from_the_highest_earlier_figure_of_the_same_body() -> None:
    table = totals(
        {"as_of": "2021-01-01", "total": 10},
        {"as_of": "2021-02-01", "total": 14},
        {"as_of": "2021-03-01", "total": 12},
        {"as_of": "2021-04-01", "total": 11, "originator": "halo_trust"},
        {"as_of": "2021-05-01", "total": 14},
    )
    assert shown(findings_totals.falling_totals(table)) == [(("r2", "r3"), 2)]


def test_unknown_is_no_body_and_a_month_is_not_after_its_days() -> None:
    table = totals(
        {"as_of": "2021-01-01", "total": 10, "originator": "unknown"},
        {"as_of": "2021-02-01", "total": 9, "originator": "unknown"},
        {"as_of": "2021-05-20", "total": 20},
        {"as_of": "2021-05", "total": 19},
    )
    assert shown(findings_totals.falling_totals(table)) == []


def test_both_names_of_the_area_are_one_count() -> None:
    table = totals(
        {"as_of": "2021-01-01", "total": 10, "geography": "regained_districts"},
        {"as_of": "2021-01-01", "total": 12},
        {"as_of": "2021-01-01", "total": 90, "geography": "nagorno_karabakh"},
        {"as_of": "2021-01-01", "total": 99, "period_start": "1991"},
    )
    assert shown(findings_totals.totals_of_one_date(table)) == [(("r1", "r2"), 2)]


def test_stale_and_late_figures() -> None:
    table = totals(
        {"as_of": "2021-01-01", "total": 10},
        {"as_of": "2021-02-01", "total": 14, "originator": "mfa"},
        {"as_of": "2021-03-01", "total": 10},  # repeats its own
        {"as_of": "2021-03-02", "total": 11, "originator": "mfa"},  # below, repeats nothing
        {"as_of": "2021-03-03", "total": 10, "originator": "unknown"},  # repeats anybody's
        {"as_of": "2021-03-04", "total": 10, "originator": "halo"},  # another body's figure is no repeat
    )
    found = list(findings_totals.late_figures(table, table))
    assert [(each.rule.split()[3].rstrip(":"), each.rows, each.size) for each in found] == [
        ("stale", ("r1", "r2", "r3"), 4),
        ("below", ("r2", "r4"), 3),
        ("stale", ("r1", "r2", "r5"), 4),
        ("below", ("r2", "r6"), 4),
    ]


def test_a_known_slip_is_not_found_in_every_later_row() -> None:
    table = totals({"as_of": "2021-01-01", "total": 365}, {"as_of": "2021-02-01", "total": 360})
    used = totals({"as_of": "2021-01-01", "total": 356}, {"as_of": "2021-02-01", "total": 360})
    assert shown(findings_totals.late_figures(table, used)) == []
    assert shown(findings_totals.late_figures(table, table)) == [(("r1", "r2"), 5)]


def test_the_long_series_is_its_start_plus_the_later_series() -> None:
    long = {"period_start": "1991"}
    table = totals(
        {"as_of": "2020-11-10", "total": 100, **long},
        {"as_of": "2021-01-01", "total": 5},
        {"as_of": "2021-01-01", "total": 105, **long},
        {"as_of": "2021-02-01", "total": 8},
        {"as_of": "2021-02", "total": 106, **long},  # implies 6, the nearest printed is 8
        {"as_of": "2021-09-01", "total": 200, **long},  # nothing to compare with
    )
    assert shown(findings_totals.all_time_identity(table)) == [(("r5", "r4"), 2)]


def test_without_a_start_there_is_nothing_to_compare() -> None:
    table = totals({"as_of": "2021-01-01", "total": 5}, {"as_of": "2021-01-01", "total": 105, "period_start": "1991"})
    assert list(findings_totals.all_time_identity(table)) == []
    assert list(findings_totals.all_time_identity(table.iloc[1:])) == []
