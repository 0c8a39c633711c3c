"""Who counted or spoke: the reviewed originator of each source, outranked by what a row itself says.

Outlets are not originators: dozens of them quote the same few offices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.errors import Fault
from analysis.evidence.csv_file import RawTable
from analysis.evidence.schema import TableSchema

UNKNOWN = "unknown"
ORIGINATORS, LABELS, SOURCE_ORIGINATORS, SOURCES = "originators", "originator_labels", "source_originators", "sources"


def originator_faults(tables: Mapping[str, RawTable]) -> Iterator[Fault]:
    """Yield every source without a reviewed originator, and a missing entry for 'unknown'."""
    needed = (SOURCES, SOURCE_ORIGINATORS, ORIGINATORS)
    if any(name not in tables for name in needed):
        return
    sources, reviewed, originators = (tables[name] for name in needed)
    known = set(reviewed.cells["source_id"])
    for line, source_id in zip(sources.lines, sources.cells["source_id"], strict=True):
        if source_id not in known:
            rule = f"every source has a row in {reviewed.schema.file} that says who counted or spoke"
            yield Fault(file=sources.schema.file, row=line, column="source_id", rule=rule, value=source_id)
    if UNKNOWN not in originators.cells["originator_id"]:
        rule = f"the originator {UNKNOWN!r} must exist: it stands where nothing says who counted"
        yield Fault(file=originators.schema.file, column="originator_id", rule=rule)


def with_originators(frame: pd.DataFrame, schema: TableSchema, reviewed: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the table with the columns `originator` and `party`.

    Parameters
    ----------
    frame, schema
        A typed table with a column `source_id`.
    reviewed
        The typed tables of originators.

    Notes
    -----
    A column that names who counted or spoke in a row (`counted_by`, `attributed_to`) outranks the originator of the
    row's source. 'unknown' is its own group.
    """
    by_source = reviewed[SOURCE_ORIGINATORS].set_index("source_id")["originator_id"]
    party = reviewed[ORIGINATORS].set_index("originator_id")["party"]
    originator = frame["source_id"].map(by_source)
    for field in schema.fields:
        if field.originator_label and LABELS in reviewed:
            by_label = reviewed[LABELS].set_index("label")["originator_id"]
            originator = frame[field.name].map(by_label).fillna(originator)
    originator = originator.fillna(UNKNOWN).astype("str")
    return frame.assign(originator=originator, party=originator.map(party).fillna(UNKNOWN).astype("str"))
