"""The corridor holds every nearly best pair of paths, and its costs are those of a search of all cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stats.corridor import corridor, least_at_or_above, least_at_or_below
from analysis.stats.monotone import Statement, ranges, reconcile_pair
from analysis.stats.statements import cost_table

DAYS = np.arange(5)
LARGEST = {"first": 4, "second": 6, "sum": 10}


def said(position, target, kind, value, weight):
    return Statement(position=position, target=target, kind=kind, value=value, weight=weight)


STATEMENTS = st.lists(
    st.builds(
        said,
        st.sampled_from(DAYS.tolist()),
        st.sampled_from(["first", "second", "sum"]),
        st.sampled_from(["equal", "equal", "at least", "at most"]),
        st.integers(0, 12),
        st.integers(1, 3),
    ),
    max_size=14,
)


def tables_of(statements):
    return [cost_table(statements, target=name, positions=DAYS, largest=top) for name, top in LARGEST.items()]


def everywhere(tables):
    """Least cost of a pair of paths through every cell at every date, all cells searched."""
    first, second, both = tables
    sums = np.arange(first.shape[1])[:, None] + np.arange(second.shape[1])[None, :]
    costs = [first[row][:, None] + second[row][None, :] + both[row][sums] for row in range(len(first))]
    there, onward = [costs[0]], [costs[-1]]
    for row in range(1, len(costs)):
        there.append(costs[row] + least_at_or_below(there[-1]))
        onward.append(costs[-1 - row] + least_at_or_above(onward[-1]))
    return [a + b - cost for a, b, cost in zip(there, onward[::-1], costs, strict=True)]


@settings(max_examples=100)
@given(STATEMENTS, st.sampled_from([0.0, 0.05, 0.5, 3.0]), st.integers(0, 4))
def test_nothing_within_the_allowance_is_missing_and_nothing_is_too_cheap(statements, tolerance, slack):
    tables = tables_of(statements)
    known, near = everywhere(tables), corridor(tables, tolerance=tolerance, slack=slack)
    assert near.least == known[0].min()
    assert near.allowance >= max(int(tolerance * near.least), slack)
    for row, (box, cells) in enumerate(zip(near.boxes, near.through, strict=True)):
        inside = np.zeros_like(known[row], dtype=bool)
        inside[box[0] : box[1] + 1, box[2] : box[3] + 1] = True
        limit = near.least + near.allowance
        assert not np.any((known[row] <= limit) & ~inside)
        within = known[row][box[0] : box[1] + 1, box[2] : box[3] + 1]
        assert np.array_equal(np.where(cells <= limit, cells, -1), np.where(within <= limit, within, -1))


@settings(max_examples=60)
@given(STATEMENTS, st.sampled_from([0.0, 0.04, 1.0, 50.0]))
def test_ranges_of_any_tolerance_are_those_of_all_cells(statements, tolerance):
    path = reconcile_pair(statements, positions=DAYS, max_first=4, max_second=6)
    found, known = ranges(path, tolerance=tolerance), everywhere(tables_of(statements))
    limit = path.cost + int(tolerance * path.cost + 1e-9)
    for row, cells in enumerate(known):
        firsts, seconds = np.nonzero(cells <= limit)
        assert (found.first_low[row], found.first_high[row]) == (firsts.min(), firsts.max())
        assert (found.second_low[row], found.second_high[row]) == (seconds.min(), seconds.max())
        sums = firsts + seconds
        assert (found.sum_low[row], found.sum_high[row]) == (sums.min(), sums.max())


@settings(max_examples=50)
@given(STATEMENTS)
def test_cost_tables_are_the_weighted_shortfalls(statements):
    for target, table in zip(LARGEST, tables_of(statements), strict=True):
        about = [each for each in statements if each.target == target]
        for row, day in enumerate(DAYS):
            for value in range(LARGEST[target] + 1):
                here = [each.weight * each.shortfall(value) for each in about if each.position == day]
                assert table[row, value] == sum(here)


def test_misprints_do_not_widen_the_search():
    # 400 dates; total 419 once printed as 919 raises the largest value considered, not the cells searched.
    rng = np.random.default_rng(1)
    first, second = np.sort(rng.integers(0, 70, 400)), np.sort(rng.integers(0, 350, 400))
    statements = [
        said(int(day), target, "equal", int(value), 1)
        for target, values in (("first", first), ("sum", first + second))
        for day, value in enumerate(values)
    ]
    path = reconcile_pair(
        [*statements, said(399, "sum", "equal", 919, 1)], positions=range(400), max_first=75, max_second=920
    )
    assert path.first.tolist() == first.tolist()
    searched = sum(cells.size for cells in path.near.through)
    assert searched < 0.02 * 400 * 76 * 921


def test_too_large_weights_are_refused():
    with pytest.raises(ValueError, match="weights are too large for exact arithmetic"):
        corridor(tables_of([said(0, "first", "equal", 4, 2**60)]), tolerance=0.0)
