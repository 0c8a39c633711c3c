"""How many items a closed place held, from the numbers removed in successive passes of equal effort.

Conditions: no item comes or goes but by removal, and every item is found with the same probability in every pass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import tail_of

_SEARCHED_UP_TO: Final = 1e12


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Items a place held and the probability of finding one in a pass.

    Parameters
    ----------
    total
        Estimated number before the first pass; `total` less the items removed is what is left.
    detection
        Estimated probability that an item is found in one pass.
    standard_error
        Of the total, large-sample; NaN where the formula has none.
    """

    total: float
    detection: float
    standard_error: float


def carle_strub(removed: Sequence[int]) -> Removal:
    """Return the weighted maximum likelihood estimate of Carle and Strub, which exists for rising numbers too.

    The total is a whole number. With a uniform prior of the probability of detection (alpha = beta = 1).

    Raises
    ------
    InsufficientEvidence
        If nothing was removed.

    References
    ----------
    Carle, Strub (1978) Biometrics 34:621-630; standard error as in Cowx (1983) Fisheries Management 14:67-82.
    """
    counts = _passes(removed)
    passes, taken, weighted = len(counts), counts.sum(), _weighted(counts)
    later = passes - np.arange(1, passes + 1)

    def bounded(total: int) -> bool:
        """Return whether the estimate of Carle and Strub is at most this total."""
        factors = (passes * total - weighted - taken + 1 + later) / (passes * total - weighted + 2 + later)
        return bool((total + 1) / (total - taken + 1) * np.prod(factors) <= 1)

    total = float(_first_whole(bounded, taken))
    detection = taken / (passes * total - weighted)
    return Removal(total=total, detection=float(detection), standard_error=_standard_error(total, detection, passes))


def seber_two_passes(removed: Sequence[int]) -> Removal:
    """Return the maximum likelihood estimate from two passes.

    Raises
    ------
    InsufficientEvidence
        If the second pass removed as many as the first or more.

    References
    ----------
    Seber (2002) The Estimation of Animal Abundance, 2nd ed., section 7.2.
    """
    first, second = (float(count) for count in _passes(removed, exactly=2))
    _require_decline(first, second)
    return Removal(
        total=first**2 / (first - second),
        detection=1 - second / first,
        standard_error=first * second * np.sqrt(first + second) / (first - second) ** 2,
    )


def robson_regier(removed: Sequence[int]) -> float:
    """Return the total from two passes with the bias correction of Robson and Regier.

    Raises
    ------
    InsufficientEvidence
        As :func:`seber_two_passes`.

    References
    ----------
    Robson, Regier (1968), in Ricker (ed.) Methods for Assessment of Fish Production in Fresh Waters, 124-158.
    """
    first, second = (float(count) for count in _passes(removed, exactly=2))
    _require_decline(first, second)
    return (first**2 - second) / (first - second)


def seber_three_passes(removed: Sequence[int]) -> float:
    """Return the maximum likelihood total from three passes, in closed form.

    Raises
    ------
    InsufficientEvidence
        If the numbers do not fall enough for the estimate to exist.

    References
    ----------
    Seber (2002), section 7.3, after Junge and Libosvarsky (1965).
    """
    counts = _passes(removed, exactly=3).astype(np.float64)
    taken, weighted = counts.sum(), 2 * counts[0] + counts[1]
    if weighted <= taken:
        raise InsufficientEvidence(f"removals of {_listed(counts)} do not fall, so no total follows from them")
    root = np.sqrt(taken**2 + 6 * weighted * taken - 3 * weighted**2)
    total = 6 * weighted**2 - 3 * weighted * taken - taken**2 + taken * root
    return float(total / (18 * (weighted - taken)))


