"""Keys: no two rows with the same identifier, no reference to a row that does not exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.errors import Fault
from analysis.evidence.csv_file import RawTable
from analysis.evidence.schema import ForeignKey


def key_faults(tables: Mapping[str, RawTable]) -> Iterator[Fault]:
    """Yield every repeated key and every reference without target in the whole package."""
    for raw in tables.values():
        groups = {raw.schema.primary_key, *((each.name,) for each in raw.schema.fields if each.unique)}
        for columns in sorted(groups):
            yield from _repeats(raw, columns)
        for key in raw.schema.foreign_keys:
            if key.table in tables:  # a table that could not be read has its own fault
                yield from _dangling(raw, key, tables[key.table])


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
