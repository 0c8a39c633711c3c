"""The choice among equally cheap pairs of paths: closest to a constant daily rate, then smaller counts earlier."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.stats.statements import IntArray, line_between_pins

_GRID = 1000  # the straight line between pinned dates is kept to a thousandth of a count


def least_at_or_below(cells: NDArray[np.signedinteger]) -> NDArray[np.signedinteger]:
    """Return, for each cell, the least value among the cells not above it in either coordinate."""
    least: NDArray[np.signedinteger] = np.minimum.accumulate(np.minimum.accumulate(cells, axis=0), axis=1)
    return least


def least_at_or_above(cells: NDArray[np.signedinteger]) -> NDArray[np.signedinteger]:
    """Return, for each cell, the least value among the cells not below it in either coordinate."""
    least: NDArray[np.signedinteger] = least_at_or_below(cells[::-1, ::-1])[::-1, ::-1]
    return least


def bounds_of_cells(through: NDArray[np.signedinteger], *, threshold: int) -> tuple[IntArray, ...]:
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


def preference(
    bounds: tuple[IntArray, ...], positions: IntArray, *, shape: tuple[int, int]
) -> tuple[IntArray, IntArray]:
    """Return how far each value of each path is from the straight line between pinned dates, in grid units."""
    tables = []
    for low, high, size in ((bounds[0], bounds[1], shape[0]), (bounds[2], bounds[3], shape[1])):
        targets, inside = line_between_pins(low, high, positions, grid=_GRID)
        distance = np.abs(_GRID * np.arange(size, dtype=np.int64)[None, :] - targets[:, None])
        tables.append(np.where(inside[:, None], distance, 0))
    return tables[0], tables[1]


def chosen_path(
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
    bounds = bounds_of_cells(through, threshold=least)
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
            best_after = least_at_or_above(onward[-1])
            here, after = windows[row], windows[row + 1]
            rows = np.maximum(np.arange(here[0], here[1] + 1) - after[0], 0)
            columns = np.maximum(np.arange(here[2], here[3] + 1) - after[2], 0)
            cells = cells + best_after[np.ix_(rows, columns)]
        onward.append(cells)
    return onward[::-1]
