"""Notebooks as pages: code folded, figures with their alternative text, tables that scroll."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from analysis.errors import ReproductionError
from analysis.paths import FIGURES, NOTEBOOKS
from analysis.record.reading import read_record
from analysis.record.stored_figure import stored_figures
from analysis.site.notebook_pages import write_notebooks

RECORD = read_record(FIGURES)
DRAWN = {name: figure for name, figure in stored_figures(RECORD).items() if figure.notebook == "inspection"}


def written(notebooks: Path, folder: Path) -> list[nbformat.NotebookNode]:
    write_notebooks(notebooks, folder, figures=DRAWN, record=RECORD)
    return nbformat.read(folder / "inspection.ipynb", as_version=4).cells


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "inspection.ipynb").write_bytes((NOTEBOOKS / "inspection.ipynb").read_bytes())
    return folder


def test_code_is_folded_and_parameters_are_called_so(notebooks: Path, tmp_path: Path) -> None:
    code = [cell for cell in written(notebooks, tmp_path / "pages") if cell.cell_type == "code"]
    assert all("hide-input" in cell.metadata.tags for cell in code)
    assert [cell.metadata.mystnb["code_prompt_show"] for cell in code][:2] == ["Show the parameters", "Show the code"]


def test_figures_are_drawings_with_their_alternative_text(notebooks: Path, tmp_path: Path) -> None:
    outputs = [output for cell in written(notebooks, tmp_path / "pages") for output in cell.get("outputs", [])]
    html = "\n".join(output.get("data", {}).get("text/html", "") for output in outputs)
    assert not any("image/png" in output.get("data", {}) for output in outputs)
    for name, figure in DRAWN.items():
        assert f'<img src="../figures/{name}.png" alt="{figure.alt}"' in html
    assert html.count("<table") == html.count('class="scrolling"') > 0


def test_a_picture_that_is_not_on_record_is_refused(notebooks: Path, tmp_path: Path) -> None:
    path = notebooks / "inspection.ipynb"
    alt = next(iter(DRAWN.values())).alt[:20]
    path.write_text(path.read_text(encoding="utf-8").replace(alt, "Another picture"), encoding="utf-8")
    with pytest.raises(ReproductionError, match=r"inspection.ipynb shows a picture that the record does not have"):
        written(notebooks, tmp_path / "pages")


def test_a_broken_notebook_is_named(notebooks: Path, tmp_path: Path) -> None:
    (notebooks / "inspection.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(ReproductionError, match=r"inspection.ipynb cannot be read"):
        written(notebooks, tmp_path / "pages")
