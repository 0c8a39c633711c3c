"""The checker finds each fault it is there for, and none in the figures of the record."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from analysis.errors import ReproductionError
from analysis.paths import FIGURES
from analysis.plots.checking.check import check_figure
from analysis.plots.checking.files import check_file
from analysis.plots.checking.finding import Finding
from analysis.plots.checking.legibility import contrast
from analysis.plots.checking.words import read_drawing
from analysis.plots.formats import rendered
from analysis.plots.journals import PROFILES
from analysis.plots.save import save
from analysis.plots.style import PALETTE, SINGLE_MM, house_style, new_figure
from analysis.record.run_record import FigureFacts, RunRecord

HOUSE = PROFILES["house"]
FACTS = FigureFacts(name="made-up", caption="c", alt="a", sources=("s-1",))
COMMITTED = sorted(path.stem for path in FIGURES.glob("*.svg"))


@pytest.fixture(autouse=True)
def _style() -> Iterator[None]:
    with house_style():
        yield


def empty_figure(**size: float) -> tuple[Figure, Axes]:
    figure, (axis,) = new_figure(**{"height_mm": 40, "width_mm": SINGLE_MM, **size})  # type: ignore[arg-type]
    axis.set_axis_off()
    return figure, axis


def findings_on(figure: Figure, folder: Path) -> list[tuple[str, str]]:
    run = RunRecord(notebook="study", folder=folder, parameters={}, checksums={})
    save(figure, run, FACTS, drawn=pd.DataFrame({"x": [1]}))
    return [(one.rule, one.found) for one in check_figure(folder, "made-up", HOUSE)]


def rules(findings: list[tuple[str, str]]) -> list[str]:
    return [rule for rule, _ in findings]


@pytest.mark.parametrize("name", COMMITTED)
def test_no_figure_of_the_record_has_a_finding(name: str) -> None:
    assert check_figure(FIGURES, name, HOUSE) == ()


def test_words_apart_are_not_found(tmp_path: Path) -> None:
    figure, axis = empty_figure()
    axis.text(0.1, 0.2, "one")
    axis.text(0.1, 0.6, "other\nin two lines", rotation=90)
    assert findings_on(figure, tmp_path) == []


def test_text_below_the_least_size_is_found(tmp_path: Path) -> None:
    figure, axis = empty_figure()
    axis.text(0.1, 0.5, "tiny", fontsize=4)
    assert findings_on(figure, tmp_path) == [("text size", "'tiny' has 4 pt; 5.5 to 8 pt")]


def test_words_on_words_are_found(tmp_path: Path) -> None:
    figure, axis = empty_figure()
    axis.text(0.5, 0.5, "one label")
    axis.text(0.51, 0.5, "another")
    (found,) = findings_on(figure, tmp_path)
    assert found[0] == "overlap"
    assert found[1].startswith("'one label' and 'another' by ")


def test_turned_words_on_words_are_found(tmp_path: Path) -> None:
    figure, axis = empty_figure()
    axis.text(0.5, 0.5, "upright", rotation=90, ha="center", va="center")
    axis.text(0.5, 0.5, "across", ha="center", va="center")
    assert rules(findings_on(figure, tmp_path)) == ["overlap"]


def test_a_label_cut_off_at_the_edge_is_found(tmp_path: Path) -> None:
    figure, _ = empty_figure()
    figure.text(0.97, 0.5, "a label that is cut off")
    ((rule, found),) = findings_on(figure, tmp_path)
    assert rule == "outside"
    assert re.fullmatch(r"'a label that is cut off' is cut off by [\d.]+ pt", found)


def test_pale_words_are_found(tmp_path: Path) -> None:
    figure, axis = empty_figure()
    axis.axvspan(0.4, 0.8, color=PALETTE["blue"])
    axis.set_xlim(0, 1)
    axis.text(0.1, 0.5, "pale", color="#AAAAAA")
    axis.text(0.5, 0.5, "dark on dark")
    axis.text(0.5, 0.2, "white on dark", color="#FFFFFF")
    found = findings_on(figure, tmp_path)
    # #AAAAAA on white 2.3; #1A1A1A on #0072B2 3.4.
    assert [text.split(" to 1")[0] for _, text in found] == ["'pale' has 2.3", "'dark on dark' has 3.4"]
    assert rules(found) == ["contrast", "contrast"]


def test_colours_of_the_palette_are_darker_in_letters(tmp_path: Path) -> None:
    figure, axis = empty_figure()
    for place, name in enumerate(name for name in PALETTE if name != "pale"):
        axis.text(0.1, place / 8, name, color=PALETTE[name])
    assert findings_on(figure, tmp_path) == []


def test_contrast_is_that_of_the_guidelines() -> None:
    # WCAG 2.1: black on white is 21:1; #767676 on white is the palest grey of 4.5:1 (4.54).
    black, white, grey = (np.array([value] * 3) for value in (0, 255, 0x76))
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.005)
    assert contrast(white, grey) == contrast(grey, white)


def test_a_width_that_is_no_column_and_a_height_beyond_the_page_are_found(tmp_path: Path) -> None:
    figure, _ = empty_figure(width_mm=120, height_mm=300)
    found = findings_on(figure, tmp_path)
    assert ("width", "PDF: 120.0 mm wide; 89 or 183 mm") in found
    assert ("height", "PDF: 300.0 mm high; at most 230 mm") in found


def pdf_with(settings: dict[str, object]) -> bytes:
    import matplotlib as mpl

    stream = io.BytesIO()
    with mpl.rc_context(settings):
        figure, (axis,) = new_figure(height_mm=40)
        axis.set_title("words")
        figure.savefig(stream, format="pdf")
    return stream.getvalue()


def in_pdf(content: bytes) -> list[Finding]:
    return list(check_file("made-up", "pdf", content, HOUSE))


def test_embedded_truetype_is_what_is_asked() -> None:
    assert in_pdf(pdf_with({})) == []


def test_fonts_of_type_3_are_found() -> None:
    (found,) = in_pdf(pdf_with({"pdf.fonttype": 3}))
    assert found.rule == "fonts"
    assert "Type3" in found.found


def test_a_font_that_is_not_embedded_is_found() -> None:
    (found,) = in_pdf(pdf_with({"pdf.use14corefonts": True, "font.family": ["Helvetica"]}))
    assert (found.rule, found.found) == (
        "fonts",
        "PDF: fonts of kind Type1; embedded TrueType (type 42) is asked",
    )
    unembedded = pdf_with({}).replace(b"/FontFile2", b"/Nothing")
    assert [one.found for one in in_pdf(unembedded)] == ["PDF: a font that is named but not embedded"]


def test_eps_fonts_are_held_to_the_same() -> None:
    figure, axis = empty_figure()
    axis.text(0.1, 0.5, "words")
    content = rendered(figure, "eps", dpi=300)
    assert list(check_file("made-up", "eps", content, HOUSE)) == []
    (found,) = check_file("made-up", "eps", content.replace(b"/FontType 42", b"/FontType 3"), HOUSE)
    assert found.found == "EPS: embedded fonts of type 3; type 42 is asked"


def test_coarse_and_transparent_pictures_are_found() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (1081, 400)).save(stream, format="TIFF", dpi=(150, 150))
    found = {(one.rule, one.found) for one in check_file("made-up", "tif", stream.getvalue(), HOUSE)}
    assert found == {
        ("resolution", "TIF: 150 dots per inch; at least 300"),
        ("file", "TIF: colours are RGBA; RGB without transparency is asked"),
        ("file", "TIF: compression is raw; LZW is asked"),
    }


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="pdffonts (poppler-utils) is not installed")
def test_pdffonts_says_the_same_of_the_record() -> None:
    listed = subprocess.run(
        ["pdffonts", FIGURES / f"{COMMITTED[0]}.pdf"], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert listed
    # name, type, encoding, emb, sub, uni, object ID
    assert all(re.search(r"LiberationSans\S* +CID TrueType +Identity-H +yes yes ", line) for line in listed)


def test_the_room_a_word_takes_is_where_its_pixels_are() -> None:
    figure, axis = empty_figure()
    axis.text(0.5, 0.5, "Hxgj", ha="right", va="top")
    svg, png = (rendered(figure, ending, dpi=720) for ending in ("svg", "png"))
    (word,) = read_drawing(svg).words
    with Image.open(io.BytesIO(png)) as image:
        dark = np.argwhere(np.asarray(image.convert("L")) < 128)
    (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0) + 1
    # Ten pixels are a point; the font is drawn with hints, which move an edge by less than half of one.
    assert (word.box.left, word.box.top) == pytest.approx((left / 10, top / 10), abs=0.5)
    assert (word.box.right, word.box.bottom) == pytest.approx((right / 10, bottom / 10), abs=0.5)


def test_a_file_that_is_missing_or_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReproductionError, match=r"figure made-up: .*made-up\.pdf cannot be read"):
        check_figure(tmp_path, "made-up", HOUSE)
    with pytest.raises(ReproductionError, match="an SVG file that cannot be read"):
        read_drawing(b"<svg/>")
