"""A figure as it is worded: exact, about, or a bound; and the values that its wording allows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from analysis.errors import ParameterError
from analysis.evidence.comparators import Comparator

BOUNDS: Final = (Comparator.MORE_THAN, Comparator.AT_LEAST, Comparator.FEWER_THAN, Comparator.AT_MOST)

# Ends that differ by less than this share of their size are one number that went through binary arithmetic.
_SAME: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """All numbers from `low` to `high`; an open end does not belong to it. Ends may be infinite.

    Parameters
    ----------
    low, high
        The ends, low not above high.
    open_low, open_high
        Whether the end itself is left out: 'more than 20' is open at 20.
    """

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high) or self.low > self.high:
            raise ValueError(f"a range needs low <= high and no NaN, got {self.low} to {self.high}")

    @property
    def one_sided(self) -> bool:
        """Whether an end is infinite."""
        return math.isinf(self.low) or math.isinf(self.high)

    def meets(self, other: Range) -> bool:
        """Return whether a number lies in both."""
        return self.can_be_at_most(other) and other.can_be_at_most(self)

    def can_be_at_most(self, other: Range) -> bool:
        """Return whether some number of this range is at most some number of the other."""
        if _same(self.low, other.high):
            return not (self.open_low or other.open_high)
        return self.low < other.high

    def gap_from(self, value: float) -> float:
        """Return how far the nearest number of the range lies above `value` (negative: below; 0: it contains it)."""
        if value < self.low:
            return self.low - value
        return min(self.high - value, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedNumber:
    """A printed figure with its wording.

    Parameters
    ----------
    low, high
        The printed figure; the two differ only where a range is printed.
    comparator
        How it is worded.
    step
        Size of one unit of the last printed digit: 1 for '38', 0.1 for '25.4', 100,000 for '349.1 million'.
    in_words
        Whether the number stands for a word ('most': more than half), so that no digits were printed.
    """

    low: float
    high: float
    comparator: Comparator = Comparator.EXACT
    step: float = 1.0
    in_words: bool = False

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.high):
            raise ValueError(f"a stated number is finite with low <= high, got {self.low} to {self.high}")
        if not (math.isfinite(self.step) and self.step > 0):
            raise ValueError(f"step: the size of the last printed digit must be above 0, got {self.step}")

    @property
    def is_bound(self) -> bool:
        """Whether the wording bounds from one side only."""
        return self.comparator in BOUNDS

    def allowed(self, *, about_tolerance: float) -> Range:
        """Return the values that the wording allows.

        An exact figure allows what rounds to it, halves rounded up, so that 357 and 358 exclude each other. 'About'
        allows `about_tolerance` (share) on either side. A bound allows everything on its side, and is not rounded.
        """
        check_tolerance(about_tolerance)
        if self.comparator is Comparator.ABOUT:
            return Range(
                low=self.low - about_tolerance * abs(self.low), high=self.high + about_tolerance * abs(self.high)
            )
        if self.comparator in (Comparator.MORE_THAN, Comparator.AT_LEAST):
            return Range(low=self.low, high=math.inf, open_low=self.comparator is Comparator.MORE_THAN)
        if self.comparator in (Comparator.FEWER_THAN, Comparator.AT_MOST):
            return Range(low=-math.inf, high=self.high, open_high=self.comparator is Comparator.FEWER_THAN)
        return Range(low=self.low - self.step / 2, high=self.high + self.step / 2, open_high=True)

    def printed_figure(self, *, about_tolerance: float) -> Range:
        """Return what counts as the same figure, whatever its wording: an exact one to its rounding, others about."""
        comparator = Comparator.EXACT if self.comparator is Comparator.EXACT else Comparator.ABOUT
        return StatedNumber(low=self.low, high=self.high, comparator=comparator, step=self.step).allowed(
            about_tolerance=about_tolerance
        )


def last_digit(value: float) -> float:
    """Return the size of the last printed digit of a number as transcribed: 1 for 38 and 3400, 0.1 for 25.4.

    Trailing zeros of a whole number count as printed digits; a source that prints '349.1 million' needs its step given.
    """
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return float(Decimal(1).scaleb(min(int(exponent), 0)))


def check_tolerance(about_tolerance: float) -> None:
    """Refuse a tolerance that is not a share from 0 up to (not including) 1.

    Raises
    ------
    ParameterError
        When it is out of range.
    """
    if not 0 <= about_tolerance < 1:
        raise ParameterError(f"about_tolerance: a share from 0 up to below 1 is needed, got {about_tolerance}")


def _same(first: float, second: float) -> bool:
    return first == second or math.isclose(first, second, rel_tol=_SAME, abs_tol=0.0)
