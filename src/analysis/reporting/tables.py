"""Results as printed tables: the same text on every machine, at most six significant digits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval

NOT_PUBLISHED = ("generated:", "file:")
"""How the names begin that stand in place of a source_id where no publisher stands behind a number."""

MISSING = "\N{EN DASH}"
"""Printed where the evidence says nothing; never zero."""

_WITH_EXPONENT = 1e15


def number(value: float, *, digits: int = 6) -> str:
    """Return `value` with at most `digits` significant digits, thousands separated, infinite as a word.

    From 10^15 on it has an exponent: nobody reads a hundred digits.
    """
    if math.isnan(value):
        return MISSING
    if math.isinf(value):
        return "no upper limit" if value > 0 else "no lower limit"
    if abs(value) >= _WITH_EXPONENT:
        return f"{value:.{digits}g}"
    # Decimal prints a rounded number without an exponent and without digits the rounding took away.
    return f"{Decimal(f'{value + 0.0:.{digits}g}'):,f}"


def interval_text(interval: Interval | None, *, digits: int = 4) -> str:
    """Return 'low to high', or a dash for a plain reported count."""
    if interval is None:
        return MISSING
    return f"{number(interval.low, digits=digits)} to {number(interval.high, digits=digits)}"


def estimates_table(estimates: Mapping[str, Estimate]) -> pd.DataFrame:
    """Return one row an estimate: key, quantity, value, unit, interval, its kind, n, period, method."""
    rows = [
        {
            "key": key,
            "quantity": estimate.quantity,
            "value": _value_text(estimate),
            "unit": estimate.unit,
            "interval": interval_text(estimate.interval),
            "kind of interval": MISSING if estimate.interval is None else estimate.interval.label,
            "n": f"{estimate.n} {estimate.n_unit}",
            "period": str(estimate.period),
            "method": estimate.method,
        }
        for key, estimate in estimates.items()
    ]
    columns = ["key", "quantity", "value", "unit", "interval", "kind of interval", "n", "period", "method"]
    return pd.DataFrame(rows, columns=columns).set_index("key")


def not_estimable_table(reasons: Mapping[str, InsufficientEvidence]) -> pd.DataFrame:
    """Return one row for each quantity the evidence does not allow, with the reason."""
    rows = [{"quantity": quantity, "why it is not estimated": str(reason)} for quantity, reason in reasons.items()]
    return pd.DataFrame(rows, columns=["quantity", "why it is not estimated"]).set_index("quantity")


def printed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` as text: numbers of at most six significant digits, ISO dates, a dash for missing."""
    return pd.DataFrame({name: frame[name].map(_cell) for name in frame}, index=frame.index)


def brought_source(source_id: str) -> dict[str, str]:
    """Return the row of a printed list of sources for what no publisher stands behind: drawn by chance, or a file."""
    words = {
        "generated:": "Made up by this notebook from its parameters; nothing in it was reported by anybody.",
        "file:": "A file named by whoever ran this; not part of the evidence of this repository.",
    }
    citation = next(text for start, text in words.items() if source_id.startswith(start))
    return {"source_id": source_id, "originator": MISSING, "citation": citation}


def withheld_sources(count: int) -> dict[str, str]:
    """Return the row that stands for `count` pages on single accidents in a printed list of sources."""
    return {
        "source_id": f"pages on single accidents: {count}",
        "originator": MISSING,
        "citation": "Title and address would name places and persons' circumstances and are not repeated here; "
        "data/sources.csv has them, figures/*.json name them by source_id.",
    }


def show_whole() -> None:
    """Let pandas show tables whole in this process: a table cut in the middle of a sentence misleads."""
    pd.set_option("display.max_colwidth", None)
    pd.set_option("display.max_rows", None)
    pd.set_option("display.max_columns", None)
    pd.set_option("display.width", 160)


def _value_text(estimate: Estimate) -> str:
    """A plain reported count is shown whole; what was computed has four significant digits."""
    if estimate.interval is None and estimate.value.is_integer():
        return f"{int(estimate.value):,}"
    return number(estimate.value, digits=4)


def _cell(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        # A whole number (a printed area, a sum of counts) is shown whole, also where it went through floating point.
        whole = abs(value) < _WITH_EXPONENT and math.isclose(value, round(value), rel_tol=1e-9)
        return f"{round(value):,}" if whole else number(value)
    return str(value)
