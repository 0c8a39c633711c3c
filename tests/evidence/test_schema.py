"""The descriptor is the one definition of a table."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.errors import EvidenceError
from analysis.evidence.schema import Kind, table_schema


def resource(**schema: Any) -> dict[str, Any]:
    described = {"fields": [{"name": "id", "type": "string"}], "primaryKey": "id", **schema}
    return {"name": "t", "path": "t.csv", "schema": described}


def test_reads_types_and_constraints() -> None:
    fields = [
        {"name": "id", "type": "string", "constraints": {"required": True, "unique": True, "pattern": "x+"}},
        {"name": "on", "type": "string", "partialDate": True},
        {"name": "n", "type": "integer", "constraints": {"minimum": 0, "maximum": 5}},
    ]
    schema = table_schema(resource(fields=fields))
    assert schema.columns == ("id", "on", "n")
    assert [field.kind for field in schema.fields] == [Kind.TEXT, Kind.PARTIAL_DATE, Kind.INTEGER]
    assert schema.fields[0].required
    assert schema.fields[0].unique
    assert schema.fields[2].maximum == 5


def test_keys_may_be_written_as_text_or_list() -> None:
    reference = {"resource": "sources", "fields": ["source_id"]}
    schema = table_schema(resource(foreignKeys=[{"fields": "id", "reference": reference}]))
    assert schema.foreign_keys[0].columns == ("id",)
    assert schema.foreign_keys[0].target == ("source_id",)


@pytest.mark.parametrize(
    ("schema", "says"),
    [
        ({"fields": [{"name": "id", "type": "geopoint"}]}, "geopoint"),
        ({"fields": [{"name": "id", "type": "string", "constraints": {"pattern": "("}}]}, "unterminated"),
        ({"fields": [{"type": "string"}]}, "name"),
        ({"primaryKey": []}, "column names expected"),
        ({"primaryKey": "other"}, "other"),
        ({"rowRules": [{"rule": "not_before", "start": "id", "end": "gone"}]}, "gone"),
        ({"rowRules": [3]}, "TypeError"),
    ],
)
def test_a_description_that_cannot_be_read_is_refused(schema: dict[str, Any], says: str) -> None:
    with pytest.raises(EvidenceError, match="the description of table t cannot be read") as caught:
        table_schema(resource(**schema))
    assert says in str(caught.value)
