"""Estimates of coverage by the three routes."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.estimate import Estimate, Interval, IntervalKind, Period
from analysis.maps.joint_identity import INSIDE_WHEN_MISPLACED
from analysis.maps.mine_coverage import coverage_range
from analysis.maps.outcomes import records
from analysis.maps.row_facts import all_ids
from analysis.maps.scope import GEOGRAPHY, InexactRows
from analysis.stats.partial_identification import unrecorded_share

_ALL_PAIRS: Final = "all pairs of figures"
_NO_UPPER_LIMITS: Final = "the pairs whose number laid is not 'fewer than' or 'up to'"
_COVERED: Final = "share of mines laid that lie at a recorded place"
_RATE: Final = (
    "accidents per mine off the records over accidents per mine at a recorded place, needed for the statements to hold "
    "together"
)
_JOINT_ASSUMPTIONS: Final = (
    "one record entry a mine; k, q and s hold at one moment and for the same mines",
    "'accurate' means that the mine is at the recorded place, which no office has said",
    "figures with 'more than', 'below' or 'about' enter as printed, however inexact rows are read elsewhere",
    "a share printed as a range enters by its two ends",
)
_RATE_INSIDE: Final = "the ratio needed if a mine with a misplaced record counts as recorded"


def coverage_estimates(
    pairs: pd.DataFrame, stated: pd.DataFrame, *, inexact_rows: InexactRows, period: Period
) -> dict[str, Estimate]:
    """Return mines on the records over mines laid over all pairs of figures, and beside it over parts of them.

    Parameters
    ----------
    pairs
        Table of :func:`analysis.maps.mine_coverage.coverage_by_mines`.
    stated
        Table of :func:`analysis.maps.mine_coverage.stated_pairs`.
    inexact_rows
        How the headline reads inexact numbers; the estimates beside it are made for 'as bounds' only.
    period
        Period of the study.
    """
    found = {"coverage_by_mines": _coverage(pairs, stated, _ALL_PAIRS, inexact_rows, period)}
    if inexact_rows != "as bounds":
        return found
    found["coverage_by_mines_as_printed"] = _coverage(pairs, stated, _ALL_PAIRS, "as printed", period)
    upper = pairs["upper_limit"]
    if upper.any() and not upper.all():
        found["coverage_by_mines_without_upper_limits"] = _coverage(
            pairs[~upper], stated, _NO_UPPER_LIMITS, inexact_rows, period
        )
    return found


def _coverage(
    pairs: pd.DataFrame, stated: pd.DataFrame, which: str, inexact_rows: InexactRows, period: Period
) -> Estimate:
    """Return the latest quotient of one statement that the range holds, with the range over the pairs.

    Where no statement prints both numbers it is the quotient of the last pair, or the end of the range next to it.
    """
    interval = coverage_range(pairs, inexact_rows=inexact_rows)
    in_range = [row for row in records(stated) if interval.low <= row["share"] <= interval.high]
    last = in_range[-1]["share"] if in_range else float(pairs["as_printed"].iloc[-1])
    # 'Fewer than' a million excludes the quotient over a million itself.
    last = min(max(float(last), interval.low), interval.high)
    read = "comparators as bounds" if inexact_rows == "as bounds" else "figures as printed"
    return Estimate(
        quantity="mines on the records over mines laid",
        value=last,
        unit="share of mines",
        interval=interval,
        method=f"quotient of published numbers; range over {which}, {read}",
        n=len(pairs),
        n_unit="pairs of a number recorded and a number laid",
        period=period,
        geography=GEOGRAPHY,
        sources=all_ids(pairs["sources"]),
        assumptions=(
            "every recorded mine was laid and is counted once",
            "recorded and laid mean the same devices; some statements include other explosive devices",
            "no method was published for the number of mines laid",
            f"{int(pairs['upper_limit'].sum())} of the pairs have a number laid that is an upper limit",
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
    checked = outside[~outside["q_unverified"]]
    nearest = (outside["correct_share"] - correct_share).abs().round(9)
    chosen = outside[nearest == nearest.min()]
    shared: dict[str, object] = {
        "method": "c = q k and r = s (1 - u) / (u (1 - s)); range over all printed k, q and s",
        "n_unit": "combinations of statements",
        "period": period,
        "geography": GEOGRAPHY,
        "sources": sources,
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
            assumptions=(*_JOINT_ASSUMPTIONS, *_unverified_words(over, checked, column)),
            **shared,  # type: ignore[arg-type]
        )
        for key, over, at, column, quantity, unit in parts
    }


def _unverified_words(over: pd.DataFrame, checked: pd.DataFrame, column: str) -> tuple[str, ...]:
    """Return what the range would be without shares that their own page calls unverified; empty if there are none."""
    unverified = sorted(set(over.loc[over["q_unverified"], "correct_share"]))
    if not unverified:
        return ()
    shares = " and ".join(f"{100 * share:.3g} %" for share in unverified)
    without = (
        "no other is left"
        if checked.empty
        else f"without them the range is {checked[column].min():.3g} to {checked[column].max():.3g}"
    )
    return (f"q of {shares} are unverified figures from social media for parts of one district; {without}",)
