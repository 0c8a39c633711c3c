"""Meanings of '25 per cent accurate', from the wording, with the date each was first seen."""

from __future__ import annotations

import pytest

from analysis.errors import InsufficientEvidence
from analysis.maps import definitions as de
from analysis.maps.statements import RIGHT
from analysis.maps.study import MapReliability


@pytest.mark.parametrize(
    ("wording", "meaning"),
    [
        ("per cent; explained as real mines being found in a part", "recorded places where mines were found"),
        ("per cent; share of the maps that were useful", "records of use for clearance"),
        ("per cent; share of the maps that can be trusted", "records that can be trusted"),
        ("per cent; share of the data on the maps that was accurate", "recorded data that is right"),
        ("per cent; share that reflects the actual territory", "part of a map that agrees with the ground"),
        ("per cent; accuracy of the maps", "'accuracy of the maps', what is counted not stated"),
        ("no figure; holds no better ones", de.OTHER_WORDING),
    ],
)  # fmt: skip
def test_the_first_wording_that_fits_gives_the_meaning(wording: str, meaning: str) -> None:
    assert de.meaning_of(wording) == meaning


def test_25_per_cent_was_first_seen_on_14_august_2021_and_never_with_counts(study: MapReliability) -> None:
    # Evidence README, trap 10.
    table = study.said.definitions
    assert table["first_seen"].min() == "2021-08-14"
    assert table["with_counts"].sum() == 0
    assert len(table) >= 5


def test_the_only_explicit_definition_is_a_politicians(study: MapReliability) -> None:
    row = study.said.definitions.set_index("meaning").loc["recorded places where mines were found"]
    assert (row["statements"], row["first_by"]) == (1, "Member of Parliament Mirzabayli")
    assert row["correct_share"].startswith("yes")


def test_a_range_that_only_has_the_share_in_its_middle_does_not_state_it(said) -> None:
    table = said(
        {"topic": RIGHT, "share": 0.25, "comparator": "~", "share_low": 0.2, "share_high": 0.3},
        {"topic": RIGHT, "share": 0.25, "comparator": "~", "share_low": 0.25, "share_high": 0.25},
        {"topic": RIGHT, "share": 0.25, "comparator": "<", "share_low": 0.0, "share_high": 0.25},
        {"topic": RIGHT},
    )
    assert de.stating(table, 0.25)["row_id"].tolist() == ["ma-0001", "ma-0002"]


def test_a_share_nobody_stated_is_refused(study: MapReliability) -> None:
    with pytest.raises(InsufficientEvidence, match="puts the share of right records at 91 %"):
        de.definitions_in_use(study.rows.statements, share=0.91)


def test_every_statement_of_25_per_cent_has_one_meaning(study: MapReliability) -> None:
    stating = de.stating(study.rows.statements, 0.25)
    assert study.said.definitions["statements"].sum() == len(stating)
