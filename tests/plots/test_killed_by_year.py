"""The figure of the template draws every year with its interval."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.plots.killed_by_year import killed_by_year_figure


def test_a_dot_and_an_interval_a_year() -> None:
    found = pd.DataFrame({"year": [2008, 2009], "killed_share": [0.25, 0.5], "low": [0.1, 0.3], "high": [0.4, 0.7]})
    figure = killed_by_year_figure(found, message="A message", detail="A detail", note="A note.")
    (axis,) = figure.axes
    (dots,) = axis.lines
    assert list(dots.get_xdata()) == [2008, 2009]
    assert list(dots.get_ydata()) == pytest.approx([25, 50])
    (lines,) = axis.collections
    assert [segment[:, 1].tolist() for segment in lines.get_segments()] == [
        pytest.approx([10, 40]),
        pytest.approx([30, 70]),
    ]
    assert "A message" in axis.get_title(loc="left")
