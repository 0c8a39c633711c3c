"""A common shift of polygons against points, found by searching a window; and whether it is more than chance.

The score of a shift is the mean over points of max(0, 1 - d / c), d the distance to the shifted polygons: points far
from everything have no say, as in robust matching. All scores within the reach are computed once, so that leave-out
runs and permutations repeat the whole search by looking up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InsufficientEvidence
from analysis.stats.arguments import require_positive
from analysis.stats.overlay import Ground

MINIMUM_POINTS: Final = 20
MINIMUM_CLUSTERS: Final = 10
_MOST_STEPS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What has to be added to the coordinates of the polygons, m, and the score there (0 to 1)."""

    east_m: float
    north_m: float
    score: float

    @property
    def length_m(self) -> float:
        """Length of the shift, m."""
        return float(np.hypot(self.east_m, self.north_m))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScoreWindow:
    """Scores of every point at every shift of a square window.

    Parameters
    ----------
    scores
        One square of scores a point, east by north, single precision.
    step_m
        Distance between neighbouring shifts, m; nothing finer is found.
    steps
        Steps from no shift to the reach.
    near
        Which of the points asked about have a polygon within the window; only these have a square.
    """

    scores: NDArray[np.float32]
    step_m: float
    steps: int
    near: NDArray[np.bool_]


def score_window(xy: ArrayLike, ground: Ground, *, reach_m: float, step_m: float, matching_m: float) -> ScoreWindow:
    """Return the scores for all shifts of the polygons up to `reach_m` along each axis.

    Parameters
    ----------
    xy
        Points, m.
    ground
        Polygons that may be shifted as a whole.
    reach_m, step_m
        Largest shift searched along each axis and distance between two of them, m.
    matching_m
        Distance c at which a point stops having a say, m.

    Raises
    ------
    InsufficientEvidence
        With fewer than twenty points that have a polygon within the window.
    """
    for name, value in (("reach_m", reach_m), ("step_m", step_m), ("matching_m", matching_m)):
        require_positive(name, value)
    steps = round(reach_m / step_m)
    if not 1 <= steps <= _MOST_STEPS:
        raise ValueError(f"step_m: 1 to {_MOST_STEPS} steps to the reach are needed, got {reach_m / step_m:g}")
    points = np.asarray(xy, dtype=np.float64)
    widest = steps * step_m * np.sqrt(2) + matching_m
    near = np.isfinite(ground.distances(points, within_m=float(widest)))
    if np.count_nonzero(near) < MINIMUM_POINTS:
        raise InsufficientEvidence(
            f"{np.count_nonzero(near)} points have a polygon within {widest:.0f} m and {MINIMUM_POINTS} are needed"
        )
    ticks = np.arange(-steps, steps + 1) * step_m
    shifts = np.stack(np.meshgrid(ticks, ticks, indexing="ij"), axis=-1).reshape(-1, 2)
    moved = (points[near][:, None, :] - shifts[None, :, :]).reshape(-1, 2)
    apart = ground.distances(moved, within_m=matching_m)
    scores = np.clip(1 - apart / matching_m, 0, 1).astype(np.float32)
    size = len(ticks)
    return ScoreWindow(scores=scores.reshape(-1, size, size), step_m=step_m, steps=steps, near=near)


def best_shift(window: ScoreWindow, *, weights: ArrayLike | None = None) -> Shift:
    """Return the shift with the highest mean score within the reach; of equal ones the shortest.

    Parameters
    ----------
    window
        Scores.
    weights
        Weight of each point with a square; None for all alike, zero to leave a point out.
    """
    share = np.ones(len(window.scores)) if weights is None else np.asarray(weights, dtype=np.float64)
    return _highest(np.tensordot(share / share.sum(), window.scores, axes=1), window)


def score_at(window: ScoreWindow, shift: Shift) -> NDArray[np.float64]:
    """Return the score of each point with a square at the shift of the window next to the one given."""
    east, north = (round(part / window.step_m) + window.steps for part in (shift.east_m, shift.north_m))
    if not (0 <= east < window.scores.shape[1] and 0 <= north < window.scores.shape[2]):
        raise ValueError(f"shift: {shift.east_m:g}, {shift.north_m:g} m lies outside the window")
    return window.scores[:, east, north].astype(np.float64)


def flipped_best_scores(
    window: ScoreWindow, clusters: NDArray[np.int64], *, repeats: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return the highest scores found when the ground around each cluster is turned by half or not, by chance.

    Where no shift is common to all, a point is as likely to lie on one side of what surrounds it as on the other, so
    turning leaves the distribution of the highest score as it is; a common shift is broken by it. The whole search is
    repeated each time. Points that share a polygon share its error and are turned together.

    Parameters
    ----------
    window
        Scores.
    clusters
        Label of each point with a square.
    repeats
        Number of turnings.
    rng
        Source of chance.

    Raises
    ------
    InsufficientEvidence
        With fewer than ten clusters, which leave too few turnings.

    References
    ----------
    Lehmann, Romano (2005) Testing Statistical Hypotheses, 3rd ed., section 15.2 (randomisation under symmetry).
    """
    names, labels = np.unique(clusters, return_inverse=True)
    if len(names) < MINIMUM_CLUSTERS:
        raise InsufficientEvidence(f"the points form {len(names)} clusters and {MINIMUM_CLUSTERS} are needed")
    shape = window.scores.shape[1:]
    sums = np.zeros((len(names), *shape))
    np.add.at(sums, labels, window.scores)
    turned = sums[:, ::-1, ::-1]
    flips = rng.integers(0, 2, (repeats, len(names))).astype(np.float64)
    totals = np.tensordot(flips, turned - sums, axes=1) + sums.sum(axis=0)
    best: NDArray[np.float64] = totals.reshape(repeats, -1).max(axis=1) / len(window.scores)
    return best


def left_out_shifts(window: ScoreWindow, blocks: NDArray[np.int64]) -> tuple[tuple[Shift, float, int], ...]:
    """Return, for each block of ground, the shift found without it, the gain over no shift on it, and its points.

    Parameters
    ----------
    window
        Scores.
    blocks
        Block of each point with a square.
    """
    none = Shift(east_m=0.0, north_m=0.0, score=0.0)
    still = score_at(window, none)
    found = []
    for block in np.unique(blocks):
        own = blocks == block
        if own.all():
            raise InsufficientEvidence("all points lie in one block of ground, so none can be held out")
        shift = best_shift(window, weights=(~own).astype(np.float64))
        gain = float((score_at(window, shift)[own] - still[own]).mean())
        found.append((shift, gain, int(own.sum())))
    return tuple(found)


def _highest(scores: NDArray[np.float64], window: ScoreWindow) -> Shift:
    ticks = np.arange(-window.steps, window.steps + 1) * window.step_m
    top = np.argwhere(scores >= scores.max() - 1e-9)
    east, north = min(top.tolist(), key=lambda place: (np.hypot(ticks[place[0]], ticks[place[1]]), place))
    return Shift(east_m=float(ticks[east]), north_m=float(ticks[north]), score=float(scores[east, north]))
