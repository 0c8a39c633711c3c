"""Statements as linear constraints: one member for each distinct figure, with everybody who printed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.claims.beside import who_said
from analysis.claims.stated import StatedNumber, last_digit
from analysis.evidence import Evidence
from analysis.evidence.comparators import Comparator
from analysis.stats.infeasible_subsets import LinearRow, System

_ROUND_FROM: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One printed figure read as a constraint.

    Parameters
    ----------
    row_id, source_id, originator, party, who
        Where it stands and whose it is.
    as_of
        Date as printed; empty where none is.
    words
        The figure with its wording and what it is of.
    rows
        What it says of the quantities of its topic.
    """

    row_id: str
    source_id: str
    originator: str
    party: str
    who: str
    as_of: str
    words: str
    rows: tuple[LinearRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A distinct statement of a topic: figures that constrain the same quantities in the same way.

    Parameters
    ----------
    name
        Row of the earliest figure and its words: a row can hold several statements.
    figures
        Every figure that says this, earliest first.
    """

    name: str
    figures: tuple[Figure, ...]

    @property
    def words(self) -> str:
        """The earliest figure in words, its date, who said it, and how many more originators say the same."""
        first = self.figures[0]
        others = len({one.originator for one in self.figures} - {first.originator})
        more = f" and {others} more" if others else ""
        dated = f", {first.as_of}" if _needs_date(first) else ""
        return f"{first.words}{dated}: {first.who}{more}"

    @property
    def short(self) -> str:
        """The earliest figure in words and its date, without who said it."""
        first = self.figures[0]
        return f"{first.words} ({first.as_of})" if _needs_date(first) else first.words

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties that say it, sorted."""
        return tuple(sorted({one.party for one in self.figures}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Statements about quantities that hang together.

    Parameters
    ----------
    name
        What they are about.
    members
        The distinct statements.
    always
        What holds whoever is right.
    whole_numbers
        Quantities that are counts.
    assumptions
        Under which the statements speak of the same quantities, in words; conflicts hold only under them.
    """

    name: str
    members: tuple[Member, ...]
    always: tuple[LinearRow, ...]
    whole_numbers: frozenset[str]
    assumptions: tuple[str, ...]

    @property
    def system(self) -> System:
        """The topic as a system of linear rows."""
        return System(
            members={one.name: one.figures[0].rows for one in self.members},
            always=self.always,
            whole_numbers=self.whole_numbers,
        )


def figure_of(evidence: Evidence, row: pd.Series, *, key: str, words: str, rows: Sequence[LinearRow]) -> Figure:
    """Return the figure of an evidence row whose identifier stands in column `key`."""
    dated = row.get("as_of", row.get("period_end"))
    return Figure(
        row_id=str(row[key]),
        source_id=str(row["source_id"]),
        originator=str(row["originator"]),
        party=str(row["party"]),
        who=who_said(evidence, row),
        as_of="" if dated is None or pd.isna(dated) else str(dated),
        words=words,
        rows=tuple(rows),
    )


def members_of(figures: Iterable[Figure]) -> tuple[Member, ...]:
    """Return one member for each distinct constraint, in order of its earliest date and row."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for figure in sorted(figures, key=lambda one: (one.as_of or "9999", one.row_id)):
        groups.setdefault(tuple(_content(row) for row in figure.rows), []).append(figure)
    return tuple(Member(name=f"{group[0].row_id}|{group[0].words}", figures=tuple(group)) for group in groups.values())


def row_allowed(terms: Mapping[str, float], number: StatedNumber, *, about_tolerance: float) -> LinearRow:
    """Return the row that a figure with its wording allows for an expression."""
    allowed = number.allowed(about_tolerance=about_tolerance)
    return LinearRow(
        terms=terms, low=allowed.low, high=allowed.high, open_low=allowed.open_low, open_high=allowed.open_high
    )


def share_rows(
    part: str, wholes: Sequence[str], number: StatedNumber, *, about_tolerance: float
) -> tuple[LinearRow, ...]:
    """Return the rows of 'this share of the whole is the part'; the whole is the sum of `wholes`."""
    allowed = number.allowed(about_tolerance=about_tolerance)
    rows = []
    for share, above, is_open in ((allowed.low, True, allowed.open_low), (allowed.high, False, allowed.open_high)):
        if not 0 <= share <= 1:
            continue
        terms = dict.fromkeys(wholes, -share)
        terms[part] = terms.get(part, 0.0) + 1.0
        bound = LinearRow(terms=terms, low=0.0, open_low=is_open)
        rows.append(bound if above else LinearRow(terms=terms, high=0.0, open_high=is_open))
    return tuple(rows)


def estimate_number(value: float, comparator: object) -> StatedNumber:
    """Return an estimate as stated: a whole number from 1,000 ends at its last digit that is not 0.

    '1.5 million' stands in the tables as 1500000, and means what rounds to it; counts are read by
    :func:`count_number`.
    """
    step = last_digit(value)
    if value >= _ROUND_FROM and float(value).is_integer():
        step = float(10 ** (len(str(int(value))) - len(str(int(value)).rstrip("0"))))
    return StatedNumber(low=value, high=value, comparator=_comparator(comparator), step=step)


def count_number(value: float, comparator: object) -> StatedNumber:
    """Return a count as stated; every digit counts."""
    return StatedNumber(low=value, high=value, comparator=_comparator(comparator), step=last_digit(value))


def _comparator(stated: object) -> Comparator:
    return Comparator.EXACT if stated is None or pd.isna(stated) else Comparator(str(stated))  # type: ignore[call-overload]


def _needs_date(figure: Figure) -> bool:
    """Return whether the words of a figure do not say its date already."""
    return bool(figure.as_of) and not figure.words.endswith(f" in {figure.as_of[:4]}")


def _content(row: LinearRow) -> tuple[object, ...]:
    return tuple(sorted(row.terms.items())), row.low, row.high, row.open_low, row.open_high
