"""Power first, a verdict second, and no estimate where the counts cannot tell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.casualties.changes.event_dates import event_windows
from analysis.casualties.changes.events import (
    CANNOT_TELL,
    TOLD,
    event_power,
    placebo_statistics,
    power_table,
    verdict_table,
)
from analysis.casualties.scope import COUNT_START

SIZES = (1, 1, 1, 2)


def months(count, level=40.0, ratio=1.0, at=15, seed=1):
    """Return intervals of 60 days with Poisson counts, multiplied by `ratio` from interval `at` on."""
    start = pd.Timestamp(COUNT_START) + pd.to_timedelta(np.arange(count) * 60, unit="D")
    means = np.where(np.arange(count) < at, level, ratio * level)
    counts = np.random.default_rng(seed).poisson(means)
    return pd.DataFrame(
        {"start": start, "end": start + pd.Timedelta(days=59), "days": 60, "casualties": counts, "marked": False}
    )


def run(intervals, windows, replicates=100, **others):
    flat = (float(intervals["casualties"].mean()),) * len(intervals)
    return event_power(
        intervals, windows, curved_means=flat, sizes=SIZES, level=0.95, replicates=replicates, seed=3, **others
    )


# Day 1 is 10 November 2020; interval 15 begins 900 days later, on 29 April 2023.
MIDDLE = event_windows({"a": ["2023-04-29"]}, merge_days=90)


@pytest.fixture(scope="module")
def told():
    return run(months(30, level=80.0, ratio=0.4), MIDDLE)


def test_where_a_halving_would_be_seen_the_estimate_stands(told):
    (row,) = told.to_dict("records")
    assert row["verdict"] == TOLD
    assert row["power_of_halving"] >= 0.8
    assert row["low"] < 0.4 < row["high"]
    assert row["p_value"] == pytest.approx(1 / 401)  # four times 100 series without a shift
    assert row["placebo_rank"] == 1
    assert {"rate_ratio", "p_value"} <= set(verdict_table(told).columns)


def test_the_rank_is_bounded_by_the_windows_without_an_event(told):
    (row,) = told.to_dict("records")
    # 1,800 days hold 20 windows 90 days apart, less the event's own and those without two whole intervals on a side.
    assert 14 <= row["windows_without_event"] <= 17
    assert row["smallest_p_by_rank"] == pytest.approx(1 / (1 + row["windows_without_event"]))


def test_placebo_windows_do_not_overlap_listed_ones():
    others = event_windows({"a": ["2023-04-29"], "b": ["2022-01-01", "2022-12-31"]}, merge_days=400)
    assert [window.words for window in others] == ["1 January to 31 December 2022", "29 April 2023"]
    few = placebo_statistics(months(30), others[1], others)
    many = placebo_statistics(months(30), others[1], others[1:])
    # 365 days hold four or five windows 90 days apart.
    assert len(many) - len(few) in (4, 5)


def test_few_counts_cannot_tell_and_show_no_estimate():
    power = run(months(30, level=2.0), MIDDLE)
    (row,) = power.to_dict("records")
    assert row["verdict"] == CANNOT_TELL
    assert "of 100 cases" in row["why"]
    assert all(pd.isna(row[name]) for name in ("rate_ratio", "low", "high", "p_value", "placebo_rank"))
    assert not {"rate_ratio", "p_value", "placebo_rank"} & set(verdict_table(power).columns)


def test_a_window_in_the_first_interval_cannot_be_told_however_many_casualties_there_are():
    power = run(months(30, level=400.0), event_windows({"a": ["2020-11-20"]}, merge_days=90))
    assert power["verdict"].tolist() == [CANNOT_TELL]
    assert "whole intervals before it: 0" in power["why"].iloc[0]


def test_too_few_intervals_are_said():
    power = run(months(6), MIDDLE)
    assert power["verdict"].tolist() == [CANNOT_TELL]
    assert power["why"].iloc[0].startswith("6 intervals are too few")
    empty = months(30).assign(casualties=0)
    assert "no events in any of 30 intervals" in run(empty, MIDDLE)["why"].iloc[0]
    with pytest.raises(ValueError, match="two lists of one length are needed"):
        run(months(30).iloc[:0], MIDDLE)


def test_power_is_printed_first_and_without_any_estimate(told):
    columns = list(told.columns)
    assert columns.index("power_of_halving") < columns.index("verdict") < columns.index("rate_ratio")
    assert not {"rate_ratio", "p_value", "verdict"} & set(power_table(told).columns)


def test_windows_are_drawn_apart_so_that_one_more_changes_no_other():
    two = event_windows({"a": ["2023-04-29", "2024-06-01"]}, merge_days=90)
    alone, both = run(months(30), MIDDLE), run(months(30), two)
    assert both["power_of_halving"].iloc[0] == alone["power_of_halving"].iloc[0]
    assert len(run(months(30), ())) == 0


def test_no_word_on_causes(told):
    words = " ".join([CANNOT_TELL, TOLD, *told["why"], *told.columns])
    assert not any(cause in words for cause in ("effect", "caus", "because", "impact", "led to"))
