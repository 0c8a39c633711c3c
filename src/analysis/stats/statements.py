"""Printed statements about a running total, and what a value costs that does not agree with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
Target = Literal["first", "second", "sum"]
Kind = Literal["equal", "at least", "at most"]

_TARGET_ORDER: dict[Target, int] = {"first": 0, "second": 1, "sum": 2}
_KIND_ORDER: dict[Kind, int] = {"equal": 0, "at least": 1, "at most": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One printed number: what it is about, on which date, how it is worded, and how much it counts.

    Parameters
    ----------
    position
        The day number it is stated for; one of the positions handed to the reconciliation.
    target
        "first" (for example killed), "second" (injured), or their "sum".
    kind
        "equal" costs weight x ``|value - printed|``; "at least" costs only below, "at most" only above the printed
        number.
    value
        The printed number, 0 or more.
    weight
        Whole number above 0.
    """

    position: int
    target: Target
    kind: Kind
    value: int
    weight: int = 1

    def __post_init__(self) -> None:
        if self.target not in _TARGET_ORDER:
            raise ValueError(f"target: first, second or sum is needed, got {self.target!r}")
        if self.kind not in _KIND_ORDER:
            raise ValueError(f"kind: equal, at least or at most is needed, got {self.kind!r}")
        if self.value < 0 or self.weight < 1:
            raise ValueError(f"value must be 0 or more and weight 1 or more, got {self.value} and {self.weight}")

    def shortfall(self, value: int) -> int:
        """Return by how much `value` fails the statement, without its weight; 0 when it agrees."""
        if self.kind == "at least":
            return max(0, self.value - value)
        if self.kind == "at most":
            return max(0, value - self.value)
        return abs(value - self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A statement the reconciled path does not meet.

    Parameters
    ----------
    statement
        The statement; equal ones are merged, their weights added.
    value
        What the path has there.
    shortfall
        By how much the path fails it, in counts, without the weight.
    """

    statement: Statement
    value: int
    shortfall: int


def merge_statements(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return the distinct statements in a fixed order, equal ones merged into one with their weights added."""
    weights: dict[tuple[int, int, int, int], int] = {}
    examples: dict[tuple[int, int, int, int], Statement] = {}
    for statement in statements:
        key = (
            int(statement.position),
            _TARGET_ORDER[statement.target],
            _KIND_ORDER[statement.kind],
            int(statement.value),
        )
        weights[key] = weights.get(key, 0) + int(statement.weight)
        examples.setdefault(key, statement)
    return tuple(
        Statement(
            position=key[0],
            target=examples[key].target,
            kind=examples[key].kind,
            value=key[3],
            weight=weights[key],
        )
        for key in sorted(weights)
    )


def cost_table(statements: Sequence[Statement], *, target: Target, positions: IntArray, largest: int) -> IntArray:
    """Return the cost of each value 0 to `largest` of one target at each position (rows: positions).

    Raises
    ------
    ValueError
        If a statement stands at a day that is not one of the positions.
    """
    row_of = {int(day): row for row, day in enumerate(positions)}
    told = []
    for statement in statements:
        if statement.position not in row_of:
            raise ValueError(f"statement: day {statement.position} is not one of the {len(positions)} positions")
        if statement.target == target:
            order = _KIND_ORDER[statement.kind]
            told.append((row_of[statement.position], order, statement.value, statement.weight))
    rows, kinds, printed, weights = np.array(told, dtype=np.int64).reshape(-1, 4).T
    # Each statement is a bent line in the value: its cost at 0, its slope there, and the change of it at the bend.
    at_zero = np.zeros(len(positions), dtype=np.int64)
    np.add.at(at_zero, rows, np.where(kinds == _KIND_ORDER["at most"], 0, weights * printed))
    slope = np.zeros((len(positions), largest + 1), dtype=np.int64)
    np.add.at(slope[:, 0], rows, np.where(kinds == _KIND_ORDER["at most"], 0, -weights))
    bends = printed < largest  # a bend further up does not show
    change = np.where(kinds == _KIND_ORDER["equal"], 2, 1) * weights
    np.add.at(slope, (rows[bends], printed[bends]), change[bends])
    steps = np.cumsum(slope, axis=1)[:, :-1]
    return np.concatenate([at_zero[:, None], at_zero[:, None] + np.cumsum(steps, axis=1)], axis=1)


def require_positions(positions: Sequence[int] | NDArray[np.int64]) -> IntArray:
    """Return the day numbers as an array, refusing an empty or not strictly increasing list."""
    days = np.asarray(positions, dtype=np.int64)
    if days.ndim != 1 or days.size == 0:
        raise ValueError("positions: a list of at least one day number is needed")
    if np.any(np.diff(days) <= 0):
        raise ValueError("positions: day numbers must be strictly increasing, without repeats")
    return days


def unmet(
    statements: Sequence[Statement], values_of: dict[Target, IntArray], *, positions: IntArray
) -> tuple[Conflict, ...]:
    """Return the statements that the given values fail, in order of date, target, kind and printed number."""
    row_of = {int(day): row for row, day in enumerate(positions)}
    conflicts = []
    for statement in statements:
        value = int(values_of[statement.target][row_of[statement.position]])
        shortfall = statement.shortfall(value)
        if shortfall > 0:
            conflicts.append(Conflict(statement=statement, value=value, shortfall=shortfall))
    return tuple(conflicts)


def line_between_pins(
    low: IntArray, high: IntArray, positions: IntArray, *, grid: int
) -> tuple[IntArray, NDArray[np.bool_]]:
    """Return targets on the straight line between pinned dates, times `grid`, and where such a line exists.

    A date is pinned where every optimal path has the same value (`low` equals `high`). The line is a constant daily
    rate; it is rounded half up to 1/`grid` of a count with whole numbers only, so that no machine can differ. Before
    the first and after the last pin there is no line.
    """
    pins = np.flatnonzero(low == high)
    targets, inside = np.zeros(len(positions), dtype=np.int64), np.zeros(len(positions), dtype=bool)
    for start, end in pairwise(pins):
        rows = np.arange(start, end + 1)
        span = positions[end] - positions[start]
        rise = (low[end] - low[start]) * (positions[rows] - positions[start])
        targets[rows] = grid * low[start] + (2 * grid * rise + span) // (2 * span)
        inside[rows] = True
    return targets, inside
