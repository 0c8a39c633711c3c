"""A journal's widths and text sizes hold while a figure is drawn; without one nothing is different."""

from __future__ import annotations

import io
import re
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from analysis.errors import ParameterError
from analysis.plots import style
from analysis.plots.checking.check import check_figure
from analysis.plots.formats import rendered
from analysis.plots.journals import PROFILES, current_profile
from analysis.plots.save import save
from analysis.plots.style import (
    DOUBLE_MM,
    MM_PER_INCH,
    SINGLE_MM,
    house_style,
    new_figure,
    source_note,
    text_pt,
    title,
    words_for_caption,
)
from analysis.record.run_record import FigureFacts, RunRecord
from analysis.settings import JOURNAL, JOURNALS

FACTS = FigureFacts(name="one-line", caption="One line.", alt="A line that rises.", sources=("s-1",))
DRAWN = pd.DataFrame({"x": [0, 1], "y": [1.0, 2.0]})


@house_style()
def two_panels() -> Figure:
    figure, (left, right) = new_figure(height_mm=40, width_mm=SINGLE_MM, columns=2)
    left.fill_between([0, 1], [1, 2], [2, 3], alpha=0.3)
    left.plot(DRAWN["x"], DRAWN["y"], label="a line")
    left.legend(loc="upper left")
    left.xaxis.set_major_formatter(lambda value, _: f"{value:.1f}")
    right.text(0.5, 0.5, "small", fontsize=text_pt(5.5))
    title(left, "It rises", detail="y, no unit")
    title(right, "It is small", detail="a word")
    source_note(figure, "Source: made up\nfor a test.")
    return figure


def run_in(folder: Path) -> RunRecord:
    folder.mkdir()
    return RunRecord(notebook="study", folder=folder, parameters={}, checksums={})


def test_every_name_of_the_settings_has_a_profile() -> None:
    assert tuple(PROFILES) == JOURNALS
    assert all(profile.name == name for name, profile in PROFILES.items())


def test_the_house_style_is_what_figures_are_drawn_in_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(JOURNAL, raising=False)
    assert current_profile().name == "house"
    assert (PROFILES["house"].single_mm, PROFILES["house"].double_mm) == (SINGLE_MM, DOUBLE_MM)
    assert [text_pt(size) for size in (5.5, 6.5, 7.0, 8.0)] == [5.5, 6.5, 7.0, 8.0]


def test_figure_functions_ask_the_style_for_every_size_of_text() -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in Path(style.__file__).parent.rglob("*.py")}
    assert [name for name, source in sources.items() if re.search(r"fontsize=[\d.]", source)] == []


def test_a_journal_without_a_profile_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(JOURNAL, "../natures")
    with pytest.raises(ParameterError, match=r"ANALYSIS_JOURNAL must be one of house, .*, found '\.\./natures'"):
        current_profile()


@pytest.mark.parametrize("name", [name for name in JOURNALS if name != "house"])
def test_widths_and_sizes_are_the_journals(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(JOURNAL, name)
    profile = PROFILES[name]
    with house_style():
        single, _ = new_figure(height_mm=60, width_mm=SINGLE_MM)
        double, _ = new_figure(height_mm=500)
        for setting in ("font.size", "axes.titlesize", "xtick.labelsize", "legend.fontsize"):
            assert profile.least_pt <= mpl.rcParams[setting] <= profile.most_pt
    assert single.get_figwidth() * MM_PER_INCH == pytest.approx(profile.single_mm)
    assert double.get_figwidth() * MM_PER_INCH == pytest.approx(profile.double_mm)
    # What does not grow keeps the height it was given; the check tells of it.
    assert double.get_figheight() * MM_PER_INCH == pytest.approx(500 if profile.growth == 1 else profile.height_mm)


@pytest.mark.parametrize("name", ["plos", "elsevier"])
def test_a_figure_drawn_for_a_journal_passes_its_check(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(JOURNAL, name)
    run = run_in(tmp_path / name)
    save(two_panels(), run, FACTS, drawn=DRAWN)
    assert check_figure(run.folder, "one-line", PROFILES[name]) == ()
    made = {path.suffix.removeprefix(".") for path in run.folder.iterdir()}
    assert made == {*PROFILES[name].endings, "svg", "png", "csv", "json", "txt"}
    svg = (run.folder / "one-line.svg").read_text(encoding="utf-8")
    assert "It rises" not in svg
    assert "made up" not in svg
    assert ">a</text>" in svg
    assert ">b</text>" in svg


def test_messages_and_sources_go_into_the_caption(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(JOURNAL, "plos")
    assert words_for_caption(two_panels()) == "(a) It rises. (b) It is small. Source: made up for a test."


def test_tiff_has_no_transparency_and_eps_no_pale_line() -> None:
    figure = two_panels()
    with Image.open(io.BytesIO(rendered(figure, "tif", dpi=100))) as image:
        assert image.mode == "RGB"
        assert image.info["compression"] == "tiff_lzw"
    # Blue (0.122, 0.467, 0.706) at 30 % on white: 1 - 0.3 * (1 - 0.122) = 0.736, 0.84, 0.912.
    assert b"0.736 0.84 0.912 setrgbcolor" in rendered(figure, "eps", dpi=100)
    assert figure.axes[0].collections[0].get_alpha() == 0.3
    band, fresh = (one.axes[0].collections[0] for one in (figure, two_panels()))
    assert band.get_facecolor().tolist() == fresh.get_facecolor().tolist()


def test_words_that_run_out_of_the_figure_are_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(JOURNAL, "plos")
    with house_style():
        figure, (axis,) = new_figure(height_mm=60, width_mm=SINGLE_MM)
        axis.plot([0, 1], [0, 1])
        title(axis, "message", detail="a line of detail " * 7)
    run = run_in(tmp_path / "1")
    save(figure, run, FACTS, drawn=DRAWN)
    assert check_figure(run.folder, "one-line", PROFILES["plos"]) == ()
