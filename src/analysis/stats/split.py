"""A known running total split into a part and a remainder, neither of which falls, that disagree least with statements.

The one-dimensional sibling of :mod:`analysis.stats.monotone`: the whole is fixed, the part is looked for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from analysis.errors import InsufficientEvidence
from analysis.stats.statements import (
    Conflict,
    IntArray,
    Statement,
    Target,
    cost_table,
    line_between_pins,
    merge_statements,
    require_positions,
    unmet,
)

_GRID = 1000  # the straight line between pinned dates is kept to a thousandth of a count
_NO_WAY = 2**61  # cost of a value that no path can have


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitRanges:
    """Lowest and highest part and remainder at each date over all nearly best paths; not a confidence interval."""

    tolerance: float
    part_low: IntArray
    part_high: IntArray
    remainder_low: IntArray
    remainder_high: IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SplitPath:
    """A whole split into two parts, neither of which falls.

    Parameters
    ----------
    positions
        Day numbers.
    whole, part, remainder
        Whole numbers that never fall; part plus remainder is the whole.
    cost
        Weighted sum of absolute deviations from the statements; no split has a smaller one.
    statements
        What it was reconciled from, equal statements merged.
    cheapest_through
        Least cost of any split through each value of the part at each date.
    """

    positions: IntArray
    whole: IntArray
    part: IntArray
    remainder: IntArray
    cost: int
    statements: tuple[Statement, ...]
    cheapest_through: IntArray = field(repr=False)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the statements the split does not meet, and by how much."""
        values: dict[Target, IntArray] = {"first": self.part, "second": self.remainder, "sum": self.whole}
        return unmet(self.statements, values, positions=self.positions)

    def ranges(self, *, tolerance: float = 0.0, slack: int = 0) -> SplitRanges:
        """Return the lowest and highest value at each date over all splits that are nearly as good as the best.

        Parameters
        ----------
        tolerance
            Share of the least cost a split may cost more.
        slack
            Cost a split may cost more in any case; the larger of the two allowances holds.
        """
        if not tolerance >= 0 or slack < 0:
            raise ValueError(f"tolerance, slack: 0 or more is needed, got {tolerance} and {slack}")
        allowance = max(math.floor(tolerance * self.cost + 1e-9), slack)
        low, high = _ends(self.cheapest_through, threshold=self.cost + allowance)
        return SplitRanges(
            tolerance=tolerance,
            part_low=low,
            part_high=high,
            remainder_low=self.whole - high,
            remainder_high=self.whole - low,
        )


def reconcile_split(
    part_statements: Iterable[Statement],
    *,
    whole: Sequence[int] | IntArray,
    positions: Sequence[int] | IntArray | None = None,
) -> SplitPath:
    """Return the split of a known path into a part and a remainder that disagrees least with the statements.

    Parameters
    ----------
    part_statements
        Target "first" is the part, "second" the remainder; the sum is known and takes no statement.
    whole
        The known path: whole numbers that never fall.
    positions
        Day numbers, strictly increasing; 0, 1, 2, ... if not given.

    Returns
    -------
    SplitPath
        Ties are broken as in :func:`analysis.stats.monotone.reconcile_pair`.

    Raises
    ------
    InsufficientEvidence
        If there is no statement at all: any split would be as good.
    ValueError
        If the whole falls, or a statement is about the sum or stands at no position.
    """
    total = np.asarray(whole, dtype=np.int64)
    days = require_positions(np.arange(total.size) if positions is None else positions)
    merged = merge_statements(part_statements)
    _require_whole(total, days=days)
    if any(statement.target == "sum" for statement in merged):
        raise ValueError(
            "part_statements: the sum is the known whole; only first (part) and second (remainder) are taken"
        )
    if not merged:
        raise InsufficientEvidence("a split cannot be reconciled from no statement about either part")
    costs = _costs(merged, positions=days, whole=total)
    steps = np.diff(total)
    onward = _onward(costs, steps)
    through = onward + _way_there(costs, steps)
    least = int(onward[0].min())
    preference = _preference(*_ends(through, threshold=least), days, size=costs.shape[1])
    part = _chosen(costs, preference, steps, through=through, least=least)
    return SplitPath(
        positions=days,
        whole=total,
        part=part,
        remainder=total - part,
        cost=least,
        statements=merged,
        cheapest_through=through,
    )


