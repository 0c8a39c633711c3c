"""Statements about minefield records: correct share, explosions outside them, coverage."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Final

import pandas as pd

from analysis.claims.basis import Basis
from analysis.claims.bridged import HERE, bridged, districts_named, readings_of_prints, without_copies
from analysis.claims.scope import ScopePart
from analysis.claims.search import Question, Search, originators_of, sources_of
from analysis.claims.stated import Range
from analysis.claims.verdict import Counterpart, Statement
from analysis.errors import InsufficientEvidence
from analysis.estimate import sorted_union
from analysis.maps.mine_coverage import coverage_by_mines, coverage_range
from analysis.maps.scope import InexactRows
from analysis.maps.statements import LAID, ON_RECORDS, as_statements

AS_PRINTED: Final[InexactRows] = "as printed"

# The word of a definition that says what is counted; rows without one of them do not say it.
_COUNTED: Final = {"INCIDENTS": "accidents", "VICTIMS": "casualties"}
# Quantities that are shares of accidents by what people were doing.
_ACTIVITIES: Final = (
    "share_unauthorised_trips",
    "share_agricultural_work",
    "share_workers_on_duty",
    "share_infrastructure_work",
    "victims_by_activity_",
)
_LINE: Final = "share outside the former line of contact"


def find_correct_share(question: Question) -> Search:
    """Return correct shares that are published with numerator and denominator; so far there is none."""
    everywhere = _rows_on_records(question.basis)
    rows = everywhere[everywhere["source_id"] != question.page]
    counted = rows[rows["numerator"].notna() & rows["denominator"].notna()]
    found = [
        _share(one, question.statement, quantity="map_accuracy_share", population="records checked")
        for _, one in counted.iterrows()
    ]
    # Counted with the statement's own page, so that the reason is one for all statements.
    shares = everywhere[everywhere["value"].notna()]
    reason = (
        f"{len(shares)} rows by {len(originators_of(shares))} originators print a share of the records, "
        f"{len(counted) or 'none'} with numerator, denominator or method"
    )
    return Search(counterparts=tuple(found), none_of_scope=reason, also_read=sources_of(rows))


def _rows_on_records(basis: Basis) -> pd.DataFrame:
    """Return the rows that say how much of the records is right or of use, benchmarks of other countries left out."""
    rows = basis.table("map_assessment")
    rows = rows[
        rows["quantity"].isin(("accuracy_share", "usefulness_share")) & ~rows["definition"].str.startswith("BENCHMARK")
    ]
    return rows[rows["comparator"].fillna("=") == "="] if basis.inexact_rows == "leave out" else rows


def find_outside_share(question: Question) -> Search:
    """Return counts outside the former line of contact, another quantity than outside the records."""
    printed = _assessments(question, ("outside_mapped_share",))
    line = _assessments(question, ("outside_line_of_contact",))
    counted = line[line["numerator"].notna() & line["denominator"].notna()].copy()
    counted["what"] = counted["definition"].map(_what_is_counted)
    counted = counted[counted["what"].notna()].drop_duplicates(["numerator", "denominator", "what"])
    found = [
        _share(one, question.statement, quantity=_LINE, population=str(one["what"])) for _, one in counted.iterrows()
    ]
    reason = (
        "no count of accidents outside the records is published; counts outside the former line are of other things"
    )
    return Search(counterparts=tuple(found), none_of_scope=reason, also_read=sources_of(printed))


def find_coverage(question: Question) -> Search:
    """Return mines on the records over mines said to be laid: coverage by mines, not by area.

    The pairs and their range are those of :mod:`analysis.maps.mine_coverage`, so both studies print one bound.
    """
    basis, reason = question.basis, "no share of the mined area is published"
    if question.row["geography"] not in HERE:
        return Search(
            none_of_scope=f"{reason}; mines on the records are printed for the districts regained in 2020 only"
        )
    said = _mine_statements(question)
    try:
        pairs = coverage_by_mines(said)
    except InsufficientEvidence as missing:
        return Search(none_of_scope=f"{reason}; by mines, {missing}")
    used = said[said["source_id"].isin(sorted_union(*(ids.split(", ") for ids in pairs["sources"])))]
    found, printed = (coverage_range(pairs, inexact_rows=how) for how in (basis.inexact_rows, AS_PRINTED))
    reason = (
        f"{reason}; by mines, {_per_cent(printed.low)} to {_per_cent(printed.high)} per cent at the figures printed"
    )
    if basis.inexact_rows == "as bounds":
        reason += f", {_per_cent(found.low)} to {_per_cent(found.high)} as their comparators allow"
    counterpart = Counterpart(
        label="mines on records over mines said to be laid",
        readings=(Range(low=found.low, high=found.high),),
        scope=replace(
            question.statement.scope, quantity="share of mines on the records", unit="share", population="mines"
        ),
        sources=sources_of(used),
        originators=originators_of(used),
        note=f"{len(pairs)} pairs of a number recorded and a number laid",
    )
    return Search(counterparts=(counterpart,), none_of_scope=reason)


def find_mines_on_records(question: Question) -> Search:
    """Return the numbers of mines on the records of the same place, or of its parts, that other pages print."""
    rows = question.basis.tabled
    rows = rows[(rows["quantity"] == "mines_on_maps") & (rows["source_id"] != question.page)]
    if question.basis.inexact_rows == "leave out":
        rows = rows[rows["comparator"] == "="]
    same = without_copies(question, rows[rows["geography"] == question.row["geography"]])
    rounded = [_rounds_the_other(question.row, row) for _, row in same.iterrows()]
    same = same[~pd.Series(rounded, index=same.index, dtype=bool)]
    parts = _parts_of(question, rows)
    readings = sorted({*readings_of_prints(question, same), *parts.values()}, key=lambda one: (one.low, one.high))
    if not readings:
        raise InsufficientEvidence(
            "no other page prints the mines on the records of this place, but with this number again or rounded"
        )
    return bridged(
        question,
        readings,
        [same, rows[rows["claim_id"].isin([name for pair in parts for name in pair])]],
        label="mines on the records of this place, or of its parts added, on other pages",
        assumption="all pages speak of the same records and count the same devices",
        crosses=(ScopePart.ORIGINATOR, ScopePart.PERIOD),
    )


def _rounds_the_other(said: pd.Series, row: pd.Series) -> bool:
    """Return whether two numbers of one party are one number, printed whole and rounded: 390,709 and 400,000."""
    if said["party"] != row["party"] or pd.isna(said["value"]) or pd.isna(row["value"]):
        return False
    numbers = (float(said["value"]), float(row["value"]))
    return any(
        float(f"{one:.{digits}g}") == other
        for one, other in (numbers, numbers[::-1])
        if (digits := _significant_digits(other)) < _significant_digits(one)
    )


def _significant_digits(number: float) -> int:
    return len(f"{number:.0f}".rstrip("0"))


def _parts_of(question: Question, rows: pd.DataFrame) -> dict[tuple[str, str], Range]:
    """Return the sums of two printed numbers for places that together are the place, by their rows."""
    place = districts_named(str(question.row["geography"]))
    known = [
        (str(row["claim_id"]), districts_named(str(row["geography"])), reading)
        for _, row in rows.iterrows()
        for reading in readings_of_prints(question, row.to_frame().T)
    ]
    return {
        (first, second): Range(low=one.low + other.low, high=one.high + other.high)
        for (first, here, one), (second, there, other) in combinations(known, 2)
        if here | there == place and not here & there
    }


def find_places(question: Question) -> Search:
    """Return the published shares of accidents by activity; none is by kind of place."""
    claims = question.basis.table("claims")
    by_activity = claims[
        claims["quantity"].str.startswith(_ACTIVITIES)
        & (claims["source_id"] != question.page)
        & claims["value"].notna()
    ]
    found = [
        Counterpart(
            label=str(one["statement"]),
            readings=(Range(low=float(one["value"]) / 100, high=float(one["value"]) / 100),),
            scope=replace(
                question.statement.scope,
                quantity="share by activity",
                period=f"{one['period_start']} to {one['period_end']}",
                originator=str(one["originator"]),
            ),
            sources=(str(one["source_id"]),),
            originators=(str(one["originator"]),),
        )
        for _, one in by_activity.iterrows()
    ]
    reason = f"accidents are published by activity ({len(found)} shares), not by kind of place"
    return Search(counterparts=tuple(found), none_of_scope=reason)


def _assessments(question: Question, quantities: tuple[str, ...]) -> pd.DataFrame:
    """Return the rows of other pages than the statement's own, in the order of the table."""
    rows = question.basis.table("map_assessment")
    rows = rows[rows["quantity"].isin(quantities) & (rows["source_id"] != question.page)]
    return rows[rows["comparator"].fillna("=") == "="] if question.basis.inexact_rows == "leave out" else rows


