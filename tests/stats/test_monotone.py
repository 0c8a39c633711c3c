"""Reconciliation of two running totals: by hand, against enumeration of all paths, against a mixed-integer solver."""

from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from analysis.stats.monotone import Statement, ranges, reconcile_pair


def said(position, target, kind, value, weight=1):
    return Statement(position=position, target=target, kind=kind, value=value, weight=weight)


def cost_of(statements, days, first, second):
    row = {day: index for index, day in enumerate(days)}
    total = 0
    for statement in statements:
        index = row[statement.position]
        value = {"first": first[index], "second": second[index], "sum": first[index] + second[index]}[statement.target]
        total += statement.weight * statement.shortfall(value)
    return total


def all_pairs(length, max_first, max_second):
    rising = [list(combinations_with_replacement(range(top + 1), length)) for top in (max_first, max_second)]
    return product(*rising)


DAYS = (0, 4, 11)
SMALL = {"max_first": 2, "max_second": 3}

statement_lists = st.lists(
    st.builds(
        said,
        st.sampled_from(DAYS),
        st.sampled_from(["first", "second", "sum"]),
        st.sampled_from(["equal", "at least", "at most"]),
        st.integers(0, 6),
        st.integers(1, 3),
    ),
    max_size=9,
)


def test_contradictory_totals_by_hand():
    # Killed 5, then 3, then 7 printed; injured 10 throughout. 5, 5, 7 or 3, 3, 7 or 4, 4, 7: each misses by 2 in all.
    statements = [said(0, "first", "equal", 5), said(10, "first", "equal", 3), said(20, "first", "equal", 7)]
    statements += [said(day, "second", "equal", 10) for day in (0, 10, 20)]
    path = reconcile_pair(statements, positions=[0, 10, 20], max_first=9, max_second=12)
    found = ranges(path)
    assert path.cost == 2
    assert (found.first_low.tolist(), found.first_high.tolist()) == ([3, 3, 7], [5, 5, 7])
    assert path.first.tolist() == [3, 3, 7]  # only the last date is pinned, so the smaller counts come first
    assert path.second.tolist() == [10, 10, 10]
    assert [(conflict.statement.value, conflict.shortfall) for conflict in path.conflicts()] == [(5, 2)]


def test_one_more_vote_decides():
    statements = [said(0, "first", "equal", 5, 2), said(10, "first", "equal", 3), said(20, "first", "equal", 7)]
    path = reconcile_pair(statements, positions=[0, 10, 20], max_first=9, max_second=0)
    assert (path.cost, path.first.tolist()) == (2, [5, 5, 7])


def test_a_date_without_a_figure_lies_on_the_line_between_pins():
    # First 0 on day 0 and 10 on day 10; day 3 has only a bound on the sum. A constant daily rate gives 3.
    statements = [said(0, "first", "equal", 0), said(3, "sum", "at most", 9), said(10, "first", "equal", 10)]
    statements += [said(0, "second", "equal", 0), said(10, "second", "equal", 20)]
    path = reconcile_pair(statements, positions=[0, 3, 10], max_first=12, max_second=25)
    assert path.cost == 0
    assert path.first.tolist() == [0, 3, 10]
    assert path.second.tolist() == [0, 6, 20]


def test_the_published_totals_of_late_2023():
    # Trend 2023-09-20 (314: 61 killed, 253 injured), TurkicWorld 9 October (315: 62, 253) for the same day; TurkicWorld
    # and SIA 5 and 6 December (338; 340: 65, 275); Report.az 27 December (341: 65, 276).
    statements = [
        *(said(0, "sum", "equal", value) for value in (314, 315)),
        *(said(0, "first", "equal", value) for value in (61, 62)),
        *(said(0, "second", "equal", 253) for _ in range(2)),
        said(77, "sum", "equal", 338),
        *(said(78, target, "equal", value) for target, value in (("sum", 340), ("first", 65), ("second", 275))),
        *(said(99, target, "equal", value) for target, value in (("sum", 341), ("first", 65), ("second", 276))),
    ]
    path = reconcile_pair(statements, positions=[0, 77, 78, 99], max_first=80, max_second=360)
    found = ranges(path)
    assert path.cost == 2  # 314 against 315, and 61 against 62: one each, whichever is taken
    assert (found.first_low[0], found.first_high[0]) == (61, 62)
    assert path.second.tolist()[0] == 253
    assert path.sum.tolist()[1:] == [338, 340, 341]
    assert len(path.conflicts()) == 2


