"""Counterparts of statements of counts: accidents, casualties outside the line, survivors, changes, handovers."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd

from analysis.claims.bridged import COUNT_START, HERE, bridged, districts_named, without_copies
from analysis.claims.casualty_totals import group_rows, group_since_1991
from analysis.claims.never_falling import NeverFalling, never_falling
from analysis.claims.new_mine_counterparts import find_new_mines
from analysis.claims.scope import ScopePart
from analysis.claims.search import Question, Search
from analysis.claims.stated import Range
from analysis.errors import InsufficientEvidence
from analysis.estimate import sorted_union

# Names under which the claims table counts accidents, and those outside the former line, since the war of 2020.
_ACCIDENTS: Final = ("incidents_total", "mine_incidents", "explosions_count", "incidents")
_ACCIDENTS_OUTSIDE: Final = ("incidents_outside_former_line_of_contact",)
_CASUALTIES_OUTSIDE: Final = ("victims_outside_former_line_of_contact", "casualties_outside_former_front_line")
_MADE_IN_2021: Final = ("mines_made_2021_found", "mines_of_2021_production_found")
# Of its 2,728 mines, 1,119 along the border and 1,609 in the Karabakh economic region, only the latter are described as
# made in 2021 (see the note of maps-038, of the same page).
_OF_ANY_MAKE: Final = ("con-046",)
_PRINT: Final = ["first", "last", "value", "originator", "source_id"]


def find_accidents(question: Question) -> Search:
    """Return what counts of accidents on other pages allow for a count that never falls."""
    if not _since_the_war(question.row):
        raise InsufficientEvidence("counts with another start than the war of 2020 are published nowhere else")
    whole = _of_assessments(question, "denominator", casualties=False)
    prints = pd.concat([_claimed(question, _ACCIDENTS), whole], ignore_index=True)
    return _between(question, prints, quantity="accidents", what="accidents")


def find_outside_count(question: Question) -> Search:
    """Return what counts outside the former line on other pages allow for a count that never falls."""
    casualties = str(question.row["quantity"]).startswith(("victims", "casualties"))
    part = _of_assessments(question, "numerator", casualties=casualties)
    claimed = _claimed(question, _CASUALTIES_OUTSIDE if casualties else _ACCIDENTS_OUTSIDE)
    prints = pd.concat([claimed, part], ignore_index=True)
    counted = "casualties" if casualties else "accidents"
    what = f"{counted} outside the former line"
    return _between(question, prints, quantity=what, what=what, counted=counted)


def counted_outside(question: Question, *, casualties: bool) -> pd.DataFrame:
    """Return the rows of other pages that print a count outside the former line with the count it is part of.

    Rows without either count, or that give them as bounds, are left out; there may be none.
    """
    rows = question.basis.table("map_assessment")
    return rows[
        (rows["quantity"] == "outside_line_of_contact")
        & rows["numerator"].notna()
        & rows["denominator"].notna()
        & (rows["comparator"] == "=")
        & (rows["source_id"] != question.page)
        & (rows["definition"].str.contains("INCIDENTS") != casualties)
    ]


def find_women_and_children(question: Question) -> Search:
    """Return the reconciled numbers of children and of women, added."""
    first, last = question.span
    basis = question.other_pages
    parts = [group_since_1991(basis, name, first=first, last=last) for name in ("children", "women")]
    ends = [(one.value, one.value) if one.interval is None else (one.interval.low, one.interval.high) for one in parts]
    return bridged(
        question,
        [Range(low=sum(low for low, _ in ends), high=sum(high for _, high in ends))],
        [group_rows(basis, name) for name in ("children", "women")],
        label="children and women as printed elsewhere, each as a count that never falls, added",
        assumption="nobody is counted both as a child and as a woman",
    )


def find_injured(question: Question) -> Search:
    """Return the number injured at the nearest date in the same place: survivors are at most so many."""
    rows = question.basis.table("casualties_running_total")
    rows = rows[(rows["geography"] == question.row["geography"]) & rows["injured"].notna()]
    rows = rows[rows["source_id"] != question.page]
    if rows.empty:
        raise InsufficientEvidence("no number of injured is published for the same place")
    apart = (rows["as_of_last"] - question.span[1]).abs()
    near = rows[apart == apart.min()]
    return bridged(
        question,
        [Range(low=0.0, high=float(near["injured"].max()))],
        [near],
        label="persons injured by the nearest date",
        assumption="survivors are among the persons registered as injured",
        limits=True,
    )


def find_change_of_casualties(question: Question) -> Search:
    """Return the change from the year before to the year of the statement, by who counted both years."""
    rows = question.basis.table_by_end("casualties_period")
    rows = rows[rows["total"].notna() & (rows["geography"] == question.row["geography"])]
    if pd.isna(question.row["period_start_first"]):
        raise InsufficientEvidence("the statement names no year")
    year = int(question.row["period_start_first"].year)
    whole = {
        one: rows[
            (rows["period_start_first"] == pd.Timestamp(one, 1, 1))
            & (rows["period_end_last"] == pd.Timestamp(one, 12, 31))
        ]
        for one in (year - 1, year)
    }
    both = sorted({*whole[year - 1]["originator"]} & {*whole[year]["originator"]})
    if not both:
        raise InsufficientEvidence(f"nobody's counts for both {year - 1} and {year} are published for the same place")
    ends = {one: frame.groupby("originator")["total"].agg(["min", "max"]) for one, frame in whole.items()}
    changes = [
        Range(
            low=float(ends[year].loc[name, "min"] - ends[year - 1].loc[name, "max"]),
            high=float(ends[year].loc[name, "max"] - ends[year - 1].loc[name, "min"]),
        )
        for name in both
    ]
    return bridged(
        question,
        sorted(changes, key=lambda one: (one.low, one.high)),
        [frame[frame["originator"].isin(both)] for frame in whole.values()],
        label=f"casualties of {year} less those of {year - 1}",
        assumption="the counting of both years was the same",
    )


def find_mines_made_in_2021(question: Question) -> Search:
    """Return what counts for the same place on other pages allow for the mines found that were made in 2021."""
    claims = question.other_pages.table("claims")
    here = districts_named(str(question.row["geography"]))
    rows = claims[
        claims["quantity"].isin(_MADE_IN_2021)
        & (claims["comparator"] == "=")
        & claims["value"].notna()
        & ~claims["claim_id"].isin(_OF_ANY_MAKE)
    ]
    rows = rows[pd.Series([districts_named(one) == here for one in rows["geography"]], index=rows.index, dtype=bool)]
    if rows.empty or question.row["claim_id"] in _OF_ANY_MAKE:
        return find_new_mines(question)
    what = "mines made in 2021 found in this place"
    return _between(question, _at_their_days(rows), quantity="mines found", what=what, counted="mines")


def find_transfers(question: Question) -> Search:
    """Return how many days of handovers in 2021 each account names."""
    table = question.basis.evidence.table("map_record")
    table = table[~table["originator"].isin(question.basis.excluded) & (table["source_id"] != question.page)]
    table = table[table["source_id"].isin(question.basis.titles(sorted_union(table["source_id"])).index)]
    named = table[(table["handed_over_on_precision"] == "day") & (table["handed_over_on_last"].dt.year == 2021)]
    counts = named[named["party"].str.endswith("_authorities")].groupby("party")["handed_over_on"].nunique()
    if counts.empty:
        raise InsufficientEvidence("no handover dated to the day is told by an authority on another page")
    return bridged(
        question,
        [Range(low=float(count), high=float(count)) for count in sorted({*counts})],
        [named],
        label="days of handovers in 2021 as the authorities of either side tell them",
        assumption="a handover is a day, and the authorities of a side together name every one they know of",
    )


def find_outside_line_share(question: Question) -> Search:
    """Return the shares of accidents outside the former line that counts on other pages allow.

    Neither the accidents outside the line nor those on it fall, and together they are no more than all accidents.
    """
    counted = counted_outside(question, casualties=False)
    counted = counted[counted["as_of_first"].notna()]
    if counted.empty:
        raise InsufficientEvidence("no count outside the former line is published on another page")
    days = counted.assign(first=counted["as_of_first"], last=counted["as_of_last"])
    outside = _count(days.assign(value=days["numerator"]))
    inside = _count(days.assign(value=days["denominator"] - days["numerator"]))
    together = pd.concat([_claimed(question, _ACCIDENTS), days.assign(value=days["denominator"])[_PRINT]])
    together = together[together["first"].notna()]
    first, last = question.span
    most = _count(together).at_most(last)
    least_outside, least_inside = outside.at_least(first), inside.at_least(first)
    most_outside = min(outside.at_most(last), most - least_inside)
    most_inside = min(inside.at_most(last), most - least_outside)
    low, high = _share(least_outside, most_inside), 1 - _share(least_inside, most_outside)
    if low == 0 and high == 1:
        raise InsufficientEvidence("no count of accidents on another page is of a day near enough to limit the share")
    return bridged(
        question,
        [Range(low=low, high=high)],
        [counted, together],
        label="accidents outside the line and on it on other pages, as counts that never fall",
        assumption="all offices count the same accidents by the same line, and no count falls",
        limits=True,
    )


def _share(part: float, rest: float) -> float:
    return 0.0 if math.isinf(rest) or part + rest == 0 else part / (part + rest)


def _count(prints: pd.DataFrame) -> NeverFalling:
    """Return the count that never falls through the prints, one vote a voice and figure."""
    once = prints.drop_duplicates(["originator", "first", "last", "value"])
    return never_falling(once.assign(heard=once["originator"] == "unknown"))


def _heard(row: pd.Series) -> bool:
    return bool(row["originator"] == "unknown")


def _since_the_war(row: pd.Series) -> bool:
    return bool(row["period_start_first"] <= COUNT_START <= row["period_start_last"])


def _claimed(question: Question, quantities: tuple[str, ...]) -> pd.DataFrame:
    """Return the counts since the war of 2020 that other pages print in the claims table, with the days each is of."""
    claims = question.basis.table("claims")
    rows = claims[
        claims["quantity"].isin(quantities)
        & (claims["source_id"] != question.page)
        & (claims["comparator"] == "=")
        & claims["value"].notna()
        & claims["geography"].isin(HERE)
        & (claims["period_start_first"] <= COUNT_START)
        & (claims["period_start_last"] >= COUNT_START)
    ]
    return _at_their_days(without_copies(question, rows))


def _of_assessments(question: Question, column: str, *, casualties: bool) -> pd.DataFrame:
    """Return a count of the rows of :func:`counted_outside`, with the days each is of."""
    rows = counted_outside(question, casualties=casualties)
    counts = rows.assign(value=rows[column]).reindex(columns=[*rows.columns, "value_low", "value_high"])
    kept = without_copies(question, counts)
    return kept.assign(first=kept["as_of_first"], last=kept["as_of_last"])[_PRINT]


def _at_their_days(rows: pd.DataFrame) -> pd.DataFrame:
    """Return printed counts with the days each is of."""
    days = [_days_of(row) for _, row in rows.iterrows()]
    return rows.assign(first=[first for first, _ in days], last=[last for _, last in days])[_PRINT]


def _days_of(row: pd.Series) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day that a count may be of.

    A count to the end of a period is of that end, whenever it was told; 'in 2022' is of the last day of 2022.
    """
    if pd.isna(row["period_end"]):
        return row["as_of_first"], row["as_of_last"]
    if row["period_end"] == row["period_start"]:
        return row["period_end_last"], row["period_end_last"]
    return row["period_end_first"], row["period_end_last"]


def _between(
    question: Question, prints: pd.DataFrame, *, quantity: str, what: str, counted: str = "accidents"
) -> Search:
    """Return the limits that counts on other pages leave at the days of the statement."""
    dated = prints[prints["first"].notna() & prints["last"].notna()]
    if dated.empty:
        raise InsufficientEvidence(f"no count of {what} is published on another page")
    first, last = question.span if pd.isna(question.row["period_end"]) else _days_of(question.row)
    count = _count(dated)
    # A page that does not say who counted may repeat an older count: its figure may be of any day before.
    low = 0.0 if _heard(question.row) else count.at_least(first)
    high = count.at_most(last)
    if low == 0 and math.isinf(high):
        raise InsufficientEvidence(f"no count of {what} on another page is of a day near enough to limit it")
    return bridged(
        question,
        [Range(low=low, high=high)],
        [dated],
        label=f"{what} on other pages, as a count that never falls",
        assumption=f"all offices count the same {counted} whatever they call them, and a count never falls",
        crosses=(ScopePart.ORIGINATOR, ScopePart.QUANTITY),
        quantity=quantity,
        limits=low < high,
    )
