"""The scale of one statement in the audit figure, and where the labels of its marks find room."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from analysis.plots.journals import current_profile
from analysis.plots.style import DOUBLE_MM, text_pt

STRIP_MM, RIGHT_MM = 66.0, 131.0
"""Where the scales begin and the column right of them, mm from the left edge of the figure."""
STRIP_WIDTH_MM: Final = 58.0
ARROW_MM: Final = 7.0
# Width of a digit of the small text, for keeping labels apart.
_CHARACTER_MM: Final = 1.12
# Marks closer than this hide each other; one of them is then drawn so far below the line.
_TOUCHING_MM, _LOWER_MM = 1.8, 1.7

STATEMENT: Final = "the statement"
COUNTERPART: Final = "counterpart of the same scope"
OTHER_SCOPE: Final = "count of another unit or scope"
ANOTHER: Final = "another statement of the quantity"


class Mark(NamedTuple):
    """One mark on the scale of a statement."""

    role: str
    low: float
    high: float
    label: str
    decides: bool

    @property
    def ends(self) -> list[float]:
        """The ends of the figure that are numbers."""
        return [end for end in (self.low, self.high) if math.isfinite(end)]

    @property
    def one_sided(self) -> bool:
        """Whether the figure is a bound."""
        return len(self.ends) == 1


class Label(NamedTuple):
    """Words above or below a scale, centred on x (mm)."""

    x: float
    words: str
    role: str
    side: str


@dataclass(slots=True, kw_only=True)
class Strip:
    """The scale of one row, the labels placed so far, and what marks block below the line."""

    y: float
    low: float
    high: float
    labels: list[Label] = field(default_factory=list)
    blocked: list[tuple[float, float]] = field(default_factory=list)

    def x(self, value: float) -> float:
        """Return where a value stands, mm; a bound beyond the scale stands at the end of the line."""
        share = (value - self.low) / (self.high - self.low)
        along = ARROW_MM + share * (STRIP_WIDTH_MM - 2 * ARROW_MM)
        return STRIP_MM + min(max(along, 0.0), STRIP_WIDTH_MM)

    def middle(self, mark: Mark) -> float:
        """Return where the label of a mark belongs, mm."""
        return sum(self.x(end) for end in mark.ends) / len(mark.ends)

    def has_room(self, label: Label, *, instead_of: Label | None = None) -> bool:
        """Return whether a label touches no other, no mark below the line and not the columns beside the scale."""
        low, high = label.x - _half_width(label.words), label.x + _half_width(label.words)
        taken = [
            (one.x - _half_width(one.words), one.x + _half_width(one.words))
            for one in self.labels
            if one.side == label.side and one is not instead_of
        ]
        taken += self.blocked if label.side == "below" else []
        in_column = low >= STRIP_MM and high <= RIGHT_MM - 0.5
        return in_column and all(high <= start or low >= end for start, end in taken)


def lower_mm(strip: Strip, mark: Mark, marks: list[Mark]) -> float:
    """Return how far below the line a point of another scope is drawn, so that the statement does not hide it."""
    is_point = mark.role == OTHER_SCOPE and len(set(mark.ends)) == 1
    return _LOWER_MM if is_point and _touches_statement(strip, mark, marks) else 0.0


def _touches_statement(strip: Strip, mark: Mark, marks: list[Mark]) -> bool:
    stated = [end for one in marks if one.role == STATEMENT for end in one.ends]
    return any(abs(strip.x(end) - strip.middle(mark)) < _TOUCHING_MM for end in stated)


def place_labels(strip: Strip, marks: list[Mark]) -> None:
    """Place the labels, those of what matters most first; a figure of another scope without room joins the nearest."""
    for mark in marks:
        if lower_mm(strip, mark, marks):
            strip.blocked.append((strip.middle(mark) - 0.8, strip.middle(mark) + 0.8))
    order = [STATEMENT, COUNTERPART, ANOTHER, OTHER_SCOPE]

    def rank(one: Mark) -> tuple[bool, bool, int, float]:
        """Return the order in which a mark finds room for its label."""
        # A figure drawn below the line finds its place before its neighbours take it.
        first = one.decides or lower_mm(strip, one, marks) > 0
        return one.role != STATEMENT, not first, order.index(one.role), strip.middle(one)

    for mark in sorted(marks, key=rank):
        beside = mark.role != STATEMENT and _touches_statement(strip, mark, marks)
        if not _place(strip, mark, beside=beside) and mark.role == OTHER_SCOPE:
            _join(strip, mark)


def _place(strip: Strip, mark: Mark, *, beside: bool) -> bool:
    """Place a label above, below or, if it may, beside its mark below the line; say whether there was room."""
    x, half = strip.middle(mark), _half_width(mark.label)
    sides = ("above", "below") if mark.role == STATEMENT else ("below", "above")
    places = [(x, side) for side in sides]
    if beside:
        places += [(x - half - 0.9, "below"), (x + half + 0.9, "below")]
    for place, side in places:
        label = Label(place, mark.label, mark.role, side)
        if strip.has_room(label):
            strip.labels.append(label)
            return True
    return False


def _join(strip: Strip, mark: Mark) -> None:
    """Add a label to the nearest one of another scope that can grow without touching a third."""
    x = strip.middle(mark)
    near = [label for label in strip.labels if label.role == OTHER_SCOPE]
    for label in sorted(near, key=lambda one: abs(one.x - x)):
        number = label.words.count("; ") + 1
        words = f"{label.words}; {mark.label}" if label.x <= x else f"{mark.label}; {label.words}"
        joined = Label((label.x * number + x) / (number + 1), words, label.role, label.side)
        if strip.has_room(joined, instead_of=label):
            strip.labels[strip.labels.index(label)] = joined
            return


def growth() -> float:
    """Return how much longer words are, against the width of the figure, than in the house style."""
    return text_pt(6.0) / 6.0 * DOUBLE_MM / current_profile().double_mm


def _half_width(words: str) -> float:
    return growth() * _CHARACTER_MM * len(words) / 2 + 0.4
