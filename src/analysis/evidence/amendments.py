"""Rows set aside and printed slips: what ``exclusions.csv`` and ``corrections.csv`` do to the tables.

Nothing else in the program leaves out or changes a row. A decision that points at nothing is a fault, so no decision
outlives the row or the error it was made for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.errors import Fault
from analysis.evidence.cells import cell_problem
from analysis.evidence.counted_accidents import OUTSIDE_COUNT
from analysis.evidence.csv_file import RawTable
from analysis.evidence.schema import TableSchema

EXCLUSIONS, CORRECTIONS = "exclusions", "corrections"
_ROW_RULE = "the row must exist in one of the evidence tables; its key is its identifier, or the parts joined by |"
# Tables about sources, readings and decisions are not evidence; a page is never set aside, only rows read on it.
NOT_EVIDENCE = (
    OUTSIDE_COUNT,
    CORRECTIONS,
    EXCLUSIONS,
    "originator_labels",
    "originators",
    "row_originators",
    "source_originators",
    "sources",
)

Place = tuple[str, int]
_CORRECTED = ("row_id", "column", "printed", "used")


def all_rows_known(tables: Mapping[str, RawTable], schemas: Mapping[str, TableSchema]) -> bool:
    """Say whether the key of every evidence row could be read."""
    return all(
        name in tables and tables[name].is_whole(*schema.primary_key)
        for name, schema in schemas.items()
        if name not in NOT_EVIDENCE
    )


def row_places(tables: Mapping[str, RawTable]) -> tuple[dict[str, Place], list[Fault]]:
    """Return where each evidence row stands, by key, and a fault for each key that two tables share."""
    places: dict[str, Place] = {}
    faults = []
    for name, raw in tables.items():
        if name in NOT_EVIDENCE or not raw.has_cells(*raw.schema.primary_key):
            continue
        for row, line in enumerate(raw.lines):
            key = raw.key_of(row)
            taken = places.setdefault(key, (name, row))
            if taken[0] != name:
                rule = f"a key must not stand in two tables; it stands in {tables[taken[0]].schema.file} too"
                columns = ", ".join(raw.schema.primary_key)
                faults.append(Fault(file=raw.schema.file, row=line, column=columns, rule=rule, value=key))
    return places, faults


def pointed_rows(
    name: str, tables: Mapping[str, RawTable], places: Mapping[str, Place], *, all_known: bool = True
) -> tuple[set[Place], list[Fault]]:
    """Return the places of the rows that a table of decisions names, and a fault for each that points at nothing.

    Without `all_known`, some evidence rows could not be read, and a key that is not among `places` is no fault.
    """
    raw = tables.get(name)
    if raw is None or not raw.has_cells("row_id"):
        return set(), []
    keys = list(zip(raw.lines, raw.cells["row_id"], strict=True))
    faults = [
        Fault(file=raw.schema.file, row=line, column="row_id", rule=_ROW_RULE, value=key)
        for line, key in keys
        if all_known and key not in places
    ]
    return {places[key] for _, key in keys if key in places}, faults


def corrected_tables(
    tables: Mapping[str, RawTable], places: Mapping[str, Place], *, all_known: bool = True
) -> tuple[dict[str, RawTable], list[Fault]]:
    """Return the tables with every printed slip replaced, and a fault for each correction that does not fit.

    `all_known` as in :func:`pointed_rows`; a correction of a cell that could not be read is left alone.
    """
    raw = tables.get(CORRECTIONS)
    corrected = dict(tables)
    faults: list[Fault] = []
    if raw is None or not raw.has_cells(*_CORRECTED):
        return corrected, faults
    for row, line in enumerate(raw.lines):
        key, column, printed, used = (raw.cells[name][row] for name in _CORRECTED)
        if _cannot_be_checked(tables, places.get(key), column, all_known=all_known):
            continue
        problem = _problem(tables, places, key, column, printed, used)
        if problem is not None:
            where, rule, found = problem
            faults.append(Fault(file=raw.schema.file, row=line, column=where, rule=rule, value=found))
            continue
        table, place = places[key]
        corrected[table] = _with_cell(corrected[table], column, place, used)
    return corrected, faults


def _cannot_be_checked(tables: Mapping[str, RawTable], place: Place | None, column: str, *, all_known: bool) -> bool:
    """Say whether a correction points at a row or a cell that may stand in a part of the file that is not readable."""
    if place is None:
        return not all_known
    target = tables[place[0]]
    return target.schema.has(column) and not target.has_cells(column)


def _problem(
    tables: Mapping[str, RawTable], places: Mapping[str, Place], key: str, column: str, printed: str, used: str
) -> tuple[str, str, str] | None:
    """Return the column, rule and value of the first thing wrong with a correction, or None."""
    if key not in places:
        return "row_id", _ROW_RULE, key
    table, row = places[key]
    schema = tables[table].schema
    field = next((each for each in schema.fields if each.name == column), None)
    if field is None or column in schema.primary_key or column == "source_id":
        return "column", f"a correction names a column of {schema.file} that is not part of a key", column
    found = tables[table].cells[column][row]
    if found != printed:
        return "printed", f"{schema.file} no longer holds this value; it holds {found!r}", printed
    if used == printed:
        return "used", "a correction changes the value", used
    if problem := cell_problem(used, field):
        return "used", f"the corrected value breaks the rule of {column}: {problem}", used
    return None


def _with_cell(raw: RawTable, column: str, row: int, text: str) -> RawTable:
    changed = [*raw.cells[column]]
    changed[row] = text
    return replace(raw, cells={**raw.cells, column: changed})
