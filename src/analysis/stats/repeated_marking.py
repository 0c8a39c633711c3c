"""The size of a closed population from several occasions on which members are met, marked and let go.

For record-level files only: the members found on each occasion must have been matched one by one with those before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import tail_of

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedPopulation:
    """Sizes of one closed population by three formulas, and an interval for the last.

    Parameters
    ----------
    schnabel
        Caught times marked, summed over occasions, over all that were met again.
    schnabel_chapman
        The same with one more met again: less biased when few are.
    schumacher
        By regression of the share met again on the number marked; it tolerates some departure from equal chances.
    interval
        Of `schumacher`, by Student's t on the inverse; its high end is infinite when that of the inverse reaches 0.
    """

    schnabel: float
    schnabel_chapman: float
    schumacher: float
    interval: Interval


def repeated_marking(
    caught: ArrayLike, met_again: ArrayLike, returned_with_marks: ArrayLike, *, level: float
) -> ClosedPopulation:
    """Return the size of a population whose members are all equally likely to be met on each occasion.

    Parameters
    ----------
    caught, met_again
        Members met on each occasion, and those of them that had been met before.
    returned_with_marks
        Members let go with a mark on each occasion, those met again included.
    level
        Between 0 and 1, exclusive.

    Raises
    ------
    InsufficientEvidence
        If there are fewer than 3 occasions on which a marked member could be met, or none was ever met again.

    References
    ----------
    Schnabel (1938) American Mathematical Monthly 45:348-352; Chapman (1952) Biometrics 8:286-306; Schumacher,
    Eschmeyer (1943) Journal of the Tennessee Academy of Science 18:228-249; Krebs (1989) Ecological Methodology, pp.
    32-33 (interval).
    """
    tail = tail_of(level)
    met, again, returned = _counts(caught, met_again, returned_with_marks)
    marked = np.concatenate([[0.0], np.cumsum(returned - again)[:-1]])
    used = (marked > 0) & (met > 0)
    if used.sum() < 3:
        raise InsufficientEvidence(f"at least 3 occasions with marked members about are needed, got {used.sum()}")
    if again.sum() == 0:
        raise InsufficientEvidence("no member was ever met again: the population size has no upper limit")
    products = float(np.sum(met * marked))
    squares, cross = float(np.sum(met * marked**2)), float(np.sum(again * marked))
    # Occasions before anybody was marked carry no information on the slope, but they are part of the published count.
    freedom = int(met.size) - 2
    residual = float(np.sum(again[used] ** 2 / met[used])) - cross**2 / squares
    reach = float(stats.t.isf(tail, freedom)) * math.sqrt(max(residual, 0.0) / freedom / squares)
    inverse = cross / squares
    return ClosedPopulation(
        schnabel=products / float(again.sum()),
        schnabel_chapman=products / (float(again.sum()) + 1),
        schumacher=1 / inverse,
        interval=Interval(
            low=1 / (inverse + reach),
            high=1 / (inverse - reach) if inverse > reach else math.inf,
            kind=IntervalKind.CONFIDENCE,
            level=level,
        ),
    )


def _counts(caught: ArrayLike, met_again: ArrayLike, returned: ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
    met, again, back = (np.asarray(each, dtype=np.float64) for each in (caught, met_again, returned))
    if not met.shape == again.shape == back.shape or met.ndim != 1:
        raise ValueError("caught, met_again, returned_with_marks: one number an occasion is needed in each")
    if not np.all((again >= 0) & (again <= met)):
        raise ValueError("met_again: between 0 and the number caught is needed on every occasion")
    if not np.all((back >= 0) & (back <= met)):
        raise ValueError("returned_with_marks: between 0 and the number caught is needed on every occasion")
    return met, again, back
