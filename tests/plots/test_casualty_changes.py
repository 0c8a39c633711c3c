"""What the figures of changes of the rate hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.plots.casualty_changes import change_profile_figure, event_power_figure, smooth_rate_figure
from analysis.plots.style import PALETTE

WORDS = {"message": "What it says", "detail": "unit and place", "note": "n = 3; source"}
SMOOTH = {"interval": "interval", "marked": "late", "bic": "by BIC", "aic": "by AIC", "window": "event"}
PROFILE = {
    "profile": "one step",
    "critical": "limit",
    "set": "set",
    "bic": "BIC",
    "modified_bic": "mBIC",
    "cuts": "cuts",
    "cuts_detail": "no steps",
}
POWER = {"hidden": "hidden", "halving": "halving", "estimate": "estimate"}


def dates(*days: str) -> pd.DatetimeIndex:
    return pd.to_datetime(list(days))


def intervals() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "start": dates("2021-01-01", "2022-01-01"),
            "end": dates("2021-12-31", "2022-12-31"),
            "rate_per_30d": [10.0, 5.0],
            "clustered_low": [7.0, 3.0],
            "clustered_high": [14.0, 9.0],
            "marked": [False, True],
        }
    )


def curves() -> pd.DataFrame:
    one = pd.DataFrame(
        {
            "date": dates("2021-01-01", "2022-12-31"),
            "rate_per_30d": [11.0, 4.0],
            "low": [6.0, 2.0],
            "high": [900.0, 8.0],
        }
    )
    return pd.concat([one.assign(criterion="bic"), one.assign(criterion="aic", rate_per_30d=[12.0, 3.0])])


def windows() -> pd.DataFrame:
    return pd.DataFrame(
        {"start": dates("2021-06-12", "2022-03-01"), "end": dates("2021-07-03", "2022-03-01"), "label": ["A", "B"]}
    )


def test_both_curves_every_interval_and_all_windows_alike_are_drawn():
    (axis,) = smooth_rate_figure(intervals(), curves(), windows(), labels=SMOOTH, **WORDS).axes
    drawn = {line.get_label(): line.get_ydata().tolist() for line in axis.get_lines()}
    assert drawn == {"by AIC": [12.0, 3.0], "by BIC": [11.0, 4.0]}
    assert [text.get_text() for text in axis.texts if len(text.get_text()) == 1] == ["A", "B"]
    bands = [patch for patch in axis.patches if patch.get_height() == 1]
    assert len({to_hex(patch.get_facecolor()) for patch in bands}) == 1
    labels = [text.get_text() for text in axis.get_legend().get_texts()]
    assert sorted(labels) == ["by AIC", "by BIC", "event", "interval", "late"]
    # Told apart without colour: the marked interval is dashed. And no window lies under the key.
    styles = {str(one.get_label()): one.get_linestyle()[0][1] for one in axis.collections if one.get_label() in labels}
    assert styles["interval"] is None
    assert styles["late"] is not None
    axis.figure.draw_without_rendering()
    assert axis.get_legend().get_window_extent().y1 < axis.get_window_extent().y0
    # A band a thousand times the rates does not flatten them: the axis follows the intervals.
    assert axis.get_ylim()[1] == pytest.approx(1.12 * 14)


def test_without_a_curve_or_a_window_the_intervals_stand_alone():
    (axis,) = smooth_rate_figure(intervals(), curves().iloc[:0], windows().iloc[:0], labels=SMOOTH, **WORDS).axes
    assert not axis.get_lines()
    assert len(axis.get_legend().get_texts()) == 2


def profile() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "start": dates("2021-01-01", "2021-07-01", "2022-01-01"),
            "end": dates("2021-06-30", "2021-12-31", "2022-06-30"),
            "deviance_gained": [8.0, 2.0, np.nan],
            "in_set": [True, False, False],
        }
    )


def test_the_profile_is_in_the_units_of_the_limit_and_the_set_stands_below():
    cuts = pd.DataFrame({"changes": [0, 1, 2], "bic": [9.0, 4.0, 5.0], "modified_bic": [9.0, 6.0, 8.0]})
    test = pd.Series({"critical": 10.0, "dispersion_of_best": 4.0})
    left, right = change_profile_figure(profile(), cuts, test=test, labels=PROFILE, **WORDS).axes
    heights = [path.vertices[0, 1] for marks in left.collections for path in marks.get_paths()]
    assert heights == pytest.approx([2.0, 0.5, -0.6])
    assert left.get_lines()[0].get_ydata() == [10.0, 10.0]
    ringed = [line.get_xdata().tolist() for line in right.get_lines() if line.get_markersize() == 8]
    assert ringed == [[1], [1]]


def test_nothing_to_look_for_is_an_empty_panel():
    none = profile().iloc[:0]
    reason = pd.DataFrame({"not estimated": ["no events"]})
    left, right = change_profile_figure(none, reason, test=pd.Series(dtype=float), labels=PROFILE, **WORDS).axes
    assert not left.axison
    assert not right.axison


def power() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "window": ["June", "July"],
            "lists": ["one", "two"],
            "detectable_fall": [np.nan, 0.7],
            "detectable_rise": [3.0, 1.4],
            "power_of_halving": [0.1, 0.95],
            "verdict": ["these data cannot tell", "a halving would be seen"],
            "rate_ratio": [np.nan, 0.6],
            "low": [np.nan, 0.45],
            "high": [np.nan, 0.8],
        }
    )


def test_an_estimate_is_drawn_only_where_the_counts_can_tell():
    (axis,) = event_power_figure(power(), labels=POWER, **WORDS).axes
    bars = axis.collections[0].get_segments()
    # None detectable: the bar reaches the edge of the axis.
    assert [bar[:, 0].tolist() for bar in bars] == [[axis.get_xlim()[0], 3.0], [0.7, 1.4]]
    points = [line for line in axis.get_lines() if line.get_marker() == "o"]
    assert [(line.get_xdata().tolist(), line.get_ydata().tolist()) for line in points] == [([0.6], [0])]
    texts = [text.get_text() for text in axis.texts]
    assert "these data cannot tell\nhalving seen in 10 of 100" in texts
    assert to_hex(points[0].get_color()) == PALETTE["blue"].lower()


def test_where_none_can_tell_no_point_is_drawn():
    (axis,) = event_power_figure(power().iloc[:1], labels=POWER, **WORDS).axes
    assert not [line for line in axis.get_lines() if line.get_marker() == "o"]
    assert [text.get_text() for text in axis.get_legend().get_texts()] == ["hidden", "halving"]
