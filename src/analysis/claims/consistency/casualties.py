"""Topics of casualties: running totals since 2020 with their splits and closed counts, and totals since the 1990s."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Final

import pandas as pd

from analysis.casualties.scope import all_time_totals, closed_counts, running_totals
from analysis.claims.basis import Basis
from analysis.claims.consistency.statements import (
    Figure,
    Topic,
    count_number,
    figure_of,
    members_of,
    row_allowed,
)
from analysis.claims.stated import StatedNumber
from analysis.claims.wording import stated_words
from analysis.stats.infeasible_subsets import LinearRow

_Read = Callable[[pd.Series, tuple[str, ...], str, float], list[LinearRow]]

_ONE_DAY: Final = pd.Timedelta(days=1)
_YEAR: Final = pd.Timedelta(days=360)
_SPLIT: Final = ("ck", "ci", "mk", "mi")
# The parts that every printed column is a sum of.
_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "total": ("ck", "ci", "mk", "mi"),
    "killed": ("ck", "mk"),
    "injured": ("ci", "mi"),
    "civilian_killed": ("ck",),
    "civilian_injured": ("ci",),
    "military_killed": ("mk",),
    "military_injured": ("mi",),
}
_ALL_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "total": ("k", "i"),
    "killed": ("k",),
    "injured": ("i",),
    "children": ("c",),
    "women": ("w",),
}
_WITHIN: Final = (
    "all offices count the same casualties, in Azerbaijan and in the regained districts alike; total = killed + "
    "injured; civilians and military are all there are"
)
_NEVER_FALLS: Final = "a registered casualty is not taken off the count again"
_SAME_YEAR: Final = "a count for a closed period holds the casualties registered in it"
_ALL_TIME: Final = "totals since 1991 and since 1992 are one count"


def topic_same_day(basis: Basis, *, about_tolerance: float) -> Topic:
    """Return the topic of running totals since 2020 that are dated the same day: totals, splits, two figures.

    Days are not linked: what falls between two days is reconciled by :mod:`analysis.casualties.running_totals`.
    """
    rows = running_totals(basis.evidence, period_end=basis.period_end, exclude_originators=basis.excluded)
    dated = rows[rows["as_of_precision"] == "day"]
    figures = _whole_rows(basis, dated, _PARTS, about_tolerance)
    return _topic("casualties since 10 November 2020 to one day", figures, _SPLIT, (_WITHIN,), days_linked=False)


def topic_years(basis: Basis, *, about_tolerance: float) -> Topic:
    """Return the topic of counts for whole years beside the running totals nearest to the ends of these years."""
    limits = {"period_end": basis.period_end, "exclude_originators": basis.excluded}
    totals, closed = running_totals(basis.evidence, **limits), closed_counts(basis.evidence, **limits)  # type: ignore[arg-type]
    years = closed[
        (closed["period_end_last"] - closed["period_start_first"] >= _YEAR)
        & (closed["period_end_last"].dt.year == closed["period_start_first"].dt.year)
    ]
    dated = totals[(totals["as_of_precision"] == "day") & totals["killed"].notna() & totals["injured"].notna()]
    ends = sorted({*(years["period_start_first"] - _ONE_DAY), *years["period_end_last"]})
    near = sorted({day for end in ends for day in _nearest(dated["as_of_last"], end)})
    outcomes = {name: _PARTS[name] for name in ("total", "killed", "injured")}
    figures = [
        *_whole_rows(basis, dated[dated["as_of_last"].isin(near)], outcomes, about_tolerance),
        *_whole_rows(basis, years, outcomes, about_tolerance),
    ]
    assumptions = (_WITHIN, _NEVER_FALLS, _SAME_YEAR)
    return _topic("counts for a year and running totals", figures, _SPLIT, assumptions)


def topic_all_time(basis: Basis, *, about_tolerance: float) -> Topic:
    """Return the topic of totals that say they start in the 1990s, with children, women and those killed."""
    rows = all_time_totals(basis.evidence, period_end=basis.period_end, exclude_originators=basis.excluded)
    figures = _figures(basis, rows[rows["period_start"].notna()], _ALL_PARTS, about_tolerance)
    return _topic("casualties since the 1990s", figures, ("k", "i", "c", "w"), (_ALL_TIME, _NEVER_FALLS))


def _nearest(days: pd.Series, end: pd.Timestamp) -> list[pd.Timestamp]:
    """Return the last day up to the end and the first from it on, as far as there are any."""
    before, after = days[days <= end], days[days >= end]
    return [*([] if before.empty else [before.max()]), *([] if after.empty else [after.min()])]


def _figures(
    basis: Basis, rows: pd.DataFrame, columns: Mapping[str, tuple[str, ...]], about_tolerance: float
) -> list[Figure]:
    """Return one figure for each printed column."""
    read = _reader(rows)
    return [
        _figure(basis, row, (column,), read(row, parts, column, about_tolerance))
        for _, row in rows.iterrows()
        for column, parts in columns.items()
        if not pd.isna(row[column])
    ]


def _whole_rows(
    basis: Basis, rows: pd.DataFrame, columns: Mapping[str, tuple[str, ...]], about_tolerance: float
) -> list[Figure]:
    """Return one figure for each row with all its columns: what one page says at one time is one statement."""
    read = _reader(rows)
    found = []
    for _, row in rows.iterrows():
        printed = tuple(column for column in columns if not pd.isna(row[column]))
        if printed:
            said = [one for column in printed for one in read(row, columns[column], column, about_tolerance)]
            found.append(_figure(basis, row, printed, said))
    return found


def _reader(rows: pd.DataFrame) -> _Read:
    return _period_rows if "period_end" in rows.columns else _total_rows


def _topic(
    name: str,
    figures: Iterable[Figure],
    parts: Iterable[str],
    assumptions: tuple[str, ...],
    *,
    days_linked: bool = True,
) -> Topic:
    members = members_of(figures)
    used = sorted({term for one in members for row in one.figures[0].rows for term in row.terms})
    days = sorted({term.split("@")[1] for term in used})
    always = [
        LinearRow(terms={f"{part}@{later}": 1.0, f"{part}@{earlier}": -1.0}, low=0.0)
        for earlier, later in pairwise(days)
        for part in parts
        if days_linked
    ]
    return Topic(
        name=name,
        members=members,
        always=tuple(always),
        whole_numbers=frozenset(f"{part}@{day}" for part in parts for day in days),
        assumptions=assumptions,
    )


def _total_rows(row: pd.Series, parts: tuple[str, ...], column: str, about_tolerance: float) -> list[LinearRow]:
    """Return what a column of a running total says; one dated by month or year bounds the count at its ends."""
    first, last = row["as_of_first"], row["as_of_last"]
    whole = row_allowed(_at(parts, last), _number(row, column), about_tolerance=about_tolerance)
    if first == last:
        return [whole]
    return [
        LinearRow(terms=whole.terms, low=whole.low, open_low=whole.open_low),
        LinearRow(terms=_at(parts, first), high=whole.high, open_high=whole.open_high),
    ]


def _period_rows(row: pd.Series, parts: tuple[str, ...], column: str, about_tolerance: float) -> list[LinearRow]:
    before = _at(parts, row["period_start_first"] - _ONE_DAY)
    terms = _at(parts, row["period_end_last"]) | {name: -one for name, one in before.items()}
    return [row_allowed(terms, _number(row, column), about_tolerance=about_tolerance)]


def _number(row: pd.Series, column: str) -> StatedNumber:
    # The comparator of these rows belongs to the total; the notes say that other columns are exact.
    return count_number(float(row[column]), row["comparator"] if column == "total" else "=")


def _at(parts: Iterable[str], day: pd.Timestamp) -> dict[str, float]:
    return {f"{part}@{day.date().isoformat()}": 1.0 for part in parts}


def _figure(basis: Basis, row: pd.Series, columns: tuple[str, ...], rows: list[LinearRow]) -> Figure:
    names = {"total": "casualties"} | {name: name.replace("_", " ") for name in columns if name != "total"}
    said = ", ".join(stated_words(_number(row, column), names[column]) for column in columns)
    # Closed periods of these topics are calendar years.
    span = f" in {row['period_end_last'].year}" if "period_end" in row else ""
    return figure_of(basis.evidence, row, key="row_id", words=f"{said}{span}", rows=rows)
