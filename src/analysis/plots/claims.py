"""The audit in one figure: each statement beside what the evidence gives, grouped by verdict."""

from __future__ import annotations

import math
import textwrap
from typing import Final, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.plots.claim_labels import (
    ANOTHER,
    ARROW_MM,
    COUNTERPART,
    OTHER_SCOPE,
    RIGHT_MM,
    STATEMENT,
    STRIP_MM,
    STRIP_WIDTH_MM,
    Mark,
    Strip,
    growth,
    lower_mm,
    place_labels,
)
from analysis.plots.heights import allowed_height_mm
from analysis.plots.journals import current_profile
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

# Columns of the figure, mm from its left edge.
_LEFT_MM: Final = 1.0
_HEADER_MM, _QUANTIFIED_MM, _PLAIN_MM, _GAP_MM = 5.5, 8.8, 4.6, 1.5
# Room for title, key and note, and for each row of the key alone where a journal wants the others in the caption.
_ABOVE_AND_BELOW_MM, _KEY_MM = 26.0, 8.0
# How many characters of the small text the columns beside the scales hold.
_SHORT_CHARACTERS, _RESULT_CHARACTERS = 58, 49

_COLOURS: Final = {
    STATEMENT: PALETTE["vermilion"],
    COUNTERPART: PALETTE["blue"],
    OTHER_SCOPE: PALETTE["grey"],
    ANOTHER: PALETTE["black"],
}
_MARKERS: Final = {
    STATEMENT: "D",
    COUNTERPART: "o",
    OTHER_SCOPE: "s",
    ANOTHER: "d",
}
_SIZES: Final = {
    STATEMENT: 4.0,
    COUNTERPART: 6.5,
    OTHER_SCOPE: 3.5,
    ANOTHER: 3.5,
}
_AGREEING: Final = ("agrees", "agrees as a bound")


class _Row(NamedTuple):
    """One statement as printed in the figure."""

    claim: str
    short: str
    stated: str
    verdict: str
    result: str
    beside: int
    other_parties: int


@house_style()
def audit_figure(rows: pd.DataFrame, marks: pd.DataFrame, *, note: str) -> Figure:
    """Return the audit figure: statements grouped by verdict, each quantified one on a scale of its own.

    Parameters
    ----------
    rows
        As :func:`analysis.claims.drawn.figure_rows` returns them.
    marks
        As :func:`analysis.claims.drawn.figure_marks` returns them.
    note
        Sources, date and kind of range, for the line under the figure.
    """
    drawn = _marks_by_claim(marks)
    statements = [_Row(**{name: row[name] for name in _Row._fields}) for row in rows.to_dict("records")]
    verdicts = list(dict.fromkeys(row.verdict for row in statements))
    content_mm = sum(_height(drawn.get(row.claim)) for row in statements) + len(verdicts) * (_HEADER_MM + _GAP_MM)
    figure, (axis,) = new_figure(width_mm=DOUBLE_MM, height_mm=_figure_height_mm(content_mm))
    axis.set(xlim=(0, DOUBLE_MM), ylim=(content_mm, 0))
    axis.axis("off")
    y = 0.0
    for verdict in verdicts:
        group = [row for row in statements if row.verdict == verdict]
        _header(axis, y, verdict, f"{len(group)} of {len(statements)}")
        y += _HEADER_MM
        for row in group:
            _row(axis, y, row, drawn.get(row.claim, []))
            y += _height(drawn.get(row.claim))
        y += _GAP_MM
    # Longer words are larger ones, whose key needs a line more.
    rows_of_key = "\n " * (_key_rows() + (_key_rows() > 1))
    title(
        axis,
        _message(statements),
        detail=f"Each scale is that of its statement, in the unit of the statement{rows_of_key}",
    )
    _legend(axis, marks)
    source_note(figure, "\n".join(textwrap.wrap(note, 175)))
    return figure


def _marks_by_claim(marks: pd.DataFrame) -> dict[str, list[Mark]]:
    drawn: dict[str, list[Mark]] = {}
    for mark in marks.to_dict("records"):
        drawn.setdefault(str(mark["claim"]), []).append(Mark(**{name: mark[name] for name in Mark._fields}))
    return drawn


def _message(rows: list[_Row]) -> str:
    meeting = sum(row.verdict in _AGREEING for row in rows)
    differing = sum(row.verdict == "differs" for row in rows)
    rest = len(rows) - meeting - differing
    differ = f" {differing} {'differs' if differing == 1 else 'differ'} from one," if differing else ""
    return (
        f"{meeting} of {len(rows)} statements meet a published figure of the same scope,{differ} "
        f"{rest} have none to compare with"
    )


def _figure_height_mm(content_mm: float) -> float:
    """Return the height of the figure, at most what the journal allows: rows then stand closer to each other."""
    around = _KEY_MM * _key_rows() if current_profile().words_in_caption else _ABOVE_AND_BELOW_MM
    return allowed_height_mm(content_mm + around)


def _height(marks: list[Mark] | None) -> float:
    return _QUANTIFIED_MM if marks else _PLAIN_MM


