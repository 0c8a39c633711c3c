"""Two coupled running totals that never fall and disagree least with what was printed about them.

The problem is solved exactly, over whole numbers, by dynamic programming over all pairs of values: the least weighted
sum of absolute deviations, every path that attains it or comes near, and one of them chosen by rule. Nothing depends on
the order of the statements or on a solver.

References
----------
Barlow, Bartholomew, Bremner, Brunk (1972) Statistical Inference under Order Restrictions (isotonic regression; here
with absolute deviations and two coupled sequences); Bellman (1957) Dynamic Programming.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.stats.split import SplitPath, SplitRanges, reconcile_split
from analysis.stats.statements import (
    Conflict,
    IntArray,
    Kind,
    Statement,
    Target,
    cost_table,
    line_between_pins,
    merge_statements,
    require_positions,
    unmet,
)

__all__ = [
    "Conflict",
    "Kind",
    "PairedPath",
    "PathRanges",
    "SplitPath",
    "SplitRanges",
    "Statement",
    "Target",
    "ranges",
    "reconcile_pair",
    "reconcile_split",
]

_GRID = 1000  # the straight line between pinned dates is kept to a thousandth of a count


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairedPath:
    """The reconciled pair of running totals.

    Parameters
    ----------
    positions
        Day numbers.
    first, second
        The chosen path: whole numbers that never fall.
    cost
        Its weighted sum of absolute deviations; no path has a smaller one.
    statements
        What it was reconciled from, equal statements merged.
    cheapest_through
        Least cost of any path through each pair of values at each date (date, first, second).
    """

    positions: IntArray
    first: IntArray
    second: IntArray
    cost: int
    statements: tuple[Statement, ...]
    cheapest_through: NDArray[np.signedinteger] = field(repr=False)

    @property
    def sum(self) -> IntArray:
        """First plus second."""
        return self.first + self.second

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the statements the path does not meet, and by how much."""
        values: dict[Target, IntArray] = {"first": self.first, "second": self.second, "sum": self.sum}
        return unmet(self.statements, values, positions=self.positions)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PathRanges:
    """Lowest and highest value at each date over all paths whose cost is within `tolerance` of the least one.

    A range of equally good readings, not a confidence interval. The low ends of different dates need not belong to one
    path.
    """

    tolerance: float
    first_low: IntArray
    first_high: IntArray
    second_low: IntArray
    second_high: IntArray
    sum_low: IntArray
    sum_high: IntArray


def reconcile_pair(
    statements: Iterable[Statement], *, positions: Sequence[int] | IntArray, max_first: int, max_second: int
) -> PairedPath:
    """Return the pair of non-decreasing whole-number paths that disagrees least with the statements.

    Parameters
    ----------
    statements
        In any order; repeats add their weights.
    positions
        Day numbers, strictly increasing; each statement stands at one of them.
    max_first, max_second
        Largest value considered for each path.

    Returns
    -------
    PairedPath
        Of all paths with the least cost, the one closest (sum of absolute deviations of both paths) to a constant daily
        rate between the dates at which all of them agree; of those, the one with the smaller sum, then the smaller
        first value, at the earliest date at which they differ.

    Raises
    ------
    ValueError
        If positions do not increase or a statement stands at none of them.
    """
    if max_first < 0 or max_second < 0:
        raise ValueError(f"max_first, max_second: 0 or more is needed, got {max_first} and {max_second}")
    days = require_positions(positions)
    merged = merge_statements(statements)
    costs = _costs(merged, positions=days, max_first=max_first, max_second=max_second)
    through = _cheapest_through(costs)
    least = int(through[0].min())
    bounds = _bounds_of_cells(through, threshold=least)
    preference = _preference(bounds, days, shape=(max_first + 1, max_second + 1))
    first, second = _chosen_path(costs, preference, through=through, least=least)
    return PairedPath(
        positions=days, first=first, second=second, cost=least, statements=merged, cheapest_through=through
    )


