"""The rows of a page with their place in the file, printed, and what became of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.evidence import Evidence, load_evidence
from analysis.evidence.source_rows import EvidenceRow, evidence_tables, rows_of

TOTALS = "casualties_running_total"


def row(evidence: Evidence, row_id: str) -> EvidenceRow:
    (found,) = rows_of(evidence, tables=[TOTALS], sources=[], row_ids=[row_id])
    return found


def test_each_row_is_on_the_line_it_names(evidence: Evidence) -> None:
    found = rows_of(evidence, tables=evidence_tables(evidence), sources=["report-2026-03-13-mfa-419"])
    assert found
    for each in found:
        # No field of these rows spans lines, so the text line is the row.
        line = (evidence.folder / each.file).read_text(encoding="utf-8").split("\n")[each.line - 1]
        assert line.startswith(f"{each.row_id},report-2026-03-13-mfa-419,")


def test_only_tables_asked_for_are_searched_and_unknown_ones_are_empty(evidence: Evidence) -> None:
    pages = list(evidence.sources.index)
    assert {each.table for each in rows_of(evidence, tables=[TOTALS, "no_such_table"], sources=pages)} == {TOTALS}


def test_tables_of_decisions_are_no_evidence(evidence: Evidence) -> None:
    assert "source_originators" not in evidence_tables(evidence)
    assert "row_originators" not in evidence_tables(evidence)
    assert {"claims", "returns", TOTALS} <= {*evidence_tables(evidence)}


def test_rows_set_aside_and_corrected_are_shown_as_printed(evidence: Evidence) -> None:
    (excluded,) = evidence.exclusions.loc[evidence.exclusions["row_id"] == "rt-0105", "reason"]
    assert row(evidence, "rt-0105").set_aside == excluded
    corrected = row(evidence, "rt-0174")
    assert corrected.reports["total"] == "365"
    assert corrected.corrections == ("total: 365 printed, 356 used",)
    assert corrected.set_aside == ""


def test_free_text_stays_in_the_file(evidence: Evidence) -> None:
    pages = list(evidence.sources.index)
    shown = {
        name for each in rows_of(evidence, tables=evidence_tables(evidence), sources=pages) for name in each.reports
    }
    assert {"total", "as_of", "comparator", "quantity", "area_ha"} <= shown
    assert not shown & {"notes", "locator", "statement", "activity", "place", "definition", "context", "counted_by"}


def test_missing_cells_are_left_out_and_not_zero(copy: Path, edit) -> None:
    edit(copy / f"{TOTALS}.csv", "rt-0031", "killed", "")
    edit(copy / f"{TOTALS}.csv", "rt-0031", "women", "0")
    reports = row(load_evidence(copy), "rt-0031").reports
    assert "killed" not in reports
    assert reports["women"] == "0"


def test_a_page_without_rows_has_none(evidence: Evidence) -> None:
    assert rows_of(evidence, tables=[TOTALS], sources=["no-such-page"]) == ()


@pytest.mark.parametrize("row_id", ["", "|", "no-such-row"])
def test_a_key_that_points_nowhere_finds_nothing(evidence: Evidence, row_id: str) -> None:
    assert rows_of(evidence, tables=evidence_tables(evidence), sources=[], row_ids=[row_id]) == ()
