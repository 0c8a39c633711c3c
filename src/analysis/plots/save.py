"""The only way a figure is written: PDF, SVG and PNG, the numbers drawn as CSV, how it was made as JSON."""

from __future__ import annotations

import io
from typing import Final

import pandas as pd
from matplotlib.figure import Figure

from analysis.errors import ReproductionError
from analysis.plots.style import house_style
from analysis.record.run_record import FigureFacts, RunRecord

PRINT_DPI: Final = 300
SCREEN_DPI: Final = 144

# Dates and program versions are left out of the files, so that the same figure has the same bytes on every run.
_METADATA: Final[dict[str, dict[str, str | None]]] = {
    "pdf": {"Creator": None, "Producer": None, "CreationDate": None},
    "svg": {"Creator": None, "Date": None},
    "png": {"Software": None},
}


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
    _settle(figure)
    images = {ending: _rendered(figure, ending, dpi=PRINT_DPI) for ending in ("pdf", "svg", "png")}
    run.add_figure(facts, images=images, drawn=drawn)
    return _rendered(figure, "png", dpi=SCREEN_DPI)


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
        figure.draw_without_rendering()
        figure.set_layout_engine(None)


def _rendered(figure: Figure, ending: str, *, dpi: float) -> bytes:
    stream = io.BytesIO()
    with house_style():
        figure.savefig(stream, format=ending, metadata=_METADATA[ending], dpi=dpi)
    return stream.getvalue()
