"""How a statement is read: what kind it is, what its figure is about, and the figure itself from its row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from analysis.claims.scope import Scope
from analysis.claims.stated import StatedNumber, last_digit
from analysis.claims.verdict import Statement, StatementKind
from analysis.evidence.comparators import Comparator

NOT_STATED: Final = "not stated"

_UNITS: Final = {
    "people": "persons",
    "victims": "persons",
    "incidents": "accidents",
    "per cent": "share",
    "percent": "share",
}
# One name for the same quantity in different tables.
_QUANTITIES: Final = {
    "accuracy_share": "map_accuracy_share",
    "total": "casualties_total",
    "children": "casualties_children",
    "women": "casualties_women",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader has to decide about a statement before the rule can run; no verdict among it.

    Parameters
    ----------
    claim_id
        Its row in ``claims.csv``.
    short
        The statement in a few words, for figures.
    kind
        What sort of statement it is.
    population
        Whom or what its figure covers.
    words_as_number
        The figure a word stands for ('most' is more than half); None where the row has the figure or none is meant.
    unit
        Unit of the figure a word stands for; empty where the row has it.
    would_change
        What evidence would change the verdict.
    beside
        Rows and sources that repeat it, reply to it or bear on it, shown beside it whatever they say.
    """

    claim_id: str
    short: str
    kind: StatementKind
    population: str = NOT_STATED
    words_as_number: StatedNumber | None = None
    unit: str = ""
    would_change: str
    beside: tuple[str, ...] = ()


def statement_from(row: pd.Series, *, reading: Reading) -> Statement:
    """Return the statement of a claims row, read as `reading` says."""
    number = reading.words_as_number or number_from(row)
    is_quantity = reading.kind is StatementKind.QUANTITY
    scope = scope_from(row, population=reading.population)
    return Statement(
        statement_id=reading.claim_id,
        kind=reading.kind,
        scope=replace(scope, unit=reading.unit or scope.unit),
        number=number if is_quantity else None,
    )


def scope_from(row: pd.Series, *, population: str, column: str = "value") -> Scope:
    """Return what the figure in `column` of a row is about; the words are those of the evidence tables."""
    quantity = row["quantity"] if column == "value" else column
    start, end = (_text(row.get(name)) for name in ("period_start", "period_end"))
    if end == NOT_STATED:
        end = _text(row["as_of"])
    return Scope(
        quantity=_QUANTITIES.get(quantity, quantity),
        unit=_unit(row, column),
        population=population,
        area=_text(row["geography"]),
        period=f"{start} to {end}",
        originator=row["originator"],
    )


def number_from(row: pd.Series, *, column: str = "value") -> StatedNumber | None:
    """Return the figure in `column` with its wording, shares as 0 to 1; None where the row has none.

    Printed ranges (`value_low`, `value_high`) are read where `value` is empty. In a row of running totals the
    comparator belongs to the total: the notes of these rows say that other columns are exact.
    """
    ends = [row.get(column)]
    if pd.isna(ends[0]):
        ends = [row.get(f"{column}_low"), row.get(f"{column}_high")]
    if any(end is None or pd.isna(end) for end in ends):
        return None
    low, high = float(ends[0]), float(ends[-1])  # type: ignore[arg-type]
    stated = row["comparator"] if column in ("value", "total") and not pd.isna(row["comparator"]) else "="
    scale = 100.0 if _unit(row, column) == "share" and max(low, high) > 1 else 1.0
    step = min(last_digit(low), last_digit(high)) / scale
    return StatedNumber(low=low / scale, high=high / scale, comparator=Comparator(stated), step=step)


def _unit(row: pd.Series, column: str) -> str:
    if column != "value":
        return "persons"
    printed = row.get("unit")
    if printed is None:
        # map_assessment names the unit in the definition: 'per cent; ...' or 'count; ...'.
        return "share" if str(row["definition"]).startswith("per cent") else "mines"
    return _UNITS.get(printed, _text(printed))


def _text(value: object) -> str:
    return NOT_STATED if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]
