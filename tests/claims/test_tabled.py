"""Rows of the map assessments and of the contamination estimates as statements of the form of the claims table."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.claims.reading import number_from
from analysis.claims.tabled import tabled_statements
from analysis.evidence import Evidence
from analysis.evidence.comparators import Comparator


@pytest.fixture(scope="module")
def statements(evidence: Evidence) -> pd.DataFrame:
    return tabled_statements(evidence).set_index("claim_id", drop=False)


def test_the_columns_and_types_are_those_of_the_claims(statements: pd.DataFrame, evidence: Evidence) -> None:
    claims = evidence.table("claims").drop(columns="line")
    assert list(statements.drop(columns="line")) == list(claims)
    assert statements.drop(columns="line").dtypes.to_dict() == claims.dtypes.to_dict()
    assert statements["claim_id"].is_unique


def test_every_row_is_a_statement_but_benchmarks_and_shares_nobody_printed(
    statements: pd.DataFrame, evidence: Evidence
) -> None:
    assessed = evidence.table("map_assessment")
    benchmarks = assessed.loc[assessed["definition"].str.startswith("BENCHMARK"), "row_id"]
    # 26.7 per cent is 400,000 over 1,500,000 and 40 per cent is 400,000 over a million; the pages print the numbers.
    left_out = set(assessed["row_id"]) - set(statements["claim_id"])
    assert left_out == {*benchmarks, "ma-0061", "ma-0076"}
    rows = {name.split()[0] for name in statements["claim_id"] if name.startswith("ce-")}
    assert rows == set(evidence.table("contamination_estimate")["row_id"])


def test_hand_read_rows(statements: pd.DataFrame) -> None:
    share = number_from(statements.loc["ma-0047"])
    assert share is not None
    assert (share.low, share.comparator, share.step) == (0.55, Comparator.ABOUT, 0.01)
    # 128 of 180 accidents: the counts are printed, the share is not.
    counted = statements.loc["ma-0054"]
    assert (counted["value"], counted["unit"]) == (128, "incidents")
    assert counted["quantity"] == "incidents_outside_former_line_of_contact"
    assert counted["statement"] == "Accidents in the post-war period outside the former line"
    assert statements.loc["ma-0055", "quantity"] == "victims_outside_former_line_of_contact"
    assert pd.isna(statements.loc["ma-0072", "value"])
    assert statements.loc["ce-0054", "party"] == "nagorno_karabakh_de_facto"
    assert statements.loc["ce-0058", "statement"] == "Area of high contamination, regained districts"
    assert statements.loc["ce-0010", "statement"] == "Battle area, Nagorno-Karabakh"


def test_a_row_with_an_area_and_mines_gives_both(statements: pd.DataFrame) -> None:
    area, mines = statements.loc["ce-0057 area"], statements.loc["ce-0057 mines"]
    assert (area["value"], area["unit"], area["quantity"]) == (900_000, "ha", "hazardous_area_total")
    assert (mines["value"], mines["unit"], mines["quantity"]) == (1_500_000, "mines", "mines_laid_estimate")


def test_mines_on_the_records_are_one_quantity_whatever_table_holds_them(statements: pd.DataFrame) -> None:
    on_records = statements[statements["quantity"] == "mines_on_maps"]
    assert {"ma-0042", "ce-0052"} <= set(on_records["claim_id"])
    assert set(on_records.loc[["ma-0042", "ce-0052"], "geography"]) == {"regained_districts"}


def test_a_stated_range_stays_a_range(statements: pd.DataFrame) -> None:
    number = number_from(statements.loc["ce-0021"])
    assert number is not None
    assert (number.low, number.high) == (35_000, 83_000)
