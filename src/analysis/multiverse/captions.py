"""Caption, description, numbers drawn and sources of the specification curves, every number in them computed."""

from __future__ import annotations

import math
from typing import Any, Final

import pandas as pd

from analysis.errors import ParameterError
from analysis.estimate import sorted_union
from analysis.multiverse.choice import Headline
from analysis.multiverse.curve import curve, default_row
from analysis.multiverse.mistakes import moving
from analysis.multiverse.table import StoredTable

WARNING: Final = "Not for navigation, clearance or any decision on safety."
_TITLES: Final = {
    "casualty_trends": "Casualty trends",
    "map_reliability": "Minefield records",
    "contamination": "Contamination and clearance",
}


def table_of(tables: tuple[StoredTable, ...], notebook: str) -> StoredTable:
    """Return the table of this study.

    Raises
    ------
    ParameterError
        If there is none.
    """
    found = [table for table in tables if table.multiverse.notebook == notebook]
    if not found:
        known = ", ".join(table.multiverse.notebook for table in tables)
        raise ParameterError(f"notebook: {notebook!r} has no stored table; these have one: {known}")
    return found[0]


def note(table: StoredTable) -> str:
    """Return the line under the figure."""
    pages = {page for one in table.made_from["headlines"].values() for page in one["sources"]}
    return (
        "Vermilion, larger: as the study does it. Blue: other defensible specifications. Grey crosses: known "
        "mistakes, not part of the curve.\n"
        "Lines: each specification's own interval, of the kind in the caption; arrow: no upper limit. "
        f"Shares of specifications are no probabilities.\n{len(pages)} pages, listed with the figure. {WARNING}"
    )


def figure_text(table: StoredTable, mistakes: pd.DataFrame) -> dict[str, Any]:
    """Return caption, alt text, numbers drawn, sources and keys for :meth:`analysis.reporting.study.Study.figure`."""
    headlines = table.multiverse.headlines
    return {
        "caption": _caption(table),
        "alt": "Specification curves. " + " ".join(_sentence(table, one) for one in headlines),
        "drawn": drawn(table, mistakes),
        "sources": sorted_union(*(one["sources"] for one in table.made_from["headlines"].values())),
        "estimates": [one.key.replace(".", "_") for one in headlines],
    }


def drawn(table: StoredTable, mistakes: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers drawn, one row a mark.

    Returns
    -------
    DataFrame
        headline, place (from the left), mistake (empty on the curve), value, low, high, default, specifications (how
        many the mark stands for), and a column a choice with the option taken (empty where it moves nothing).
    """
    frames = []
    for headline in table.multiverse.headlines:
        marks = curve(table, headline).drop(columns="interval_kind")
        wrong = moving(mistakes, headline.key)[["mistake", "value", "low", "high"]]
        frame = pd.concat([marks.assign(mistake=""), wrong.assign(default=False, specifications=0)], ignore_index=True)
        frame.insert(0, "headline", headline.label)
        frame.insert(1, "place", range(1, len(frame) + 1))
        frames.append(frame)
    whole = pd.concat(frames, ignore_index=True)
    names = [choice.name for choice in table.multiverse.choices]
    whole = whole.reindex(columns=[*whole.columns, *(name for name in names if name not in whole)])
    whole[names] = whole[names].fillna("")
    whole[["default", "specifications"]] = whole[["default", "specifications"]].astype({"specifications": int})
    first = ["headline", "place", "mistake", "value", "low", "high", "default", "specifications"]
    return whole[[*first, *names]]


def _caption(table: StoredTable) -> str:
    kinds = [f"{one.label}: {default_row(table, one)['interval_kind']}" for one in table.multiverse.headlines]
    return (
        f"{_TITLES[table.multiverse.notebook]} under {len(table.multiverse.specifications())} specifications: every "
        "combination of choices that a careful analyst could take, each with its written reason. Above, the value with "
        "the interval computed within that specification, in order of value; beneath, the options taken. Choices that "
        "move neither value nor interval are left out, and specifications that differ in them alone are one mark. "
        f"Intervals: {'; '.join(kinds)}. Crosses: what a known mistake would give; one that moves nothing has none. "
        f"How many specifications agree is a description of the choices listed, not a probability. {WARNING}"
    )


def _sentence(table: StoredTable, headline: Headline) -> str:
    rows = table.of(headline.key)
    values = rows["value"].dropna()
    count = f"{len(rows)}" if len(values) == len(rows) else f"{len(values)} (of {len(rows)}; others do not allow it)"
    first = default_row(table, headline)
    upper = f"{first['high']:.3g}" if math.isfinite(first["high"]) else "no upper limit"
    return (
        f"{headline.label}: {first['value']:.3g} as the study does it, interval {first['low']:.3g} to {upper}; "
        f"values from {values.min():.3g} to {values.max():.3g} over {count} specifications."
    )
