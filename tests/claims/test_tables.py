"""The printed tables: columns, counts, and words that keep the audit neutral."""

from __future__ import annotations

import re

from analysis.claims import captions, drawn, tables
from analysis.claims.sensitivity import changed_only, verdicts_by_choice
from analysis.claims.study import ClaimsAudit
from analysis.claims.verdict import Verdict
from analysis.evidence import Evidence

# Words that would say who is right, or that land carries no risk.
_VERDICTS_ON_PEOPLE = re.compile(
    r"\b(lied|liars?|false|true claim|propaganda|guilty|admit\w*|safe|mine-free)\b", re.IGNORECASE
)


def test_statements_with_verdict_difference_and_whose_pages(study: ClaimsAudit) -> None:
    table = tables.statements_table(study.audited, sources=study.sources)
    assert list(table.index) == [f"maps-{number:03}" for number in range(1, 17)]
    assert table.loc["maps-001", "verdict"] == "agrees as a bound"
    assert table.loc["maps-016", "own_party"] == 0.0  # an organisation outside the country
    assert table.loc["maps-004", ["counterpart", "difference"]].tolist() == ["", ""]


def test_counts_add_up_and_show_the_whole_list(study: ClaimsAudit) -> None:
    counts = tables.counts_by_party(study.audited)
    assert list(counts.columns) == ["statements", *(str(verdict) for verdict in Verdict)]
    assert counts["statements"].sum() == len(study.audited)
    assert (counts.drop(columns="statements").sum(axis=1) == counts["statements"]).all()
    assert "not random" in tables.SELECTION


def test_reasons_name_every_statement_without_comparable_figure(study: ClaimsAudit) -> None:
    compared = {Verdict.AGREES, Verdict.AGREES_AS_A_BOUND, Verdict.DIFFERS}
    assert len(tables.reasons(study.audited)) == sum(each.judgement.verdict not in compared for each in study.audited)


def test_other_and_own_party_share_the_rows_between_them(study: ClaimsAudit) -> None:
    other, own = tables.split_by_party(study.beside, study.audited)
    assert len(other) + len(own) == len(study.beside)
    assert "maps-044" in set(other["row"])  # the reply of the foreign minister of Armenia
    assert "maps-048" in set(own["row"])


def test_pairs_show_where_they_differ_what_is_bridged_and_the_assumption(study: ClaimsAudit) -> None:
    table = tables.pairs_table(study.pairs)
    compared = table[table["bridged"] != ""]
    assert len(compared)
    for differ_in, bridged in compared[["differ_in", "bridged"]].to_numpy():
        assert set(differ_in.split(", ")) <= set(bridged.split(", "))
    row = table[table["verdict"] == "cannot both be true with ma-0037"].iloc[0]
    assert row["differ_in"] == "population, period, originator"
    assert row["assumption"].startswith("population: both mean the same share of the same records")


def test_the_first_line_says_what_remains_without_the_largest_party(study: ClaimsAudit) -> None:
    sentence = tables.whose_figures(study.audited, study.beside, sources=study.sources)
    numbers = [int(number) for number in re.findall(r"\d+", sentence)]
    largest, total, _, *left = numbers  # the third is the share in per cent
    assert "come from authorities of Azerbaijan; without them there remain" in sentence
    assert largest + sum(left) == total


def test_the_note_tells_readings_from_bounds(study: ClaimsAudit) -> None:
    note = captions.figure_note(study, last_date="2026-03-13")
    assert "Blue bars: ranges of equally good readings" in note
    assert "grey bars: bounds" in note


def test_our_own_words_judge_nobody(study: ClaimsAudit) -> None:
    rows = drawn.figure_rows(study.audited, study.beside)
    texts = [
        captions.figure_caption(study).replace("decision on safety", ""),
        captions.figure_note(study, last_date="2026-03-13").replace("decision on safety", ""),
        *(each.reading.would_change for each in study.audited),
        *(each.judgement.reason for each in study.audited),
        *rows["result"],
        *(pair.reading.bridge.assumption for pair in study.pairs if pair.reading.bridge is not None),
    ]
    assert [text for text in texts if _VERDICTS_ON_PEOPLE.search(text)] == []


def test_marks_hold_every_compared_figure_and_no_repetition(study: ClaimsAudit) -> None:
    marks = drawn.figure_marks(study.audited, study.pairs)
    assert not marks.duplicated(["claim", "role", "low", "high"]).any()
    decided = marks[marks["decides"]]
    assert set(decided["claim"]) == {
        each.claim.claim_id for each in study.audited if each.judgement.decided_by is not None
    }
    assert set(drawn.figure_sources(study.audited, marks)) <= set(study.sources.index)


def test_choices_that_change_a_verdict(evidence: Evidence) -> None:
    verdicts = verdicts_by_choice(evidence)
    assert len(verdicts) == 16
    changed = changed_only(verdicts)
    assert list(changed.columns) == ["as asked", "without azerbaijan authorities"]
    assert "maps-016" not in changed.index
    assert (changed["without azerbaijan authorities"] == str(Verdict.NOT_DERIVABLE)).all()
