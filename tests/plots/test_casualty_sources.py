"""What the figures of sources against each other hold."""

from __future__ import annotations

import pandas as pd

from analysis.plots.casualty_sources import agreement_figure, all_time_figure, listed_figure

WORDS = {"message": "What it says", "detail": "unit and place", "note": "n = 3; source"}


def test_each_pair_is_a_line_and_bounds_only_where_there_are_some():
    pairs = pd.DataFrame(
        {
            "year": [2006, 2009],
            "area": ["Azerbaijan", "Azerbaijan"],
            "originator_1": ["anama", "anama"],
            "originator_2": ["azcbl", "azcbl"],
            "total_1": [17, 22],
            "total_2": [35, 34],
            "ratio": [2.06, 1.55],
            "low": pd.array([pd.NA, 34], dtype="Int64"),
            "high": pd.array([pd.NA, 56], dtype="Int64"),
        }
    )
    figure = agreement_figure(pairs, names={"anama": "Agency (ANAMA)"}, **WORDS)
    (axis,) = figure.axes
    marks = sorted(int(line.get_xdata()[0]) for line in axis.get_lines() if len(line.get_xdata()) == 1)
    assert marks == [17, 22, 34, 35]
    bars = [bar for bar in axis.patches if bar.get_width() == 22]
    assert [bar.get_x() for bar in bars] == [34]
    assert [label.get_text() for label in axis.get_yticklabels()] == ["2006", "2009"]
    assert "ratio 2.1; Azerbaijan" in [text.get_text() for text in axis.texts]
    assert axis.get_xlim()[1] > 56


def test_all_time_totals_and_what_they_leave():
    stated = pd.DataFrame(
        {
            "date": pd.to_datetime(["2016-12-31", "2021-04-30", "2024-04-04"]),
            "value": [2439, 3445, 3429],
            "bound": ["equal", "equal", "at least"],
            "contradicted": [False, True, False],
        }
    )
    implied = pd.DataFrame(
        {
            "date": pd.to_datetime(["2021-04-30", "2024-04-04"]),
            "before_low": [3337, 3079],
            "before_high": [3362, 3079],
            "contradicted": [True, False],
        }
    )
    figure = all_time_figure(stated, implied, base=3079, **WORDS)
    upper, middle, lower = figure.axes
    drawn = sorted(int(value) for line in upper.get_lines() for value in line.get_ydata())
    assert drawn == [2439, 3429, 3445]
    again = sorted(int(value) for line in middle.get_lines() for value in line.get_ydata())
    assert again == [3429, 3445]
    assert middle.get_ylim()[0] > 3400
    assert middle.get_xlim() == lower.get_xlim()
    assert any(list(line.get_ydata()) == [3079, 3079] for line in lower.get_lines())
    assert lower.get_ylim()[1] > 3362


def test_listed_ratios_with_and_without_an_interval():
    listed = pd.DataFrame(
        {
            "label": ["all, 2023", "military, 2023"],
            "outcome": ["killed", "injured"],
            "ratio": [0.67, 0.1],
            "low": [0.4, float("nan")],
            "high": [1.0, float("nan")],
            "listed": [41, 1],
            "official": [61, 10],
        }
    )
    figure = listed_figure(listed, **WORDS)
    (axis,) = figure.axes
    assert "41 of 61" in [text.get_text() for text in axis.texts]
    assert len(axis.collections) == 1
    assert axis.get_xlim()[1] > 1.0
