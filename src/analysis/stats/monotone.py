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
    merge_statements,
    require_positions,
    unmet,
)
from analysis.stats.tie_break import bounds_of_cells, chosen_path, least_at_or_above, least_at_or_below, preference

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
    bounds = bounds_of_cells(through, threshold=least)
    liking = preference(bounds, days, shape=(max_first + 1, max_second + 1))
    first, second = chosen_path(costs, liking, through=through, least=least)
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
    low_high = bounds_of_cells(path.cheapest_through, threshold=path.cost + allowance)
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
        through[row] += least_at_or_below(through[row - 1])
    onward = costs[-1].copy()
    for row in range(len(costs) - 2, -1, -1):
        best_after = least_at_or_above(onward)
        through[row] += best_after
        onward = costs[row] + best_after
    return through
