"""The description of an evidence package: what ``datapackage.json`` says a table may hold.

Only this file defines tables, columns, types, allowed values and keys; the loader enforces it and adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from analysis.errors import EvidenceError, Fault

DESCRIPTOR = "datapackage.json"


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    PARTIAL_DATE = "partial date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column.

    Parameters
    ----------
    name, kind
        Name and what it holds.
    required
        Whether it may be empty.
    unique
        Whether a value may stand in one row only.
    pattern
        What the whole text must look like; None for anything.
    allowed
        Closed list of values; empty for anything.
    minimum, maximum
        Range of a number, both included; None for no limit.
    originator_label
        Whether the column names who counted or spoke.
    """

    name: str
    kind: Kind
    required: bool = False
    unique: bool = False
    pattern: re.Pattern[str] | None = None
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    originator_label: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """Columns whose values must stand in columns of another table."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSchema:
    """One table: its file, columns, keys and the rules between columns of a row."""

    name: str
    file: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    row_rules: tuple[Mapping[str, Any], ...] = field(default=())

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in the order of the file."""
        return tuple(each.name for each in self.fields)

    def has(self, column: str) -> bool:
        """Say whether the table has the column."""
        return column in self.columns


def table_schema(resource: Mapping[str, Any]) -> TableSchema:
    """Return what a resource of the descriptor says about its table.

    Raises
    ------
    EvidenceError
        When the description itself cannot be read: unknown type, unknown property, broken pattern.
    """
    name = str(resource["name"])
    try:
        schema = resource["schema"]
        fields = tuple(_field(each) for each in schema["fields"])
        read = TableSchema(
            name=name,
            file=str(resource["path"]),
            fields=fields,
            primary_key=_names(schema["primaryKey"]),
            foreign_keys=tuple(_foreign_key(each, name) for each in schema.get("foreignKeys", ())),
            row_rules=tuple(schema.get("rowRules", ())),
        )
        unknown = [column for column in _named_columns(read) if not read.has(column)]
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise _broken(name, error) from error
    if unknown:
        raise _broken(name, f"keys and rules name columns that are not described: {', '.join(unknown)}")
    return read


def _broken(name: str, problem: object) -> EvidenceError:
    rule = f"the description of table {name} cannot be read; see the README of the evidence for its form"
    return EvidenceError([Fault(file=DESCRIPTOR, rule=rule, value=f"{type(problem).__name__}: {problem}")])


def _field(described: Mapping[str, Any]) -> Field:
    constraints = described.get("constraints", {})
    pattern = constraints.get("pattern")
    minimum, maximum = constraints.get("minimum"), constraints.get("maximum")
    return Field(
        name=str(described["name"]),
        kind=Kind.PARTIAL_DATE if described.get("partialDate") else Kind(described.get("type", "string")),
        required=bool(constraints.get("required", False)),
        unique=bool(constraints.get("unique", False)),
        pattern=None if pattern is None else re.compile(pattern),
        allowed=tuple(str(each) for each in constraints.get("enum", ())),
        minimum=None if minimum is None else float(minimum),
        maximum=None if maximum is None else float(maximum),
        originator_label=bool(described.get("originatorLabel", False)),
    )


def _foreign_key(described: Mapping[str, Any], own: str) -> ForeignKey:
    reference = described["reference"]
    return ForeignKey(
        columns=_names(described["fields"]),
        table=str(reference.get("resource", "")) or own,
        target=_names(reference["fields"]),
    )


def _names(value: object) -> tuple[str, ...]:
    """Return one or several column names as a tuple; the specification allows both forms."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise ValueError(f"column names expected, found {value!r}")


def _named_columns(schema: TableSchema) -> list[str]:
    """Return every column that keys and rules of the table mention."""
    named = [*schema.primary_key, *(column for key in schema.foreign_keys for column in key.columns)]
    for rule in schema.row_rules:
        named += [
            str(rule[each]) for each in ("start", "end", "comparator", "whole", "column", "where") if each in rule
        ]
        named += [str(column) for each in ("figures", "parts", "columns") for column in rule.get(each, ())]
    return named
