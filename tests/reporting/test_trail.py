"""From sources to rows and pages, and an honest word where the evidence is another one or cannot be read."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from analysis.casualties import tables as casualty_tables
from analysis.casualties.elsewhere import outside_the_count
from analysis.casualties.exposure import deminers_per_area, people_stated
from analysis.casualties.outlook import past_of
from analysis.casualties.source_study import source_study
from analysis.casualties.study import Choices, casualty_trends
from analysis.claims.study import claims_audit
from analysis.contamination.study import study_contamination
from analysis.evidence import Evidence
from analysis.evidence.source_rows import evidence_tables
from analysis.maps.study import map_reliability
from analysis.paths import DATA
from analysis.reporting.trail import TABLES_READ, Trail, follow


def trail(**changed: Any) -> Trail:
    asked: dict[str, Any] = {
        "notebook": "casualty_trends",
        "parameters": {"data": ""},
        "data": None,
        "sources": ("report-2026-03-13-mfa-419",),
        "drawn": (),
        "made_from": {},
        **changed,
    }
    return follow(**asked)


@pytest.mark.slow
def test_the_tables_of_each_notebook_are_those_its_study_reads(evidence: Evidence, monkeypatch) -> None:
    found: list[str] = []
    table = Evidence.table

    def noted(self: Evidence, name: str) -> Any:
        found.append(name)
        return table(self, name)

    monkeypatch.setattr(Evidence, "table", noted)
    studies = {
        "casualty_outlook": lambda: past_of(casualty_trends(evidence, Choices()), evidence),
        "casualty_sources": lambda: (
            source_study(evidence, casualty_trends(evidence, Choices()), seed=1),
            outside_the_count(evidence),
            people_stated(evidence),
            deminers_per_area(evidence),
        ),
        "casualty_trends": lambda: casualty_tables.accident_table(evidence, casualty_trends(evidence, Choices())),
        "claims_audit": lambda: claims_audit(evidence),
        "contamination": lambda: study_contamination(evidence),
        "map_reliability": lambda: map_reliability(evidence),
        "records_against_ground": lambda: None,  # a made-up world, or files of one's own: no table is read
    }
    read = {}
    for notebook, study in studies.items():
        found.clear()
        study()
        read[notebook] = tuple(sorted({*found} & {*evidence_tables(evidence)}))
    assert read == dict(TABLES_READ)


def test_a_notebook_nobody_listed_is_searched_in_every_table(evidence: Evidence) -> None:
    assert trail(notebook="my_own").tables == evidence_tables(evidence)


def test_pages_come_with_who_counted_and_an_address() -> None:
    (page,) = trail().sources
    assert page.originator == "Ministry of Foreign Affairs of Azerbaijan"
    assert page.party == "azerbaijan_authorities"
    assert page.citation.startswith("Report (13 March 2026). ")
    assert page.address.startswith("https://report.az/")


def test_a_source_the_evidence_lacks_is_listed_and_said() -> None:
    known, unknown = trail(sources=("report-2026-03-13-mfa-419", "zz-elsewhere")).sources
    assert known.citation
    assert (unknown.source_id, unknown.originator, unknown.citation, unknown.address) == (
        "zz-elsewhere",
        "unknown",
        "",
        "",
    )


def test_other_bytes_of_the_evidence_are_named(evidence: Evidence) -> None:
    assert trail().moved is None
    assert trail(made_from=evidence.checksums).moved == ()
    assert trail(made_from={**evidence.checksums, "claims.csv": "0", "gone.csv": "1"}).moved == (
        "claims.csv",
        "gone.csv",
    )


@pytest.mark.parametrize("by", ["data", "parameters"])
def test_the_evidence_is_that_of_the_run_or_the_one_asked_for(tmp_path: Path, by: str) -> None:
    other = shutil.copytree(DATA, tmp_path / "other")
    found = trail(data=other) if by == "data" else trail(parameters={"data": str(other)})
    assert found.folder == other
    assert found.rows


def test_evidence_that_cannot_be_read_is_said_and_sources_stay_listed(tmp_path: Path) -> None:
    found = trail(data=tmp_path / "nowhere")
    assert "the evidence folder does not exist" in found.problem
    assert found.rows == ()
    assert [page.source_id for page in found.sources] == ["report-2026-03-13-mfa-419"]
