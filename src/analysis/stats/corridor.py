"""Exact dynamic programming over pairs of values, on the few cells that a nearly best pair of paths can pass.

The cost of a pair of paths is the sum of three parts: of the first path, of the second, and of their sum. None of the
three falls, so the least cost of any rising path of one part alone through a value is a lower bound, found in one
dimension. A cell one of whose bounds exceeds what a pair of paths is known to cost is passed by no better pair; what is
left, date by date a box, is searched exactly.

References
----------
Bellman (1957) Dynamic Programming; Land, Doig (1960) Econometrica 28:497-520 (bounding).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.stats.statements import IntArray

Cells = NDArray[np.signedinteger]
Box = tuple[int, int, int, int]

_CLOSED_32 = 2**30 - 1  # cost of a cell no path can pass; twice as much still fits
_CLOSED_64 = 2**61


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Corridor:
    """The cells that every nearly best pair of paths passes.

    Parameters
    ----------
    boxes
        Per date, lowest and highest value of the first path, then of the second.
    costs
        Per date, cost of each cell of its box.
    through
        Per date and cell, least cost of a whole pair of paths through it.
    least
        Least cost of all; no pair of paths has a smaller one.
    allowance
        Every pair that costs at most `least` plus this passes cells of the boxes only.
    """

    boxes: tuple[Box, ...]
    costs: tuple[Cells, ...]
    through: tuple[Cells, ...]
    least: int
    allowance: int


def allowed_cost(least: int, *, tolerance: float, slack: int = 0) -> int:
    """Return how much more than the least cost counts as nearly as good: a share of it, at least `slack`."""
    # The small number keeps 0.05 x 20 at 1 in binary arithmetic.
    return max(math.floor(tolerance * least + 1e-9), slack)


def corridor(tables: Sequence[IntArray], *, tolerance: float, slack: int = 0) -> Corridor:
    """Return the cells of all pairs of paths whose cost is within `tolerance` (or `slack`) of the least one.

    Parameters
    ----------
    tables
        Cost of each value from 0 up at each date (rows), of the first path, the second, and their sum.
    """
    largest = sum(int(table.max(axis=1).sum()) for table in tables)
    if not 0 <= largest < 2**60:
        raise ValueError(f"statements: weights are too large for exact arithmetic (total cost up to {largest})")
    closed = _CLOSED_32 if largest < 2**29 else _CLOSED_64
    excesses = [_through_alone(table) for table in tables]
    below = sum(int(each.min()) for each in excesses)
    excesses = [each - each.min() for each in excesses]
    gap = 1 + allowed_cost(below, tolerance=tolerance, slack=slack)
    while True:
        found = _within(tables, _boxes(excesses, gap), closed=closed)
        if found is None:
            gap = 2 * gap + 1
            continue
        boxes, costs, through, least = found
        allowance = allowed_cost(least, tolerance=tolerance, slack=slack)
        needed = least - below + allowance
        if needed <= gap:
            return Corridor(boxes=boxes, costs=costs, through=through, least=least, allowance=allowance)
        # A narrow search gives a better path at little cost before the wide one.
        gap = min(needed, 4 * gap)


def least_at_or_below(cells: Cells) -> Cells:
    """Return, for each cell, the least value among the cells not above it in either coordinate."""
    least: Cells = np.minimum.accumulate(np.minimum.accumulate(cells, axis=0), axis=1)
    return least


def least_at_or_above(cells: Cells) -> Cells:
    """Return, for each cell, the least value among the cells not below it in either coordinate."""
    least: Cells = least_at_or_below(cells[::-1, ::-1])[::-1, ::-1]
    return least


def ends_of(allowed: NDArray[np.bool_]) -> tuple[IntArray, IntArray]:
    """Return the first and the last allowed column of each row."""
    low = np.argmax(allowed, axis=1)
    high = allowed.shape[1] - 1 - np.argmax(allowed[:, ::-1], axis=1)
    return low.astype(np.int64), high.astype(np.int64)


def _through_alone(table: IntArray) -> IntArray:
    """Return the least cost of one rising path through each value at each date."""
    there, onward = table.copy(), table.copy()
    for row in range(1, len(table)):
        there[row] += np.minimum.accumulate(there[row - 1])
    for row in range(len(table) - 2, -1, -1):
        onward[row] += np.minimum.accumulate(onward[row + 1][::-1])[::-1]
    return there + onward - table


def _boxes(excesses: Sequence[IntArray], gap: int) -> tuple[Box, ...] | None:
    """Return, per date, the box of all cells none of whose three bounds exceeds the gap; None if one is empty."""
    (low_1, high_1), (low_2, high_2), (low_sum, high_sum) = (ends_of(each <= gap) for each in excesses)
    high_1, high_2 = np.minimum(high_1, high_sum - low_2), np.minimum(high_2, high_sum - low_1)
    low_1, low_2 = np.maximum(low_1, low_sum - high_2), np.maximum(low_2, low_sum - high_1)
    if np.any(low_1 > high_1) or np.any(low_2 > high_2):
        return None
    ends = zip(low_1.tolist(), high_1.tolist(), low_2.tolist(), high_2.tolist(), strict=True)
    return tuple(ends)


def _within(
    tables: Sequence[IntArray], boxes: tuple[Box, ...] | None, *, closed: int
) -> tuple[tuple[Box, ...], tuple[Cells, ...], tuple[Cells, ...], int] | None:
    """Return boxes, costs, least costs through each cell, and the least of all, over paths that stay in the boxes."""
    if boxes is None:
        return None
    costs = tuple(_box_costs(tables, row, box, closed=closed) for row, box in enumerate(boxes))
    through = _cheapest_through(costs, boxes, closed=closed)
    least = int(through[0].min())
    return None if least >= closed else (boxes, costs, through, least)


def _box_costs(tables: Sequence[IntArray], row: int, box: Box, *, closed: int) -> Cells:
    """Return the cost of each pair of values of a box, in the smallest safe integer type."""
    number: type[np.signedinteger] = np.int32 if closed == _CLOSED_32 else np.int64
    low_1, high_1, low_2, high_2 = box
    sums = tables[2][row, low_1 + low_2 : high_1 + high_2 + 1].astype(number)
    # The window that starts at the first value a lists the cost of the sums a + low_2, ..., a + high_2.
    costs: Cells = np.lib.stride_tricks.sliding_window_view(sums, high_2 - low_2 + 1).copy()
    costs += tables[0][row, low_1 : high_1 + 1].astype(number)[:, None]
    costs += tables[1][row, low_2 : high_2 + 1].astype(number)[None, :]
    return costs


def _cheapest_through(costs: Sequence[Cells], boxes: Sequence[Box], *, closed: int) -> tuple[Cells, ...]:
    """Return the least cost of a whole pair of paths through each cell: best way there plus best way on."""
    there = [costs[0]]
    for row in range(1, len(costs)):
        best_before = _carried(least_at_or_below(there[-1]), boxes[row - 1], boxes[row], rising=True, closed=closed)
        there.append(np.minimum(costs[row] + best_before, closed))
    through, best_after = [there[-1]], costs[-1]
    for row in range(len(costs) - 2, -1, -1):
        onward = _carried(least_at_or_above(best_after), boxes[row + 1], boxes[row], rising=False, closed=closed)
        through.append(there[row] + onward)
        best_after = np.minimum(costs[row] + onward, closed)
    return tuple(through[::-1])


def _carried(cells: Cells, source: Box, target: Box, *, rising: bool, closed: int) -> Cells:
    """Return for each cell of one box the least value of another from which a step may come, or to which it may go."""
    rows, no_row = _steps(source[0], source[1], target[0], target[1], rising=rising)
    columns, no_column = _steps(source[2], source[3], target[2], target[3], rising=rising)
    carried: Cells = cells[np.ix_(rows, columns)]
    carried[no_row, :] = closed
    carried[:, no_column] = closed
    return carried


def _steps(
    low: int, high: int, target_low: int, target_high: int, *, rising: bool
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return where in a range each value of another one looks its least cost up, and which find none."""
    wanted = np.arange(target_low, target_high + 1)
    outside = wanted < low if rising else wanted > high
    return np.clip(wanted, low, high) - low, outside
