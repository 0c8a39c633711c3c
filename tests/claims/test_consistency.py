"""Statements that cannot all hold: known conflicts of the evidence, and what a smallest conflict is."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.claims.basis import basis_of
from analysis.claims.consistency import captions, casualties, quantities, result
from analysis.claims.consistency.result import TopicResult
from analysis.claims.consistency.statements import (
    Figure,
    estimate_number,
    members_of,
    row_allowed,
    share_rows,
)
from analysis.claims.consistency.study import claims_consistency
from analysis.errors import ParameterError
from analysis.evidence import Evidence
from analysis.stats.infeasible_subsets import LinearRow, Solver, System


@pytest.fixture(scope="module")
def results(evidence: Evidence) -> tuple[TopicResult, ...]:
    makers = (casualties.topic_all_time, quantities.topic_places, quantities.topic_mines, quantities.topic_made_in_2021)
    basis = basis_of(evidence)
    topics = [make(basis, about_tolerance=0.1) for make in makers]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(result, "TOPICS", tuple(lambda *_, topic=topic, **__: topic for topic in topics))
        return result.consistency(basis, about_tolerance=0.1)


def rows_in(one: TopicResult) -> list[set[str]]:
    return [{name.split("|")[0] for name in names} for names in one.found.minimal_infeasible]


def test_known_conflicts(results: tuple[TopicResult, ...]) -> None:
    all_time, places, mines, made = results
    # 639 killed in 1992-2021 beside 595 killed by April 2024.
    assert {"rt-0043", "rt-0166"} in rows_in(all_time)
    # On the line: 266 - 147 = 119 casualties in October 2022, 303 - 217 = 86 in August 2023.
    assert {"ma-0045", "ma-0055"} in rows_in(places)
    # 97,000 and about 92,000 on the records of districts of which all three are said to hold 300,000.
    assert {"ma-0028", "ma-0030", "ma-0031"} in rows_in(mines)
    # 1,609 made in 2021 in one region and 2,728 made in 2021 in all leave 1,119 for the border.
    assert made.found.minimal_infeasible == ()


def test_every_smallest_conflict_is_one(results: tuple[TopicResult, ...]) -> None:
    for one in results:
        solver = Solver(one.topic.system)
        for names in one.found.minimal_infeasible:
            assert not solver.feasible(frozenset(names))
            assert all(solver.feasible(frozenset(names) - {name}) for name in names)
        everything = frozenset(member.name for member in one.topic.members)
        assert solver.feasible(everything - frozenset(one.found.smallest_removal))


def test_groups_hold_each_conflict_once(results: tuple[TopicResult, ...]) -> None:
    for one in results:
        grouped = [
            tuple(sorted([*(member.name for member in group.held), last.name]))
            for group in one.groups
            for last in group.against
        ]
        assert sorted(grouped) == sorted(one.found.minimal_infeasible)


def test_change_that_would_end_a_conflict(results: tuple[TopicResult, ...]) -> None:
    marks = result.conflict_marks(results)
    places = marks[marks["topic"] == "on and outside the former line of contact"]
    # 217 outside and at least 119 on the line need 336 casualties instead of 303.5, to which 303 rounds up.
    assert places["change"].min() < (336 - 303.5) / 303.5 + 1e-3
    assert (places["change"] > 0).all()


def test_tables_name_who_said_it(results: tuple[TopicResult, ...]) -> None:
    table = result.groups_table(results)
    assert table["these"].str.contains("International Crisis Group").any()
    assert result.topics_table(results)["conflicts"].sum() == table["conflicts"].sum()
    assert set(result.assumptions_table(results).index) == {one.topic.name for one in results}
    assert "does not say which statement is mistaken" in captions.conflicts_caption(
        results, result.conflict_marks(results), about_tolerance=0.1
    )
    assert "mines made in 2021: 0 conflicts" in captions.conflicts_alt(results)


def test_estimates_end_at_their_last_digit_that_is_not_zero() -> None:
    assert estimate_number(1_500_000, "=").step == 100_000
    assert estimate_number(390_709, "=").step == 1
    assert estimate_number(350, "=").step == 1
    assert estimate_number(25.4, "=").step == pytest.approx(0.1)


def test_share_rows_tie_part_and_whole() -> None:
    # 9 per cent means 8.5 to 9.5: with 74,600 released the whole is 785,263 to 877,647.
    rows = share_rows("released", ["area"], estimate_number(0.09, "="), about_tolerance=0.1)
    released = row_allowed({"released": 1.0}, estimate_number(74_601, "="), about_tolerance=0.1)
    solver = Solver(System(members={"share": rows, "released": [released]}))
    low, high = solver.reach({"area": 1.0}, given=frozenset({"share", "released"})) or (0, 0)
    assert low == pytest.approx(74_601 / 0.095, rel=1e-4)
    assert high == pytest.approx(74_601 / 0.085, rel=1e-4)


def test_equal_figures_are_one_statement_with_all_who_print_it() -> None:
    def figure(row_id: str, who: str, value: float) -> Figure:
        return Figure(
            row_id=row_id, source_id=f"page-{row_id}", originator=who, party="unknown", who=who, as_of="2023",
            words=f"{value:g}", rows=(LinearRow(terms={"x": 1.0}, low=value, high=value),),
        )  # fmt: skip

    members = members_of([figure("b", "two", 1), figure("a", "one", 1), figure("c", "three", 2)])
    assert [[one.row_id for one in member.figures] for member in members] == [["a", "b"], ["c"]]
    assert members[0].words == "1, 2023: one and 1 more"


def test_change_words() -> None:
    assert result.change_words([0.1, None, -0.25]) == "\N{MINUS SIGN}25 to +10 per cent"
    assert result.change_words([-1.0, 0.0897]) == "\N{MINUS SIGN}100 to +9 per cent"
    assert result.change_words([None]) == ""


def test_unusable_parameters_are_refused(evidence: Evidence) -> None:
    with pytest.raises(ParameterError, match="about_tolerance"):
        claims_consistency(evidence, about_tolerance=1.0)


def test_sources_are_pages_of_the_evidence(results: tuple[TopicResult, ...], evidence: Evidence) -> None:
    pages = result.conflict_sources(results)
    assert pd.Index(pages).isin(evidence.sources.index).all()
