"""The pages a paper cites: behind the values and figures of the record, without those on single accidents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.estimate import sorted_union
from analysis.evidence import Evidence
from analysis.evidence.citation import bibtex, citable_pages
from analysis.record.stored_figure import StoredFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """What can be cited.

    Parameters
    ----------
    source_ids
        The pages, sorted.
    withheld
        How many pages more stand behind the record, whose title or address would name a place or a person hurt.
    bibliography
        Their BibTeX entries.
    """

    source_ids: tuple[str, ...]
    withheld: int
    bibliography: str


def references(
    values: Mapping[str, Mapping[str, Any]], figures: Mapping[str, StoredFigure], evidence: Evidence
) -> References:
    """Return the references of the values and figures; sources that are no published page are in none."""
    named = sorted_union(
        *(value["sources"] for value in values.values()), *(figure.sources for figure in figures.values())
    )
    known = [source_id for source_id in named if source_id in evidence.sources.index]
    source_ids = tuple(map(str, citable_pages(evidence, known).index))
    withheld = len(known) - len(source_ids)
    return References(source_ids=source_ids, withheld=withheld, bibliography=bibtex(evidence, source_ids))
