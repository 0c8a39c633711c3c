"""Estimates of coverage by the three routes."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.estimate import Estimate, Interval, IntervalKind, Period
from analysis.maps.joint_identity import INSIDE_WHEN_MISPLACED
from analysis.maps.outcomes import records
from analysis.maps.row_facts import all_ids
from analysis.maps.scope import GEOGRAPHY
from analysis.stats.partial_identification import unrecorded_share

_COVERED: Final = "share of mines laid that lie at a recorded place"
_RATE: Final = (
    "accidents per mine off the records over accidents per mine at a recorded place, needed for the statements to hold "
    "together"
)
_JOINT_ASSUMPTIONS: Final = (
    "one record entry a mine; k, q and s hold at one moment and for the same mines",
    "'accurate' means that the mine is at the recorded place, which no office has said",
)
_RATE_INSIDE: Final = "the ratio needed if a mine with a misplaced record counts as recorded"


def coverage_estimate(pairs: pd.DataFrame, stated: pd.DataFrame, interval: Interval, period: Period) -> Estimate:
    """Return mines on the records over mines laid: the latest pair of one statement, with the range over all pairs."""
    in_range = [row for row in records(stated) if interval.low <= row["share"] <= interval.high]
    last = in_range[-1]["share"] if in_range else float(pairs["as_printed"].iloc[-1])
    return Estimate(
        quantity="mines on the records over mines laid",
        value=float(last),
        unit="share of mines",
        interval=interval,
        method="quotient of published numbers; range over all pairs of statements",
        n=len(pairs),
        n_unit="pairs of statements",
        period=period,
        geography=GEOGRAPHY,
        sources=all_ids(pairs["sources"]),
        assumptions=(
            "every recorded mine was laid and is counted once",
            "recorded and laid mean the same devices; some statements include other explosive devices",
            "no method was published for the number of mines laid",
        ),
    )


def area_estimates(
    printed: pd.DataFrame, shares: tuple[float, float, float], *, rate_low: float, rate_high: float, period: Period
) -> dict[str, Estimate]:
    """Return the unrecorded share of mined area at r = 1, with its range over r and over the wording of the share."""
    low, middle, high = shares
    return {
        "unrecorded_area_at_equal_rates": Estimate(
            quantity="share of mined area outside the records",
            value=float(unrecorded_share(middle, 1.0)),
            unit="share of mined area",
            interval=Interval(
                low=min(float(unrecorded_share(low, rate_high)), middle),
                high=max(float(unrecorded_share(high, rate_low)), middle),
                kind=IntervalKind.SCENARIO,
            ),
            method=f"u = s / (s + r (1 - s)) at r = 1; range over r from {rate_low:g} to {rate_high:g}",
            n=int(printed["statements"].sum()),
            n_unit="statements",
            period=period,
            geography=GEOGRAPHY,
            sources=all_ids(printed["sources"]),
            assumptions=(
                "no sampling interval: the number of accidents behind the share is not published",
                "r, accidents per unit of mined area outside against inside, is not observed",
            ),
        )
    }


def joint_estimates(
    table: pd.DataFrame, *, correct_share: float, sources: tuple[str, ...], period: Period
) -> dict[str, Estimate]:
    """Return coverage at recorded places and the r needed, at one correct share, with the range over all statements.

    Parameters
    ----------
    table
        Table of :func:`analysis.maps.joint_identity.rates_needed`.
    correct_share
        The q at which the values are given; the printed q nearest to it is taken.
    sources
        Every page behind k, q and s.
    """
    inside = table["convention"] == INSIDE_WHEN_MISPLACED
    outside, within = table[~inside], table[inside]
    nearest = (outside["correct_share"] - correct_share).abs().round(9)
    chosen = outside[nearest == nearest.min()]
    shared: dict[str, object] = {
        "method": "c = q k and r = s (1 - u) / (u (1 - s)); range over all printed k, q and s",
        "n_unit": "combinations of statements",
        "period": period,
        "geography": GEOGRAPHY,
        "sources": sources,
        "assumptions": _JOINT_ASSUMPTIONS,
    }
    parts = (
        ("coverage_at_recorded_places", outside, chosen, "coverage_share", _COVERED, "share of mines"),
        ("relative_rate_needed", outside, chosen, "relative_rate_needed", _RATE, "ratio"),
        (
            "relative_rate_needed_misplaced_inside",
            within,
            within,
            "relative_rate_needed",
            _RATE_INSIDE,
            "ratio",
        ),
    )
    return {
        key: Estimate(
            quantity=quantity,
            value=float(at[column].iloc[-1]),
            unit=unit,
            interval=Interval(
                low=float(over[column].min()), high=float(over[column].max()), kind=IntervalKind.REPORTED
            ),
            n=len(over),
            **shared,  # type: ignore[arg-type]
        )
        for key, over, at, column, quantity, unit in parts
    }
