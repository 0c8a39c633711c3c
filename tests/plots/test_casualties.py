"""What the figures of the casualty study hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.plots.casualties import rate_figure, running_total_figure
from analysis.plots.casualty_counts import annual_figure, composition_figure
from analysis.plots.style import MM_PER_INCH, PALETTE

WORDS = {"message": "What it says", "detail": "unit and place", "note": "n = 3; source"}


def dates(*days: str) -> pd.DatetimeIndex:
    return pd.to_datetime(list(days))


def path() -> pd.DataFrame:
    frame = pd.DataFrame({"date": dates("2021-01-01", "2022-01-01", "2023-01-01"), "killed": [3, 5, 6]})
    frame["total"] = [20, 40, 50]
    for name, end in (("killed", 0), ("total", 0), ("total", 5)):
        frame[f"{name}_low_{end}"] = frame[name] - end
        frame[f"{name}_high_{end}"] = frame[name] + end
    return frame


def printed() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "date": dates("2021-01-01", "2022-01-01", "2022-06-01"),
            "printed": [20, 48, 30],
            "used": [20, 40, 40],
            "difference": [0, 8, -10],
            "kind": ["equal", "equal", "at least"],
            "overruled": [False, True, False],
            "row_id": ["a", "b", "c"],
        }
    )


def test_running_total_draws_the_path_every_print_and_the_differences():
    figure = running_total_figure(path(), printed(), **WORDS)
    upper, lower = figure.axes
    assert upper.get_lines()[0].get_ydata().tolist() == [20, 40, 50]
    assert upper.get_lines()[1].get_ydata().tolist() == [3, 5, 6]
    drawn = np.concatenate([marks.get_offsets()[:, 1] for marks in upper.collections[1:]])
    assert sorted(drawn.tolist()) == [20, 30, 48]
    red = [marks for marks in upper.collections[1:] if to_hex(marks.get_facecolor()[0]) == PALETTE["vermilion"].lower()]
    assert [marks.get_offsets()[0, 1] for marks in red] == [48]
    # A bound is no difference: only the two points stand below.
    below = np.concatenate([marks.get_offsets()[:, 1] for marks in lower.collections if len(marks.get_offsets())])
    assert 8 in below.tolist()
    assert -10 not in below.tolist()
    texts = [text.get_text() for axis in figure.axes for text in axis.texts]
    assert "50\nkilled or injured" in texts
    assert "+8" in texts


def intervals() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "start": dates("2020-11-10", "2021-12-15", "2022-02-05"),
            "end": dates("2021-12-14", "2022-02-04", "2022-04-06"),
            "days": [400, 52, 61],
            "casualties": [197, 7, 30],
            "rate_per_30d": [14.8, 4.0, 14.8],
            "clustered_low": [11.0, 1.0, 8.0],
            "clustered_high": [19.0, 12.0, 25.0],
            "kind": ["occurred", "registered", "registered"],
            "marked": [False, False, True],
        }
    )


LABELS = {
    "occurred": "occurred",
    "by difference": "by difference",
    "registered": "registered",
    "marked": "may be late",
    "trend": "trend, 95 % band",
}


def test_rate_draws_each_interval_once_in_the_colour_of_its_kind():
    trend = pd.DataFrame(
        {
            "date": dates("2020-11-10", "2022-04-06"),
            "rate_per_30d": [16.0, 6.0],
            "low": [12.0, 4.0],
            "high": [20.0, 9.0],
        }
    )
    (axis,) = rate_figure(intervals(), trend, labels=LABELS, **WORDS).axes
    assert [text.get_text() for text in axis.get_legend().get_texts()] == [
        "trend, 95 % band",
        "occurred",
        "registered",
        "may be late",
    ]
    assert [text.get_text() for text in axis.texts if "days" in text.get_text()] == ["197 in 400 days", "30 in 61 days"]
    assert axis.get_title(loc="left") == "What it says"


def test_rate_draws_what_comes_by_difference_in_a_colour_of_its_own():
    empty = pd.DataFrame(columns=["date", "rate_per_30d", "low", "high"])
    rows = intervals().assign(kind=["occurred", "by difference", "registered"], marked=False)
    (axis,) = rate_figure(rows, empty, labels=LABELS, **WORDS).axes
    handles, labels = axis.get_legend_handles_labels()
    assert labels == ["occurred", "by difference", "registered"]
    assert len({to_hex(handle.get_color()[0]) for handle in handles}) == 3


def test_rate_without_a_trend_has_no_line():
    empty = pd.DataFrame(columns=["date", "rate_per_30d", "low", "high"])
    (axis,) = rate_figure(intervals().assign(marked=False), empty, labels=LABELS, **WORDS).axes
    assert [text.get_text() for text in axis.get_legend().get_texts()] == ["occurred", "registered"]


def counts() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "year": [2006, 2006, 2007, 2014, 2012],
            "area": [*["Azerbaijan without Nagorno-Karabakh"] * 3, "Nagorno-Karabakh", "Armenia"],
            "originator": ["anama", "azcbl", "somebody_new", "halo_trust", "chde"],
            "total": pd.array([17, 35, 4, 13, 0], dtype="Int64"),
            "killed": pd.array([None] * 5, dtype="Int64"),
            "injured": pd.array([None] * 5, dtype="Int64"),
            "comparator": ["=", "=", "=", ">=", "="],
        }
    )


def test_years_draw_every_body_also_one_without_a_style_and_shade_years_without_a_count():
    gains = pd.DataFrame({"year": [2021, 2022], "low": [115, 53], "high": [190, 90]})
    names = {"anama": "Mine Action Agency (ANAMA)", "halo_trust": "The HALO Trust"}
    axes = annual_figure(counts(), gains, names=names, **WORDS).axes
    legends = [[text.get_text() for text in axis.get_legend().get_texts()] for axis in axes]
    assert legends == [
        ["ANAMA", "azcbl", "somebody_new", "gain of the running totals in the year (range)"],
        ["The HALO Trust"],
        ["chde"],
    ]
    values = sorted(float(value) for axis in axes for line in axis.get_lines() for value in line.get_ydata())
    assert values == [0, 4, 13, 17, 35]
    assert all("no counterpart\npublished" in [text.get_text() for text in axis.texts] for axis in axes)
    # A count of zero lies inside the panel, not on its edge.
    assert axes[2].get_ylim()[0] < 0


def test_years_with_bars_of_ours_only_are_shaded_and_partial_counts_stand_in_words():
    gains = pd.DataFrame({"year": [2021], "low": [115], "high": [190]})
    partial = counts().iloc[3:4].assign(year=2004, total=pd.NA, killed=10, comparator="=")
    rows = pd.concat([counts(), partial], ignore_index=True)
    azerbaijan, karabakh, _ = annual_figure(rows, gains, names={}, **WORDS).axes

    def shaded(axis):
        # Bars are half a year wide, shaded years a whole one.
        return {round(patch.get_x() + 0.5) for patch in axis.patches if patch.get_width() == 1}

    assert 2021 in shaded(azerbaijan)
    assert 2006 not in shaded(azerbaijan)
    assert 2004 in shaded(karabakh)
    assert "10 killed" in [text.get_text() for text in karabakh.texts]
    assert "10 killed" not in [text.get_text() for text in azerbaijan.texts]


def test_composition_has_totals_as_points_and_increments_as_lines():
    table = pd.DataFrame(
        {
            "share": ["killed_share"] * 3,
            "of": ["total by date", "increment", "total by date"],
            "start": [pd.NaT, pd.Timestamp("2021-01-01"), pd.NaT],
            "end": dates("2021-01-01", "2022-01-01", "2022-01-01"),
            "value": [0.2, 0.1, 0.18],
            "clustered_low": [0.1, 0.02, 0.1],
            "clustered_high": [0.4, 0.4, 0.3],
            "n": [50, 20, 70],
        }
    )
    figure = composition_figure(table, shares={"killed_share": "Killed", "civilian_share": "Civilian"}, **WORDS)
    first, second = figure.axes
    assert [text.get_text() for text in first.get_legend().get_texts()] == [
        "added between two dates",
        "all to the date (its n at the foot)",
    ]
    assert {"50", "70"} <= {text.get_text() for text in first.texts}
    assert "n = 20" in [text.get_text() for text in first.texts]
    assert not second.collections


@pytest.mark.parametrize("make", [lambda: running_total_figure(path(), printed(), **WORDS)])
def test_it_is_as_wide_as_a_page(make):
    assert make().get_size_inches()[0] * MM_PER_INCH == pytest.approx(183)