def removal_interval(removed: Sequence[int], *, level: float) -> Interval:
    """Return a profile likelihood interval for the total; its upper end is infinite where the numbers barely fall.

    The likelihood tends to that of a constant mean number a pass as the total grows, so where that fits nearly as well
    as the best total no upper limit follows from the numbers.

    Raises
    ------
    InsufficientEvidence
        If nothing was removed.

    References
    ----------
    Otis, Burnham, White, Anderson (1978) Wildlife Monographs 62, model M_b; profile limits as in Venzon and Moolgavkar
    (1988) Applied Statistics 37:87-94.
    """
    counts = _passes(removed)
    drop = float(stats.chi2.isf(2 * tail_of(level), 1)) / 2
    taken = float(counts.sum())
    best = _best_total(counts)
    constant = _constant_log_likelihood(counts)
    highest = max(_profile(best, counts), constant)

    def above(log_total: float) -> float:
        """Return how far the log likelihood of a total lies above its limit."""
        return _profile(float(np.exp(log_total)), counts) - (highest - drop)

    low = taken if above(np.log(taken)) >= 0 else float(np.exp(optimize.brentq(above, np.log(taken), np.log(best))))
    if constant >= highest - drop or above(np.log(_SEARCHED_UP_TO)) >= 0:
        high = float("inf")
    else:
        high = float(np.exp(optimize.brentq(above, np.log(best), np.log(_SEARCHED_UP_TO))))
    return Interval(low=low, high=high, kind=IntervalKind.CONFIDENCE, level=level)


def _passes(removed: Sequence[int], *, exactly: int | None = None) -> NDArray[np.int64]:
    counts = np.asarray(removed, dtype=np.int64)
    if counts.ndim != 1 or len(counts) < 2 or (exactly is not None and len(counts) != exactly):
        raise ValueError(f"removed: {exactly or 'two or more'} passes are needed, got {len(np.atleast_1d(counts))}")
    if counts.min() < 0:
        raise ValueError("removed: numbers of at least 0 are needed")
    if counts.sum() == 0:
        raise InsufficientEvidence("nothing was removed, so nothing follows about what was there")
    return counts


def _weighted(counts: NDArray[np.int64]) -> int:
    """Return the removals weighted by the passes that followed."""
    return int(counts @ (len(counts) - np.arange(1, len(counts) + 1)))


def _standard_error(total: float, detection: float, passes: int) -> float:
    """Return the large-sample standard error, the root of N q^k (1 - q^k) / ((1 - q^k)^2 - (p k)^2 q^(k-1))."""
    missed = 1 - detection
    left = missed**passes
    spread = (1 - left) ** 2 - (detection * passes) ** 2 * missed ** (passes - 1)
    return float(np.sqrt(total * left * (1 - left) / spread)) if spread > 0 else float("nan")


def _require_decline(first: float, second: float) -> None:
    if second >= first:
        raise InsufficientEvidence(f"removals of {first:g} and {second:g} do not fall, so no total follows from them")


def _first_whole(holds: Callable[[int], bool], start: int) -> int:
    """Return the first whole number from `start` on at which a condition holds, doubling and then halving the step."""
    high = max(start, 1)
    while not holds(high):
        high *= 2
        if high > _SEARCHED_UP_TO:
            raise InsufficientEvidence("the numbers do not fall enough for a total")
    low = start
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _profile(total: float, counts: NDArray[np.int64]) -> float:
    """Return the log likelihood of a total at its best probability of detection; the total need not be whole."""
    taken, weighted, passes = counts.sum(), _weighted(counts), len(counts)
    tried = passes * total - weighted
    detection = taken / tried
    found = special.xlogy(taken, detection) + special.xlog1py(tried - taken, -detection)
    ways = special.gammaln(total + 1) - special.gammaln(total - taken + 1) - special.gammaln(counts + 1).sum()
    if total > 1e7:  # the difference of large logarithms loses its digits; the falling factorial does not
        ways = float(np.log(total - np.arange(taken)).sum()) - special.gammaln(counts + 1).sum()
    return float(ways + found)


def _constant_log_likelihood(counts: NDArray[np.int64]) -> float:
    return float(stats.poisson.logpmf(counts, counts.mean()).sum())


def _best_total(counts: NDArray[np.int64]) -> float:
    taken = float(counts.sum())
    found = optimize.minimize_scalar(
        lambda log_total: -_profile(float(np.exp(log_total)), counts),
        bounds=(np.log(taken), np.log(_SEARCHED_UP_TO)),
        method="bounded",
        options={"xatol": 1e-10},
    )
    return max(taken, float(np.exp(found.x)))


def _listed(counts: NDArray[np.float64]) -> str:
    return ", ".join(f"{count:g}" for count in counts)
