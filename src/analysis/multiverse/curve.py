"""What the specifications of a headline say together: distinct results, ranges, agreement. Descriptions, no chances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from analysis.errors import InsufficientEvidence, ParameterError
from analysis.multiverse.choice import Headline
from analysis.multiverse.table import StoredTable

_DIGITS: Final = 9
_RESULT: Final = ["value", "low", "high"]


def same_results(frame: pd.DataFrame) -> pd.Series[str]:
    """Return a text a row that is the same where value and interval are, to nine significant digits."""
    text = frame[_RESULT].map(lambda number: f"{number:.{_DIGITS - 1}e}")
    return text.agg(" ".join, axis="columns")


def active_choices(table: StoredTable, headline: Headline) -> tuple[str, ...]:
    """Return the choices that move value or interval of a headline in at least one specification; the rest is inert."""
    rows = table.of(headline.key)
    results = same_results(rows)
    names = [choice.name for choice in table.multiverse.choices]
    return tuple(
        name
        for name in names
        if results.groupby([rows[other] for other in names if other != name]).nunique().gt(1).any()
    )


def curve(table: StoredTable, headline: Headline) -> pd.DataFrame:
    """Return the specifications of a headline without repeats by inert choices, in order of value, then interval.

    Returns
    -------
    DataFrame
        A row a combination of options of the active choices: the active choices with their options, value, low, high,
        interval_kind, default (whether it is what the study does), specifications (how many it stands for).
    """
    rows = table.of(headline.key).dropna(subset=["value"])
    active = list(active_choices(table, headline))
    key = rows[active].agg(" | ".join, axis="columns") if active else pd.Series("", index=rows.index)
    kept = rows[~key.duplicated()].copy()
    kept["specifications"] = key[kept.index].map(key.value_counts())
    kept["default"] = kept.index == 0
    columns = [*active, *_RESULT, "interval_kind", "default", "specifications"]
    return kept.sort_values(_RESULT, kind="stable")[columns].reset_index(drop=True)


def summary(tables: Sequence[StoredTable], *, magnitude_factor: float) -> pd.DataFrame:
    """Return what the specifications of each headline say together, one row a headline.

    Parameters
    ----------
    tables
        The stored tables.
    magnitude_factor
        Two numbers of one sign are of the same magnitude if neither is more than this many times the other.

    Returns
    -------
    DataFrame
        headline, specifications, not_estimable, distinct_values, distinct_results (value and interval), value (as the
        study does it), low_value and high_value (range over choices), low and high (interval within that one
        specification), interval_kind, lowest_end and highest_end (of the intervals of all specifications),
        same_magnitude (share of the specifications with the sign and magnitude of the first), same_side and
        clear_side (share with the value, and with the whole interval, on its side of the reference; missing without a
        reference).

    Raises
    ------
    ParameterError
        If the factor is below 1.
    """
    if not magnitude_factor >= 1:
        raise ParameterError(f"magnitude_factor: 1 or more is needed, found {magnitude_factor}")
    return pd.DataFrame(
        [_line(table, headline, magnitude_factor) for table in tables for headline in table.multiverse.headlines]
    )


def _line(table: StoredTable, headline: Headline, factor: float) -> dict[str, object]:
    rows = table.of(headline.key)
    found = rows.dropna(subset=["value"])
    first = default_row(table, headline)
    return {
        "headline": headline.label,
        "specifications": len(rows),
        "not_estimable": len(rows) - len(found),
        "distinct_values": found["value"].map(lambda value: f"{value:.{_DIGITS - 1}e}").nunique(),
        "distinct_results": same_results(found).nunique(),
        "value": first["value"],
        "low_value": found["value"].min(),
        "high_value": found["value"].max(),
        "low": first["low"],
        "high": first["high"],
        "interval_kind": first["interval_kind"],
        "lowest_end": found["low"].min(),
        "highest_end": found["high"].max(),
        "same_magnitude": same_magnitude(found["value"], float(first["value"]), factor=factor).mean(),
        **_sides(found, float(first["value"]), headline.reference),
    }


def default_row(table: StoredTable, headline: Headline) -> pd.Series:
    """Return the row of the specification the study takes by default.

    Raises
    ------
    InsufficientEvidence
        If the headline is not estimable in it.
    """
    first = table.of(headline.key).iloc[0]
    if np.isnan(first["value"]):
        raise InsufficientEvidence(f"{headline.key} is not estimable by the choices of the study itself")
    return first


def same_magnitude(values: pd.Series[float], first: float, *, factor: float) -> pd.Series[bool]:
    """Return which values have the sign of `first` and are at most `factor` times larger or smaller."""
    if first == 0:
        return values == 0
    ratio = values / first
    return (ratio >= 1 / factor) & (ratio <= factor)


def _sides(found: pd.DataFrame, first: float, reference: float | None) -> dict[str, float]:
    """Return the share of values, and of whole intervals, on the side of the reference where the first value is."""
    if reference is None:
        return {"same_side": float("nan"), "clear_side": float("nan")}
    side = np.sign(first - reference)
    clear = found["low"] > reference if side > 0 else found["high"] < reference
    return {
        "same_side": float((np.sign(found["value"] - reference) == side).mean()),
        "clear_side": float((clear & (side != 0)).mean()),
    }
