"""A common shift of the records: searched, tested with the whole search, held out, or not identifiable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InsufficientEvidence
from analysis.stats.datum import pulkovo_read_as_wgs84
from analysis.stats.overlay import Ground
from analysis.stats.relocation import upper_rank
from analysis.stats.shift_search import (
    Shift,
    best_shift,
    flipped_best_scores,
    left_out_shifts,
    score_at,
    score_window,
)
from analysis.stats.spatial_blocks import block_labels

FOUND_OFTEN: Final = 0.8
"""Share of made-up worlds in which a shift must be found for it to count as identifiable."""
_SURELY: Final = 0.5
"""Low end that the interval of that share must reach: a few worlds that all agree do not."""
_SIGNIFICANCE: Final = 0.05
_MOST_SEARCHED: Final = 20_000
_STEPS_STABLE: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftSettings:
    """How a shift is searched.

    Parameters
    ----------
    reach_m, step_m
        Largest shift along each axis and distance between two tried, m.
    matching_m
        Distance at which a point has no say, m.
    block_m
        Side of the blocks of ground that are turned and held out together, m.
    repeats
        Times the whole search is repeated on turned ground.
    """

    reach_m: float
    step_m: float
    matching_m: float
    block_m: float
    repeats: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShiftSearch:
    """What the search found.

    Parameters
    ----------
    found
        What has to be added to the records, m.
    points, blocks
        Points that have a say, and the blocks they lie in.
    p_value
        Rank of the score among those of the whole search on turned ground.
    held_out_gain
        Mean gain of score over no shift on ground that the shift was not found on.
    largest_move_m
        Largest change of the shift when one block is left out, m.
    doubts
        Why the shift is not identified; empty when it is.
    """

    found: Shift
    points: int
    blocks: int
    p_value: float
    held_out_gain: float
    largest_move_m: float
    doubts: tuple[str, ...]


def search_shift(
    xy: NDArray[np.float64], ground: Ground, settings: ShiftSettings, rng: np.random.Generator
) -> ShiftSearch:
    """Return the shift found, and every doubt about it.

    The residual of the fit is never used: only other blocks of ground, and the whole search on ground where no common
    shift is left. Unmatched points can tell a translation; a similarity needs matched pairs.

    Raises
    ------
    InsufficientEvidence
        With too few points or blocks near records.
    """
    window = score_window(xy, ground, reach_m=settings.reach_m, step_m=settings.step_m, matching_m=settings.matching_m)
    blocks = block_labels(xy[window.near], size_m=settings.block_m)
    found = best_shift(window)
    turned = flipped_best_scores(window, blocks, repeats=settings.repeats, rng=rng)
    held_out = left_out_shifts(window, blocks)
    counts = np.array([points for _, _, points in held_out])
    gain = float(np.average([gain for _, gain, _ in held_out], weights=counts))
    moves = [float(np.hypot(one.east_m - found.east_m, one.north_m - found.north_m)) for one, _, _ in held_out]
    p_value = upper_rank(found.score, turned)
    return ShiftSearch(
        found=found,
        points=len(window.scores),
        blocks=len(held_out),
        p_value=p_value,
        held_out_gain=gain,
        largest_move_m=max(moves),
        doubts=tuple(_doubts(found, p_value, gain, max(moves), settings)),
    )


def searched_points(xy: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the points that have a say in a search: all, or of more than twenty thousand so many drawn at random."""
    if len(xy) <= _MOST_SEARCHED:
        return xy
    return xy[np.sort(rng.choice(len(xy), _MOST_SEARCHED, replace=False))]


def range_m(searched: ShiftSearch, settings: ShiftSettings) -> float:
    """Return how far to either side of the shift found it may lie, m: half a step, or the largest move if more."""
    return max(searched.largest_move_m, settings.step_m / 2)


def _doubts(found: Shift, p_value: float, gain: float, move_m: float, settings: ShiftSettings) -> list[str]:
    doubts = []
    if p_value > _SIGNIFICANCE:
        doubts.append(f"ground without a common shift gives a score this high in a share of {p_value:.2g} of searches")
    if gain <= 0:
        doubts.append("it does not fit ground that it was not found on better than no shift does")
    if move_m > _STEPS_STABLE * settings.step_m:
        doubts.append(f"leaving out one block of ground moves it by {move_m:.0f} m")
    if max(abs(found.east_m), abs(found.north_m)) > settings.reach_m - settings.step_m / 2:
        doubts.append("it lies at the edge of the search, so a larger one may fit better")
    return doubts


def frontier_doubt(frontier: pd.DataFrame, *, recorded_share: float, error_m: float) -> str:
    """Return why made-up worlds like this one do not let a shift be found; empty when they do.

    Parameters
    ----------
    frontier
        Table of :func:`analysis.maps.ground.frontier.shift_frontier`.
    recorded_share
        Share of points near a record once shifted, which is at least what is recorded.
    error_m
        Error of a record's position, m.
    """
    shares, errors = frontier["recorded_share"], frontier["error_m"]
    # The next poorer cell: fewer recorded, larger errors.
    poorer = frontier[(shares <= recorded_share) & (errors >= error_m)]
    if poorer.empty:
        return f"no made-up world is as poor as {recorded_share:.2f} recorded with errors of {error_m:g} m"
    cell = poorer.sort_values(["recorded_share", "error_m"], ascending=[False, True]).iloc[0]
    if cell["found_share"] >= FOUND_OFTEN and cell["found_low"] >= _SURELY:
        return ""
    if cell["found_share"] >= FOUND_OFTEN:
        return f"{cell['worlds']:.0f} made-up worlds are too few to tell whether a shift is found; ask for more"
    return (
        f"in made-up worlds with {cell['recorded_share']:g} recorded and errors of {cell['error_m']:g} m a shift is "
        f"found in {100 * cell['found_share']:.0f} % only"
    )


def named_candidates(
    xy: NDArray[np.float64],
    ground: Ground,
    centre: tuple[float, float] | None,
    settings: ShiftSettings,
) -> pd.DataFrame:
    """Return the named datum shifts for the place with their gain in score over no shift; not searched, so no test.

    Raises
    ------
    InsufficientEvidence
        For coordinates of no place on earth.
    """
    if centre is None:
        raise InsufficientEvidence("the coordinates are of no place on earth, so no datum applies")
    window = score_window(xy, ground, reach_m=settings.reach_m, step_m=settings.step_m, matching_m=settings.matching_m)
    still = score_at(window, Shift(east_m=0.0, north_m=0.0, score=0.0))
    rows = []
    for one in pulkovo_read_as_wgs84(*centre):
        beyond = max(abs(one.east_m), abs(one.north_m)) > settings.reach_m
        moved = Shift(east_m=one.east_m, north_m=one.north_m, score=0.0)
        rows.append(
            {
                "operation": one.operation,
                "stated_accuracy_m": one.accuracy_m,
                "east_m": one.east_m,
                "north_m": one.north_m,
                "gain": None if beyond else float((score_at(window, moved) - still).mean()),
            }
        )
    return pd.DataFrame(rows)
