"""The audit in one figure: each statement beside what the evidence gives, grouped by verdict."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, title

# Columns of the figure, mm from its left edge.
_LEFT_MM, _STRIP_MM, _RIGHT_MM = 1.0, 66.0, 131.0
_STRIP_WIDTH_MM: Final = 58.0
_ARROW_MM: Final = 7.0
_HEADER_MM, _QUANTIFIED_MM, _PLAIN_MM, _GAP_MM = 5.5, 8.8, 4.6, 1.5
_ABOVE_AND_BELOW_MM: Final = 26.0
# Width of a digit of the small text, for keeping labels apart.
_CHARACTER_MM: Final = 1.12
# Marks closer than this hide each other; one of them is then drawn so far below the line.
_TOUCHING_MM, _LOWER_MM = 1.8, 1.7

_COLOURS: Final = {
    "the statement": PALETTE["vermilion"],
    "counterpart of the same scope": PALETTE["blue"],
    "count of another unit or scope": PALETTE["grey"],
    "another statement of the quantity": PALETTE["black"],
}
_MARKERS: Final = {
    "the statement": "D",
    "counterpart of the same scope": "o",
    "count of another unit or scope": "s",
    "another statement of the quantity": "d",
}
_SIZES: Final = {
    "the statement": 4.0,
    "counterpart of the same scope": 6.5,
    "count of another unit or scope": 3.5,
    "another statement of the quantity": 3.5,
}
_AGREEING: Final = ("agrees", "agrees as a bound")
_STATEMENT, _COUNTERPART, _OTHER_SCOPE, _ANOTHER = _COLOURS


class _Row(NamedTuple):
    """One statement as printed in the figure."""

    claim: str
    short: str
    stated: str
    verdict: str
    result: str
    beside: int
    other_parties: int


class _Mark(NamedTuple):
    """One mark on the scale of a statement."""

    role: str
    low: float
    high: float
    label: str
    decides: bool

    @property
    def ends(self) -> list[float]:
        return [end for end in (self.low, self.high) if math.isfinite(end)]

    @property
    def one_sided(self) -> bool:
        return len(self.ends) == 1


class _Label(NamedTuple):
    """Words above or below a scale, centred on x (mm)."""

    x: float
    words: str
    role: str
    side: str


@dataclass(slots=True, kw_only=True)
class _Strip:
    """The scale of one row, the labels placed so far, and what marks block below the line."""

    y: float
    low: float
    high: float
    labels: list[_Label] = field(default_factory=list)
    blocked: list[tuple[float, float]] = field(default_factory=list)

    def x(self, value: float) -> float:
        """Return where a value stands, mm; a bound beyond the scale stands at the end of the line."""
        share = (value - self.low) / (self.high - self.low)
        along = _ARROW_MM + share * (_STRIP_WIDTH_MM - 2 * _ARROW_MM)
        return _STRIP_MM + min(max(along, 0.0), _STRIP_WIDTH_MM)

    def middle(self, mark: _Mark) -> float:
        """Return where the label of a mark belongs, mm."""
        return sum(self.x(end) for end in mark.ends) / len(mark.ends)

    def has_room(self, label: _Label, *, instead_of: _Label | None = None) -> bool:
        """Return whether a label touches no other, no mark below the line and not the columns beside the scale."""
        low, high = label.x - _half_width(label.words), label.x + _half_width(label.words)
        taken = [
            (one.x - _half_width(one.words), one.x + _half_width(one.words))
            for one in self.labels
            if one.side == label.side and one is not instead_of
        ]
        taken += self.blocked if label.side == "below" else []
        in_column = low >= _STRIP_MM and high <= _RIGHT_MM - 0.5
        return in_column and all(high <= start or low >= end for start, end in taken)


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
    figure, (axis,) = new_figure(width_mm=DOUBLE_MM, height_mm=content_mm + _ABOVE_AND_BELOW_MM)
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
    title(axis, _message(statements), detail="Each scale is that of its statement, in the unit of the statement\n ")
    _legend(axis, marks)
    source_note(figure, "\n".join(textwrap.wrap(note, 175)))
    return figure


def _marks_by_claim(marks: pd.DataFrame) -> dict[str, list[_Mark]]:
    drawn: dict[str, list[_Mark]] = {}
    for mark in marks.to_dict("records"):
        drawn.setdefault(str(mark["claim"]), []).append(_Mark(**{name: mark[name] for name in _Mark._fields}))
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


def _height(marks: list[_Mark] | None) -> float:
    return _QUANTIFIED_MM if marks else _PLAIN_MM


def _header(axis: Axes, y: float, verdict: str, count: str) -> None:
    axis.plot([_LEFT_MM, DOUBLE_MM - 1], [y, y], color=PALETTE["pale"], linewidth=0.6)
    words = f"{verdict[0].upper()}{verdict[1:]}"
    axis.text(_LEFT_MM, y + 3.2, words, fontweight="bold", fontsize=7, va="center")
    axis.text(DOUBLE_MM - 1, y + 3.2, count, fontsize=6.5, va="center", ha="right")


def _row(axis: Axes, y: float, row: _Row, marks: list[_Mark]) -> None:
    middle = y + _height(marks) / 2
    if not marks:
        axis.text(_LEFT_MM + 2, middle, row.short, fontsize=6.5, va="center")
        axis.text(_RIGHT_MM, middle, _beside(row), fontsize=6, va="center", color="#4D4D4D")
        return
    lines = textwrap.wrap(row.short, 58)
    if row.stated:
        # The figure of the statement stands below its words, the block centred on the row.
        below = middle + (len(lines) - 1) * 1.3
        axis.text(_LEFT_MM + 2, below - 0.2, "\n".join(lines), fontsize=6.5, va="bottom")
        axis.text(_LEFT_MM + 2, below + 0.3, row.stated, fontsize=6.5, va="top", color=_COLOURS[_STATEMENT])
    else:
        axis.text(_LEFT_MM + 2, middle, "\n".join(lines), fontsize=6.5, va="center")
    axis.text(_RIGHT_MM, middle, textwrap.fill(row.result, 49), fontsize=6, va="center")
    _strip(axis, middle, marks)


def _beside(row: _Row) -> str:
    return f"{row.beside} {'source' if row.beside == 1 else 'sources'} beside it, {row.other_parties} of another party"


def _strip(axis: Axes, y: float, marks: list[_Mark]) -> None:
    ends = [end for mark in marks if not (mark.role == _ANOTHER and mark.one_sided) for end in mark.ends]
    low, high = min(ends), max(ends)
    if low == high:
        others = [end for mark in marks for end in mark.ends]
        low, high = min(others), max(others)
    if low == high:
        low, high = low - 1, high + 1
    strip = _Strip(y=y, low=low, high=high)
    axis.plot([_STRIP_MM, _STRIP_MM + _STRIP_WIDTH_MM], [y, y], color=PALETTE["pale"], linewidth=0.8, zorder=1)
    for mark in marks:
        _draw(axis, strip, mark, lower_mm=_lower_mm(strip, mark, marks))
    _place_labels(strip, marks)
    for label in strip.labels:
        height, va = (y - 1.4, "bottom") if label.side == "above" else (y + 1.4, "top")
        axis.text(label.x, height, label.words, fontsize=6, ha="center", va=va, color=_COLOURS[label.role])


def _lower_mm(strip: _Strip, mark: _Mark, marks: list[_Mark]) -> float:
    """Return how far below the line a point of another scope is drawn, so that the statement does not hide it."""
    is_point = mark.role == _OTHER_SCOPE and len(set(mark.ends)) == 1
    return _LOWER_MM if is_point and _touches_statement(strip, mark, marks) else 0.0


def _touches_statement(strip: _Strip, mark: _Mark, marks: list[_Mark]) -> bool:
    stated = [end for one in marks if one.role == _STATEMENT for end in one.ends]
    return any(abs(strip.x(end) - strip.middle(mark)) < _TOUCHING_MM for end in stated)


def _place_labels(strip: _Strip, marks: list[_Mark]) -> None:
    """Place the labels, those of what matters most first; a figure of another scope without room joins the nearest."""
    for mark in marks:
        if _lower_mm(strip, mark, marks):
            strip.blocked.append((strip.middle(mark) - 0.8, strip.middle(mark) + 0.8))
    order = [_STATEMENT, _COUNTERPART, _ANOTHER, _OTHER_SCOPE]

    def rank(one: _Mark) -> tuple[bool, bool, int, float]:
        # A figure drawn below the line finds its place before its neighbours take it.
        first = one.decides or _lower_mm(strip, one, marks) > 0
        return one.role != _STATEMENT, not first, order.index(one.role), strip.middle(one)

    for mark in sorted(marks, key=rank):
        beside = mark.role != _STATEMENT and _touches_statement(strip, mark, marks)
        if not _place(strip, mark, beside=beside) and mark.role == _OTHER_SCOPE:
            _join(strip, mark)


def _place(strip: _Strip, mark: _Mark, *, beside: bool) -> bool:
    """Place a label above, below or, if it may, beside its mark below the line; say whether there was room."""
    x, half = strip.middle(mark), _half_width(mark.label)
    sides = ("above", "below") if mark.role == _STATEMENT else ("below", "above")
    places = [(x, side) for side in sides]
    if beside:
        places += [(x - half - 0.9, "below"), (x + half + 0.9, "below")]
    for place, side in places:
        label = _Label(place, mark.label, mark.role, side)
        if strip.has_room(label):
            strip.labels.append(label)
            return True
    return False


def _join(strip: _Strip, mark: _Mark) -> None:
    """Add a label to the nearest one of another scope that can grow without touching a third."""
    x = strip.middle(mark)
    near = [label for label in strip.labels if label.role == _OTHER_SCOPE]
    for label in sorted(near, key=lambda one: abs(one.x - x)):
        number = label.words.count("; ") + 1
        words = f"{label.words}; {mark.label}" if label.x <= x else f"{mark.label}; {label.words}"
        joined = _Label((label.x * number + x) / (number + 1), words, label.role, label.side)
        if strip.has_room(joined, instead_of=label):
            strip.labels[strip.labels.index(label)] = joined
            return


def _half_width(words: str) -> float:
    return _CHARACTER_MM * len(words) / 2 + 0.4


def _draw(axis: Axes, strip: _Strip, mark: _Mark, *, lower_mm: float) -> None:
    colour = _COLOURS[mark.role]
    if mark.one_sided:
        end, direction = (mark.low, 1) if math.isinf(mark.high) else (mark.high, -1)
        axis.annotate(
            "",
            xy=(strip.x(end) + direction * _ARROW_MM, strip.y),
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
        [strip.y + lower_mm],
        marker=_MARKERS[mark.role],
        markersize=_SIZES[mark.role],
        markerfacecolor=colour if mark.role == _COUNTERPART else "white",
        markeredgewidth=0.9,
        color=colour,
        zorder=5 if mark.role == _STATEMENT else 4,
    )


def _legend(axis: Axes, marks: pd.DataFrame) -> None:
    handles = [
        Line2D(
            [],
            [],
            color=_COLOURS[role],
            marker=_MARKERS[role],
            markersize=_SIZES[role],
            markerfacecolor=_COLOURS[role] if role == _COUNTERPART else "white",
            linewidth=2.4 if role == _COUNTERPART else 0,
            label=role,
        )
        for role in _COLOURS
        if (marks["role"] == role).any()
    ]
    axis.legend(handles=handles, ncols=4, loc="lower left", bbox_to_anchor=(0, 1.0), borderaxespad=0, columnspacing=1.5)
