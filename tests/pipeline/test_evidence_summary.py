from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.errors import EvidenceError
from analysis.evidence import load_evidence
from analysis.paths import DATA
from analysis.pipeline.evidence_summary import evidence_summary


def test_every_table_with_its_rows_and_the_totals() -> None:
    evidence = load_evidence()
    text = evidence_summary(None)
    for name in evidence.names:
        assert f"{name} " in text
    rows = sum(len(evidence.printed(name)) for name in evidence.names)
    assert f"{len(evidence.names)} tables, {rows} rows, {len(evidence.sources)} sources" in text
    assert f"latest date: {evidence.last_date}" in text


def test_all_faults_at_once(tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    for name in ("claims.csv", "returns.csv"):
        lines = (copy / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (copy / name).write_text("".join([*lines, lines[-1]]), encoding="utf-8")  # a row twice
    with pytest.raises(EvidenceError) as caught:
        evidence_summary(copy)
    assert "claims.csv" in str(caught.value)
    assert "returns.csv" in str(caught.value)
