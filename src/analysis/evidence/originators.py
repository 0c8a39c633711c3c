"""Who counted or spoke: the reviewed originator of each source, outranked by what a row itself says.

Outlets are not originators: dozens of them quote the same few offices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.errors import Fault
from analysis.evidence.csv_file import RawTable

UNKNOWN = "unknown"
ORIGINATORS, LABELS, SOURCE_ORIGINATORS, SOURCES = "originators", "originator_labels", "source_originators", "sources"
ROW_ORIGINATORS = "row_originators"


def originator_faults(tables: Mapping[str, RawTable]) -> Iterator[Fault]:
    """Yield every source without a reviewed originator, and a missing entry for 'unknown'."""
    reviewed, sources, originators = (tables.get(name) for name in (SOURCE_ORIGINATORS, SOURCES, ORIGINATORS))
    if reviewed and sources and reviewed.is_whole("source_id") and sources.has_cells("source_id"):
        known = set(reviewed.cells["source_id"])
        for line, source_id in zip(sources.lines, sources.cells["source_id"], strict=True):
            if source_id not in known:
                rule = f"every source has a row in {reviewed.schema.file} that says who counted or spoke"
                yield Fault(file=sources.schema.file, row=line, column="source_id", rule=rule, value=source_id)
    if originators and originators.is_whole("originator_id") and UNKNOWN not in originators.cells["originator_id"]:
        rule = f"the originator {UNKNOWN!r} must exist: it stands where nothing says who counted"
        yield Fault(file=originators.schema.file, column="originator_id", rule=rule)


def row_originators(raw: RawTable, tables: Mapping[str, RawTable]) -> list[str] | None:
    """Return the originator of each row of a table, 'unknown' where nothing says; None for tables without a source.

    Parameters
    ----------
    raw
        The table.
    tables
        The whole package.

    Notes
    -----
    Strongest first: a reviewed decision about the row (``row_originators.csv``); the row's own column that names who
    counted or spoke (`counted_by`, `attributed_to`); the originator of the row's source.
    """
    if not raw.schema.has("source_id") or raw.schema.name == SOURCE_ORIGINATORS:
        return None
    by_source = _lookup(tables, SOURCE_ORIGINATORS, "source_id", "originator_id")
    by_label = _lookup(tables, LABELS, "label", "originator_id")
    by_row = _lookup(tables, ROW_ORIGINATORS, "row_id", "originator_id")
    labelled = [raw.cells[field.name] for field in raw.schema.fields if field.originator_label]
    originators = []
    for row, source_id in enumerate(raw.cells["source_id"]):
        said = next((by_label[column[row]] for column in labelled if column[row] in by_label), None)
        decided = by_row.get(raw.key_of(row))
        originators.append(decided or said or by_source.get(source_id, UNKNOWN))
    return originators


def parties(originators: list[str], tables: Mapping[str, RawTable]) -> list[str]:
    """Return the party of each originator."""
    party = _lookup(tables, ORIGINATORS, "originator_id", "party")
    return [party.get(originator, UNKNOWN) for originator in originators]


def _lookup(tables: Mapping[str, RawTable], name: str, key: str, value: str) -> dict[str, str]:
    if name not in tables:
        return {}
    return dict(zip(tables[name].cells[key], tables[name].cells[value], strict=True))
