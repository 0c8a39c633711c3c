"""The result type refuses everything that would let a number lose its meaning."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimate import Claim, Estimate, Interval, IntervalKind, Period, sorted_union

PERIOD = Period(start=date(2024, 1, 1), end=date(2024, 12, 31))
INTERVAL = Interval(low=1.0, high=3.0, kind=IntervalKind.CONFIDENCE, level=0.95)
ESTIMATE = Estimate(
    quantity="accidents per year",
    value=2.0,
    unit="accidents per year",
    interval=INTERVAL,
    method="Poisson, exact (Garwood 1936)",
    n=2,
    n_unit="accidents",
    period=PERIOD,
    geography="regained districts",
    sources=("a", "b"),
)


def test_a_period_counts_both_its_ends() -> None:
    assert PERIOD.days == 366  # 2024 is a leap year
    assert Period(start=date(2024, 1, 1), end=date(2024, 1, 1)).days == 1
    assert str(PERIOD) == "2024-01-01 to 2024-12-31"


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end before it starts: 2024-01-02 to 2024-01-01"):
        Period(start=date(2024, 1, 2), end=date(2024, 1, 1))


@pytest.mark.parametrize("kind", [IntervalKind.CONFIDENCE, IntervalKind.CREDIBLE, IntervalKind.PREDICTION])
@pytest.mark.parametrize("level", [None, 0.0, 1.0, 95.0])
def test_a_computed_interval_needs_a_level(kind: IntervalKind, level: float | None) -> None:
    with pytest.raises(ValueError, match=f"a {kind} interval needs a level between 0 and 1"):
        Interval(low=0, high=1, kind=kind, level=level)


@pytest.mark.parametrize("kind", [IntervalKind.REPORTED, IntervalKind.BOUND, IntervalKind.SCENARIO])
def test_a_range_takes_no_level(kind: IntervalKind) -> None:
    with pytest.raises(ValueError, match="takes no level"):
        Interval(low=0, high=1, kind=kind, level=0.95)
    assert Interval(low=0, high=math.inf, kind=kind).label == str(kind)


def test_the_label_of_an_interval_says_level_and_kind() -> None:
    assert INTERVAL.label == "95 % confidence interval"


@pytest.mark.parametrize(("low", "high"), [(2.0, 1.0), (math.nan, 1.0), (0.0, math.nan)])
def test_an_interval_needs_ordered_ends(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="needs low <= high and no NaN"):
        Interval(low=low, high=high, kind=IntervalKind.BOUND)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": math.nan}, "an estimate is finite, got nan; raise InsufficientEvidence instead"),
        ({"value": math.inf}, "an estimate is finite, got inf"),
        ({"value": 3.5}, "3.5 lies outside its interval 1.0 to 3.0"),
        ({"unit": " "}, "unit must not be empty"),
        ({"method": ""}, "method must not be empty"),
        ({"geography": ""}, "geography must not be empty"),
        ({"n": -1}, "n counts accidents and cannot be negative, got -1"),
        ({"sources": ()}, "names at least one source"),
        ({"sources": ("b", "a")}, "sources are sorted and without repeats"),
        ({"sources": ("a", "a")}, "sources are sorted and without repeats"),
    ],
)
def test_an_estimate_refuses_nonsense(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(ESTIMATE, **change)  # type: ignore[arg-type]


def test_an_estimate_cannot_be_changed_afterwards() -> None:
    with pytest.raises(FrozenInstanceError):
        ESTIMATE.value = 3.0  # type: ignore[misc]


def test_a_claim_names_who_made_it_and_where_it_was_read() -> None:
    facts = {
        "claim_id": "c-1",
        "attributed_to": "ANAMA",
        "statement": "25 per cent",
        "quantity": "accuracy_share",
        "value": 25.0,
        "unit": "per cent",
        "comparator": "=",
        "as_of": "2021-12",
        "source_id": "s",
    }
    assert Claim(**facts).attributed_to == "ANAMA"  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="c-1: a claim names who made it"):
        Claim(**{**facts, "attributed_to": ""})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="c-1: a claim names the page"):
        Claim(**{**facts, "source_id": ""})  # type: ignore[arg-type]


@given(st.lists(st.lists(st.text(max_size=3))))
def test_a_union_of_sources_is_sorted_complete_and_without_repeats(groups: list[list[str]]) -> None:
    union = sorted_union(*groups)
    assert list(union) == sorted(union)
    assert set(union) == {member for group in groups for member in group}
    assert sorted_union(union) == union
