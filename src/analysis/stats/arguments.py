"""Checks of arguments shared by the methods, with one wording for each rule."""

from __future__ import annotations

import math


def tail_of(level: float) -> float:
    """Return the probability left out at each end of a two-sided interval at `level`.

    Raises
    ------
    ValueError
        If the level is not strictly between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level: a share strictly between 0 and 1 is needed, got {level}")
    return (1 - level) / 2


def require_share(name: str, value: float) -> None:
    """Refuse a value outside 0 to 1, or NaN."""
    if not 0 <= value <= 1:
        raise ValueError(f"{name}: a share between 0 and 1 is needed, got {value}")


def require_not_negative(name: str, value: float) -> None:
    """Refuse a negative value, an infinite one, or NaN."""
    if not (math.isfinite(value) and value >= 0):
        raise ValueError(f"{name}: a finite number of at least 0 is needed, got {value}")


def require_positive(name: str, value: float) -> None:
    """Refuse zero, a negative value, an infinite one, or NaN."""
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name}: a finite number above 0 is needed, got {value}")
