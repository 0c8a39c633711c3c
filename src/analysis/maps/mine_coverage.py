"""Coverage counted in mines: mines on the records over mines laid, as bounds. Not a share of area or of accidents.

Numerators hold antipersonnel and anti-tank mines, in part other explosive devices; denominators hold mines, in part
other explosive devices, and no page says how they were counted. The quotient assumes that every recorded mine was laid.
"""

from __future__ import annotations

import math
from typing import Any, Final

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.evidence.comparators import bounds
from analysis.maps.outcomes import records
from analysis.maps.scope import InexactRows
from analysis.maps.statements import COVERED, LAID, ON_RECORDS, has_counts
from analysis.stats.ratios import quotient_range

UNIT: Final = "mine"
ALL_RECORDS: Final = ("regained_districts", "recorded_minefields")
ALL_LAID: Final = "all"
WITHOUT_UPPER_LIMITS: Final = "without 'fewer than' and 'up to'"
UPPER_LIMITS_ONLY: Final = "only 'fewer than' and 'up to'"

_UPPER_LIMITS: Final = ("<", "<=")


def numbers_on_records(statements: pd.DataFrame) -> pd.DataFrame:
    """Return each number of mines said to be on all records, once, by its first statement.

    Numbers for single districts or transfers are no numerator for all mines laid and are left out.
    """
    rows = statements[(statements["topic"] == ON_RECORDS) & statements["geography"].isin(ALL_RECORDS)]
    return _once(rows, ["number"])


def numbers_laid(statements: pd.DataFrame) -> pd.DataFrame:
    """Return each number of mines said to be laid with each comparator, once, by its first statement."""
    return _once(statements[statements["topic"] == LAID], ["number", "comparator"])


def coverage_by_mines(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the share of mines laid that the records contain, for each pair of statements, in mines.

    Returns
    -------
    DataFrame
        `unit` (always 'mine'), `on_records`, `on_records_by`, `laid`, `laid_as_stated` (with its comparator),
        `laid_exact`, `upper_limit` (whether the number laid is 'fewer than' or 'up to'), `laid_by`, `statements_laid`
        (how many say so), `as_printed` (share of the printed figures),
        `low`, `high` (what the comparators allow; 0 and 1 where nothing bounds), `sources`.

    Raises
    ------
    InsufficientEvidence
        If either number is missing.
    """
    recorded, laid = numbers_on_records(statements), numbers_laid(statements)
    laid = laid.join(bounds(laid.astype({"number": "Int64"}), "number"))
    if recorded.empty or laid.empty:
        missing = "mines on all records" if recorded.empty else "mines laid"
        raise InsufficientEvidence(f"no statement in the selection gives a number of {missing}, so there is no share")
    rows = [_pair(numerator, denominator) for numerator in records(recorded) for denominator in records(laid)]
    return pd.DataFrame(rows)


def coverage_range(pairs: pd.DataFrame, *, inexact_rows: InexactRows) -> Interval:
    """Return the range of the share over all pairs of statements.

    Parameters
    ----------
    pairs
        Table of :func:`coverage_by_mines`.
    inexact_rows
        "as printed": from the smallest to the largest quotient of printed figures (a reported range). "as bounds": the
        hull of what every pair allows. A number laid 'more than' some figure has no upper end, so nothing keeps the
        share above 0; one 'up to' some figure has no lower end but the mines recorded, so nothing keeps it below 1.
        "leave out": as printed, since only exact rows are left.
    """
    if inexact_rows != "as bounds":
        values = pairs["as_printed"]
        return Interval(low=float(values.min()), high=float(values.max()), kind=IntervalKind.REPORTED)
    return Interval(low=float(pairs["low"].min()), high=float(pairs["high"].max()), kind=IntervalKind.BOUND)


def range_by_reading(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the range of the share by what is done with inexact figures, and with which numbers laid.

    Statements of an upper limit and of a lower limit contradict each other; neither is preferred, so the bound over all
    pairs stands beside the bounds over either group.

    Returns
    -------
    DataFrame
        `inexact_rows`, `numbers_laid` (which of them are used), `pairs` (how many), `low`, `high` (0 to 1), `kind`.
    """
    upper, exact = pairs["upper_limit"], pairs["laid_exact"]
    chosen: tuple[tuple[InexactRows, str, pd.DataFrame], ...] = (
        ("as bounds", ALL_LAID, pairs),
        ("as bounds", WITHOUT_UPPER_LIMITS, pairs[~upper]),
        ("as bounds", UPPER_LIMITS_ONLY, pairs[upper]),
        ("as printed", ALL_LAID, pairs),
        ("leave out", "exact ones only", pairs[exact]),
    )
    rows = []
    for reading, which, used in chosen:
        if used.empty:
            continue
        interval = coverage_range(used, inexact_rows=reading)
        ends = {"low": interval.low, "high": interval.high, "kind": str(interval.kind)}
        rows.append({"inexact_rows": reading, "numbers_laid": which, "pairs": len(used), **ends})
    return pd.DataFrame(rows, columns=["inexact_rows", "numbers_laid", "pairs", "low", "high", "kind"])


def stated_pairs(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the shares whose numerator and denominator stand in one statement, in order of date."""
    rows = statements[(statements["topic"] == COVERED) & has_counts(statements)]
    columns = [
        "as_of", "as_of_last", "number", "denominator", "share", "comparator", "attributed_to", "source_id", "row_id",
    ]  # fmt: skip
    return rows[columns].reset_index(drop=True)


def _once(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    kept = rows[rows["number"].notna()]
    ordered = kept.sort_values(["as_of_last", "row_id"])
    groups = ordered.groupby(key, sort=True)
    first = groups.head(1).set_index(key).sort_index()
    first["statements"] = groups.size()
    first["sources"] = groups["source_id"].agg(lambda ids: ", ".join(sorted(set(ids))))
    return first.reset_index()


def _pair(numerator: dict[str, Any], denominator: dict[str, Any]) -> dict[str, Any]:
    recorded, laid = float(numerator["number"]), float(denominator["number"])
    # No more mines are on the records than were laid, so an open lower end of the number laid stops there.
    laid_low = recorded if math.isinf(denominator["low"]) else float(denominator["low"])
    share = quotient_range(recorded, recorded, laid_low, float(denominator["high"]))
    return {
        "unit": UNIT,
        "on_records": int(recorded),
        "on_records_by": numerator["attributed_to"],
        "laid": int(laid),
        "laid_as_stated": _as_stated(int(laid), str(denominator["comparator"])),
        "laid_exact": denominator["comparator"] == "=",
        "upper_limit": denominator["comparator"] in _UPPER_LIMITS,
        "laid_by": denominator["attributed_to"],
        "statements_laid": denominator["statements"],
        "as_printed": recorded / laid,
        "low": share.low,
        "high": min(1.0, share.high),
        "sources": ", ".join(
            sorted({*str(numerator["sources"]).split(", "), *str(denominator["sources"]).split(", ")})
        ),
    }


def _as_stated(number: int, comparator: str) -> str:
    words = {">": "more than ", ">=": "at least ", "<": "fewer than ", "<=": "up to ", "~": "about ", "=": ""}
    return f"{words[comparator]}{number:,}"
