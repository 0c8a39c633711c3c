"""The choice among equally cheap pairs of paths: closest to a constant daily rate, then smaller counts earlier."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.stats.corridor import Box, Cells, Corridor, least_at_or_above
from analysis.stats.statements import IntArray, line_between_pins

_GRID = 1000  # the straight line between pinned dates is kept to a thousandth of a count

Line = tuple[IntArray, NDArray[np.bool_]]


def bounds_of_cells(near: Corridor, *, threshold: int) -> tuple[IntArray, ...]:
    """Return low and high of first, second and sum over the cells at or below the threshold, per date."""
    ends = np.empty((len(near.boxes), 6), dtype=np.int64)
    for row, (box, cells) in enumerate(zip(near.boxes, near.through, strict=True)):
        firsts, seconds = np.nonzero(cells <= threshold)
        firsts, seconds = firsts + box[0], seconds + box[2]
        sums = firsts + seconds
        # Cells come in order of the first value.
        ends[row] = firsts[0], firsts[-1], seconds.min(), seconds.max(), sums.min(), sums.max()
    return tuple(ends.T)


def lines_between_pins(bounds: tuple[IntArray, ...], positions: IntArray) -> tuple[Line, Line]:
    """Return, for each path, the straight line between the dates at which all optimal paths agree, in grid units."""
    first = line_between_pins(bounds[0], bounds[1], positions, grid=_GRID)
    return first, line_between_pins(bounds[2], bounds[3], positions, grid=_GRID)


def chosen_path(near: Corridor, bounds: tuple[IntArray, ...], lines: tuple[Line, Line]) -> tuple[IntArray, IntArray]:
    """Return the path that is best by cost, then by distance from the lines, then by smaller counts earlier.

    Parameters
    ----------
    near
        The corridor.
    bounds
        Of its optimal cells; see :func:`bounds_of_cells`.
    lines
        See :func:`lines_between_pins`.
    """
    windows = [(int(a), int(b), int(c), int(d)) for a, b, c, d in zip(*bounds[:4], strict=True)]
    onward = _onward_costs(near, lines, windows)
    first, second = np.zeros(len(windows), dtype=np.int64), np.zeros(len(windows), dtype=np.int64)
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


def _onward_costs(near: Corridor, lines: tuple[Line, Line], windows: Sequence[Box]) -> list[IntArray]:
    """Return, per date and cell of its window, cost and distance of the best path from there on, as one number.

    The distance never outweighs one unit of cost. Every optimal path stays inside the windows, the smallest boxes that
    hold every optimal cell, and their upper ends do not fall, so each cell has a cell to go on to.
    """
    costs = [_part(cells, box, window) for cells, box, window in zip(near.costs, near.boxes, windows, strict=True)]
    distances = [
        _distances(lines[0], row, window[0], window[1])[:, None]
        + _distances(lines[1], row, window[2], window[3])[None, :]
        for row, window in enumerate(windows)
    ]
    unit = 1 + sum(int(each.max()) for each in distances)
    largest = sum(int(each.max()) for each in costs)
    if (largest + 1) * unit >= 2**62:
        raise ValueError("statements: weights are too large for an exact choice among equal paths; divide them")
    onward: list[IntArray] = []
    for row in range(len(windows) - 1, -1, -1):
        cells = costs[row].astype(np.int64) * unit + distances[row]
        if onward:
            best_after = least_at_or_above(onward[-1])
            here, after = windows[row], windows[row + 1]
            rows = np.maximum(np.arange(here[0], here[1] + 1) - after[0], 0)
            columns = np.maximum(np.arange(here[2], here[3] + 1) - after[2], 0)
            cells = cells + best_after[np.ix_(rows, columns)]
        onward.append(cells)
    return onward[::-1]


def _part(cells: Cells, box: Box, window: Box) -> Cells:
    """Return the cells of a window that lies in the box."""
    return cells[window[0] - box[0] : window[1] + 1 - box[0], window[2] - box[2] : window[3] + 1 - box[2]]


def _distances(line: Line, row: int, low: int, high: int) -> IntArray:
    """Return how far each value is from the line on a date, in grid units; 0 where there is no line."""
    targets, inside = line
    values = np.arange(low, high + 1, dtype=np.int64)
    return np.abs(_GRID * values - targets[row]) if inside[row] else np.zeros_like(values)
