"""The study's results as tables to print."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.maps.scope import party_words
from analysis.maps.statements import has_counts, is_unverified
from analysis.maps.study import MapReliability

_TIMELINE_START: Final = pd.Timestamp(2020, 11, 10)


def whose_sentence(study: MapReliability) -> str:
    """Return whose figures these are, and what remains without the party that gives most of them."""
    first, others = study.whose.iloc[0], study.whose.iloc[1:]
    total = int(study.whose["rows"].sum())
    rest = ", ".join(f"{row['rows']} from {party_words(str(row['party']))}" for _, row in others.iterrows())
    return (
        f"{first['rows']} of {total} handover accounts and statements ({100 * first['share_of_rows']:.0f} %) come from "
        f"{party_words(str(first['party']))}; without them there remain {rest or 'none'}."
    )


def statement_table(study: MapReliability) -> pd.DataFrame:
    """Return every statement: when, what about, as printed, unit, whether counts were printed, of what, who."""
    said = study.said.timeline
    number = [_number(row) for _, row in said.iterrows()]
    counted = has_counts(said).map({True: "yes", False: "no"})
    unverified = is_unverified(said).map({True: ", unverified", False: ""})
    table = said.assign(stated=pd.Series(number, index=said.index) + unverified, counts_printed=counted)
    columns = [
        "as_of", "topic", "stated", "unit_counted", "counts_printed", "geography", "definition", "attributed_to",
    ]  # fmt: skip
    return table.set_index("row_id")[columns]


def explanation_table(study: MapReliability) -> pd.DataFrame:
    """Return the explanations of the first counts that cannot follow each other, with their arithmetic."""
    return study.line.explanations


def timeline_statements(study: MapReliability) -> pd.DataFrame:
    """Return the statements of the timeline: dated since the war of 2020; undated ones have no place on it."""
    said = study.said.timeline
    return said[said["as_of_first"] >= _TIMELINE_START].reset_index(drop=True)


def figure_counts(study: MapReliability) -> pd.DataFrame:
    """Return the numbers of the figure of shares: counts, shares, intervals, and the number on the line."""
    columns = ["unit", "as_of", "outside", "total", "on_line", "share", "low", "high", "naive_low", "naive_high"]
    return study.line.counts[columns] if len(study.line.counts) else study.line.counts


def curve_sample(study: MapReliability) -> pd.DataFrame:
    """Return the half-widths at every 50 accidents, as the figure draws them."""
    table = study.coverage.half_widths
    return table[table["accidents"] % 50 == 0].reset_index(drop=True) if len(table) else table


def _number(row: pd.Series) -> str:
    """Return the share as printed, else the number with its comparator, else 'no figure'."""
    if not pd.isna(row["share"]):
        return str(row["as_printed"])
    if pd.isna(row["number"]):
        return "no figure"
    comparator = {"=": "", "~": "about ", ">": "more than ", ">=": "at least ", "<": "fewer than ", "<=": "up to "}
    return f"{comparator.get(str(row['comparator']), '')}{row['number']:,.0f}"
