from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import ReproductionError
from analysis.pipeline.normalise import as_text, normalise_files, normalised, normalised_text


def messy() -> nbformat.NotebookNode:
    """Return a notebook as papermill and JupyterLab leave it."""
    made = new_notebook(
        cells=[
            new_markdown_cell("An error was met", id="marker", metadata={"tags": ["papermill-error-cell-tag"]}),
            new_markdown_cell(
                "# T", id="title", metadata={"tags": [], "editable": True, "jp-MarkdownHeadingCollapsed": True}
            ),
            new_code_cell(
                "1",
                id="one",
                execution_count=1,
                metadata={
                    "tags": [],
                    "papermill": {"duration": 0.1},
                    "execution": {"iopub.status.busy": "2026"},
                    "scrolled": True,
                },
                outputs=[new_output("execute_result", {"text/plain": "1"}, execution_count=1, metadata={"alt": "x"})],
            ),
            new_code_cell("x = 2", id="3f2a", metadata={"tags": ["injected-parameters"]}),
            new_code_cell("2", id="two", metadata={"tags": ["keep"]}),
        ],
        metadata={
            "papermill": {"end_time": "2026"},
            "kernelspec": {"name": "my-env", "display_name": "Mine", "language": "python"},
            "language_info": {"name": "python", "version": "3.13.1"},
            "widgets": {},
        },
    )
    made.nbformat_minor = 4
    return made


def test_traces_go_and_results_stay() -> None:
    text = normalised_text(nbformat.writes(normalised(messy())))
    tree = json.loads(text)
    assert [cell["id"] for cell in tree["cells"]] == ["title", "one", "injected-parameters", "two"]
    assert [cell["metadata"] for cell in tree["cells"]] == [
        {},
        {},
        {"tags": ["injected-parameters"]},
        {"tags": ["keep"]},
    ]
    assert tree["cells"][1]["execution_count"] == 1
    assert tree["cells"][1]["outputs"][0]["metadata"] == {"alt": "x"}
    assert tree["metadata"]["kernelspec"]["name"] == "python3"
    assert "version" not in tree["metadata"]["language_info"]
    assert sorted(tree["metadata"]) == ["kernelspec", "language_info"]
    assert (tree["nbformat"], tree["nbformat_minor"]) == (4, 5)
    assert text.endswith("}\n")
    for trace in ("2026", "3.13.1", "my-env", "duration"):
        assert trace not in text


def test_the_given_notebook_is_not_changed() -> None:
    before = messy()
    normalised(before)
    assert before == messy()


@pytest.mark.parametrize("minor", [4, 5])
@pytest.mark.parametrize("extra", [{}, {"id": "same"}])
def test_ids_that_are_missing_or_repeated_are_made_from_the_place(minor: int, extra: dict[str, str]) -> None:
    tree = {
        "cells": [{"cell_type": "markdown", "metadata": {}, "source": "a", **extra} for _ in range(3)],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": minor,
    }
    ids = [cell["id"] for cell in json.loads(normalised_text(json.dumps(tree)))["cells"]]
    assert len({*ids}) == 3
    assert normalised_text(json.dumps(tree)) == normalised_text(json.dumps(tree))


@given(st.lists(st.tuples(st.booleans(), st.text(max_size=20), st.booleans()), max_size=5))
def test_normalising_twice_is_normalising_once(cells: list[tuple[bool, str, bool]]) -> None:
    made = new_notebook()
    for place, (code, source, tagged) in enumerate(cells):
        metadata = {"tags": ["a"] if tagged else []}
        made.cells.append((new_code_cell if code else new_markdown_cell)(source, id=f"c{place}", metadata=metadata))
    once = as_text(normalised(made))
    assert normalised_text(once) == once


def test_files_are_rewritten_only_when_they_change(tmp_path: Path) -> None:
    clean, dirty = tmp_path / "clean.ipynb", tmp_path / "dirty.ipynb"
    clean.write_text(as_text(normalised(messy())), encoding="utf-8")
    dirty.write_text(nbformat.writes(messy()), encoding="utf-8")
    stamp = clean.stat().st_mtime_ns
    assert normalise_files([clean, dirty]) == [dirty]
    assert clean.stat().st_mtime_ns == stamp
    assert normalise_files([clean, dirty]) == []


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"cells": []}'])
def test_a_file_that_is_no_notebook_is_named_and_left(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.ipynb"
    path.write_bytes(content)
    with pytest.raises(ReproductionError, match=r"x\.ipynb: "):
        normalise_files([path])
    assert path.read_bytes() == content
