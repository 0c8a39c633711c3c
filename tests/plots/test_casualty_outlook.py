"""What the figures of the outlook hold."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.plots.casualty_outlook import fan_figure, scores_figure

WORDS = {"message": "What it says", "detail": "unit and place", "note": "n = 3; source"}
LABELS = {"flat": "flat rate", "trend": "trend goes on"}


def dates(*days: str) -> pd.DatetimeIndex:
    return pd.to_datetime(list(days))


def test_the_fan_shows_the_last_year_and_every_model_s_end():
    seen = pd.DataFrame({"date": dates("2025-03-13", "2025-09-01", "2026-03-13"), "casualties": [0.0, 10.0, 33.0]})
    ahead = pd.DataFrame(
        {
            "model": ["flat", "flat", "trend", "trend"],
            "date": [*dates("2026-09-13", "2027-03-13")] * 2,
            "median": [16, 33, 9, 16],
        }
    )
    for level, reach in ((50, 2), (80, 4), (95, 8)):
        ahead[f"low_{level}"] = ahead["median"] - reach
        ahead[f"high_{level}"] = ahead["median"] + reach
    figure = fan_figure(seen, ahead, labels=LABELS, **WORDS)
    (axis,) = figure.axes
    lines = [list(line.get_ydata()) for line in axis.get_lines()]
    assert [0.0, 10.0, 33.0] in lines
    # The fan and its median start at zero on the last date seen.
    assert [0, 16, 33] in lines
    texts = [text.get_text() for text in axis.texts]
    assert "flat rate\n33 (25 to 41)" in texts
    # A name longer than twelve characters takes two lines, or it would reach the next bar in a journal's larger text.
    assert "trend goes\non\n16 (8 to 24)" in texts
    assert sorted({bar.get_height() for bar in axis.patches}) == [4, 8, 16]
    assert axis.get_ylim()[1] > 41


def test_every_score_is_a_mark_and_the_mean_a_bar():
    scored = pd.DataFrame(
        {
            "horizon_months": [3, 3, 12, 12, 3, 3, 12, 12],
            "model": ["flat"] * 4 + ["trend"] * 4,
            "origin": [*dates("2022-01-01", "2022-06-01", "2022-01-01", "2022-06-01")] * 2,
            "wis": [1.0, 3.0, 4.0, 6.0, 2.0, 2.0, 8.0, 4.0],
        }
    )
    score = scored.groupby(["horizon_months", "model"], as_index=False)["wis"].mean()
    score = score.rename(columns={"wis": "mean_wis"}).assign(
        windows=2, without_overlap=1, inside_50="1 of 2", inside_95="2 of 2"
    )
    figure = scores_figure(scored, score, labels=LABELS, **WORDS)
    three, twelve = figure.axes
    assert three.get_lines()[0].get_xdata().tolist() == [1.0, 3.0]
    assert three.get_lines()[1].get_xdata().tolist() == pytest.approx([2.0, 2.0])
    assert twelve.get_lines()[2].get_xdata().tolist() == [8.0, 4.0]
    texts = [text.get_text() for text in twelve.texts]
    assert "12 months: 2 windows, 1 without overlap" in texts
    assert "trend goes on: mean 6; inside 50 %: 1 of 2, 95 %: 2 of 2" in texts
