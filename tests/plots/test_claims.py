"""What the audit figure holds: groups, counts, marks drawn differently, labels that do not collide."""

from __future__ import annotations

import math
from itertools import combinations

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.plots.claims import audit_figure

ROWS = pd.DataFrame(
    [
        (
            "c-1",
            "Casualties",
            "more than 100 persons",
            "agrees as a bound",
            "105 to 110 persons: +5 to +10 persons",
            2,
            1,
        ),
        ("c-2", "Share outside", "55 per cent", "differs", "70 per cent: +15 percentage points", 2, 1),
        ("c-3", "Somebody denied it", "", "not a quantity", "says who said something", 1, 1),
    ],
    columns=["claim", "short", "stated", "verdict", "result", "beside", "other_parties"],
)
MARKS = pd.DataFrame(
    [
        ("c-1", "the statement", 100.0, math.inf, "> 100", False),
        ("c-1", "counterpart of the same scope", 105.0, 110.0, "105-110", True),
        ("c-1", "another statement of the quantity", -math.inf, 400.0, "< 400", False),
        ("c-2", "the statement", 0.55, 0.55, "55", False),
        ("c-2", "counterpart of the same scope", 0.70, 0.70, "70", True),
        ("c-2", "count of another unit or scope", 0.56, 0.56, "56", False),
    ],
    columns=["claim", "role", "low", "high", "label", "decides"],
)


@pytest.fixture(scope="module")
def figure() -> Figure:
    drawn = audit_figure(ROWS, MARKS, note="Source: made up for a test.")
    FigureCanvasAgg(drawn).draw()
    return drawn


def words(figure: Figure) -> list[Text]:
    return [text for text in figure.axes[0].texts if text.get_text().strip()]


def test_groups_carry_verdict_and_count(figure: Figure) -> None:
    texts = [text.get_text() for text in words(figure)]
    for verdict in ("Agrees as a bound", "Differs", "Not a quantity"):
        assert texts.count(verdict) == 1
    assert texts.count("1 of 3") == 3


def test_the_title_counts_what_is_drawn(figure: Figure) -> None:
    assert figure.axes[0].get_title(loc="left") == (
        "1 of 3 statements meet a published figure of the same scope, 1 differs from one, 1 have none to compare with"
    )


def test_statements_are_open_and_counterparts_filled(figure: Figure) -> None:
    points = {line.get_marker(): line for line in figure.axes[0].lines if line.get_marker() not in ("None", "")}
    assert points["D"].get_markerfacecolor() == "white"
    assert points["o"].get_markerfacecolor() != "white"


def test_a_bound_beyond_the_scale_stands_at_its_end_and_not_on_another_mark(figure: Figure) -> None:
    positions = [float(line.get_xdata()[0]) for line in figure.axes[0].lines if line.get_marker() == "d"]
    ends = [float(line.get_xdata()[-1]) for line in figure.axes[0].lines if len(line.get_xdata()) == 2]
    assert positions
    assert max(positions) in ends


def test_no_two_words_overlap_and_none_leaves_the_page(figure: Figure) -> None:
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in words(figure)]
    width = figure.get_figwidth() * figure.dpi
    assert [name for name, box in boxes if box.x0 < 0 or box.x1 > width] == []
    overlapping = [(one[0], other[0]) for one, other in combinations(boxes, 2) if one[1].overlaps(other[1])]
    assert overlapping == []


def drawn_with(*others: float) -> Figure:
    """Return the figure of one statement, 55, with other counts in per cent beside it and one far off."""
    marks = [("c-2", "the statement", 55.0, math.inf, "> 55", False)]
    marks += [("c-2", "count of another unit or scope", one, one, f"{one:g}", False) for one in (*others, 74.4)]
    drawn = audit_figure(ROWS.iloc[[1]], pd.DataFrame(marks, columns=MARKS.columns), note="n")
    FigureCanvasAgg(drawn).draw()
    return drawn


def test_every_count_of_another_scope_is_labelled() -> None:
    counts = (71.1, 71.59, 71.62, 72.5)
    labels = "; ".join(text.get_text() for text in words(drawn_with(*counts)))
    assert [count for count in counts if f"{count:g}" not in labels] == []


def test_a_count_next_to_the_statement_is_drawn_below_it() -> None:
    figure = drawn_with(55.3)
    heights = {line.get_marker(): [] for line in figure.axes[0].lines}
    for line in figure.axes[0].lines:
        heights[line.get_marker()].append(float(line.get_ydata()[0]))
    (stated,) = heights["D"]
    assert max(heights["s"]) - stated > 1  # mm down the page; the one far off stays on the line
    assert min(heights["s"]) == stated
    assert "55.3" in [text.get_text() for text in words(figure)]
