"""Tables and sentences of the multiverse notebook: choices with their reasons, and what the stored tables are of."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.errors import ParameterError
from analysis.evidence import Evidence
from analysis.multiverse.curve import active_choices
from analysis.multiverse.register import MULTIVERSES
from analysis.multiverse.table import REPAIR, StoredTable, other_evidence, stored_table


def stored_tables() -> tuple[StoredTable, ...]:
    """Return the stored table of every study that has a multiverse; raises as `stored_table` does."""
    return tuple(stored_table(one) for one in MULTIVERSES)


def made_from_sentences(tables: Sequence[StoredTable], evidence: Evidence) -> str:
    """Return, a line a study, how many runs its table holds and whether they were made from this evidence.

    Raises
    ------
    ParameterError
        If the evidence lacks a page the tables rest on: it is another data package.
    """
    lines = []
    for table in tables:
        pages = {page for one in table.made_from["headlines"].values() for page in one["sources"]}
        missing = sorted(pages - {*evidence.sources.index})
        if missing:
            raise ParameterError(
                f"data: {len(missing)} pages the stored table of {table.multiverse.notebook} rests on are not in "
                f"this evidence ({missing[0]}, ...); the tables are of the repository's own: leave `data` empty"
            )
        other = other_evidence(table, evidence.checksums)
        said = (
            f"made from OTHER evidence than is read here ({', '.join(other)} differ): {REPAIR}"
            if other
            else "made from the evidence read here"
        )
        wrong = len(table.multiverse.mistakes)
        lines.append(
            f"{table.multiverse.notebook}: {table.made_from['runs'] - wrong} specifications and {wrong} known "
            f"{'mistake' if wrong == 1 else 'mistakes'}, {said}."
        )
    return "\n".join(lines)


def choices_table(tables: Sequence[StoredTable]) -> pd.DataFrame:
    """Return every option of every choice: study, choice, option, the reason; the first of a choice is the study's."""
    return pd.DataFrame(
        [
            {
                "study": table.multiverse.notebook,
                "choice": choice.name,
                "option": option.label,
                "why a careful analyst could take it": option.reason,
            }
            for table in tables
            for choice in table.multiverse.choices
            for option in choice.options
        ]
    )


def inert_choices(tables: Sequence[StoredTable]) -> pd.DataFrame:
    """Return, for each headline, the choices that move its value or interval and those that move neither."""
    rows = []
    for table in tables:
        names = [choice.name for choice in table.multiverse.choices]
        for headline in table.multiverse.headlines:
            active = active_choices(table, headline)
            inert = [name for name in names if name not in active]
            rows.append(
                {
                    "headline": headline.label,
                    "moved by": "; ".join(active) or "none",
                    "not moved by": "; ".join(inert) or "none",
                }
            )
    return pd.DataFrame(rows)


def whose_values(tables: Sequence[StoredTable], evidence: Evidence) -> pd.DataFrame:
    """Return how many pages the headlines of each study rest on, by the party that said the figures."""
    rows = {}
    for table in tables:
        pages = sorted({page for one in table.made_from["headlines"].values() for page in one["sources"]})
        rows[table.multiverse.notebook] = evidence.sources.loc[pages, "party"].value_counts()
    counts = pd.DataFrame(rows).fillna(0).astype(int)
    counts.index.name = "party"
    return counts.sort_index().reset_index()
