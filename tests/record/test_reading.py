"""A record or run is read from its folder, whoever wrote it: the publication, a run, or one notebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import ReproductionError
from analysis.paths import FIGURES, NOTEBOOKS
from analysis.record.reading import read_record


def write(folder: Path, tree: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "values.json").write_text(json.dumps(tree), encoding="utf-8")
    return folder


def test_the_committed_record_is_read_whole() -> None:
    record = read_record(FIGURES)
    assert record.notebooks == tuple(sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")))
    assert {record.estimate(key).sources != () for key in record.trees} == {True}
    assert {key: record.tree(key) for key in record.trees} == record.trees
    assert sorted(record.figures) == sorted(path.stem for path in FIGURES.glob("*.png"))


def test_the_folder_of_one_notebook_has_full_keys(tmp_path: Path) -> None:
    write(tmp_path, {"notebook": "alpha", "parameters": {"seed": 1}, "values": {"main": {}}})
    record = read_record(tmp_path)
    assert list(record.trees) == ["alpha.main"]
    assert record.parameters == {"alpha": {"seed": 1}}


def test_figures_of_a_run_are_found_in_the_folders_of_its_notebooks_only(tmp_path: Path) -> None:
    write(tmp_path, {"parameters": {"alpha": {}}, "values": {}})
    for place in ("alpha/first.json", "alpha/values.json", "beta/older.json", ".part-7/half.json", "run.json"):
        file = tmp_path / place
        file.parent.mkdir(exist_ok=True)
        file.write_text("{}", encoding="utf-8")
    assert read_record(tmp_path).figures == {"first": tmp_path / "alpha" / "first.json"}


def test_a_missing_folder_and_one_without_values_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ReproductionError, match="nowhere: there is no such folder; name a folder that `analysis repro"):
        read_record(tmp_path / "nowhere")
    with pytest.raises(ReproductionError, match=r"no values\.json in it"):
        read_record(tmp_path)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "cannot be read: Expecting property name"),
        ("[]", "it is not an object"),
        ('{"values": {}}', "parameters is not an object"),
        ('{"parameters": {"alpha": 3}, "values": {}}', "alpha is not an object"),
        ('{"notebook": "alpha", "parameters": {}, "values": []}', "values is not an object"),
        ("[" * 100_000, "cannot be read"),
    ],
)
def test_what_this_program_did_not_write_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "values.json").write_text(text, encoding="utf-8")
    with pytest.raises(ReproductionError, match=fault):
        read_record(tmp_path)


def test_a_damaged_value_is_refused_when_it_is_asked_for(tmp_path: Path) -> None:
    record = read_record(write(tmp_path, {"parameters": {}, "values": {"alpha.main": {"value": 1}}}))
    with pytest.raises(ReproductionError, match=r"values\.json: alpha\.main cannot be read: it has no 'quantity'"):
        record.estimate("alpha.main")
    with pytest.raises(ReproductionError, match=r"values\.json: alpha\.main cannot be read: it has no 'quantity'"):
        record.tree("alpha.main")
