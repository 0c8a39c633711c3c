"""Words that run out of the figure are broken into more lines: a journal's larger text needs more of them."""

from __future__ import annotations

import textwrap
from typing import Final

from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from analysis.plots.style import MM_PER_INCH

POINTS_PER_INCH: Final = 72.0
_MARGIN_MM: Final = 0.5
_LEAST_CHARACTERS: Final = 12


def fit_words(figure: Figure) -> bool:
    """Break the lines that pass the right edge of a figure that was laid out; return whether any did."""
    edge_pt = POINTS_PER_INCH * (figure.get_figwidth() - _MARGIN_MM / MM_PER_INCH)
    changed = False
    for text in figure.findobj(Text):
        if not (text.get_text().strip() and text.get_visible()):
            continue
        if text.get_rotation() or text.get_horizontalalignment() != "left":
            continue
        room_pt = edge_pt - POINTS_PER_INCH * float(text.get_window_extent().x0) / figure.dpi
        if 0 < room_pt < _length_pt(text, text.get_text()):
            text.set_text(_narrower(text, room_pt))
            changed = True
    return changed


def _length_pt(text: Text, words: str) -> float:
    """Return the length of the longest line as it is printed; on a screen letters keep to whole pixels."""
    font = text.get_fontproperties()
    return max(
        float(text_to_path.get_text_width_height_descent(line, font, False)[0]) for line in words.split("\n") if line
    )


def _narrower(text: Text, room_pt: float) -> str:
    """Return the words in lines that have room, or as narrow as they get; breaks that stand are kept."""
    words = text.get_text()
    lines = words.split("\n")
    for width in range(max(map(len, lines)) - 1, _LEAST_CHARACTERS, -1):
        words = "\n".join(broken for line in lines for broken in textwrap.wrap(line, width) or [line])
        if _length_pt(text, words) <= room_pt:
            return words
    return words
