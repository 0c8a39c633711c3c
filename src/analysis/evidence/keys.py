"""Keys: no two rows with the same identifier, no reference to a row that does not exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.errors import Fault
from analysis.evidence.amendments import CORRECTIONS, EXCLUSIONS, NOT_EVIDENCE
from analysis.evidence.csv_file import RawTable
from analysis.evidence.originators import ROW_ORIGINATORS, SOURCE_ORIGINATORS, SOURCES
from analysis.evidence.schema import ForeignKey, TableSchema

ROW_DECISIONS = (EXCLUSIONS, CORRECTIONS, ROW_ORIGINATORS)
"""Tables whose rows name a row of any evidence table."""


def key_faults(tables: Mapping[str, RawTable]) -> Iterator[Fault]:
    """Yield every repeated key and every reference without target in the whole package.

    Columns that could not be read are not compared; :func:`unchecked_faults` says which references that concerns.
    """
    for raw in tables.values():
        groups = {raw.schema.primary_key, *((each.name,) for each in raw.schema.fields if each.unique)}
        for columns in sorted(groups):
            if raw.has_cells(*columns):
                yield from _repeats(raw, columns)
        for key in raw.schema.foreign_keys:
            if raw.has_cells(*key.columns) and key.table in tables and tables[key.table].is_whole(*key.target):
                yield from _dangling(raw, key, tables[key.table])


def unchecked_faults(tables: Mapping[str, RawTable], schemas: Mapping[str, TableSchema]) -> Iterator[Fault]:
    """Yield, once for each table that others point into and that could not be read whole, that this was not checked."""
    targets: dict[str, dict[str, None]] = {}
    for schema in schemas.values():
        for key in schema.foreign_keys:
            targets.setdefault(key.table, {}).update(dict.fromkeys(key.target))
    if any(name in schemas for name in ROW_DECISIONS):
        for name, schema in schemas.items():
            if name not in NOT_EVIDENCE:
                targets.setdefault(name, {}).update(dict.fromkeys(schema.primary_key))
    if SOURCES in schemas and SOURCE_ORIGINATORS in schemas:
        targets.setdefault(SOURCE_ORIGINATORS, {})["source_id"] = None
    for name, schema in schemas.items():
        columns = targets.get(name)
        if columns is not None and (name not in tables or not tables[name].is_whole(*columns)):
            rule = f"keys into {schema.file} were not checked, since it could not be read whole"
            yield Fault(file=schema.file, rule=rule)


def _values(raw: RawTable, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    return list(zip(*(raw.cells[column] for column in columns), strict=True))


def _repeats(raw: RawTable, columns: tuple[str, ...]) -> Iterator[Fault]:
    first: dict[tuple[str, ...], int] = {}
    for line, value in zip(raw.lines, _values(raw, columns), strict=True):
        if not any(value):
            continue
        if value in first:
            rule = f"the value must stand in one row only; it stands in line {first[value]} too"
            yield Fault(file=raw.schema.file, row=line, column=", ".join(columns), rule=rule, value="|".join(value))
        first.setdefault(value, line)


def _dangling(raw: RawTable, key: ForeignKey, target: RawTable) -> Iterator[Fault]:
    known = set(_values(target, key.target))
    rule = f"the value must stand in column {', '.join(key.target)} of {target.schema.file}"
    for line, value in zip(raw.lines, _values(raw, key.columns), strict=True):
        if any(value) and value not in known:
            yield Fault(file=raw.schema.file, row=line, column=", ".join(key.columns), rule=rule, value="|".join(value))
