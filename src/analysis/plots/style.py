"""The house style: column widths, text sizes, a shipped font and colours every reader can tell apart.

Figures are made by :func:`new_figure` at the width they are printed at and are never rescaled. What a figure function
states are sizes of the house style; drawn for a journal (:mod:`analysis.plots.journals`), the widths become its widths
and each text size the nearest one it allows. Nothing here changes matplotlib when it is imported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from string import ascii_lowercase
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Figure  # offered on, so that drawing types too come in by this door
from matplotlib.text import Text

from analysis.errors import ReproductionError
from analysis.plots.journals import current_profile

SINGLE_MM: Final = 89.0
"""Width of one column, mm; a journal has its own."""
DOUBLE_MM: Final = 183.0
"""Width of two columns, mm; a journal has its own."""
MM_PER_INCH: Final = 25.4

FONT: Final = "Liberation Sans"
FONT_FOLDER: Final = Path(__file__).parent / "fonts"

# Okabe and Ito (2008), as printed by Wong (2011) Nature Methods 8:441; yellow is left out, being too pale for lines.
PALETTE: Final[Mapping[str, str]] = {
    "blue": "#0072B2",
    "vermilion": "#D55E00",
    "green": "#009E73",
    "purple": "#CC79A7",
    "sky": "#56B4E9",
    "orange": "#E69F00",
    "black": "#1A1A1A",
    "grey": "#767676",
    "pale": "#D9D9D9",
}

# The same hues dark enough for small letters: at least 4.5 to 1 against white, grey also against the shading of panels.
_LETTERS: Final[Mapping[str, str]] = {
    PALETTE["vermilion"]: "#BB5300",
    PALETTE["green"]: "#00835F",
    PALETTE["purple"]: "#9F5E82",
    PALETTE["sky"]: "#3A799C",
    PALETTE["orange"]: "#986900",
    PALETTE["grey"]: "#636363",
}

_STYLE: Final[Mapping[Any, object]] = {
    "font.family": [FONT],
    "font.size": 7.0,
    "axes.titlesize": 8.0,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 6.0,
    "axes.labelsize": 7.0,
    "xtick.labelsize": 6.5,
    "ytick.labelsize": 6.5,
    "legend.fontsize": 6.5,
    "legend.frameon": False,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#4D4D4D",
    "axes.labelcolor": "#1A1A1A",
    "text.color": "#1A1A1A",
    "xtick.color": "#4D4D4D",
    "ytick.color": "#4D4D4D",
    "lines.linewidth": 1.2,
    "lines.markersize": 3.5,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "figure.dpi": 100,
    "savefig.dpi": 300,
    "pdf.fonttype": 42,
    "ps.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "landmine-harm-azerbaijan",
    "axes.unicode_minus": True,
}

_TEXT_SIZES: Final = (
    "font.size",
    "axes.titlesize",
    "axes.labelsize",
    "xtick.labelsize",
    "ytick.labelsize",
    "legend.fontsize",
)

# Settings of the program rather than of the picture; resetting them would switch the backend of a running notebook.
_NOT_STYLE: Final = frozenset({"backend", "backend_fallback", "interactive", "toolbar", "figure.max_open_warning"})


@contextmanager
def house_style() -> Iterator[None]:
    """Apply the style inside a ``with`` block, or to a whole figure function as the decorator ``@house_style()``.

    The reader's own matplotlib settings have no say while it holds, and are back afterwards.

    Raises
    ------
    ReproductionError
        When the shipped font is missing, since a fallback would change every figure.
    """
    _register_font()
    defaults: dict[Any, object] = {k: v for k, v in mpl.rcParamsDefault.items() if k not in _NOT_STYLE}
    sizes: dict[Any, object] = {name: text_pt(float(str(_STYLE[name]))) for name in _TEXT_SIZES}
    with mpl.rc_context({**defaults, **_STYLE, **sizes}):
        yield


def text_pt(house_pt: float) -> float:
    """Return the size, in points, of text that has `house_pt` in the house style."""
    return current_profile().text_pt(house_pt)


def new_figure(
    *, width_mm: float = DOUBLE_MM, height_mm: float, rows: int = 1, columns: int = 1, **grid: object
) -> tuple[Figure, list[Axes]]:
    """Return a figure of the stated size with its axes in reading order; call it inside :func:`house_style`.

    Parameters
    ----------
    width_mm, height_mm
        Size as printed in the house style, mm. For a journal the width is that of its columns, and the height grows
        with its text up to what it allows.
    rows, columns
        Grid of axes.
    **grid
        Passed to ``Figure.subplots``: sharex, sharey, width_ratios, height_ratios, gridspec_kw.
    """
    profile = current_profile()
    width = {SINGLE_MM: profile.single_mm, DOUBLE_MM: profile.double_mm}.get(width_mm, width_mm)
    height = height_mm if profile.growth == 1 else min(height_mm * profile.growth, profile.height_mm)
    figure = Figure(figsize=(width / MM_PER_INCH, height / MM_PER_INCH), layout="constrained")
    axes = figure.subplots(rows, columns, squeeze=False, **grid)  # type: ignore[call-overload]
    return figure, [axis for row in axes for axis in row]


def title(axis: Axes, message: str, *, detail: str = "") -> None:
    """Put the message of the panel above it in bold, with a plain line of detail (what, unit, where) below it.

    For a journal the message belongs in the caption; where there are several panels, a letter stands for it.
    """
    lines = detail.count("\n") + 1 if detail else 0
    pad = 4.0 + 9.0 * (text_pt(6.5) / 6.5) * lines if detail else None
    if current_profile().words_in_caption:
        _keep_message(axis, message, pad)
    else:
        axis.set_title(message, pad=pad)
    if not detail:
        return
    axis.annotate(
        detail,
        xy=(0, 1),
        xycoords="axes fraction",
        xytext=(0, 3.5),
        textcoords="offset points",
        ha="left",
        va="bottom",
        fontsize=text_pt(6.5),
        color="#4D4D4D",
    )


def source_note(figure: Figure, text: str) -> None:
    """Put the line of sources, as-of date, n and kind of interval under the figure; for a journal, in the caption."""
    if current_profile().words_in_caption:
        _NOTES[figure] = text
        return
    figure.supxlabel(text, x=0.005, ha="left", fontsize=text_pt(6.0), color="#4D4D4D")


def darken_letters(figure: Figure) -> None:
    """Give text in a colour of the palette that is too pale for small letters the same hue, darker."""
    for text in figure.findobj(Text):
        colour = text.get_color()
        if isinstance(colour, str) and colour in _LETTERS:
            text.set_color(_LETTERS[colour])


def words_for_caption(figure: Figure) -> str:
    """Return the messages of the panels and the line of sources that a journal wants in the caption; else nothing."""
    messages = [panel.message for panel in _PANELS.get(figure, [])]
    if len(messages) > 1:
        messages = [f"({letter}) {message}" for letter, message in zip(ascii_lowercase, messages, strict=False)]
    sentences = [*messages, " ".join(_NOTES.get(figure, "").split())]
    return " ".join(f"{one.rstrip('.')}." for one in sentences if one.strip())


def letter_panels(figure: Figure) -> None:
    """Put a letter above each panel whose message went into the caption; a message alone needs none."""
    panels = _PANELS.get(figure, [])
    if len(panels) > 1:
        for letter, panel in zip(ascii_lowercase, panels, strict=False):
            panel.axis.set_title(letter, pad=panel.pad)


class _Panel(NamedTuple):
    """A panel with its message, and the room between a title and the panel in points."""

    axis: Axes
    message: str
    pad: float | None


# What a journal wants in the caption, by figure, until it is saved.
_PANELS: Final[WeakKeyDictionary[Figure, list[_Panel]]] = WeakKeyDictionary()
_NOTES: Final[WeakKeyDictionary[Figure, str]] = WeakKeyDictionary()


def _keep_message(axis: Axes, message: str, pad: float | None) -> None:
    figure = axis.get_figure(root=True)
    if figure is None:
        raise ReproductionError("a panel without a figure has no title")
    _PANELS.setdefault(figure, []).append(_Panel(axis, message, pad))


def _register_font() -> None:
    if any(Path(entry.fname).parent == FONT_FOLDER for entry in font_manager.fontManager.ttflist):
        return
    files = sorted(FONT_FOLDER.glob("*.ttf"))
    if not files:
        raise ReproductionError(f"the figures' font is missing from {FONT_FOLDER}; restore it with git checkout")
    # The shipped files must win over a system copy of the same family, whose version may differ.
    fonts = font_manager.fontManager
    fonts.ttflist = [entry for entry in fonts.ttflist if entry.name != FONT]
    for file in files:
        fonts.addfont(file)
