"""Years and ordinals read from titles and dates of pages."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.claims.institution_counterparts import _ordinal_in_title, _year_in_title, _year_of_page


@pytest.mark.parametrize(
    ("title", "year", "ordinal"),
    [
        ("ANAMA created on 18 July 1998", 1998, None),
        ("Participation in the 28th NDM-UN meeting", None, 28),
        ("Page 19980 of the annex", None, None),
        ("The 1st, 2nd and 3rd of 2021", 2021, 1),
    ],
)
def test_numbers_in_titles(title: str, year: int | None, ordinal: int | None) -> None:
    row = pd.Series({"title": title})
    assert (_year_in_title(row), _ordinal_in_title(row)) == (year, ordinal)


def test_the_year_of_an_undated_page_is_not_guessed() -> None:
    assert _year_of_page(pd.Series({"published_on_first": pd.Timestamp("2021-02-02")})) == 2021
    assert _year_of_page(pd.Series({"published_on_first": pd.NaT})) is None
