"""Whether another package has the layout that the studies read: the repository's own description is the measure."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.errors import Fault
from analysis.evidence.descriptor import Descriptor
from analysis.evidence.schema import DESCRIPTOR, TableSchema


def layout_faults(package: Descriptor, own: Descriptor) -> Iterator[Fault]:
    """Yield every column of a table that the studies read and the other package lacks or describes otherwise.

    A package may leave out whole tables, add tables of its own, and add columns at the end of a table.
    """
    for name, schema in package.tables.items():
        if name in own.tables:
            yield from _table_faults(schema, own.tables[name])


def _table_faults(schema: TableSchema, own: TableSchema) -> Iterator[Fault]:
    described = {field.name: field for field in schema.fields}
    for field in own.fields:
        if field.name not in described:
            rule = f"table {own.name} needs the column {field.name}, empty where nothing is known"
            yield Fault(file=DESCRIPTOR, column=field.name, rule=rule)
        elif described[field.name].kind is not field.kind:
            rule = f"column {field.name} of table {own.name} must hold: {field.kind}"
            yield Fault(file=DESCRIPTOR, column=field.name, rule=rule, value=str(described[field.name].kind))
    if schema.primary_key != own.primary_key:
        rule = f"the key of table {own.name} must be {', '.join(own.primary_key)}"
        yield Fault(file=DESCRIPTOR, rule=rule, value=", ".join(schema.primary_key))
