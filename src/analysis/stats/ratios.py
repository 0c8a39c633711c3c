"""Ranges and intervals for a quotient; unbounded when the denominator cannot be told from zero."""

from __future__ import annotations

import math

from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import require_not_negative, tail_of


def quotient_range(
    numerator_low: float,
    numerator_high: float,
    denominator_low: float,
    denominator_high: float,
    *,
    kind: IntervalKind = IntervalKind.BOUND,
) -> Interval:
    """Return the lowest and highest quotient of two quantities, each known to lie in a range of numbers from 0 up.

    The high end is infinite when the denominator can be 0, or the numerator is unbounded.

    Parameters
    ----------
    numerator_low, numerator_high, denominator_low, denominator_high
        Ends of the ranges, 0 or more; high ends may be infinite.
    kind
        What the ranges are: bounds of published figures (default), or a scenario.

    Raises
    ------
    InsufficientEvidence
        If the denominator can only be 0.
    """
    for name, low, high in (
        ("numerator", numerator_low, numerator_high),
        ("denominator", denominator_low, denominator_high),
    ):
        if not 0 <= low <= high or math.isinf(low):
            raise ValueError(f"{name}: a range with 0 <= low <= high is needed, got {low} to {high}")
    if denominator_high == 0:
        raise InsufficientEvidence("a quotient cannot be formed: the denominator can only be 0")
    low = numerator_low / denominator_high
    high = numerator_high / denominator_low if denominator_low > 0 else math.inf
    return Interval(low=low, high=high, kind=kind)


def fieller_interval(
    numerator: float,
    denominator: float,
    numerator_se: float,
    denominator_se: float,
    *,
    level: float,
    covariance: float = 0.0,
    degrees_of_freedom: float = math.inf,
    positive_only: bool = False,
) -> Interval:
    """Return Fieller's confidence interval for the ratio of two means.

    When the denominator cannot be told from 0 at this level, the set is unbounded: two rays, or the whole line. Its
    convex hull is returned, with infinite ends.

    Parameters
    ----------
    numerator, denominator
        Estimated means.
    numerator_se, denominator_se, covariance
        Standard errors and covariance of the two estimates.
    degrees_of_freedom
        Of Student's t; infinite gives the normal law.
    positive_only
        True keeps the part of the set above 0, for a ratio known to be positive: with an unbounded set that leaves
        "at least" the low end where the numerator can be told from 0.

    References
    ----------
    Fieller (1954) Journal of the Royal Statistical Society B 16:175-185.
    """
    require_not_negative("numerator_se", numerator_se)
    require_not_negative("denominator_se", denominator_se)
    critical = float(stats.t.isf(tail_of(level), degrees_of_freedom))
    square = denominator**2 - critical**2 * denominator_se**2
    cross = numerator * denominator - critical**2 * covariance
    constant = numerator**2 - critical**2 * numerator_se**2
    low, high = _hull_of_solutions(square, cross, constant, positive_only=positive_only)
    return Interval(low=low, high=high, kind=IntervalKind.CONFIDENCE, level=level)


def _hull_of_solutions(square: float, cross: float, constant: float, *, positive_only: bool) -> tuple[float, float]:
    """Return the hull of all ratios r with square r^2 - 2 cross r + constant <= 0."""
    discriminant = cross**2 - square * constant
    floor = 0.0 if positive_only else -math.inf
    if square > 0:
        # The observed ratio always solves the inequality, so a negative value is rounding.
        root = math.sqrt(max(0.0, discriminant))
        low, high = (cross - root) / square, (cross + root) / square
        if positive_only and high < 0:
            raise InsufficientEvidence("the ratio is below 0 at this level, but was stated to be positive")
        return max(floor, low), high
    if not positive_only or square == 0 or discriminant <= 0:
        return floor, math.inf
    root = math.sqrt(discriminant)
    smaller, larger = (cross + root) / square, (cross - root) / square
    return (larger if smaller <= 0 < larger else 0.0), math.inf