@settings(max_examples=60)
@given(statement_lists)
def test_cost_and_ranges_are_those_of_all_paths_enumerated(statements):
    path = reconcile_pair(statements, positions=DAYS, **SMALL)
    costs = {pair: cost_of(statements, DAYS, *pair) for pair in all_pairs(len(DAYS), **SMALL)}
    assert path.cost == min(costs.values()) == cost_of(statements, DAYS, path.first, path.second)
    for tolerance, slack in ((0.0, 0), (0.5, 0), (0.0, 2)):
        allowance = max(int(tolerance * path.cost), slack)
        near = np.array([pair for pair, cost in costs.items() if cost <= path.cost + allowance])
        found = ranges(path, tolerance=tolerance, slack=slack)
        assert found.first_low.tolist() == near[:, 0].min(axis=0).tolist()
        assert found.first_high.tolist() == near[:, 0].max(axis=0).tolist()
        assert found.second_low.tolist() == near[:, 1].min(axis=0).tolist()
        assert found.second_high.tolist() == near[:, 1].max(axis=0).tolist()
        assert found.sum_low.tolist() == near.sum(axis=1).min(axis=0).tolist()
        assert found.sum_high.tolist() == near.sum(axis=1).max(axis=0).tolist()


def solver_cost(statements, length, max_first, max_second):
    """Least cost by scipy's mixed-integer solver: 2 x length whole-number values, then one deviation a statement."""
    values, count = 2 * length, len(statements)
    lines, lower = [], []

    def add(line, at_least):
        lines.append(line)
        lower.append(at_least)

    for path, row in product(range(2), range(length - 1)):
        line = np.zeros(values + count)
        line[path * length + row], line[path * length + row + 1] = -1, 1
        add(line, 0)
    for index, statement in enumerate(statements):
        value = np.zeros(values + count)
        for path in {"first": (0,), "second": (1,), "sum": (0, 1)}[statement.target]:
            value[path * length + statement.position] = 1
        deviation = np.zeros(values + count)
        deviation[values + index] = 1
        if statement.kind != "at most":
            add(deviation + value, statement.value)
        if statement.kind != "at least":
            add(deviation - value, -statement.value)
    largest = [max_first] * length + [max_second] * length + [np.inf] * count
    result = optimize.milp(
        np.array([0] * values + [statement.weight for statement in statements]),
        constraints=optimize.LinearConstraint(np.array(lines), lb=lower),
        bounds=optimize.Bounds(0, largest),
        integrality=np.array([1] * values + [0] * count),
    )
    assert result.success
    return result.fun


@pytest.mark.parametrize("seed", range(6))
def test_cost_is_that_of_a_mixed_integer_solver(seed):
    rng, length = np.random.default_rng(seed), 9
    statements = [
        said(
            int(rng.integers(length)),
            str(rng.choice(["first", "second", "sum"])),
            str(rng.choice(["equal", "equal", "at least", "at most"])),
            int(rng.integers(0, 40)),
            int(rng.integers(1, 4)),
        )
        for _ in range(40)
    ]
    path = reconcile_pair(statements, positions=range(length), max_first=15, max_second=30)
    assert path.cost == pytest.approx(solver_cost(statements, length, 15, 30), abs=1e-6)
    assert path.cost > 0


