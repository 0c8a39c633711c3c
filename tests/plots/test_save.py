"""A saved figure has the same bytes each time, embedded fonts and its facts beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.errors import ReproductionError
from analysis.plots.save import save
from analysis.plots.style import house_style, new_figure, source_note, title
from analysis.record.run_record import FigureFacts, RunRecord

FACTS = FigureFacts(name="one-line", caption="One line.", alt="A line that rises.", sources=("s-1",))
DRAWN = pd.DataFrame({"x": [0, 1], "y": [1.0, 2.0]})


@house_style()
def line() -> Figure:
    figure, (axis,) = new_figure(height_mm=40, width_mm=89)
    axis.plot(DRAWN["x"], DRAWN["y"])
    title(axis, "It rises", detail="y, no unit")
    source_note(figure, "Source: made up for a test.")
    return figure


def run_in(folder: Path) -> RunRecord:
    folder.mkdir()
    return RunRecord(notebook="study", folder=folder, parameters={}, checksums={})


def test_all_formats_are_written_and_their_bytes_do_not_change(tmp_path: Path) -> None:
    first, second = run_in(tmp_path / "1"), run_in(tmp_path / "2")
    save(line(), first, FACTS, drawn=DRAWN)
    save(line(), second, FACTS, drawn=DRAWN)
    names = sorted(path.name for path in first.folder.iterdir())
    assert names == [f"one-line.{ending}" for ending in ("csv", "json", "pdf", "png", "svg")]
    for name in names:
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes(), name
    assert json.loads((first.folder / "one-line.json").read_text())["alt"] == FACTS.alt


def test_fonts_are_embedded_as_truetype(tmp_path: Path) -> None:
    run = run_in(tmp_path / "1")
    save(line(), run, FACTS, drawn=DRAWN)
    pdf = (run.folder / "one-line.pdf").read_bytes()
    assert set(re.findall(rb"/BaseFont /\w+\+(\w+)", pdf)) == {b"LiberationSans"}
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf
    assert b"CreationDate" not in pdf


def test_text_in_svg_stays_text_and_names_fonts_of_the_same_widths(tmp_path: Path) -> None:
    run = run_in(tmp_path / "1")
    save(line(), run, FACTS, drawn=DRAWN)
    drawing = (run.folder / "one-line.svg").read_text(encoding="utf-8")
    assert "It rises" in drawing
    named = set(re.findall(r"font-family: ([^;\"]+)", drawing))
    assert named == {"'Liberation Sans', Arimo, Arial, Helvetica, sans-serif"}


@pytest.mark.parametrize("missing", ["caption", "alt"])
def test_a_figure_needs_caption_and_alt_text(tmp_path: Path, missing: str) -> None:
    facts = FigureFacts(**{"name": "one-line", "caption": "c", "alt": "a", "sources": ("s-1",), missing: " "})  # type: ignore[arg-type]
    with pytest.raises(ReproductionError, match=f"figure one-line: {missing} is missing"):
        save(line(), run_in(tmp_path / "1"), facts, drawn=DRAWN)


def test_an_empty_table_is_not_drawn(tmp_path: Path) -> None:
    with pytest.raises(ReproductionError, match="the table of the numbers drawn is empty"):
        save(line(), run_in(tmp_path / "1"), FACTS, drawn=DRAWN.head(0))