def _share(row: pd.Series, statement: Statement, *, quantity: str, population: str) -> Counterpart:
    share = float(row["numerator"]) / float(row["denominator"])
    text = f"{row['numerator']:g} of {row['denominator']:g} {population}"
    label = f"{text} outside the former line of contact ({row['as_of']})" if quantity == _LINE else text
    return Counterpart(
        label=label,
        readings=(Range(low=share, high=share),),
        scope=replace(
            statement.scope,
            quantity=quantity,
            population=population,
            period=f"2020-11-10 to {row['as_of']}",
            originator=str(row["originator"]),
        ),
        sources=(str(row["source_id"]),),
        originators=(str(row["originator"]),),
    )


def _what_is_counted(definition: str) -> str | None:
    return next((unit for word, unit in _COUNTED.items() if word in definition), None)


def _mine_statements(question: Question) -> pd.DataFrame:
    """Return the statements of other pages about mines on the records and mines laid."""
    assessed, claims, estimates = (
        question.basis.table(name) for name in ("map_assessment", "claims", "contamination_estimate")
    )
    assessed = assessed[~assessed["definition"].str.startswith("BENCHMARK")]
    said = as_statements(assessed, claims, estimates, question.basis.evidence.table("originators"))
    kept = said["topic"].isin([ON_RECORDS, LAID]) & (said["source_id"] != question.page)
    if question.basis.inexact_rows == "leave out":
        kept &= said["comparator"] == "="
    return said[kept]


def _per_cent(share: float) -> str:
    return f"{100 * share:.0f}"
