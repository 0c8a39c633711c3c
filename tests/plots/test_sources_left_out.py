"""The figure of left-out sources: a line at the headline, a mark for each value left, words for none."""

from __future__ import annotations

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg

from analysis.plots.sources_left_out import left_out_figure

MARKS = pd.DataFrame(
    [
        ("first", "originator", "a", 0.5),
        ("first", "originator", "b", 1.0),
        ("first", "party", "p", 1.5),
        ("second", "originator", "a", None),
        ("second", "party", "p", None),
    ],
    columns=["headline", "what", "left_out", "ratio"],
).astype({"ratio": float})


def test_marks_and_words() -> None:
    figure = left_out_figure(
        MARKS, names={"a": "Body A", "b": "Body B"}, party="p", party_words="party P", message="m", note="n"
    )
    FigureCanvasAgg(figure).draw()
    axis, beside = figure.axes
    drawn = {line.get_marker(): [*map(float, line.get_xdata())] for line in axis.lines}
    assert drawn["o"] == [0.5, 1.0]
    assert drawn["D"] == [1.5]
    assert [label.get_text() for label in axis.get_yticklabels()] == ["first", "second"]
    words = [text.get_text() for text in beside.texts]
    assert words == ["Not estimable without", "\N{EN DASH}", "Body A; all party P"]
