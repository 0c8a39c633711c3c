"""A figure's facts are read back, and its source data are compared with the hash on record."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import ReproductionError
from analysis.record.stored_figure import read_figure

TABLE = 'row_id,total,claim\nrt-1,3,\n"rt-2, rt-1",4,maps-001\n,5,\n'


def figure(folder: Path, *, table: str = TABLE, **changed: Any) -> Path:
    facts = {
        "figure": "dots",
        "notebook": "alpha",
        "caption": "Dots.",
        "alt": "Dots rise.",
        "parameters": {"seed": 1},
        "estimates": {"alpha.main": {}},
        "sources": ["page-a"],
        "source_data": {"file": "dots.csv", "sha256": sha256(table.encode()).hexdigest()},
        "evidence": {"table.csv": "e"},
        **changed,
    }
    (folder / "dots.csv").write_text(table, encoding="utf-8", newline="")
    path = folder / "dots.json"
    path.write_text(json.dumps(facts), encoding="utf-8")
    return path


def test_facts_and_the_rows_the_table_names_are_read(tmp_path: Path) -> None:
    found = read_figure(figure(tmp_path))
    assert (found.name, found.notebook, found.caption, found.alt) == ("dots", "alpha", "Dots.", "Dots rise.")
    assert (found.estimates, found.sources, found.evidence) == (("alpha.main",), ("page-a",), {"table.csv": "e"})
    assert found.row_ids == ("rt-1", "rt-2", "maps-001")
    assert found.matches


def test_a_touched_table_is_noticed_and_its_rows_are_not_believed(tmp_path: Path) -> None:
    path = figure(tmp_path)
    (tmp_path / "dots.csv").write_text(TABLE.replace("3", "30"), encoding="utf-8", newline="")
    found = read_figure(path)
    assert not found.matches
    assert found.found_sha256 == sha256(TABLE.replace("3", "30").encode()).hexdigest()
    assert found.row_ids == ()


def test_a_missing_table_is_no_match(tmp_path: Path) -> None:
    path = figure(tmp_path)
    (tmp_path / "dots.csv").unlink()
    found = read_figure(path)
    assert (found.found_sha256, found.matches, found.row_ids) == (None, False, ())


@pytest.mark.parametrize("name", ["../dots.csv", "/etc/passwd", "other.csv"])
def test_the_table_is_the_one_beside_the_facts(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReproductionError, match=r"its source data must be dots\.csv"):
        read_figure(figure(tmp_path, source_data={"file": name, "sha256": ""}))


def test_missing_and_ill_typed_facts_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReproductionError, match=r"dots\.json cannot be read: sources must be a list of texts"):
        read_figure(figure(tmp_path, sources="page-a"))
    path = figure(tmp_path)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ReproductionError, match=r"dots\.json cannot be read: it has no 'source_data'"):
        read_figure(path)
