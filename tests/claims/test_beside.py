"""What stands beside a statement, and the pairs that cannot both be true."""

from __future__ import annotations

from analysis.claims.scope import ScopePart
from analysis.claims.seed_article import READINGS
from analysis.claims.seed_pairs import PAIRS
from analysis.claims.study import ClaimsAudit
from analysis.claims.verdict import Verdict
from analysis.maps.definitions import MEANINGS


def test_every_row_named_stands_in_the_table(study: ClaimsAudit) -> None:
    named = [(reading.claim_id, row) for reading in READINGS for row in reading.beside]
    assert list(zip(study.beside["beside"], study.beside["row"], strict=True)) == named


def test_figures_are_shown_only_for_the_same_quantity(study: ClaimsAudit) -> None:
    figure = study.beside.set_index(["beside", "row"])["figure"]
    assert figure["maps-001", "maps-020"] == "more than 3,400 persons"
    assert figure["maps-002", "maps-020"] == ""  # the row's value is the total, the children stand in its words
    assert figure["maps-003", "maps-021"] == "30 persons"


def test_pairs_that_cannot_both_be_true(study: ClaimsAudit) -> None:
    exclusive = [
        (pair.first.statement_id, pair.judgement.cannot_be_true_with, pair.judgement.gap)
        for pair in study.pairs
        if pair.judgement.verdict is Verdict.CANNOT_BOTH_BE_TRUE
    ]
    assert [(first, second) for first, second, _ in exclusive] == [
        ("maps-017", "maps-018"),  # 3,445 civilians by August 2021, 3,345 of all by October 2022
        ("rt-0166", "rt-0164"),  # 357 and 358 children on 4 April 2024
        ("maps-021", "rt-0114"),  # 30 and 38 women in two copies of one message
        ("maps-004", "ma-0037"),  # 25 per cent and less than 20 per cent of the records
    ]
    # 25 per cent less 20 per cent; written out because 0.2 - 0.25 is not -0.05 in binary.
    assert [round(gap, 9) for _, _, gap in exclusive if gap is not None] == [-100, 1, 8, -0.05]


def test_every_part_a_bridge_crosses_has_its_own_assumption() -> None:
    for pair in PAIRS:
        if pair.bridge is not None:
            stated = [part.split(": ")[0] for part in pair.bridge.assumption.split("; ")]
            assert stated == [str(part) for part in pair.bridge.crosses]


def test_two_offices_are_compared_only_as_counting_the_same_casualties(study: ClaimsAudit) -> None:
    pair = next(one for one in study.pairs if one.second.statement_id == "maps-018")
    assert pair.reading.bridge is not None
    assert "originator: both offices count the same casualties" in pair.reading.bridge.assumption


def test_shares_of_the_records_are_bridged_only_where_one_wording_leaves_open_what_is_counted(
    study: ClaimsAudit,
) -> None:
    open_wording = MEANINGS[-1].name
    shares = [pair for pair in study.pairs if pair.reading.about == "maps-004"]
    assert len(shares) == 3
    for pair in shares:
        meanings = {pair.first.scope.population, pair.second.scope.population}
        assert len(meanings) == 2
        assert (pair.reading.bridge is not None) == (open_wording in meanings)
        if pair.reading.bridge is not None:
            assert ScopePart.POPULATION in pair.reading.bridge.crosses


def test_a_pair_without_a_bridge_is_shown_but_not_judged_exclusive(study: ClaimsAudit) -> None:
    unbridged = [pair for pair in study.pairs if pair.reading.bridge is None]
    assert unbridged
    assert {pair.judgement.verdict for pair in unbridged} <= {Verdict.SAME_FIGURE, Verdict.NOT_DERIVABLE}
