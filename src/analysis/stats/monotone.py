"""Two coupled running totals that never fall and disagree least with what was printed about them.

The problem is solved exactly, over whole numbers, by dynamic programming over pairs of values (see
:mod:`analysis.stats.corridor`): the least weighted
sum of absolute deviations, every path that attains it or comes near, and one of them chosen by rule. Nothing depends on
the order of the statements or on a solver.

References
----------
Barlow, Bartholomew, Bremner, Brunk (1972) Statistical Inference under Order Restrictions (isotonic regression; here
with absolute deviations and two coupled sequences); Bellman (1957) Dynamic Programming.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from analysis.stats.corridor import Corridor, allowed_cost, corridor
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
from analysis.stats.tie_break import bounds_of_cells, chosen_path, lines_between_pins

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

_KEPT_TOLERANCE: Final = 0.05  # share of the least cost; wider ranges are computed when they are asked for


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
    max_first, max_second
        Largest value considered for each path.
    near
        The cells of all paths within 5 % of the least cost.
    """

    positions: IntArray
    first: IntArray
    second: IntArray
    cost: int
    statements: tuple[Statement, ...]
    max_first: int
    max_second: int
    near: Corridor = field(repr=False)

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
    near = _near(merged, days, max_first, max_second, tolerance=_KEPT_TOLERANCE)
    bounds = bounds_of_cells(near, threshold=near.least)
    first, second = chosen_path(near, bounds, lines_between_pins(bounds, days))
    return PairedPath(
        positions=days,
        first=first,
        second=second,
        cost=near.least,
        statements=merged,
        max_first=max_first,
        max_second=max_second,
        near=near,
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
    allowance, near = allowed_cost(path.cost, tolerance=tolerance, slack=slack), path.near
    if allowance > near.allowance:
        near = _near(path.statements, path.positions, path.max_first, path.max_second, slack=allowance)
    low_high = bounds_of_cells(near, threshold=path.cost + allowance)
    return PathRanges(
        tolerance=tolerance,
        first_low=low_high[0],
        first_high=low_high[1],
        second_low=low_high[2],
        second_high=low_high[3],
        sum_low=low_high[4],
        sum_high=low_high[5],
    )


def _near(
    statements: tuple[Statement, ...],
    positions: IntArray,
    max_first: int,
    max_second: int,
    *,
    tolerance: float = 0.0,
    slack: int = 0,
) -> Corridor:
    """Return the cells of all paths that cost little more than the best."""
    largest: dict[Target, int] = {"first": max_first, "second": max_second, "sum": max_first + max_second}
    tables = [
        cost_table(statements, target=target, positions=positions, largest=value) for target, value in largest.items()
    ]
    return corridor(tables, tolerance=tolerance, slack=slack)