def _require_whole(whole: IntArray, *, days: IntArray) -> None:
    if whole.ndim != 1 or whole.size != days.size:
        raise ValueError(f"whole: one value for each of the {days.size} positions is needed, got shape {whole.shape}")
    if whole[0] < 0 or np.any(np.diff(whole) < 0):
        raise ValueError("whole: whole numbers of 0 or more that never fall are needed")


def _costs(statements: tuple[Statement, ...], *, positions: IntArray, whole: IntArray) -> IntArray:
    """Return the cost of each value of the part at each date; values above the whole are closed."""
    largest = int(whole[-1])
    part = cost_table(statements, target="first", positions=positions, largest=largest)
    remainder = cost_table(statements, target="second", positions=positions, largest=largest)
    values = np.arange(largest + 1)[None, :]
    left = whole[:, None] - values
    costs = part + np.take_along_axis(remainder, np.maximum(left, 0), axis=1)
    return np.where(left >= 0, costs, _NO_WAY)


def _best_step(cells: IntArray, step: int, *, forwards: bool) -> IntArray:
    """Return, for each value, the least cost among the values at most `step` above (forwards) or below."""
    least = cells.copy()
    for shift in range(1, min(step, cells.size - 1) + 1):
        if forwards:
            least[:-shift] = np.minimum(least[:-shift], cells[shift:])
        else:
            least[shift:] = np.minimum(least[shift:], cells[:-shift])
    return least


def _onward(costs: IntArray, steps: IntArray) -> IntArray:
    """Return the least cost of a split from each cell to the end, the cell included."""
    onward = costs.copy()
    for row in range(len(costs) - 2, -1, -1):
        after = _best_step(onward[row + 1], int(steps[row]), forwards=True)
        onward[row] = np.minimum(costs[row] + after, _NO_WAY)
    return onward


def _way_there(costs: IntArray, steps: IntArray) -> IntArray:
    """Return the least cost of a split from the start to each cell, the cell left out."""
    before = np.zeros_like(costs)
    for row in range(1, len(costs)):
        reached = np.minimum(before[row - 1] + costs[row - 1], _NO_WAY)
        before[row] = _best_step(reached, int(steps[row - 1]), forwards=False)
    return before


def _ends(through: IntArray, *, threshold: int) -> tuple[IntArray, IntArray]:
    allowed = through <= threshold
    low = np.argmax(allowed, axis=1)
    high = allowed.shape[1] - 1 - np.argmax(allowed[:, ::-1], axis=1)
    return low.astype(np.int64), high.astype(np.int64)


def _preference(low: IntArray, high: IntArray, positions: IntArray, *, size: int) -> IntArray:
    """Return how far each value is from the straight line between pinned dates, in grid units."""
    targets, inside = line_between_pins(low, high, positions, grid=_GRID)
    distance = np.abs(_GRID * np.arange(size, dtype=np.int64)[None, :] - targets[:, None])
    return np.where(inside[:, None], distance, 0)


def _chosen(costs: IntArray, preference: IntArray, steps: IntArray, *, through: IntArray, least: int) -> IntArray:
    """Return the part that is best by cost, then by preference, then by smaller counts earlier."""
    optimal = through == least
    unit = 1 + int(np.where(optimal, preference, 0).max(axis=1).sum())
    if (least + 1) * unit >= _NO_WAY:
        raise ValueError("part_statements: weights are too large for an exact choice among equal splits; divide them")
    # Only optimal cells stay open, so the products below stay within the checked size.
    combined = np.where(optimal, np.where(optimal, costs, 0) * unit + preference, _NO_WAY)
    onward = _onward(combined, steps)
    part = np.zeros(len(costs), dtype=np.int64)
    value, step = 0, costs.shape[1] - 1
    for row in range(len(costs)):
        reachable = onward[row][value : value + step + 1]
        value += int(np.argmin(reachable))
        part[row] = value
        step = int(steps[row]) if row < len(steps) else 0
    return part
