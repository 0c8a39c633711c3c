"""The notebook with sliders runs, draws, and leaves nothing on record."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from analysis.paths import FIGURES, NOTEBOOKS
from analysis.pipeline.normalise import normalised_text

EXPLORE = NOTEBOOKS / "explore" / "curves.ipynb"


def test_it_is_in_the_normal_form_and_holds_no_results() -> None:
    text = EXPLORE.read_text(encoding="utf-8")
    assert normalised_text(text) == text
    assert [cell["outputs"] for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"] == [[], []]


def test_it_opens_no_study_and_the_record_does_not_know_it() -> None:
    assert "open_study" not in EXPLORE.read_text(encoding="utf-8")
    assert "curves" not in json.loads((FIGURES / "values.json").read_text(encoding="utf-8"))["parameters"]


@pytest.mark.slow
@pytest.mark.notebooks
def test_it_runs_and_draws_with_the_sliders_as_they_start(tmp_path: Path) -> None:
    pytest.importorskip("ipywidgets")
    notebook = nbformat.read(EXPLORE, as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}})
    client.execute()
    pictures = [
        output
        for widget in client.widget_state.values()
        for output in widget.get("outputs", ())
        if "image/png" in output.get("data", {})
    ]
    assert len(pictures) == 2
    assert list(tmp_path.iterdir()) == []
