"""How printed rows are read: parts, comparators, dates, staleness, votes."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.casualties.printed import figures, possibly_stale, read_parts, statements
from analysis.casualties.study import Choices
from analysis.errors import ParameterError


def readings(frame: pd.DataFrame) -> list[tuple[str, str, int, str]]:
    columns = ["quantity", "kind", "value", "date"]
    return [(q, k, int(v), d.date().isoformat()) for q, k, v, d in frame[columns].itertuples(index=False)]


def test_civilian_and_military_parts_are_added(totals):
    # rt-0031 of the evidence: 6 + 6 = 12 killed, 7 + 14 = 21 injured; no total is printed.
    row = {"civilian_killed": 6, "civilian_injured": 7, "military_killed": 6, "military_injured": 14}
    read = figures(totals({"as_of": "2020-12-22", **row}))
    assert readings(read) == [("injured", "equal", 21, "2020-12-22"), ("killed", "equal", 12, "2020-12-22")]


def test_a_figure_for_civilians_only_is_never_a_total(totals):
    rows = totals({"as_of": "2021-08-11", "civilian_killed": 23, "civilian_injured": 36})
    assert read_parts(rows)["civilians_only"].tolist() == [True]
    assert figures(rows).empty


def test_injured_equal_to_civilian_injured_without_a_military_part_is_read_as_civilians_only(totals):
    # rt-0041 of the evidence: 16 injured, 14 civilians killed, 16 civilians injured.
    row = {"as_of": "2021-03-19", "injured": 16, "civilian_killed": 14, "civilian_injured": 16}
    assert figures(totals(row)).empty
    with_military = totals({**row, "military_injured": 0})
    assert readings(figures(with_military)) == [("injured", "equal", 16, "2021-03-19")]


def test_a_total_that_adds_up_is_no_second_vote_and_one_that_does_not_is_kept(totals):
    adds = figures(totals({"as_of": "2021-05-01", "total": 10, "killed": 3, "injured": 7}))
    assert set(adds["quantity"]) == {"killed", "injured"}
    # rt-0171: 65 + 288 = 353, printed 351.
    wrong = figures(totals({"as_of": "2024-04-12", "total": 351, "killed": 65, "injured": 288}))
    assert sorted(wrong["quantity"]) == ["injured", "killed", "total"]


@pytest.mark.parametrize(
    ("comparator", "expected"),
    [(">", ("at least", 301)), (">=", ("at least", 300)), ("<", ("at most", 299)), ("<=", ("at most", 300))],
)
def test_comparators_are_bounds_of_the_total_and_leave_its_parts_exact(totals, comparator, expected):
    rows = totals({"as_of": "2023-04-28", "total": 300, "killed": 54, "comparator": comparator})
    read = figures(rows).set_index("quantity")
    assert (read.loc["total", "kind"], read.loc["total", "value"]) == expected
    assert (read.loc["killed", "kind"], read.loc["killed", "value"]) == ("equal", 54)


def test_about_bounds_nothing_and_the_three_ways_of_inexact_rows_differ(totals):
    rows = totals(
        {"as_of": "2021-09-22", "total": 160, "comparator": "~"},
        {"as_of": "2021-06-04", "total": 120, "comparator": ">"},
        {"as_of": "2021-07-27", "total": 155},
    )
    assert readings(figures(rows, inexact_rows="as bounds")) == [
        ("total", "at least", 121, "2021-06-04"),
        ("total", "equal", 155, "2021-07-27"),
    ]
    assert readings(figures(rows, inexact_rows="as printed")) == [
        ("total", "equal", 120, "2021-06-04"),
        ("total", "equal", 155, "2021-07-27"),
        ("total", "equal", 160, "2021-09-22"),
    ]
    assert readings(figures(rows, inexact_rows="leave out")) == [("total", "equal", 155, "2021-07-27")]


def test_a_month_dated_total_bounds_the_path_at_both_ends_of_the_month(totals):
    assert readings(figures(totals({"as_of": "2022-06", "total": 225}))) == [
        ("total", "at most", 225, "2022-06-01"),
        ("total", "at least", 225, "2022-06-30"),
    ]


def test_a_month_dated_bound_stands_at_the_end_where_it_holds(totals):
    more = figures(totals({"as_of": "2024-05", "total": 360, "comparator": ">"}))
    assert readings(more) == [("total", "at least", 361, "2024-05-31")]
    fewer = figures(totals({"as_of": "2024-05", "total": 400, "comparator": "<"}))
    assert readings(fewer) == [("total", "at most", 399, "2024-05-01")]


def test_a_repeated_total_is_possibly_stale_once_a_higher_one_was_printed(totals):
    rows = totals(
        {"as_of": "2023-01-31", "total": 282},
        {"as_of": "2023-02-07", "total": 282},
        {"as_of": "2023-04-28", "total": 298, "originator": "mfa_azerbaijan"},
        {"as_of": "2023-05-01", "total": 282},
    )
    # The second repeats before anybody moved on; only the last is behind.
    assert possibly_stale(read_parts(rows)).tolist() == [False, False, False, True]
    assert readings(figures(rows))[-1] == ("total", "at least", 282, "2023-05-01")
    assert readings(figures(rows, stale_rows="as points"))[-1] == ("total", "equal", 282, "2023-05-01")


def test_a_repeat_of_another_named_body_is_not_stale_but_one_of_nobody_in_particular_is(totals):
    rows = totals(
        {"as_of": "2023-05-25", "total": 302},
        {"as_of": "2023-11-03", "total": 336},
        {"as_of": "2023-11-28", "total": 302, "originator": "mfa_azerbaijan"},
        {"as_of": "2023-11-28", "total": 302, "originator": "unknown"},
    )
    assert possibly_stale(read_parts(rows)).tolist() == [False, False, False, True]


def test_a_misprinted_total_does_not_make_later_ones_stale(totals):
    rows = totals(
        {"as_of": "2024-04-01", "total": 356},
        {"as_of": "2024-04-24", "total": 365, "killed": 65, "injured": 291, "originator": "mfa_azerbaijan"},
        {"as_of": "2024-05-01", "total": 356},
    )
    assert possibly_stale(read_parts(rows)).tolist() == [False, False, False]


def test_reprints_add_no_vote_but_other_bodies_and_other_figures_do(totals):
    rows = totals(
        {"as_of": "2024-04-04", "total": 350, "killed": 65, "injured": 285},
        {"as_of": "2024-04-04", "total": 350, "killed": 65, "injured": 285, "source_id": "reprint"},
        {"as_of": "2024-04-04", "total": 350, "source_id": "short"},
        {"as_of": "2024-04-04", "total": 350, "originator": "mfa_azerbaijan"},
        {"as_of": "2024-04-04", "total": 351},
    )
    read = figures(rows)
    assert len(read) == 7
    votes = read[read["vote"]]
    assert sorted(zip(votes["originator"], votes["quantity"], votes["value"], strict=True)) == [
        ("anama", "injured", 285),
        ("anama", "killed", 65),
        ("anama", "total", 351),
        ("mfa_azerbaijan", "total", 350),
    ]
    assert len(statements(read)) == 4


def test_day_one_is_the_first_day_of_the_count(totals):
    assert figures(totals({"as_of": "2020-11-10", "total": 1}))["day"].tolist() == [1]


def test_choices_refuse_what_they_do_not_know():
    with pytest.raises(ParameterError, match=r"minimum_interval_days: 1 or more is needed, found 0"):
        Choices(minimum_interval_days=0)
    with pytest.raises(ParameterError, match=r"inexact_rows: one of as printed, as bounds, leave out"):
        Choices(inexact_rows="sometimes")
