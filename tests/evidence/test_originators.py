"""Who counted or spoke, never the outlet; what a row says outranks its source."""

from __future__ import annotations

import pytest

from analysis.evidence import load_evidence
from analysis.evidence.originators import UNKNOWN


def test_every_row_with_a_source_has_an_originator_and_its_party(evidence) -> None:
    party = evidence.table("originators").set_index("originator_id")["party"]
    for name in evidence.names:
        if not evidence.schema(name).has("source_id") or name == "source_originators":
            continue
        table = evidence.table(name)
        assert table["originator"].notna().all()
        assert (table["originator"].map(party) == table["party"]).all()


def test_the_body_a_row_names_outranks_the_source(evidence) -> None:
    rows = evidence.table("casualties_period").set_index("row_id")
    # one Landmine Monitor page with figures of two bodies
    assert rows.loc["cp-0033", ["counted_by", "originator"]].tolist() == ["ANAMA", "anama"]
    assert rows.loc["cp-0038", ["counted_by", "originator"]].tolist() == ["AzCBL", "azcbl"]


def test_a_decision_about_a_row_outranks_both(copy) -> None:
    with (copy / "row_originators.csv").open("a", encoding="utf-8") as file:
        file.write("cp-0033,halo_trust,a test\n")
    rows = load_evidence(copy).table("casualties_period").set_index("row_id")
    assert rows.loc["cp-0033", "originator"] == "halo_trust"
    assert rows.loc["cp-0038", "originator"] == "azcbl"


def test_unknown_is_a_group_of_its_own(evidence) -> None:
    unknown = evidence.sources[evidence.sources["originator"] == UNKNOWN]
    assert set(unknown["party"]) == {"unknown"}
    assert 0 < len(unknown) < 0.15 * len(evidence.sources)


@pytest.mark.parametrize("outlet", ["Azernews", "Trend", "Report", "APA", "AZERTAC", "MENAFN", "Turan", "Sputnik"])
def test_outlets_are_not_originators(evidence, outlet: str) -> None:
    names = evidence.table("originators")["name"]
    assert not names.str.contains(outlet, regex=False).any()


def test_each_basis_says_what_it_claims(evidence) -> None:
    reviewed = evidence.table("source_originators")
    assert (reviewed.loc[reviewed["basis"] == "none", "originator_id"] == UNKNOWN).all()
    assert (reviewed.loc[reviewed["originator_id"] == UNKNOWN, "basis"] == "none").all()
    joint = reviewed["originator_id"] == "joint_statement_azerbaijan"
    assert (reviewed.loc[joint, "basis"] == "joint").all()
    assert reviewed.loc[reviewed["basis"].isin(["first_named", "joint", "notes"]), "notes"].notna().all()


def test_an_originator_that_is_not_described_is_refused(copy, faults_of, edit) -> None:
    line = edit(copy / "source_originators.csv", "seed-article", "originator_id", "somebody")
    (fault,) = faults_of(copy)
    place = f"source_originators.csv, line {line}, column originator_id: "
    assert str(fault) == f"{place}the value must stand in column originator_id of originators.csv; found 'somebody'"


def test_unknown_must_exist(copy, faults_of) -> None:
    path = copy / "originators.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("unknown,")), encoding="utf-8")
    assert any(fault.rule.startswith("the originator 'unknown' must exist") for fault in faults_of(copy))
