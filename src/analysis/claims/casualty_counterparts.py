"""Statements about casualties: the computed totals as their counterparts."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from analysis.claims.casualty_totals import (
    baseline_row,
    group_rows,
    group_since_1991,
    registered_path,
    total_since_1991,
)
from analysis.claims.scope import Bridge, ScopePart
from analysis.claims.search import Question, Search, originators_of
from analysis.claims.stated import Range
from analysis.claims.verdict import Counterpart, Statement
from analysis.estimate import Estimate

REPORTS_ANAMA: Final = "the article reports the presentation of the mine action agency, so its counts are the agency's"
"""What has to hold for the counts of the seed article."""

_ANAMAS_COUNT: Final = "the count meant is that of the mine action agency, from the same year and of the same persons"


def find_total(question: Question, *, assumption: str = _ANAMAS_COUNT) -> Search:
    """Return the computed total since 1991 as the counterpart of a statement about it, under an assumption."""
    basis, (first, last) = question.other_pages, question.span
    estimate = total_since_1991(basis, first=first, last=last)
    _, rows = registered_path(basis)
    bridge = Bridge(crosses=(ScopePart.ORIGINATOR,), assumption=assumption)
    label = f"{baseline_row(basis)['total']:,} to the end of the 2020 war plus the running total"
    return Search(counterparts=(_counterpart(estimate, question.statement, rows, label=label, bridge=bridge),))


def find_children(question: Question, *, assumption: str = _ANAMAS_COUNT) -> Search:
    """Return the reconciled number of children; some printed rows say that it covers young people too."""
    parts = (ScopePart.ORIGINATOR, ScopePart.POPULATION)
    bridge = Bridge(
        crosses=parts, assumption=f"{assumption}; and it means by children what they mean, young people included"
    )
    return _find_group(question, "children", bridge=bridge)


def find_women(question: Question, *, assumption: str = _ANAMAS_COUNT) -> Search:
    """Return the reconciled number of women."""
    bridge = Bridge(crosses=(ScopePart.ORIGINATOR,), assumption=assumption)
    return _find_group(question, "women", bridge=bridge)


def _find_group(question: Question, column: str, *, bridge: Bridge) -> Search:
    basis, (first, last) = question.other_pages, question.span
    estimate = group_since_1991(basis, column, first=first, last=last)
    rows = group_rows(basis, column)
    label = f"{column} in {len(rows)} printed rows, as a count that never falls"
    return Search(counterparts=(_counterpart(estimate, question.statement, rows, label=label, bridge=bridge),))


def _counterpart(
    estimate: Estimate, statement: Statement, rows: pd.DataFrame, *, label: str, bridge: Bridge
) -> Counterpart:
    interval = estimate.interval
    low, high = (estimate.value, estimate.value) if interval is None else (interval.low, interval.high)
    population = statement.scope.population
    if ScopePart.POPULATION in bridge.crosses:
        population = "children and young people"
    return Counterpart(
        label=label,
        readings=(Range(low=low, high=high),),
        scope=replace(statement.scope, originator="anama", population=population),
        sources=estimate.sources,
        originators=originators_of(rows),
        bridge=bridge,
        note=label,
    )
