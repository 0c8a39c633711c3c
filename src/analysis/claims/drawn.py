"""What the figure of the audit draws: one row a statement, one row a mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

import pandas as pd

from analysis.claims.audit import AuditedStatement
from analysis.claims.beside import JudgedPair
from analysis.claims.stated import Range, StatedNumber
from analysis.claims.verdict import Counterpart, Statement, Verdict
from analysis.claims.wording import difference_words, number_words, range_words, stated_words
from analysis.estimate import sorted_union

_COMPARED = (Verdict.AGREES, Verdict.AGREES_AS_A_BOUND, Verdict.DIFFERS)


class Role(StrEnum):
    """What a mark is; statements are drawn differently from what was computed."""

    STATEMENT = "the statement"
    COUNTERPART = "counterpart of the same scope"
    OTHER_SCOPE = "count of another unit or scope"
    ANOTHER_STATEMENT = "another statement of the quantity"


def figure_rows(audited: Sequence[AuditedStatement], beside: pd.DataFrame) -> pd.DataFrame:
    """Return one row a statement, ordered by verdict and then as in the article.

    Returns
    -------
    DataFrame
        claim, short, stated, verdict, result (counterpart and difference, or the reason), beside (statements shown
        beside it), other_parties (how many of them come from another party).
    """
    order = [str(verdict) for verdict in Verdict]
    rows = [
        {
            "claim": each.claim.claim_id,
            "short": each.reading.short,
            "stated": stated_words(each.statement.number, each.statement.scope.unit),
            "verdict": str(each.judgement.verdict),
            "result": _result(each),
            **_beside(each, beside),
        }
        for each in audited
    ]
    return pd.DataFrame(rows).sort_values("verdict", key=lambda column: column.map(order.index), kind="stable")


def figure_marks(audited: Sequence[AuditedStatement], pairs: Iterable[JudgedPair]) -> pd.DataFrame:
    """Return the marks: claim, role, low, high (infinite for bounds), unit, label, decides, source_ids.

    Another statement is drawn only where it is of the quantity and area of the audited one. A figure that stands in
    several roles is drawn once, in the first of :class:`Role`.
    """
    marks = [mark for each in audited for mark in _own_marks(each)]
    known = {each.claim.claim_id: each for each in audited}
    for pair in pairs:
        each = known.get(pair.reading.about)
        if each is None:
            continue
        members = zip((pair.first, pair.second), pair.sources, strict=True)
        marks += [_other_mark(each, one, source) for one, source in members if _is_another(each.statement, one)]
    columns = ["claim", "role", "low", "high", "unit", "label", "decides", "source_ids"]
    table = pd.DataFrame(marks, columns=columns)
    # What was computed stays in sight where it equals the statement; statements that only repeat a figure do not.
    table["computed"] = table["role"] == Role.COUNTERPART
    # Of equal figures the one that decided the verdict is kept, else the first.
    first = table.sort_values("decides", ascending=False, kind="stable")
    first = first.sort_values("role", key=lambda role: role.map(list(Role).index), kind="stable")
    once = first.drop_duplicates(["claim", "low", "high", "computed"]).sort_index()
    return once.drop(columns="computed").reset_index(drop=True)


def figure_sources(audited: Iterable[AuditedStatement], marks: pd.DataFrame) -> tuple[str, ...]:
    """Return every source behind what the figure draws, sorted."""
    return sorted_union(
        *(pages.split(", ") for pages in marks["source_ids"]),
        [each.claim.source_id for each in audited],
        *(each.search.also_read for each in audited),
    )


def _result(each: AuditedStatement) -> str:
    decided, number = each.judgement.decided_by, each.statement.number
    if each.judgement.verdict not in _COMPARED or decided is None or number is None:
        return each.judgement.reason
    unit = each.statement.scope.unit
    found = " or ".join(range_words(reading, unit) for reading in decided.readings)
    difference = difference_words(number, decided.hull, unit)
    return f"{found}: {'no difference' if difference == 'none' else difference}"


def _beside(each: AuditedStatement, beside: pd.DataFrame) -> dict[str, int]:
    rows = beside[beside["beside"] == each.claim.claim_id]
    return {"beside": len(rows), "other_parties": int((~rows["party"].isin([each.party, "unknown"])).sum())}


def _own_marks(each: AuditedStatement) -> list[dict[str, object]]:
    unit = each.statement.scope.unit
    marks = []
    if each.statement.number is not None:
        marks.append(_mark(each, Role.STATEMENT, _as_range(each.statement.number), unit, each.claim.source_id))
    for one in each.search.counterparts:
        role = Role.COUNTERPART if _is_compared(each, one) else Role.OTHER_SCOPE
        decides = one is each.judgement.decided_by
        pages = ", ".join(one.sources)
        marks += [_mark(each, role, reading, one.scope.unit, pages, decides=decides) for reading in one.readings]
    return marks


def _is_compared(each: AuditedStatement, one: Counterpart) -> bool:
    return each.judgement.verdict in _COMPARED and (one is each.judgement.decided_by or one.bridge is not None)


def _is_another(statement: Statement, one: Statement) -> bool:
    # 'casualties_total_civilian' is part of 'casualties_total' and is drawn with it.
    same = one.scope.quantity.startswith(statement.scope.quantity) and one.scope.area == statement.scope.area
    return one.statement_id != statement.statement_id and one.number is not None and same


def _other_mark(each: AuditedStatement, one: Statement, source_id: str) -> dict[str, object]:
    number = one.number
    assert number is not None  # noqa: S101 - the caller keeps only statements with a figure
    return _mark(each, Role.ANOTHER_STATEMENT, _as_range(number), one.scope.unit, source_id)


def _as_range(number: StatedNumber) -> Range:
    """Return the printed figure as drawn: a bound from its figure without limit, everything else as printed."""
    if not number.is_bound:
        return Range(low=number.low, high=number.high)
    return number.allowed(about_tolerance=0.0)


def _mark(
    each: AuditedStatement, role: Role, reading: Range, unit: str, source_ids: str, *, decides: bool = False
) -> dict[str, object]:
    return {
        "claim": each.claim.claim_id,
        "role": str(role),
        "low": reading.low,
        "high": reading.high,
        "unit": unit,
        "label": _label(reading, unit),
        "decides": decides,
        "source_ids": source_ids,
    }


def _label(reading: Range, unit: str) -> str:
    if reading.one_sided:
        sign = {True: ">", False: "\N{GREATER-THAN OR EQUAL TO}"}[reading.open_low]
        if reading.low == float("-inf"):
            sign = {True: "<", False: "\N{LESS-THAN OR EQUAL TO}"}[reading.open_high]
        end = reading.high if reading.low == float("-inf") else reading.low
        return f"{sign} {number_words(end, unit)}"
    low, high = number_words(reading.low, unit), number_words(reading.high, unit)
    return low if low == high else f"{low}\N{EN DASH}{high}"
