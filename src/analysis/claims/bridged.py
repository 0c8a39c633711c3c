"""Counterparts from other pages than the statement's own, compared under a named assumption."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import pandas as pd

from analysis.claims.reading import number_from
from analysis.claims.repeats import COPIED_WITHIN
from analysis.claims.scope import Bridge, ScopePart
from analysis.claims.search import Question, Search
from analysis.claims.stated import Range
from analysis.claims.verdict import Counterpart
from analysis.errors import InsufficientEvidence
from analysis.estimate import sorted_union
from analysis.evidence.comparators import Comparator

HERE: Final = ("azerbaijan", "regained_districts")
"""Names under which pages speak of the whole area that is cleared since 2020."""

COUNT_START: Final = pd.Timestamp("2020-11-10")


def bridged(
    question: Question,
    readings: Iterable[Range],
    rows: Iterable[pd.DataFrame],
    *,
    label: str,
    assumption: str,
    crosses: tuple[ScopePart, ...] = (ScopePart.ORIGINATOR,),
    quantity: str = "",
    limits: bool = False,
) -> Search:
    """Return the search with one counterpart that is compared under an assumption.

    Parameters
    ----------
    question
        The statement asked about.
    readings
        The ranges that are each possible.
    rows
        Evidence rows behind them, for originators and sources.
    label
        What the counterpart is, in a few words.
    assumption, crosses
        What has to hold, and the parts of the scope it makes comparable.
    quantity
        What was counted, where its name differs from the statement's; empty for the same.
    limits
        As for :class:`~analysis.claims.verdict.Counterpart`.
    """
    frames = list(rows)
    originators = sorted_union(*(frame["originator"] for frame in frames))
    scope = replace(question.statement.scope, originator=", ".join(originators))
    counterpart = Counterpart(
        label=label,
        readings=tuple(readings),
        scope=replace(scope, quantity=quantity or scope.quantity),
        sources=sorted_union(*(frame["source_id"] for frame in frames)),
        originators=originators,
        bridge=Bridge(crosses=crosses, assumption=assumption),
        note=label,
        limits=limits,
    )
    return Search(counterparts=(counterpart,))


def rows_around(rows: pd.DataFrame, column: str, question: Question, reason: str) -> pd.DataFrame:
    """Return the rows of the last date before the days a statement may be of and of the first after them.

    Raises
    ------
    InsufficientEvidence
        With this reason, if there are no rows; or if the statement has no date.
    """
    if rows[column].isna().all():
        raise InsufficientEvidence(reason)
    first, last = question.span
    rows = rows[rows[column].notna()]
    before = rows.loc[rows[column] <= first, column]
    after = rows.loc[rows[column] >= last, column]
    near = [*([] if before.empty else [before.max()]), *([] if after.empty else [after.min()])]
    return rows[rows[column].isin(near)]


def merged(readings: Iterable[Range]) -> tuple[Range, ...]:
    """Return closed ranges with those that overlap joined, ascending: what lies in a gap is in no reading."""
    joined: list[Range] = []
    for one in sorted(readings, key=lambda each: each.low):
        if joined and one.low <= joined[-1].high:
            joined[-1] = Range(low=joined[-1].low, high=max(one.high, joined[-1].high))
        else:
            joined.append(one)
    return tuple(joined)


def lowest_to_highest(values: pd.Series) -> Range:
    """Return the range of the values."""
    return Range(low=float(values.min()), high=float(values.max()))


def districts_named(place: str) -> frozenset[str]:
    """Return the districts that a name of the evidence joins, in whatever order: 'azerbaijan_lachin_and_kalbajar'."""
    return frozenset(place.removeprefix("azerbaijan_").replace("_and_", "_").split("_"))


def without_copies(question: Question, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that can be no copy of the statement: its originator and figure, perhaps within three days."""
    said = question.row
    near = (rows["as_of_first"] <= said["as_of_last"] + COPIED_WITHIN) & (
        rows["as_of_last"] >= said["as_of_first"] - COPIED_WITHIN
    )
    same_range = (rows["value_low"] == said["value_low"]) & (rows["value_high"] == said["value_high"])
    same = (rows["value"] == said["value"]).fillna(same_range.fillna(False))
    kept: pd.DataFrame = rows[~((rows["originator"] == said["originator"]) & same.astype(bool) & near)]
    return kept


def readings_of_prints(question: Question, rows: pd.DataFrame) -> tuple[Range, ...]:
    """Return what each figure printed in the rows allows, each once and ascending, read as the basis says; or none.

    'About' allows the basis's tolerance on either side, so that of an exact and a rounded figure neither differs from
    the other.
    """
    numbers = [number for _, row in rows.iterrows() if (number := number_from(row)) is not None]
    how = question.basis.inexact_rows
    if how == "leave out":
        numbers = [one for one in numbers if one.comparator is Comparator.EXACT]
    readings = {
        one.allowed(about_tolerance=question.basis.about_tolerance)
        if how == "as bounds" and one.comparator is not Comparator.EXACT
        else Range(low=one.low, high=one.high)
        for one in numbers
    }
    return tuple(sorted(readings, key=lambda one: (one.low, one.high)))
