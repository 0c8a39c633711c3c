"""Rows are chosen by period, originator and exactness, and by nothing else."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.errors import ParameterError
from analysis.evidence.partial_dates import span_columns
from analysis.evidence.selection import check_originators, select


@pytest.fixture
def rows() -> pd.DataFrame:
    as_of = ["2020-11-10", "2021", "2021-06", "2021-06-30", None]
    return pd.DataFrame(
        {
            "row_id": ["a", "b", "c", "d", "e"],
            "as_of": pd.array(as_of, dtype="str"),
            **span_columns("as_of", as_of),
            "comparator": pd.array(["=", ">", "~", "=", None], dtype="str"),
            "originator": ["anama", "halo_trust", "unknown", "anama", "chde"],
            "party": [
                "azerbaijan_authorities",
                "international_ngo",
                "unknown",
                "azerbaijan_authorities",
                "armenia_authorities",
            ],
        }
    )


def chosen(frame: pd.DataFrame) -> str:
    assert list(frame.index) == list(range(len(frame)))
    return "".join(frame["row_id"])


def test_nothing_asked_keeps_everything(rows) -> None:
    assert chosen(select(rows)) == "abcde"


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [
        ("2021-01-01", None, "bcd"),
        ("2021-01-02", None, "cd"),  # the year 2021 may mean 1 January
        (None, "2021-06-30", "acd"),  # the year 2021 may mean December
        (None, date(2021, 6, 29), "a"),
        ("2021-06-01", "2021-06-30", "cd"),
        ("", "", "abcde"),
    ],
)
def test_a_partial_date_lies_in_a_period_with_all_its_days(rows, start, end, kept: str) -> None:
    assert chosen(select(rows, period_start=start, period_end=end)) == kept


def test_originators_and_parties_are_left_out(rows) -> None:
    assert chosen(select(rows, exclude_originators=["anama"])) == "bce"
    assert chosen(select(rows, exclude_originators=["armenia_authorities", "unknown"])) == "abd"


def test_inexact_rows(rows) -> None:
    assert chosen(select(rows, inexact_rows="as printed")) == "abcde"
    assert chosen(select(rows, inexact_rows="leave out")) == "ade"
    with pytest.raises(ParameterError, match="inexact_rows: one of 'as printed', 'as bounds', 'leave out'; got 'drop'"):
        select(rows, inexact_rows="drop")


def test_an_originator_without_rows_leaves_nothing_out(rows) -> None:
    assert chosen(select(rows, exclude_originators=["icrc"])) == "abcde"


def test_a_misspelt_originator_is_refused(evidence) -> None:
    check_originators(evidence, ["anama", "international_ngo", "unknown"])
    says = (
        "exclude_originators: 'anma' is neither an originator_id of originators.csv nor one of the parties armenia_auth"
    )
    with pytest.raises(ParameterError, match=says):
        check_originators(evidence, ["anama", "anma"])


def test_the_table_is_not_changed(rows) -> None:
    before = rows.copy()
    kept = select(rows, exclude_originators=["anama"])
    kept.loc[0, "row_id"] = "z"
    pd.testing.assert_frame_equal(rows, before)
