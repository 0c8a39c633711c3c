"""The findings of the evidence: the traps its README lists are found, and the table is the same on every machine."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.evidence.findings import COLUMNS


@pytest.fixture(scope="module")
def found(evidence) -> pd.DataFrame:
    return evidence.findings()


def sizes(found: pd.DataFrame, rule: str) -> dict[str, float]:
    rows = found[found["rule"].str.startswith(rule)]
    return dict(zip(rows["rows"], rows["size"], strict=True))


def test_form(found) -> None:
    assert tuple(found.columns) == COLUMNS
    assert found.notna().all(axis=None)
    assert (found["size"] > 0).all()


def test_rows_exist(found, evidence) -> None:
    for row in found.itertuples():
        schema = evidence.schema(row.table)
        printed = evidence.printed(row.table)
        keys = set(printed[list(schema.primary_key)].agg("|".join, axis=1))
        own = [key for key in row.rows.split(", ") if key in keys]
        assert own, row


def test_misprints(found) -> None:
    assert sizes(found, "a total is below its parts") == {"rt-0171": 2}  # 65 + 288 = 353 against 351
    assert sizes(found, "parts do not add")["rt-0174"] == 9  # 365 against 65 + 291 = 356


def test_stale_figures(found) -> None:
    stale = sizes(found, "a figure is stale")
    assert stale["rt-0110, rt-0136, rt-0141"] in (34, 8)  # 302 against 336; 57 killed against 65
    assert any(key.endswith("rt-0105") for key in stale)


def test_two_totals_for_one_date(found) -> None:
    two = sizes(found, "two figures for one date")
    assert two["rt-0124, rt-0126, rt-0127, rt-0128"] == 1  # 314 against 315, 61 against 62
    assert two["rt-0146, rt-0149"] == 2  # 338 against 340


def test_the_identity_of_the_long_series(found) -> None:
    # 3,345 less 3,079 is 266, the total of October 2022, where 289 was printed in April 2023
    assert sizes(found, "an all-time total is not 3079 plus")["rt-0100, rt-0095"] == 23


def test_annual_counts(found) -> None:
    year = found[found["rule"].str.startswith("an annual count")]
    details = " ".join(year["detail"])
    assert "injured 39 in 2023-01-01 to 2023-12-31" in details
    assert "injured 36 in 2024-01-01 to 2024-12-31" in details
    assert "injured 33 in 2025-01-01 to 2025-12-31" in details


def test_intervals_exceed_contemporaneous_totals(found) -> None:
    # 233 by 18 August 2022 against 232 on 23 August; 260 against 257; 271 against 268
    assert sizes(found, "a running total is below the intervals") == {
        "cp-0098, rt-0067": 1,
        "cp-0101, rt-0074": 3,
        "cp-0103, rt-0082": 3,
        "cp-0103, rt-0083": 3,
    }


def test_bodies_differ(found) -> None:
    assert sizes(found, "bodies count differently")["cp-0017, cp-0018, cp-0019"] == 18  # 17 against 35 in 2006


def test_the_nested_count(found) -> None:
    # 217 - 147 = 70 outside among 303 - 266 = 37
    assert list(sizes(found, "a nested count").values()) == [33]


def test_slips_in_clearance(found) -> None:
    tenfold = sizes(found, "an area is about ten times")
    assert {"cl-0077", "cl-0132", "cl-0181", "cl-0182"} <= set(tenfold)
    assert sizes(found, "two months have the same area") == {"cl-0083, cl-0091": 677}
    assert sizes(found, "two periods have the same three") == {"cl-0308, cl-0311": 1535}
    renderings = sizes(found, "two renderings")
    assert renderings["cl-0298, cl-0297"] == pytest.approx(100)  # 1,258.7 against 1,358.7


@pytest.mark.parametrize(
    ("year", "printed", "months"),
    [("2022", "41915.77", "19269.41"), ("2024", "62023.9", "47611.4"), ("2025", "69205.7", "24932.8")],
)
def test_months_fall_short_of_years(found, year: str, printed: str, months: str) -> None:
    rows = found[found["rule"].str.startswith("months with an area") & found["detail"].str.contains(f"for {year}-")]
    (detail,) = rows["detail"]
    assert detail.startswith(f"{printed} ha printed")
    assert detail.endswith(f"add to {months} ha")


def test_a_decision_is_named(found) -> None:
    details = found.set_index("rows")["detail"]
    assert details["rt-0171"].endswith("[set aside: rt-0171]")
    assert details["cl-0077"].endswith("[corrected: cl-0077]")
    assert details["cl-0132"].endswith("[corrected: cl-0132]")
    undecided = [detail for detail in found["detail"] if "[" not in detail]
    assert 0 < len(undecided) < len(found)


def test_polygons_beside_reported_areas(found) -> None:
    assert set(sizes(found, "a polygon's area")) == {"Fuzuli", "Jabrayil", "Shusha", "Tartar"}