def _header(axis: Axes, y: float, verdict: str, count: str) -> None:
    axis.plot([_LEFT_MM, DOUBLE_MM - 1], [y, y], color=PALETTE["pale"], linewidth=0.6)
    words = f"{verdict[0].upper()}{verdict[1:]}"
    axis.text(_LEFT_MM, y + 3.2, words, fontweight="bold", fontsize=text_pt(7), va="center")
    axis.text(DOUBLE_MM - 1, y + 3.2, count, fontsize=text_pt(6.5), va="center", ha="right")


def _row(axis: Axes, y: float, row: _Row, marks: list[Mark]) -> None:
    middle = y + _height(marks) / 2
    if not marks:
        axis.text(_LEFT_MM + 2, middle, row.short, fontsize=text_pt(6.5), va="center")
        axis.text(RIGHT_MM, middle, _beside(row), fontsize=text_pt(6), va="center", color="#4D4D4D")
        return
    lines = textwrap.wrap(row.short, int(_SHORT_CHARACTERS / growth()))
    if row.stated:
        # The figure of the statement stands below its words, the block centred on the row.
        below = middle + (len(lines) - 1) * 1.3
        axis.text(_LEFT_MM + 2, below - 0.2, "\n".join(lines), fontsize=text_pt(6.5), va="bottom")
        axis.text(_LEFT_MM + 2, below + 0.3, row.stated, fontsize=text_pt(6.5), va="top", color=_COLOURS[STATEMENT])
    else:
        axis.text(_LEFT_MM + 2, middle, "\n".join(lines), fontsize=text_pt(6.5), va="center")
    axis.text(
        RIGHT_MM,
        middle,
        textwrap.fill(row.result, int(_RESULT_CHARACTERS / growth())),
        fontsize=text_pt(6),
        va="center",
    )
    _strip(axis, middle, marks)


def _beside(row: _Row) -> str:
    return f"{row.beside} {'source' if row.beside == 1 else 'sources'} beside it, {row.other_parties} of another party"


def _strip(axis: Axes, y: float, marks: list[Mark]) -> None:
    ends = [end for mark in marks if not (mark.role == ANOTHER and mark.one_sided) for end in mark.ends]
    low, high = min(ends), max(ends)
    if low == high:
        others = [end for mark in marks for end in mark.ends]
        low, high = min(others), max(others)
    if low == high:
        low, high = low - 1, high + 1
    strip = Strip(y=y, low=low, high=high)
    axis.plot([STRIP_MM, STRIP_MM + STRIP_WIDTH_MM], [y, y], color=PALETTE["pale"], linewidth=0.8, zorder=1)
    for mark in marks:
        _draw(axis, strip, mark, lower=lower_mm(strip, mark, marks))
    place_labels(strip, marks)
    for label in strip.labels:
        height, va = (y - 1.4, "bottom") if label.side == "above" else (y + 1.4, "top")
        axis.text(label.x, height, label.words, fontsize=text_pt(6), ha="center", va=va, color=_COLOURS[label.role])


def _draw(axis: Axes, strip: Strip, mark: Mark, *, lower: float) -> None:
    colour = _COLOURS[mark.role]
    if mark.one_sided:
        end, direction = (mark.low, 1) if math.isinf(mark.high) else (mark.high, -1)
        axis.annotate(
            "",
            xy=(strip.x(end) + direction * ARROW_MM, strip.y),
            xytext=(strip.x(end), strip.y),
            arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 0.9, "mutation_scale": 5, "shrinkA": 0},
            zorder=2,
        )
    elif mark.low < mark.high:
        ends = [strip.x(mark.low), strip.x(mark.high)]
        axis.plot(ends, [strip.y] * 2, linewidth=2.4, solid_capstyle="butt", color=colour, zorder=3)
        return
    axis.plot(
        [strip.x(mark.ends[0])],
        [strip.y + lower],
        marker=_MARKERS[mark.role],
        markersize=_SIZES[mark.role],
        markerfacecolor=colour if mark.role == COUNTERPART else "white",
        markeredgewidth=0.9,
        color=colour,
        zorder=5 if mark.role == STATEMENT else 4,
    )


def _legend(axis: Axes, marks: pd.DataFrame) -> None:
    handles = [
        Line2D(
            [],
            [],
            color=_COLOURS[role],
            marker=_MARKERS[role],
            markersize=_SIZES[role],
            markerfacecolor=_COLOURS[role] if role == COUNTERPART else "white",
            linewidth=2.4 if role == COUNTERPART else 0,
            label=role,
        )
        for role in _COLOURS
        if (marks["role"] == role).any()
    ]
    axis.legend(
        handles=handles,
        ncols=_key_columns(),
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        borderaxespad=0,
        columnspacing=1.5,
    )


def _key_rows() -> int:
    return math.ceil(len(_COLOURS) / _key_columns())


def _key_columns() -> int:
    """Return the columns of the key; where words are longer, four of them would be wider than the figure."""
    return 4 if growth() <= 1 else 2
