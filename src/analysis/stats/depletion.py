"""How many items a closed place held, from falling finds per unit of effort, or from falling finds over time.

Conditions: nothing comes or goes but by removal, every item is equally easy to find, and effort is measured. Where they
fail no number follows; where finds barely fall the upper limit is infinite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import tail_of
from analysis.stats.ratios import fieller_interval

_LARGEST_TOTAL: Final = 1e10
_LOG_RATES: Final = (float(np.log(1e-14)), float(np.log(700.0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Depletion:
    """Items a place held.

    Parameters
    ----------
    total
        Estimated number before the first removal.
    rate
        Share of the items left that one unit of effort (or of time) finds.
    interval
        Confidence interval of the total; its high end may be infinite.
    """

    total: float
    rate: float
    interval: Interval


def leslie(found: Sequence[float], effort: Sequence[float], *, level: float) -> Depletion:
    """Return the total from a line of finds per effort on the finds before, and Fieller's interval of its zero.

    Finds per effort are rate x (total - found before); the line meets zero at the total.

    Raises
    ------
    InsufficientEvidence
        If finds per effort do not fall with what was found before, or there are fewer than three periods.

    References
    ----------
    Leslie, Davis (1939) Journal of Animal Ecology 8:94-113; Seber (2002) section 7.5 for the interval.
    """
    counts, efforts = _periods(found, effort)
    before = np.concatenate([[0.0], np.cumsum(counts)[:-1]])
    return _zero_of_line(before, counts / efforts, level=level, at_least=float(counts.sum()))


def delury(found: Sequence[float], effort: Sequence[float], *, level: float) -> Depletion:
    """Return the total from a line of the logarithm of finds per effort on the effort before.

    The rate is minus the slope, the total is exp(intercept) / rate; the interval is that of the rate carried over with
    the intercept at its estimate, so it is too narrow when the intercept is uncertain; Leslie's is to be preferred.

    Raises
    ------
    InsufficientEvidence
        As :func:`leslie`, and where a period found nothing: its logarithm does not exist.

    References
    ----------
    DeLury (1947) Biometrics 3:145-167, with half of the own period's effort counted (Ricker 1975, p. 155).
    """
    counts, efforts = _periods(found, effort)
    if counts.min() <= 0:
        raise InsufficientEvidence("a period found nothing, and the logarithm of nothing does not exist; use leslie")
    before = np.cumsum(efforts) - efforts / 2
    line = stats.linregress(before, np.log(counts / efforts))
    rate = -float(line.slope)
    if rate <= 0:
        raise InsufficientEvidence("finds per effort do not fall with effort, so no total follows from them")
    intercept = float(np.exp(line.intercept))
    margin = float(stats.t.isf(tail_of(level), len(counts) - 2)) * float(line.stderr)
    high = intercept / (rate - margin) if rate > margin else float("inf")
    interval = Interval(low=intercept / (rate + margin), high=high, kind=IntervalKind.CONFIDENCE, level=level)
    return Depletion(total=intercept / rate, rate=rate, interval=interval)


def goel_okumoto(found: Sequence[int], ends: Sequence[float], *, level: float) -> Depletion:
    """Return the total of a place of which each item is found at a constant rate: total x (1 - exp(-rate t)) by time t.

    By maximum likelihood from finds in consecutive periods, for a fixed number of items, with a profile likelihood
    interval. A constant flow is the limit of a rate of 0 and an infinite total: where it fits nearly as well, the upper
    limit is infinite.

    Parameters
    ----------
    found
        Finds in each period.
    ends
        End of each period, in any unit, from a start at 0; rising.

    Raises
    ------
    InsufficientEvidence
        If finds do not fall over time, or there are none.

    References
    ----------
    Goel, Okumoto (1979) IEEE Transactions on Reliability R-28:206-211 (mean function); Jelinski, Moranda (1972) for a
    fixed number of items.
    """
    counts = np.asarray(found, dtype=np.float64)
    edges = np.concatenate([[0.0], np.asarray(ends, dtype=np.float64)])
    if len(counts) < 2 or len(edges) != len(counts) + 1 or np.any(np.diff(edges) <= 0) or counts.min() < 0:
        raise ValueError("found, ends: two or more periods with rising ends and finds of at least 0 are needed")
    taken = float(counts.sum())
    if taken == 0:
        raise InsufficientEvidence("nothing was found, so nothing follows about what was there")
    # In units of the whole time, so that one range of rates serves every unit.
    times = edges / edges[-1]
    if counts @ (times[:-1] + times[1:]) / 2 >= taken / 2:
        raise InsufficientEvidence("finds do not fall over time, so no total follows from them")
    total = _best_total(counts, times)
    rate, best = _best_rate(total, counts, times)
    constant = float(special.xlogy(counts, taken * np.diff(times)).sum() - taken)
    drop = float(stats.chi2.isf(2 * tail_of(level), 1)) / 2

    def above(log_total: float) -> float:
        """Return how far the log likelihood of a total lies above its limit."""
        return _best_rate(float(np.exp(log_total)), counts, times)[1] - (best - drop)

    low = taken if above(np.log(taken)) >= 0 else float(np.exp(optimize.brentq(above, np.log(taken), np.log(total))))
    if constant >= best - drop or above(np.log(_LARGEST_TOTAL)) >= 0:
        high = float("inf")
    else:
        high = float(np.exp(optimize.brentq(above, np.log(total), np.log(_LARGEST_TOTAL))))
    interval = Interval(low=low, high=high, kind=IntervalKind.CONFIDENCE, level=level)
    return Depletion(total=total, rate=rate / float(edges[-1]), interval=interval)


def _periods(found: Sequence[float], effort: Sequence[float]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    counts, efforts = np.asarray(found, dtype=np.float64), np.asarray(effort, dtype=np.float64)
    if counts.shape != efforts.shape or counts.ndim != 1:
        raise ValueError("found, effort: one number of each a period is needed")
    if len(counts) < 3:
        raise InsufficientEvidence(f"{len(counts)} periods are too few for a line and its error; three are needed")
    if counts.min() < 0 or efforts.min() <= 0:
        raise ValueError("found, effort: finds of at least 0 and efforts above 0 are needed")
    return counts, efforts


def _zero_of_line(
    before: NDArray[np.float64], per_effort: NDArray[np.float64], *, level: float, at_least: float
) -> Depletion:
    line = stats.linregress(before, per_effort)
    rate = -float(line.slope)
    if rate <= 0 or not np.isfinite(rate):
        raise InsufficientEvidence("finds per effort do not fall with what was found before, so no total follows")
    total = float(line.intercept) / rate
    middle, level_there = float(before.mean()), float(per_effort.mean())
    # total - mean found before = mean finds per effort / rate, two independent means.
    residual = per_effort - (line.intercept + line.slope * before)
    variance = float(residual @ residual) / (len(before) - 2)
    over = fieller_interval(
        level_there,
        rate,
        float(np.sqrt(variance / len(before))),
        float(line.stderr),
        level=level,
        degrees_of_freedom=len(before) - 2,
        positive_only=True,
    )
    interval = Interval(
        low=min(total, max(at_least, middle + over.low)),
        high=middle + over.high,
        kind=IntervalKind.CONFIDENCE,
        level=level,
    )
    return Depletion(total=total, rate=rate, interval=interval)


def _best_total(counts: NDArray[np.float64], times: NDArray[np.float64]) -> float:
    taken = float(counts.sum())
    found = optimize.minimize_scalar(
        lambda log_total: -_best_rate(float(np.exp(log_total)), counts, times)[1],
        bounds=(np.log(taken), np.log(_LARGEST_TOTAL)),
        method="bounded",
        options={"xatol": 1e-9},
    )
    return max(taken, float(np.exp(found.x)))


def _best_rate(total: float, counts: NDArray[np.float64], times: NDArray[np.float64]) -> tuple[float, float]:
    """Return the best rate for a total, and its log likelihood up to a constant; times run from 0 to 1."""
    taken = float(counts.sum())
    early, spans = times[:-1], np.diff(times)
    ways = float(special.gammaln(total + 1) - special.gammaln(total - taken + 1))
    if total > 1e6 * taken:  # the difference of large logarithms loses its digits
        ways = taken * float(np.log(total))

    def lacking(log_rate: float) -> float:
        """Return the negative log likelihood of a rate, up to a constant."""
        rate = float(np.exp(log_rate))
        return float(-(counts @ (-rate * early + np.log(-np.expm1(-rate * spans)))) + (total - taken) * rate)

    found = optimize.minimize_scalar(lacking, bounds=_LOG_RATES, method="bounded", options={"xatol": 1e-10})
    return float(np.exp(found.x)), ways - float(found.fun)
