"""Evidence without the rows of an originator or a party."""

from __future__ import annotations

from analysis.evidence import load_evidence


def test_rows_of_an_originator_go_and_the_list_of_sources_stays_whole() -> None:
    evidence = load_evidence("")
    rest = evidence.without(["anama"])
    totals = evidence.table("casualties_running_total")
    kept = totals[totals["originator"] != "anama"]
    assert 0 < len(kept) < len(totals)
    assert rest.table("casualties_running_total")["row_id"].tolist() == kept["row_id"].tolist()
    assert len(rest.sources) == len(evidence.sources)
    assert rest.checksums["rows left out"] == "anama"
    assert len(evidence.table("casualties_running_total")) == len(totals)  # the whole package is not touched


def test_a_party_stands_for_all_its_originators_and_nobody_for_none() -> None:
    evidence = load_evidence("")
    rest = evidence.without(["azerbaijan_authorities"])
    assert "azerbaijan_authorities" not in set(rest.table("claims")["party"])
    assert evidence.without([]).checksums == evidence.checksums
