"""Results as text that is the same on every machine: ten significant digits, fixed order, line feeds."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from datetime import date

import numpy as np
import pandas as pd

from analysis.estimate import Estimate, Interval, Period

SIGNIFICANT_DIGITS = 10


def rounded(value: float) -> float | str:
    """Return `value` with ten significant digits; infinite ends become 'inf' and '-inf', which JSON cannot hold."""
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def plain(value: object) -> object:
    """Return `value` as a tree of dict, list, str, int, float, bool and None, with floats rounded.

    Raises
    ------
    TypeError
        For a type that has no agreed form in the record.
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return rounded(value)
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (Estimate, Interval, Period)):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"the record has no form for {type(value).__name__}: {value!r}")


def as_json(tree: object) -> str:
    """Return `tree` as JSON text with sorted keys, one item a line and a final line feed."""
    return json.dumps(plain(tree), indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def as_csv(frame: pd.DataFrame) -> str:
    """Return `frame` as CSV text without its index: ten significant digits, ISO dates, missing left empty."""
    return frame.to_csv(
        index=False, float_format=f"%.{SIGNIFICANT_DIGITS}g", date_format="%Y-%m-%d", lineterminator="\n"
    )
