"""Counts outside the former line: published counts, Wilson by hand, increments, empty selections."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence
from analysis.maps import line_counts as lc
from analysis.maps.statements import OUTSIDE_LINE
from analysis.maps.study import MapReliability


def _wilson(successes: int, trials: int) -> tuple[float, float]:
    """Wilson (1927) from its formula, z = 1.959964."""
    z = 1.959963984540054
    centre = (successes + z * z / 2) / (trials + z * z)
    half = z * math.sqrt(successes * (trials - successes) / trials + z * z / 4) / (trials + z * z)
    return centre - half, centre + half


def test_the_published_counts_are_found_once_each_in_order(study: MapReliability) -> None:
    table = study.line.counts
    pairs = [(row["unit"], row["outside"], row["total"]) for _, row in table.iterrows()]
    assert pairs == [
        ("accident", 116, 156), ("accident", 128, 180), ("accident", 137, 189),
        ("casualty", 147, 266), ("casualty", 217, 303), ("casualty", 247, 345),
    ]  # fmt: skip
    assert table["on_line"].tolist() == [40, 52, 52, 119, 86, 98]


@pytest.mark.parametrize(
    ("outside", "total", "low", "high"),
    # By hand, e.g. 116 of 156: centre 117.92073 / 159.84146 = 0.737735; half 1.959964 sqrt(29.743590 + 0.960365) /
    # 159.84146 = 0.067945.
    [(116, 156, 0.669791, 0.805680), (128, 180, 0.641034, 0.772366), (137, 189, 0.657199, 0.783577)],
)
def test_accident_shares_have_wilson_intervals(
    study: MapReliability, outside: int, total: int, low: float, high: float
) -> None:
    row = study.line.counts.query("outside == @outside and total == @total").iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=1e-6)
    assert (row["low"], row["high"]) == pytest.approx(_wilson(outside, total), rel=1e-9)


def test_casualty_intervals_are_wider_than_those_of_independent_persons(study: MapReliability) -> None:
    persons = study.line.counts.query("unit == 'casualty'")
    assert (persons["low"] < persons["naive_low"]).all()
    assert (persons["high"] > persons["naive_high"]).all()
    assert study.line.dispersion is not None
    assert study.line.dispersion > 1


def test_an_accident_with_a_blank_cell_has_no_size(study: MapReliability, evidence: Evidence) -> None:
    accidents = evidence.table("accidents")
    blank = accidents[accidents[["killed", "injured"]].isna().any(axis=1)]["accident_id"]
    assert len(blank)
    assert set(blank).isdisjoint(study.rows.accidents["accident_id"])


def test_dispersion_is_sum_of_squares_over_sum() -> None:
    # Sizes 1, 1, 4: (1 + 1 + 16) / 6 = 3.
    assert lc.accident_dispersion(pd.DataFrame({"casualties": [1, 4, 1]})) == pytest.approx(3)


def test_increments_by_hand_and_what_cannot_be(study: MapReliability) -> None:
    table = study.line.increments
    assert table[["more_total", "more_outside", "more_on_line"]].to_numpy().tolist() == [
        [24, 12, 12], [9, 9, 0], [37, 70, -33], [42, 30, 12],
    ]  # fmt: skip
    assert table["possible"].tolist() == [True, True, False, True]
    assert pd.isna(table["share_of_new"].iloc[2])


def test_every_method_is_listed_for_every_accident_count(study: MapReliability) -> None:
    assert len(study.line.by_method) == 3 * len(lc.METHODS)
    assert (study.line.by_method["low"] < study.line.by_method["high"]).all()


def test_shares_without_counts_get_no_interval(study: MapReliability) -> None:
    assert set(study.line.shares_only["share"]) == {0.66, 0.7}
    assert "low" not in study.line.shares_only


def test_no_counts_is_said_in_words(said) -> None:
    with pytest.raises(InsufficientEvidence, match="no statement in the selection prints both"):
        lc.line_counts(said({"topic": OUTSIDE_LINE, "share": 0.7}))


def test_a_count_without_a_day_cannot_be_put_in_order(said) -> None:
    table = said({"topic": OUTSIDE_LINE, "number": 3.0, "denominator": 4.0, "as_of_precision": "month"})
    with pytest.raises(InsufficientEvidence, match="need a day to be put in order; ma-0000 has none"):
        lc.line_counts(table)


@given(some.lists(some.tuples(some.integers(0, 9), some.integers(0, 9)), min_size=2, max_size=6))
def test_increments_add_to_the_last_count_less_the_first(steps: list[tuple[int, int]]) -> None:
    outside = pd.Series([a for a, _ in steps]).cumsum() + 1
    on_line = pd.Series([b for _, b in steps]).cumsum() + 1
    counts = pd.DataFrame(
        {
            "unit": "accident",
            "as_of": pd.date_range("2021-01-01", periods=len(steps)),
            "outside": outside,
            "total": outside + on_line,
            "on_line": on_line,
            "source_ids": "page",
        }
    )
    table = lc.increments(counts)
    assert table["possible"].all()
    assert table["more_outside"].sum() == outside.iloc[-1] - outside.iloc[0]
    assert (table["more_total"] == table["more_outside"] + table["more_on_line"]).all()
