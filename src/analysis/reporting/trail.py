"""From an estimate's sources to the rows of the evidence and the pages they were read on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analysis.errors import EvidenceError
from analysis.estimate import sorted_union
from analysis.evidence import Evidence, load_evidence
from analysis.evidence.citation import citations, web_address
from analysis.evidence.source_rows import EvidenceRow, evidence_tables, rows_of
from analysis.paths import DATA
from analysis.record.stored_figure import StoredFigure

TABLES_READ: Final[Mapping[str, tuple[str, ...]]] = {
    "casualty_outlook": ("accidents", "casualties_period", "casualties_running_total"),
    "casualty_sources": (
        "accidents",
        "accidents_coverage",
        "casualties_period",
        "casualties_running_total",
        "claims",
        "clearance_period",
        "returns",
    ),
    "casualty_trends": ("accidents", "casualties_period", "casualties_running_total", "claims", "map_assessment"),
    "claims_audit": ("casualties_running_total", "claims", "contamination_estimate", "map_assessment"),
    "contamination": ("claims", "clearance_period", "contamination_estimate"),
    "map_reliability": (
        "accidents",
        "casualties_running_total",
        "claims",
        "contamination_estimate",
        "map_assessment",
        "map_record",
    ),
    "records_against_ground": (),
}
"""Tables of evidence rows that the code of each notebook reads; of another notebook every table is searched."""


def tables_read(notebook: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return those of the tables `known` that the code of a notebook reads; of a notebook not listed, all."""
    return tuple(name for name in known if name in TABLES_READ.get(notebook, known))


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource:
    """One page.

    Parameters
    ----------
    source_id
        Its key.
    originator, party
        Name of who counted or spoke, and for whom; 'unknown' where nothing says.
    citation, address
        As cited; the address only when it is http or https. Both empty when the evidence has no such source.
    """

    source_id: str
    originator: str
    party: str
    citation: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """What the sources lead to.

    Parameters
    ----------
    folder
        Evidence folder.
    problem
        Why the evidence could not be read; empty when it was. Nothing below is known then.
    moved
        Evidence files that are not those of the run, by name; None when the record does not say what it was made from.
    tables
        Tables that were searched.
    rows
        Rows of the sources in these tables; first those that the figures' source data name.
    named
        Keys of the rows that the figures' source data name.
    sources
        The pages.
    """

    folder: Path
    problem: str
    moved: tuple[str, ...] | None
    tables: tuple[str, ...]
    rows: tuple[EvidenceRow, ...]
    named: tuple[str, ...]
    sources: tuple[CitedSource, ...]


def follow(
    *,
    notebook: str,
    parameters: Mapping[str, object],
    data: Path | None,
    sources: Sequence[str],
    drawn: Sequence[StoredFigure],
    made_from: Mapping[str, str],
    every_row_drawn: bool = False,
) -> Trail:
    """Return the rows and pages behind `sources`; evidence that cannot be read is said, not raised.

    Parameters
    ----------
    notebook, parameters
        What made the estimate; `data` among the parameters names the evidence of that run.
    data
        Another evidence folder, asked for now.
    sources
        Every `source_id` behind it.
    drawn
        The figures that draw it, whose source data may name rows.
    made_from
        Hash by evidence file at that run; empty when it is not on record.
    every_row_drawn
        Whether rows that the figures name belong here whatever their source.
    """
    folder = _folder(parameters, data)
    try:
        evidence = load_evidence(folder)
    except EvidenceError as error:
        pages = tuple(_not_found(source_id) for source_id in sources)
        return Trail(folder=folder, problem=_in_short(error), moved=None, tables=(), rows=(), named=(), sources=pages)
    known = evidence_tables(evidence)
    tables = tables_read(notebook, known)
    ids = {row_id for figure in drawn for row_id in figure.row_ids}
    rows = rows_of(evidence, tables=tables, sources=sources, row_ids=ids if every_row_drawn else ())
    named = [row for row in rows if row.row_id in ids]
    return Trail(
        folder=folder,
        problem="",
        moved=_moved(made_from, evidence),
        tables=tables,
        rows=(*named, *(row for row in rows if row.row_id not in ids)),
        named=tuple(row.row_id for row in named),
        sources=_cited(evidence, sorted_union(sources)),
    )


def _folder(parameters: Mapping[str, object], data: Path | None) -> Path:
    given = parameters.get("data")
    if data is not None:
        return data
    return Path(given) if isinstance(given, str) and given else DATA


def _in_short(error: EvidenceError) -> str:
    first = f"{error.faults[0]}" if error.faults else "unknown fault"
    rest = len(error.faults) - 1
    return first + (f" (and {rest} more; `analysis check` lists them)" if rest > 0 else "")


def _moved(made_from: Mapping[str, str], evidence: Evidence) -> tuple[str, ...] | None:
    if not made_from:
        return None
    names = sorted({**made_from, **evidence.checksums})
    return tuple(name for name in names if made_from.get(name) != evidence.checksums.get(name))


def _cited(evidence: Evidence, sources: Sequence[str]) -> tuple[CitedSource, ...]:
    cited = citations(evidence, sources)
    pages = evidence.sources.loc[list(cited)].to_dict("index")
    bodies = evidence.table("originators")
    names = dict(zip(bodies["originator_id"], bodies["name"], strict=True))
    return tuple(
        CitedSource(
            source_id=source_id,
            originator=str(names.get(pages[source_id]["originator"], pages[source_id]["originator"])),
            party=str(pages[source_id]["party"]),
            citation=cited[source_id],
            address=web_address(pages[source_id]["url"]),
        )
        if source_id in cited
        else _not_found(source_id)
        for source_id in sources
    )


def _not_found(source_id: str) -> CitedSource:
    return CitedSource(source_id=source_id, originator="unknown", party="unknown", citation="", address="")
