"""Shares, nested counts, stated areas, places and polygons."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.evidence import findings_other
from analysis.evidence.partial_dates import span_columns


def frame(*rows: dict[str, Any], dated: bool = True, **types: str) -> pd.DataFrame:
    columns = {name: pd.array([row.get(name) for row in rows], dtype=dtype) for name, dtype in types.items()}
    if dated:
        columns |= {"as_of": pd.array([row.get("as_of") for row in rows], dtype="str")}
        columns |= span_columns("as_of", [row.get("as_of") for row in rows])
    return pd.DataFrame(columns)


ASSESSMENT = {
    "row_id": "str",
    "quantity": "str",
    "definition": "str",
    "numerator": "Float64",
    "denominator": "Float64",
    "value": "Float64",
}


def test_a_share_and_its_counts() -> None:
    table = frame(
        {"row_id": "a", "numerator": 116, "denominator": 156, "value": 74.4},  # 74.36
        {"row_id": "b", "numerator": 116, "denominator": 156, "value": 70.0},
        {"row_id": "c", "numerator": 2, "value": 70.0},
        **ASSESSMENT,
    )
    (found,) = findings_other.shares_and_counts(table)
    assert found.rows == ("b",)
    assert found.size == pytest.approx(4.359, abs=0.001)


def test_nested_counts() -> None:
    outside = {"quantity": "outside_line_of_contact"}
    table = frame(
        {
            "row_id": "a",
            "as_of": "2022-10-26",
            "definition": "VICTIMS",
            "numerator": 147,
            "denominator": 266,
            **outside,
        },
        {
            "row_id": "b",
            "as_of": "2023-08-18",
            "definition": "VICTIMS",
            "numerator": 217,
            "denominator": 303,
            **outside,
        },
        {
            "row_id": "c",
            "as_of": "2022-10-26",
            "definition": "INCIDENTS",
            "numerator": 116,
            "denominator": 156,
            **outside,
        },
        {
            "row_id": "d",
            "as_of": "2023-08-18",
            "definition": "INCIDENTS",
            "numerator": 128,
            "denominator": 180,
            **outside,
        },
        **ASSESSMENT,
    )
    # 217 - 147 = 70 among 303 - 266 = 37; 128 - 116 = 12 among 180 - 156 = 24 is possible
    assert [(each.rows, each.size) for each in findings_other.nested_counts(table)] == [(("a", "b"), 33)]


def test_stated_areas() -> None:
    land = {"geography": "regained_districts", "category": "high", "originator": "anama"}
    table = frame(
        {"row_id": "a", "as_of": "2023", "area_ha": 100.0, "comparator": "=", **land},
        {"row_id": "b", "as_of": "2024", "area_ha": 100.0, "comparator": "=", **land},
        {"row_id": "c", "as_of": "2025", "area_ha": 150.0, "comparator": "~", **land},
        {"row_id": "d", "as_of": "2025", "area_ha": 900.0, "comparator": "<", **land},
        row_id="str",
        geography="str",
        category="str",
        originator="str",
        comparator="str",
        area_ha="Float64",
    )
    assert [(each.rows, each.size) for each in findings_other.stated_areas(table)] == [(("a", "c"), 1.5)]


def test_places() -> None:
    rows = [
        {"source_id": "s", "as_of": "2024", "place": place, "persons": persons}
        for place, persons in (("all", 10), ("x", 4), ("y", 5))
    ]
    table = frame(*rows, source_id="str", place="str", persons="Int64")
    (found,) = findings_other.places_and_totals(table)
    assert (found.rows, found.size) == (("s|2024|all",), 1)
    assert list(findings_other.places_and_totals(table.iloc[1:])) == []


def test_polygons() -> None:
    rows = [{"district": name, "reported_area_km2": area} for name, area in (("A", 100.0), ("B", 100.0), ("C", None))]
    table = frame(*rows, dated=False, district="str", reported_area_km2="Float64")
    found = list(findings_other.district_areas(table, {"A": 109.0, "B": 81.0, "C": 5.0}))
    assert [(each.rows, round(each.size, 6)) for each in found] == [(("B",), 0.19)]
