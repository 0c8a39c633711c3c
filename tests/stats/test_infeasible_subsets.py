"""Minimal infeasible subsets: constructed systems with known answers, and brute force over all subsets."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stats.infeasible_subsets import LinearRow, Solver, System, conflicts


def exactly(value: float, **terms: float) -> list[LinearRow]:
    return [LinearRow(terms=terms, low=value, high=value)]


def at_least(value: float, *, open_low: bool = False, **terms: float) -> list[LinearRow]:
    return [LinearRow(terms=terms, low=value, open_low=open_low)]


def at_most(value: float, *, open_high: bool = False, **terms: float) -> list[LinearRow]:
    return [LinearRow(terms=terms, high=value, open_high=open_high)]


def test_two_overlapping_conflicts_of_different_size() -> None:
    # x >= 5 excludes x <= 4; with y = 3 it makes x + y >= 8, which excludes x + y <= 7.
    system = System(
        members={
            "a": at_least(5, x=1),
            "b": at_most(4, x=1),
            "c": exactly(3, y=1),
            "d": at_most(7, x=1, y=1),
        }
    )
    found = conflicts(system)
    assert found.minimal_infeasible == (("a", "b"), ("a", "c", "d"))
    assert found.smallest_removal == ("a",)


def test_total_and_parts() -> None:
    # The infographic of 24 April 2024 prints 365 casualties beside 65 killed and 291 injured, which add to 356.
    system = System(
        members={"total": exactly(365, k=1, i=1), "killed": exactly(65, k=1), "injured": exactly(291, i=1)},
        whole_numbers=frozenset({"k", "i"}),
    )
    found = conflicts(system)
    assert found.minimal_infeasible == (("injured", "killed", "total"),)
    assert len(found.smallest_removal) == 1


def test_what_always_holds_belongs_to_no_conflict() -> None:
    later = LinearRow(terms={"later": 1, "earlier": -1}, low=0)
    system = System(members={"first": exactly(358, earlier=1), "second": exactly(357, later=1)}, always=[later])
    assert conflicts(system).minimal_infeasible == (("first", "second"),)


def test_open_ends_exclude_their_number_and_closed_ones_do_not() -> None:
    more = System(members={"more than": at_least(1e6, open_low=True, x=1), "up to": at_most(1e6, x=1)})
    least = System(members={"at least": at_least(1e6, x=1), "up to": at_most(1e6, x=1)})
    assert conflicts(more).minimal_infeasible == (("more than", "up to"),)
    assert conflicts(least).minimal_infeasible == ()


def test_open_ends_of_counts_leave_the_next_whole_number() -> None:
    members = {"more than": at_least(3400, open_low=True, n=1), "fewer than": at_most(3402, open_high=True, n=1)}
    solver = Solver(System(members=members, whole_numbers=frozenset({"n"})))
    assert solver.reach({"n": 1}, given=frozenset(members)) == (3401, 3401)


def test_a_narrow_half_open_row_does_not_contradict_itself() -> None:
    row = LinearRow(terms={"area": 1}, low=1166701.5, high=1166702.5, open_high=True)
    assert conflicts(System(members={"area": [row]})).minimal_infeasible == ()


def test_independent_conflicts_are_all_found() -> None:
    # Fifteen pairs that share no quantity: 2 ** 15 ways to make the rest hold, were they not taken apart.
    members = {f"{i:02d}{side}": exactly(side == "b", **{f"x{i}": 1}) for i in range(15) for side in "ab"}
    found = conflicts(System(members=members))
    assert found.minimal_infeasible == tuple((f"{i:02d}a", f"{i:02d}b") for i in range(15))
    assert len(found.smallest_removal) == 15


def test_reach_is_what_the_others_leave() -> None:
    # 9 per cent released, being 74,600 ha, leaves 828,889 ha; nothing bounds the rest from above.
    members = {"share": exactly(0, released=1, area=-0.09), "released": exactly(74600, released=1)}
    solver = Solver(System(members=members))
    low, high = solver.reach({"area": 1}, given=frozenset(members)) or (0, 0)
    assert (low, high) == pytest.approx((74600 / 0.09, 74600 / 0.09))
    assert solver.reach({"area": 1}, given=frozenset({"released"})) == (0, math.inf)


def test_no_reach_where_nothing_is_possible() -> None:
    members = {"a": exactly(1, x=1), "b": exactly(2, x=1)}
    assert Solver(System(members=members)).reach({"x": 1}, given=frozenset(members)) is None


def test_background_that_cannot_hold_is_refused() -> None:
    always = [*exactly(1, x=1), *exactly(2, x=1)]
    with pytest.raises(ValueError, match="contradict each other"):
        conflicts(System(members={"a": exactly(1, x=1)}, always=always))


def test_too_many_corrections_are_refused() -> None:
    members = {f"{i:02d}{side}": exactly(side == "b", **{f"x{i}": 1}) for i in range(8) for side in "ab"}
    joined = [LinearRow(terms={f"x{i}": 1 for i in range(8)}, low=0)]
    with pytest.raises(ValueError, match="split the system"):
        conflicts(System(members=members, always=joined), most=20)


def test_refused_rows() -> None:
    with pytest.raises(ValueError, match="finite coefficients"):
        LinearRow(terms={})
    with pytest.raises(ValueError, match="some number can meet"):
        LinearRow(terms={"x": 1}, low=math.inf)


ROWS = st.builds(
    lambda a, b, low, width: LinearRow(terms={"x": a, "y": b}, low=low, high=low + width),
    st.sampled_from([-1, 0, 1]),
    st.sampled_from([1, 2]),
    st.integers(0, 6),
    st.integers(0, 2),
)


@settings(max_examples=60)
@given(st.lists(ROWS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_agrees_with_brute_force_whatever_the_order(rows: list[LinearRow], shuffle: object) -> None:
    names = [f"m{place}" for place in range(len(rows))]
    members = {name: [row] for name, row in zip(names, rows, strict=True)}

    def possible(chosen: tuple[str, ...]) -> bool:
        # x and y are whole numbers; no row allows more than 8, and 2y or x + y bounds them within 0 to 20.
        return any(
            all(
                members[name][0].low
                <= sum(c * {"x": x, "y": y}[q] for q, c in members[name][0].terms.items())
                <= members[name][0].high
                for name in chosen
            )
            for x in range(21)
            for y in range(21)
        )

    infeasible = [one for size in range(1, len(names) + 1) for one in combinations(names, size) if not possible(one)]
    minimal = [one for one in infeasible if not any(set(other) < set(one) for other in infeasible)]
    shuffle.shuffle(names)  # type: ignore[attr-defined]
    system = System(members={name: members[name] for name in names}, whole_numbers=frozenset({"x", "y"}))
    found = conflicts(system)
    assert sorted(found.minimal_infeasible) == sorted(minimal)
    assert all(set(found.smallest_removal) & set(one) for one in minimal)
