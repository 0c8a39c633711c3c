"""Exact segmentation of a sequence into pieces of constant rate, for every number of pieces, and its penalties.

Dynamic programming over the table of costs of all pieces finds the best cut for each number of pieces. It is written
here because the cost models of `ruptures` hold no counts with exposure, and because ties are to be broken by rule.

References
----------
Bellman (1961) Communications of the ACM 4:284; Auger, Lawrence (1989) Bulletin of Mathematical Biology 51:39-54
(segment neighbourhood); Yao (1988) Statistics and Probability Letters 6:181-189 (BIC); Zhang, Siegmund (2007)
Biometrics 63:22-32 (modified BIC).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from analysis.errors import InsufficientEvidence
from analysis.stats.composite_link import FloatArray

_EQUAL: Final = 1e-9  # costs closer than this are equal on another machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmentation:
    """The best cut into a number of pieces.

    Parameters
    ----------
    ends
        For each piece the position after its last observation; the last is the number of observations.
    cost
        Sum of the costs of the pieces.
    """

    ends: tuple[int, ...]
    cost: float

    @property
    def changes(self) -> int:
        """Number of changes: pieces less one."""
        return len(self.ends) - 1

    def bic(self, observations: int, *, dispersion: float = 1.0) -> float:
        """Return the cost (twice a negative log likelihood) over `dispersion`, plus 2 log n for each change.

        A change adds a rate and a date.
        """
        return self.cost / dispersion + 2 * self.changes * math.log(observations)

    def modified_bic(self, observations: int, *, dispersion: float = 1.0) -> float:
        """Return the modified BIC of Zhang and Siegmund: 3 log n for each change, plus log of each piece's share."""
        lengths = np.diff([0, *self.ends]) / observations
        return self.cost / dispersion + 3 * self.changes * math.log(observations) + float(np.log(lengths).sum())


def poisson_costs(counts: ArrayLike, exposures: ArrayLike) -> FloatArray:
    """Return the Poisson deviance of each piece at its own constant rate; element (a, b) is of observations a to b - 1.

    Elements with b <= a are infinite.

    Raises
    ------
    InsufficientEvidence
        If there are no events at all.
    ValueError
        If a count is negative or an exposure is not above 0.
    """
    events, times = np.asarray(counts, dtype=np.float64), np.asarray(exposures, dtype=np.float64)
    if events.ndim != 1 or events.shape != times.shape or events.size == 0:
        raise ValueError(f"exposures: as many as counts are needed, got {times.shape} for {events.shape}")
    if not np.all(events >= 0):
        raise ValueError("counts: every count must be 0 or more")
    if not np.all(times > 0):
        raise ValueError("exposures: every exposure must be above 0")
    if events.sum() == 0:
        raise InsufficientEvidence(f"no events in any of {events.size} intervals: there is no rate that could change")
    sums, spans = (np.concatenate([[0.0], np.cumsum(values)]) for values in (events, times))
    own = np.concatenate([[0.0], np.cumsum(special.xlogy(events, events / times))])
    count, time = sums[None, :] - sums[:, None], spans[None, :] - spans[:, None]
    after = np.triu(np.ones(count.shape, dtype=bool), k=1)
    whole = special.xlogy(np.where(after, count, 0.0), np.where(after, count, 1.0) / np.where(after, time, 1.0))
    costs = 2 * (own[None, :] - own[:, None] - whole)
    return np.where(after, np.maximum(costs, 0.0), np.inf)[:-1]


def best_segmentations(costs: FloatArray, *, most_changes: int, shortest: int = 1) -> tuple[Segmentation, ...]:
    """Return the best cut for 0, 1, ... changes; of equally good ones that with the earlier last change.

    Parameters
    ----------
    costs
        Cost of each piece, as :func:`poisson_costs` returns them.
    most_changes
        Largest number of changes; fewer are returned if the pieces would get too short.
    shortest
        Least number of observations of a piece.

    Raises
    ------
    InsufficientEvidence
        If the sequence is shorter than one piece.
    """
    size = costs.shape[0]
    if most_changes < 0 or shortest < 1:
        raise ValueError(f"most_changes, shortest: 0 or more and 1 or more are needed, got {most_changes}, {shortest}")
    if size < shortest:
        raise InsufficientEvidence(f"{size} observations are fewer than a piece needs ({shortest})")
    gaps = np.arange(size + 1)[None, :] - np.arange(size)[:, None]
    usable = np.where(gaps >= shortest, costs, np.inf)
    best = [usable[0]]
    before: list[NDArray[np.int64]] = []
    for _ in range(min(most_changes, size // shortest - 1)):
        totals = best[-1][:size, None] + usable
        last = np.argmax(totals <= totals.min(axis=0) + _EQUAL, axis=0)
        before.append(last)
        best.append(totals[last, np.arange(size + 1)])
    return tuple(
        Segmentation(ends=_ends(before[:changes], size), cost=float(best[changes][size]))
        for changes in range(len(best))
    )


def chosen_by(values: ArrayLike) -> int:
    """Return the position of the smallest criterion; of equal ones the first, which has the fewest changes."""
    found = np.asarray(values, dtype=np.float64)
    return int(np.flatnonzero(found <= found.min() + _EQUAL)[0])


def _ends(before: list[NDArray[np.int64]], size: int) -> tuple[int, ...]:
    ends = [size]
    for last in reversed(before):
        ends.append(int(last[ends[-1]]))
    return tuple(reversed(ends))
