"""Results as printed tables: the same text on every machine, at most six significant digits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval

MISSING = "\N{EN DASH}"
"""Printed where the evidence says nothing; never zero."""


def number(value: float, *, digits: int = 6) -> str:
    """Return `value` with at most `digits` significant digits, thousands separated, infinite as a word."""
    if math.isnan(value):
        return MISSING
    if math.isinf(value):
        return "no upper limit" if value > 0 else "no lower limit"
    text = f"{value:.{digits}g}"
    if "e" in text:
        text = f"{float(text):f}".rstrip("0").rstrip(".")
    whole, point, rest = text.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}{point}{rest}"


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
            "value": number(estimate.value, digits=4),
            "unit": estimate.unit,
            "interval": interval_text(estimate.interval),
            "kind of interval": MISSING if estimate.interval is None else estimate.interval.label,
            "n": f"{estimate.n} {estimate.n_unit}",
            "period": str(estimate.period),
            "method": estimate.method,
        }
        for key, estimate in estimates.items()
    ]
    return pd.DataFrame(rows).set_index("key")


def not_estimable_table(reasons: Mapping[str, InsufficientEvidence]) -> pd.DataFrame:
    """Return one row for each quantity the evidence does not allow, with the reason."""
    rows = [{"quantity": quantity, "why it is not estimated": str(reason)} for quantity, reason in reasons.items()]
    return pd.DataFrame(rows, columns=["quantity", "why it is not estimated"]).set_index("quantity")


def printed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` as text: numbers of at most six significant digits, ISO dates, a dash for missing."""
    return pd.DataFrame({name: frame[name].map(_cell) for name in frame}, index=frame.index)


def _cell(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, (int, float)):
        return number(float(value))
    return str(value)
