"""How numbers travel: first prints, repetitions, changes of wording."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.claims import provenance
from analysis.evidence import Evidence


@pytest.fixture(scope="module")
def prints(evidence: Evidence) -> pd.DataFrame:
    return provenance.prints_of(evidence)


def test_first_prints(prints: pd.DataFrame) -> None:
    first = provenance.journeys(prints)["first_seen"]
    # As the notes of the evidence have it: 14 August 2021 for three districts; 2 December 2022.
    assert first["25 per cent of the records right"] == "2021-08-14"
    assert first["55 per cent of explosions outside the records"] == "2022-12-02"
    assert first["30 years to clear"] == "2022-10"


def test_another_unit_is_shown_and_never_counted(prints: pd.DataFrame) -> None:
    # 147 of 266 is 55.3 per cent of casualties outside the former line, five weeks before the 55 per cent.
    beside = prints[prints["row"] == "ma-0045"].iloc[0]
    assert beside["of"] == "casualties outside the former line"
    assert not beside["repeats"]


def test_changes_are_against_the_print_before() -> None:
    table = pd.DataFrame(
        {
            "number": ["n"] * 3,
            "row": ["a", "b", "c"],
            "as_of": ["2021", "2022", "2023"],
            "as_of_last": pd.to_datetime(["2021-12-31", "2022-12-31", "2023-12-31"]),
            "originator": ["one", "two", "one"],
            "who": ["One", "Two", "One"],
            "figure": ["25", "about 25", "about 25"],
            "of": ["maps", "maps", "data"],
            "where": ["here", "here", "there"],
            "repeats": [True] * 3,
        }
    )
    changes = provenance.with_changes(table)
    assert changes["changed"].tolist() == ["first print", "wording", "meaning, place"]
    assert changes["new_voice"].tolist() == [True, True, False]


def test_marks_and_estimates(prints: pd.DataFrame, evidence: Evidence) -> None:
    marks = provenance.journey_marks(evidence, prints)
    assert len(marks) == prints["as_of_last"].notna().sum()
    estimates = provenance.journey_estimates(prints)
    share = estimates["first_party_share_of_30_years_to_clear"]
    assert (share.value, share.n) == (1.0, 2)
    assert all(0 <= one.value <= 1 for one in estimates.values())


def test_a_statement_counts_once(prints: pd.DataFrame) -> None:
    assert not prints.duplicated(["number", "row"]).any()


def test_what_a_number_of_mines_holds(prints: pd.DataFrame) -> None:
    of = prints.set_index("row")["of"]
    # "Mines and explosives", "mines and other devices"; "plus an unknown amount of UXO" is not in the number.
    assert of[["ce-0056", "ce-0078"]].tolist() == ["mines and other ordnance"] * 2
    assert of["ce-0071"] == "mines"


def test_the_figure_is_no_part_of_what_years_are_of(prints: pd.DataFrame) -> None:
    # "Nearly 30 years said to be needed" and "Time said to be needed" are of the same; only the wording differs.
    of = prints.set_index("row")["of"]
    assert of["con-036"] == of["con-100"]
    assert provenance.with_changes(prints).set_index("row")["changed"]["con-100"] == ""