def ranges(path: PairedPath, *, tolerance: float = 0.0, slack: int = 0) -> PathRanges:
    """Return the lowest and highest value at each date over all paths that are nearly as good as the best.

    Parameters
    ----------
    tolerance
        Share of the least cost a path may cost more: 0.01 for 1 %.
    slack
        Cost a path may cost more in any case; the larger of the two allowances holds.
    """
    if not tolerance >= 0 or slack < 0:
        raise ValueError(f"tolerance, slack: 0 or more is needed, got {tolerance} and {slack}")
    # The small number keeps 0.05 x 20 at 1 in binary arithmetic.
    allowance = max(math.floor(tolerance * path.cost + 1e-9), slack)
    low_high = _bounds_of_cells(path.cheapest_through, threshold=path.cost + allowance)
    return PathRanges(
        tolerance=tolerance,
        first_low=low_high[0],
        first_high=low_high[1],
        second_low=low_high[2],
        second_high=low_high[3],
        sum_low=low_high[4],
        sum_high=low_high[5],
    )


def _costs(
    statements: tuple[Statement, ...], *, positions: IntArray, max_first: int, max_second: int
) -> NDArray[np.signedinteger]:
    """Return the cost of every pair of values at every date, in the smallest safe integer type."""
    tables = (
        cost_table(statements, target="first", positions=positions, largest=max_first),
        cost_table(statements, target="second", positions=positions, largest=max_second),
        cost_table(statements, target="sum", positions=positions, largest=max_first + max_second),
    )
    largest = sum(int(table.max(axis=1).sum()) for table in tables)
    if largest >= 2**62:
        raise ValueError(f"statements: weights are too large for exact arithmetic (total cost up to {largest})")
    number: type[np.signedinteger] = np.int32 if largest < 2**31 else np.int64
    # The window that starts at the first value a lists the cost of the sums a, a + 1, ..., a + max_second.
    windows = np.lib.stride_tricks.sliding_window_view(tables[2], max_second + 1, axis=1)
    costs: NDArray[np.signedinteger] = windows.astype(number)
    costs += tables[0].astype(number)[:, :, None]
    costs += tables[1].astype(number)[:, None, :]
    return costs


def _cheapest_through(costs: NDArray[np.signedinteger]) -> NDArray[np.signedinteger]:
    """Return the least cost of a whole path through each cell: best way there plus best way on."""
    through = costs.copy()
    for row in range(1, len(costs)):
        through[row] += _least_at_or_below(through[row - 1])
    onward = costs[-1].copy()
    for row in range(len(costs) - 2, -1, -1):
        best_after = _least_at_or_above(onward)
        through[row] += best_after
        onward = costs[row] + best_after
    return through


def _least_at_or_below(cells: NDArray[np.signedinteger]) -> NDArray[np.signedinteger]:
    least: NDArray[np.signedinteger] = np.minimum.accumulate(np.minimum.accumulate(cells, axis=0), axis=1)
    return least


def _least_at_or_above(cells: NDArray[np.signedinteger]) -> NDArray[np.signedinteger]:
    least: NDArray[np.signedinteger] = _least_at_or_below(cells[::-1, ::-1])[::-1, ::-1]
    return least


def _bounds_of_cells(through: NDArray[np.signedinteger], *, threshold: int) -> tuple[IntArray, ...]:
    """Return low and high of first, second and sum over the cells at or below the threshold, per date."""
    allowed = through <= threshold
    low_first, high_first = _ends(np.logical_or.reduce(allowed, axis=2))
    low_second, high_second = _ends(np.logical_or.reduce(allowed, axis=1))
    sums = np.arange(through.shape[1])[:, None] + np.arange(through.shape[2])[None, :]
    low_sum = np.array([sums[cells].min() for cells in allowed], dtype=np.int64)
    high_sum = np.array([sums[cells].max() for cells in allowed], dtype=np.int64)
    return low_first, high_first, low_second, high_second, low_sum, high_sum


