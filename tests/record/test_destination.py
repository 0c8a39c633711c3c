"""Outputs go where the runner says, else to a folder that is never committed."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import ParameterError
from analysis.record import destination as module
from analysis.record.destination import OUTPUT_VARIABLE, check_name, destination


def test_the_runner_names_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(OUTPUT_VARIABLE, str(tmp_path / "run" / "study"))
    assert destination("study") == tmp_path / "run" / "study"
    assert (tmp_path / "run" / "study").is_dir()
    assert capsys.readouterr().err == ""


def test_without_a_runner_one_line_says_where_outputs_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(OUTPUT_VARIABLE, raising=False)
    monkeypatch.setattr(module, "BUILD", tmp_path)
    assert destination("study") == tmp_path / "interactive" / "study"
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "only `analysis reproduce` writes figures/" in captured.err


@pytest.mark.parametrize("name", ["../up", "a/b", "", ".hidden", "A", "a--b", "a\n", "con fig", "a.b"])
def test_a_name_that_could_leave_the_folder_is_refused(name: str) -> None:
    with pytest.raises(ParameterError, match="notebook name"):
        check_name(name, "notebook")