@settings(max_examples=40)
@given(statement_lists, st.randoms(use_true_random=False))
def test_the_order_of_statements_changes_nothing(statements, random):
    shuffled = statements.copy()
    random.shuffle(shuffled)
    one, other = (reconcile_pair(rows, positions=DAYS, **SMALL) for rows in (statements, shuffled))
    assert one.first.tolist() == other.first.tolist()
    assert one.second.tolist() == other.second.tolist()
    assert one.conflicts() == other.conflicts()


@settings(max_examples=40)
@given(statement_lists)
def test_repeating_every_statement_only_doubles_the_cost(statements):
    one, twice = (reconcile_pair(rows, positions=DAYS, **SMALL) for rows in (statements, statements * 2))
    assert twice.cost == 2 * one.cost
    assert twice.first.tolist() == one.first.tolist()
    assert twice.second.tolist() == one.second.tolist()


@settings(max_examples=40)
@given(statement_lists)
def test_paths_never_fall_ranges_hold_them_and_nest(statements):
    path = reconcile_pair(statements, positions=DAYS, **SMALL)
    narrow, wide = ranges(path, tolerance=0.01), ranges(path, tolerance=0.8)
    for name, values in (("first", path.first), ("second", path.second), ("sum", path.sum)):
        assert np.all(np.diff(values) >= 0)
        lows = [getattr(found, f"{name}_low") for found in (wide, narrow)]
        highs = [getattr(found, f"{name}_high") for found in (narrow, wide)]
        for smaller, larger in zip([*lows, values, highs[0]], [lows[1], values, *highs], strict=True):
            assert np.all(smaller <= larger)
        assert np.all(np.diff(lows[1]) >= 0)
        assert np.all(np.diff(highs[0]) >= 0)
    shortfalls = sum(conflict.statement.weight * conflict.shortfall for conflict in path.conflicts())
    assert shortfalls == path.cost


def test_no_statement_leaves_everything_open():
    path = reconcile_pair([], positions=DAYS, **SMALL)
    found = ranges(path)
    assert (path.cost, path.sum.tolist(), path.conflicts()) == (0, [0, 0, 0], ())
    assert (found.sum_low.tolist(), found.sum_high.tolist()) == ([0, 0, 0], [5, 5, 5])


def test_large_weights_keep_exact_arithmetic():
    statements = [said(0, "first", "equal", 2, 10**9), said(4, "first", "equal", 1, 10**9)]
    path = reconcile_pair(statements, positions=DAYS, **SMALL)
    assert path.cost == 10**9
    with pytest.raises(ValueError, match="weights are too large"):
        reconcile_pair([said(0, "first", "equal", 2, 2**62)], positions=DAYS, **SMALL)


def test_a_problem_of_real_size_searches_few_cells():
    rng = np.random.default_rng(3)
    days = np.cumsum(rng.integers(1, 12, 240))
    truth = np.sort(rng.integers(0, 75, 240)), np.sort(rng.integers(0, 350, 240))
    statements = [
        said(int(day), target, "equal", int(max(0, value + rng.integers(-3, 4))))
        for target, values in (("first", truth[0]), ("second", truth[1]), ("sum", truth[0] + truth[1]))
        for day, value in zip(days, values, strict=True)
    ]
    path = reconcile_pair(statements * 5, positions=days, max_first=80, max_second=360)
    found = ranges(path, tolerance=0.05)
    assert np.all(found.sum_low <= path.sum)
    assert path.near.through[0].dtype == np.int32
    assert sum(cells.size for cells in path.near.through) < 0.1 * 240 * 81 * 361


def test_refusals_say_what_is_wrong():
    with pytest.raises(ValueError, match="day 5 is not one of the 3 positions"):
        reconcile_pair([said(5, "first", "equal", 1)], positions=DAYS, **SMALL)
    with pytest.raises(ValueError, match="max_first, max_second: 0 or more is needed, got -1 and 3"):
        reconcile_pair([], positions=DAYS, max_first=-1, max_second=3)
    with pytest.raises(ValueError, match=r"tolerance, slack: 0 or more is needed, got -0\.1 and 0"):
        ranges(reconcile_pair([], positions=DAYS, **SMALL), tolerance=-0.1)