def _ends(allowed: NDArray[np.bool_]) -> tuple[IntArray, IntArray]:
    low = np.argmax(allowed, axis=1)
    high = allowed.shape[1] - 1 - np.argmax(allowed[:, ::-1], axis=1)
    return low.astype(np.int64), high.astype(np.int64)


def _preference(
    bounds: tuple[IntArray, ...], positions: IntArray, *, shape: tuple[int, int]
) -> tuple[IntArray, IntArray]:
    """Return how far each value of each path is from the straight line between pinned dates, in grid units."""
    tables = []
    for low, high, size in ((bounds[0], bounds[1], shape[0]), (bounds[2], bounds[3], shape[1])):
        targets, inside = line_between_pins(low, high, positions, grid=_GRID)
        distance = np.abs(_GRID * np.arange(size, dtype=np.int64)[None, :] - targets[:, None])
        tables.append(np.where(inside[:, None], distance, 0))
    return tables[0], tables[1]


def _chosen_path(
    costs: NDArray[np.signedinteger],
    preference: tuple[IntArray, IntArray],
    *,
    through: NDArray[np.signedinteger],
    least: int,
) -> tuple[IntArray, IntArray]:
    """Return the path that is best by cost, then by preference, then by smaller counts earlier."""
    windows = _optimal_windows(through, least=least)
    onward = _onward_costs(costs, preference, windows)
    first, second = np.zeros(len(costs), dtype=np.int64), np.zeros(len(costs), dtype=np.int64)
    at_first = at_second = 0
    for row, (window, cells) in enumerate(zip(windows, onward, strict=True)):
        start = (max(at_first - window[0], 0), max(at_second - window[2], 0))
        reachable = cells[start[0] :, start[1] :]
        rows, columns = np.nonzero(reachable == reachable.min())
        smallest = np.lexsort((rows, rows + columns))[0]
        at_first = window[0] + start[0] + int(rows[smallest])
        at_second = window[2] + start[1] + int(columns[smallest])
        first[row], second[row] = at_first, at_second
    return first, second


def _optimal_windows(through: NDArray[np.signedinteger], *, least: int) -> list[tuple[int, int, int, int]]:
    """Return, per date, the smallest box (first low, high, second low, high) that holds every optimal cell."""
    bounds = _bounds_of_cells(through, threshold=least)
    return [(int(a), int(b), int(c), int(d)) for a, b, c, d in zip(*bounds[:4], strict=True)]


def _onward_costs(
    costs: NDArray[np.signedinteger],
    preference: tuple[IntArray, IntArray],
    windows: list[tuple[int, int, int, int]],
) -> list[IntArray]:
    """Return, per date and cell of its window, cost and preference of the best path from there on, as one number.

    The preference never outweighs one unit of cost. Every optimal path stays inside the windows, and their upper ends
    do not fall, so each cell has a cell to go on to.
    """
    boxes = [(slice(a, b + 1), slice(c, d + 1)) for a, b, c, d in windows]
    likings = [
        preference[0][row][box[0]][:, None] + preference[1][row][box[1]][None, :] for row, box in enumerate(boxes)
    ]
    unit = 1 + sum(int(liking.max()) for liking in likings)
    largest = sum(int(costs[row][box].max()) for row, box in enumerate(boxes))
    if (largest + 1) * unit >= 2**62:
        raise ValueError("statements: weights are too large for an exact choice among equal paths; divide them")
    onward: list[IntArray] = []
    for row in range(len(costs) - 1, -1, -1):
        cells = costs[row][boxes[row]].astype(np.int64) * unit + likings[row]
        if onward:
            best_after = _least_at_or_above(onward[-1])
            here, after = windows[row], windows[row + 1]
            rows = np.maximum(np.arange(here[0], here[1] + 1) - after[0], 0)
            columns = np.maximum(np.arange(here[2], here[3] + 1) - after[2], 0)
            cells = cells + best_after[np.ix_(rows, columns)]
        onward.append(cells)
    return onward[::-1]
