"""Somebody else's package has the columns that the studies read."""

from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda schema: schema["fields"].pop(9),
            "datapackage.json, column civilian_injured: table casualties_period needs the column civilian_injured",
        ),
        (
            lambda schema: schema["fields"][5].update(type="string", constraints={}),
            "column total: column total of table casualties_period must hold: integer; found 'string'",
        ),
        (
            lambda schema: schema.update(primaryKey=["row_id", "source_id"]),
            "datapackage.json: the key of table casualties_period must be row_id; found 'row_id, source_id'",
        ),
    ],
)
def test_another_layout_is_refused(copy, faults_of, change, message: str) -> None:
    path = copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    schema = next(each["schema"] for each in package["resources"] if each["name"] == "casualties_period")
    schema["rowRules"] = []  # they name the column that is taken away
    change(schema)
    path.write_text(json.dumps(package), encoding="utf-8")
    assert message in str(faults_of(copy)[0])
