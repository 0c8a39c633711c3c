"""Where a log-linear rate may change its level once, and how well each place fits, for many count vectors at once.

A change between two intervals gives two levels and one slope. A change inside an interval leaves that interval's count
free between what the old and the new level alone would give, since its date can be anywhere in it: if the observed
count lies between the two, the interval fits exactly, otherwise one of its ends fits better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.errors import InsufficientEvidence
from analysis.stats.composite_link import Exposure, FloatArray

_LARGEST: Final = 40.0  # |slope| x span beyond which a replicate's events lie at one end
_TOLERANCE: Final = 1e-8
_ITERATIONS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidates:
    """Places where the level may change.

    Parameters
    ----------
    side
        One row a place, one column an interval: 0 before the change, 1 after it, -1 holding it. Row 0 has no change.
    intervals
        First and last interval that could hold the change of each place: a boundary has two, an inside one.
    """

    side: NDArray[np.int8]
    intervals: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlaceFits:
    """Fits of every place (second axis) to every count vector (first axis).

    Parameters
    ----------
    deviance
        Poisson deviance; infinite where an inside place is not better than its ends.
    slope
        Per day.
    level_before, level_after
        Rate per day at the origin by the level before and after; 0 where no event lies on a side.
    """

    deviance: FloatArray
    slope: FloatArray
    level_before: FloatArray
    level_after: FloatArray


def candidates_of(exposure: Exposure, *, minimum_days: float) -> Candidates:
    """Return no change, then each boundary, then the inside of each interval but the first and the last.

    The first and the last interval need no place of their own: a change inside them fits as well as one at their inner
    end, since nothing is observed beyond them.

    Parameters
    ----------
    exposure
        The intervals.
    minimum_days
        Each side has at least so many days in whole intervals.

    Raises
    ------
    InsufficientEvidence
        If no place has enough days on both sides.
    """
    size = exposure.lengths.size
    rows, intervals = [np.zeros(size, dtype=np.int8)], [(0, size - 1)]
    places = [(cut, cut) for cut in range(1, size)] + [(inside, inside + 1) for inside in range(1, size - 1)]
    for first, after in places:
        if min(exposure.lengths[:first].sum(), exposure.lengths[after:].sum()) < minimum_days:
            continue
        row = np.full(size, -1, dtype=np.int8)
        row[:first], row[after:] = 0, 1
        rows.append(row)
        intervals.append((first - 1, first) if first == after else (first, first))
    if len(rows) == 1:
        raise InsufficientEvidence(
            f"no place among {size} intervals has {minimum_days:g} days on both sides; a change cannot be looked for"
        )
    return Candidates(side=np.array(rows), intervals=np.array(intervals))


def fit_places(counts: FloatArray, exposure: Exposure, candidates: Candidates) -> PlaceFits:
    """Return the maximum likelihood fit of each place to each row of counts.

    The levels have a closed form given the slope, so each fit is a search in the slope alone, by Fisher scoring.
    """
    replicates, places = counts.shape[0], candidates.side.shape[0]
    slope = np.zeros(replicates * places)
    rows, sides = (index.ravel() for index in np.indices((replicates, places)))
    active = np.arange(slope.size)
    for _ in range(_ITERATIONS):
        step = _step(slope[active], counts[rows[active]], exposure, candidates.side[sides[active]])
        limit = _LARGEST / exposure.span
        moved = np.clip(slope[active] + step, -limit, limit)
        change = np.abs(moved - slope[active])
        slope[active] = moved
        active = active[change * exposure.span > _TOLERANCE]
        if active.size == 0:
            break
    return _fits(slope.reshape(replicates, places), counts, exposure, candidates)


def place_means(
    fits: PlaceFits, counts: FloatArray, exposure: Exposure, candidates: Candidates, places: NDArray[np.int64]
) -> FloatArray:
    """Return the expected count of each interval at one place a row; an interval holding the change has its count."""
    rows = np.arange(counts.shape[0])
    side = candidates.side[places]
    logs = _log_weights(fits.slope[rows, places], exposure)
    before, after = fits.level_before[rows, places][:, None], fits.level_after[rows, places][:, None]
    means: FloatArray = np.where(side == -1, counts, np.exp(logs) * np.where(side == 1, after, before))
    return means


def _log_weights(slope: FloatArray, exposure: Exposure) -> FloatArray:
    """Return the log of the integral of exp(slope x t) over each interval (last axis)."""
    half = slope[..., None] * exposure.lengths / 2
    logs: FloatArray = slope[..., None] * exposure.middles + np.log(exposure.lengths) + _log_sinh(half)
    return logs


def _log_sinh(x: FloatArray) -> FloatArray:
    """Return log(sinh(x) / x) with one exponential; 0 at 0."""
    size = np.maximum(np.abs(x), 1e-4)
    ratio: FloatArray = size + np.log(-np.expm1(-2 * size) / (2 * size))
    return ratio


def _centres(slope: FloatArray, exposure: Exposure) -> FloatArray:
    """Return the mean time of events within each interval (last axis)."""
    half = slope[..., None] * exposure.lengths / 2
    away = np.where(np.abs(half) < 1e-3, 1.0, half)
    langevin = np.where(np.abs(half) < 1e-3, half / 3, 1 / np.tanh(away) - 1 / away)
    centres: FloatArray = exposure.middles + exposure.lengths / 2 * langevin
    return centres


def _step(slope: FloatArray, counts: FloatArray, exposure: Exposure, side: NDArray[np.int8]) -> FloatArray:
    """Return the scoring step of the slope, the levels being profiled out."""
    logs, centres = _log_weights(slope, exposure), _centres(slope, exposure)
    weights = np.exp(logs - logs.max(axis=-1, keepdims=True))
    score, information = np.zeros(slope.shape), np.zeros(slope.shape)
    for which in (0, 1):
        own = np.where(side == which, weights, 0.0)
        events = np.where(side == which, counts, 0.0)
        total = np.maximum(own.sum(axis=-1), 1e-300)
        mean = (own * centres).sum(axis=-1) / total
        spread = (own * (centres - mean[:, None]) ** 2).sum(axis=-1) / total
        score += (events * (centres - mean[:, None])).sum(axis=-1)
        information += events.sum(axis=-1) * spread
    # Half the range at most in one step; without information the slope stays where it is.
    step = np.divide(score, information, out=np.zeros(slope.shape), where=information > 1e-9)
    bound = 4.0 / exposure.span
    return np.clip(step, -bound, bound)


def _fits(slope: FloatArray, counts: FloatArray, exposure: Exposure, candidates: Candidates) -> PlaceFits:
    weights = np.exp(_log_weights(slope, exposure))
    side = candidates.side[None, :, :]
    events = counts[:, None, :]
    levels = []
    for which in (0, 1):
        total = np.where(side == which, weights, 0.0).sum(axis=-1)
        count = np.where(side == which, events, 0.0).sum(axis=-1)
        levels.append(np.divide(count, total, out=np.zeros(slope.shape), where=total > 0))
    means = weights * np.where(side == 1, levels[1][..., None], levels[0][..., None])
    holds = side == -1
    low, high = weights * np.minimum(*levels)[..., None], weights * np.maximum(*levels)[..., None]
    ratio = np.where((events > 0) & ~holds, events / np.maximum(means, 1e-300), 1.0)
    terms = np.where(holds, 0.0, special.xlogy(events, ratio) - (events - means))
    outside = (holds & ((events < low) | (events > high))).any(axis=-1)
    deviance = np.where(outside, np.inf, 2 * np.maximum(terms.sum(axis=-1), 0.0))
    return PlaceFits(deviance=deviance, slope=slope, level_before=levels[0], level_after=levels[1])
