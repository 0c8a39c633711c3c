"""Choice among equally cheap paths: the stated rule, applied to all paths enumerated with fractions."""

from fractions import Fraction
from itertools import combinations_with_replacement, pairwise, product
from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stats.corridor import least_at_or_above, least_at_or_below
from analysis.stats.monotone import Statement, reconcile_pair

DAYS = (0, 3, 5, 12)


def said(position, target, kind, value, weight):
    return Statement(position=position, target=target, kind=kind, value=value, weight=weight)


def line(values, row):
    """The straight line between the pinned dates around a row, to a thousandth; None outside the outer pins."""
    pins = [index for index in range(len(DAYS)) if len({path[index] for path in values}) == 1]
    for start, end in pairwise(pins):
        if start <= row <= end:
            first, last = values[0][start], values[0][end]
            exact = first + Fraction((last - first) * (DAYS[row] - DAYS[start]), DAYS[end] - DAYS[start])
            return Fraction(floor(1000 * exact + Fraction(1, 2)), 1000)
    return None


def chosen_by_enumeration(statements, max_first, max_second):
    rising = [list(combinations_with_replacement(range(top + 1), len(DAYS))) for top in (max_first, max_second)]

    def cost(pair):
        total = 0
        for statement in statements:
            row = DAYS.index(statement.position)
            value = {"first": pair[0][row], "second": pair[1][row], "sum": pair[0][row] + pair[1][row]}[
                statement.target
            ]
            total += statement.weight * statement.shortfall(value)
        return total

    costs = {pair: cost(pair) for pair in product(*rising)}
    least = min(costs.values())
    best = [pair for pair, value in costs.items() if value == least]
    lines = [[line([pair[path] for pair in best], row) for row in range(len(DAYS))] for path in range(2)]

    def preference(pair):
        distance = sum(
            abs(pair[path][row] - lines[path][row])
            for path, row in product(range(2), range(len(DAYS)))
            if lines[path][row] is not None
        )
        return (distance, [(first + second, first) for first, second in zip(*pair, strict=True)])

    return min(best, key=preference)


@settings(max_examples=60)
@given(
    st.lists(
        st.builds(
            said,
            st.sampled_from(DAYS),
            st.sampled_from(["first", "second", "sum"]),
            st.sampled_from(["equal", "equal", "at least", "at most"]),
            st.integers(0, 6),
            st.integers(1, 2),
        ),
        max_size=8,
    )
)
def test_the_path_is_the_one_the_rule_names(statements):
    path = reconcile_pair(statements, positions=DAYS, max_first=3, max_second=3)
    first, second = chosen_by_enumeration(statements, 3, 3)
    assert (path.first.tolist(), path.second.tolist()) == (list(first), list(second))


def test_weights_that_would_overflow_the_choice_are_refused():
    large = 2**55
    statements = [
        said(0, "first", "equal", 2, large),
        said(3, "first", "equal", 1, large),
        said(0, "second", "equal", 0, 1),
        said(12, "second", "equal", 3, 1),
    ]
    with pytest.raises(ValueError, match="too large for an exact choice among equal paths"):
        reconcile_pair(statements, positions=DAYS, max_first=3, max_second=3)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_least_of_all_cells_on_one_side(rows, columns, seed):
    cells = np.random.default_rng(seed).integers(-50, 50, (rows, columns))
    below, above = least_at_or_below(cells), least_at_or_above(cells)
    for row, column in product(range(rows), range(columns)):
        assert below[row, column] == cells[: row + 1, : column + 1].min()
        assert above[row, column] == cells[row:, column:].min()
