"""The only way a figure is written: its pictures, the numbers drawn as CSV, how it was made as JSON.

The house style has PDF, SVG and PNG; drawn for a journal, a figure has the formats that journal takes, and SVG and PNG
besides, by which it is checked.
"""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.figure import Figure

from analysis.errors import ReproductionError
from analysis.plots.fitting import fit_words
from analysis.plots.formats import rendered
from analysis.plots.journals import current_profile
from analysis.plots.style import darken_letters, house_style, letter_panels, words_for_caption
from analysis.record.run_record import FigureFacts, RunRecord

SCREEN_DPI: Final = 144
# Letters keep to whole pixels; with pixels as small as these a line is as long as in print.
_MEASURE_DPI: Final = 720
CHECKED_BY: Final = ("svg", "png")
"""Every figure has these: its words are read from one, and what is behind them from the other."""
WORDS_ENDING: Final = "words.txt"
"""File with the messages and the line of sources that a journal wants in the caption."""


def save(figure: Figure, run: RunRecord, facts: FigureFacts, *, drawn: pd.DataFrame) -> bytes:
    """Write `figure` in every format with its facts into the run's folder and return a PNG for the screen.

    Parameters
    ----------
    figure
        As returned by a figure function.
    run
        Record of the notebook's run.
    facts
        Name, caption, alt text, sources and keys of the estimates drawn.
    drawn
        The numbers drawn, one row a mark; never empty.

    Raises
    ------
    ReproductionError
        When nothing was drawn, or caption or alt text is missing.
    """
    check_facts(facts, drawn=drawn)
    profile = current_profile()
    _settle(figure)
    endings = dict.fromkeys((*profile.endings, *CHECKED_BY))
    images = {ending: rendered(figure, ending, dpi=profile.raster_dpi) for ending in endings}
    if profile.words_in_caption:
        images[WORDS_ENDING] = words_for_caption(figure).encode("utf-8")
    run.add_figure(facts, images=images, drawn=drawn)
    return rendered(figure, "png", dpi=SCREEN_DPI)


def check_facts(facts: FigureFacts, *, drawn: pd.DataFrame) -> None:
    """Refuse a figure without numbers, caption or alt text, whether or not its pictures are made.

    Raises
    ------
    ReproductionError
        Naming what is missing.
    """
    if drawn.empty:
        raise ReproductionError(f"figure {facts.name}: the table of the numbers drawn is empty")
    for name in ("caption", "alt"):
        if not getattr(facts, name).strip():
            raise ReproductionError(f"figure {facts.name}: {name} is missing")


def _settle(figure: Figure) -> None:
    """Lay the figure out once, so that every format has the same positions and none repeats the costly search."""
    with house_style():
        darken_letters(figure)
        if current_profile().words_in_caption:
            _fit(figure)
        else:
            figure.draw_without_rendering()
        figure.set_layout_engine(None)


def _fit(figure: Figure) -> None:
    """Lay a figure out for a journal, whose larger text may need more lines."""
    letter_panels(figure)
    screen_dpi = figure.dpi
    figure.set_dpi(_MEASURE_DPI)
    figure.draw_without_rendering()
    if fit_words(figure):
        figure.draw_without_rendering()
    figure.set_dpi(screen_dpi)
