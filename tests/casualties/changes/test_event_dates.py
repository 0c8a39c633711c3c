"""Lists of dates become windows by a rule, and each date names the rows that carry it."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.casualties.changes.event_dates import dates_in_evidence, event_windows, sources_of_dates
from analysis.errors import ParameterError

LISTS = {
    "one side": ["2021-06-12", "2021-07-03", "2021-10-19", "2021-11-01", "2021-11-29"],
    "other side": ["2021-06-12", "2021-07-03", "2021-12-04"],
    "others": ["2023-09-19", "2024-02"],
}


def test_dates_less_than_the_stated_days_apart_enter_as_one_window():
    # 3 July to 19 October is 108 days, 19 October to 1 November 13, 1 to 29 November 28.
    windows = event_windows(LISTS, merge_days=90)
    assert [(window.start, window.end) for window in windows] == [
        (date(2021, 6, 12), date(2021, 7, 3)),
        (date(2021, 10, 19), date(2021, 11, 29)),
        (date(2021, 12, 4), date(2021, 12, 4)),
        (date(2023, 9, 19), date(2023, 9, 19)),
        (date(2024, 2, 1), date(2024, 2, 29)),
    ]
    assert windows[0].lists == ("one side", "other side")
    assert windows[0].dates == ("2021-06-12", "2021-07-03")
    assert [window.words for window in windows] == [
        "12 June to 3 July 2021",
        "19 October to 29 November 2021",
        "4 December 2021",
        "19 September 2023",
        "1 to 29 February 2024",
    ]
    assert windows[3].key == "2023_09_19"


def test_the_limit_is_strict_and_order_does_not_matter():
    days = ["2021-04-01", "2021-01-01"]  # 90 days apart
    assert len(event_windows({"a": days}, merge_days=90)) == 2
    assert len(event_windows({"a": days}, merge_days=91)) == 1
    assert event_windows({"a": days[::-1]}, merge_days=91) == event_windows({"a": days}, merge_days=91)


def test_a_window_over_new_year_names_both_years():
    (window,) = event_windows({"a": ["2021-12-20", "2022-01-10"]}, merge_days=90)
    assert window.words == "20 December 2021 to 10 January 2022"
    # The count starts on 10 November 2020, which is day 1: 20 December 2021 is 405 days later.
    assert window.day_numbers == (406.0, 427.0)


def test_no_dates_give_no_windows_and_a_wrong_one_is_named():
    assert event_windows({"a": []}, merge_days=90) == ()
    with pytest.raises(ParameterError, match=r"dates of a: .*found '2021-13-01'|dates of a: there is no month 13"):
        event_windows({"a": ["2021-13-01"]}, merge_days=90)


def test_each_date_names_the_rows_that_carry_it(evidence):
    table = dates_in_evidence(evidence, LISTS).set_index(["list", "date"])
    assert table.loc[("one side", "2021-10-19"), "rows"] == "mr-0011"
    assert table.loc[("other side", "2021-12-04"), "originators"] == "state_security_service_azerbaijan"
    assert table.loc[("others", "2023-09-19"), "rows"] == ""
    pages = sources_of_dates(evidence, event_windows({"a": ["2021-12-04"]}, merge_days=90))
    assert pages == ("todayaz-2021-12-maps-fourth-december",)
