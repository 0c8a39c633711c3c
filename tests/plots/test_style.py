"""The style holds while a figure is drawn and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib import font_manager

from analysis.errors import ReproductionError
from analysis.plots import style
from analysis.plots.style import DOUBLE_MM, FONT, FONT_FOLDER, MM_PER_INCH, PALETTE, house_style, new_figure, title


def luminance(colour: str) -> float:
    """WCAG relative luminance of '#RRGGBB'."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_readers_settings_are_back_afterwards() -> None:
    with mpl.rc_context({"font.size": 99, "axes.grid": True}):
        with house_style():
            assert mpl.rcParams["font.size"] == 7
            assert mpl.rcParams["axes.grid"] is False
            assert mpl.rcParams["pdf.fonttype"] == 42
        assert mpl.rcParams["font.size"] == 99


def test_the_backend_is_not_touched() -> None:
    with mpl.rc_context({"backend": "svg"}):
        with house_style():
            assert mpl.rcParams["backend"] == "svg"
        assert mpl.rcParams["backend"] == "svg"


def test_the_shipped_font_is_the_one_used() -> None:
    with house_style():
        found = Path(font_manager.findfont(FONT, fallback_to_default=False))
    assert found.parent == FONT_FOLDER


def test_a_missing_font_is_an_error_and_never_a_fallback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(style, "FONT_FOLDER", tmp_path)
    with pytest.raises(ReproductionError, match="the figures' font is missing"), house_style():
        pass


def test_a_figure_has_the_size_it_is_printed_at() -> None:
    with house_style():
        figure, axes = new_figure(height_mm=60, columns=3)
    width, height = figure.get_size_inches()
    assert width * MM_PER_INCH == pytest.approx(DOUBLE_MM)
    assert height * MM_PER_INCH == pytest.approx(60)
    assert len(axes) == 3


@pytest.mark.parametrize("name", [name for name in PALETTE if name != "pale"])
def test_every_line_colour_stands_out_from_white(name: str) -> None:
    # 'sky' and 'orange' are for areas and large marks; 3:1 is WCAG's limit for graphics, 2:1 theirs here.
    contrast = 1.05 / (luminance(PALETTE[name]) + 0.05)
    assert contrast >= (2.0 if name in {"sky", "orange"} else 3.0)


def test_a_title_with_detail_puts_the_message_above_the_detail() -> None:
    with house_style():
        figure, (axis,) = new_figure(height_mm=50)
        title(axis, "Message", detail="what, unit")
        figure.draw_without_rendering()
    message = axis._left_title.get_window_extent()  # type: ignore[attr-defined]
    detail = next(text for text in axis.texts if text.get_text() == "what, unit").get_window_extent()
    assert detail.y1 <= message.y0 + 1
    assert detail.y0 >= axis.get_window_extent().y1
