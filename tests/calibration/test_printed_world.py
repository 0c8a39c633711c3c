"""The known path, what is printed about it, and each way in which a print goes wrong."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.calibration.printed_world import printed_rows, true_path, with_another_digit
from analysis.casualties.printed import read_parts


@pytest.fixture(scope="module")
def truth():
    return true_path(np.random.default_rng(3))


def rows(truth, corruption, *, amount=1.0, prints=60, seed=5) -> pd.DataFrame:
    return printed_rows(truth, np.random.default_rng(seed), corruption=corruption, amount=amount, prints=prints)


def known(truth, printed: pd.DataFrame) -> pd.DataFrame:
    days = (printed["as_of_first"] - pd.Timestamp("2020-11-10")).dt.days + 1
    return truth.table.loc[days].reset_index(drop=True)


def test_no_part_of_the_path_ever_falls(truth):
    assert (truth.table.diff().dropna() >= 0).all(axis=None)
    assert (truth.table["total"] == truth.table["killed"] + truth.table["injured"]).all()


def test_right_rows_print_the_truth(truth):
    printed = read_parts(rows(truth, "none"))
    at = known(truth, printed)
    for name in ("total", "killed", "injured", "civilian_killed", "military_injured"):
        shown = printed[name].notna()
        assert shown.any()
        assert (printed.loc[shown, name] == at.loc[shown, name]).all()


def test_a_stale_row_repeats_an_earlier_one_of_its_office(truth):
    printed = rows(truth, "stale")
    for _, own in printed.groupby("originator"):
        # Every row of the office repeats its first.
        assert own[["total", "killed", "civilian_killed"]].drop_duplicates().shape[0] == 1


def test_civilians_only_can_be_told_by_the_columns_beside_them_and_civilians_as_total_cannot(truth):
    told, untold = rows(truth, "civilians only"), rows(truth, "civilians as total")
    assert (told["killed"] == told["civilian_killed"]).all()
    assert read_parts(told)["civilians_only"].all()
    at = known(truth, untold)
    assert (untold["total"] == at["civilian_killed"] + at["civilian_injured"]).all()
    assert not read_parts(untold)["civilians_only"].any()


def test_more_than_is_below_the_truth(truth):
    printed = rows(truth, "more than")
    bounds = printed["comparator"] == ">"
    assert bounds.any()
    assert (printed.loc[bounds, "total"] % 10 == 0).all()
    assert (printed.loc[bounds, "total"] < known(truth, printed).loc[bounds, "total"]).all()


def test_a_row_by_month_has_no_day(truth):
    printed = rows(truth, "by month")
    assert (printed["as_of_precision"] == "month").all()
    assert printed["as_of"].str.fullmatch(r"\d{4}-\d\d").all()


@given(number=st.integers(min_value=0, max_value=9999), seed=st.integers(min_value=0, max_value=50))
def test_one_digit_and_only_one_is_another(number, seed):
    other = with_another_digit(number, np.random.default_rng(seed))
    one, two = str(number), str(other).zfill(len(str(number)))
    assert sum(a != b for a, b in zip(one, two, strict=True)) == 1
