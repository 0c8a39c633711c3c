"""The specification curves draw every specification, its interval and options, and known mistakes apart from them."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.multiverse.choice import Choice, Headline, Multiverse, Option
from analysis.multiverse.table import StoredTable
from analysis.plots.multiverse import specification_curves

HEADLINES = (
    Headline(key="made_up.change", label="change", axis="share", reference=0.0, reference_words="no change"),
    Headline(key="made_up.ratio", label="ratio", axis="ratio"),
)
CHANGE = [(-0.2, -0.3, -0.1), (-0.2, -0.3, -0.1), (-0.1, -0.3, 0.1), (-0.1, -0.3, 0.1)]
RATIO = [(2.0, 1.0, math.inf), (3.0, 2.0, 4.0), (1.0, 0.5, math.inf), (8.0, 3.0, 9.0)]


def option(label: str, value: object) -> Option:
    return Option(label=label, reason="because it can be done", parameters={"p": value})


def table() -> StoredTable:
    multiverse = Multiverse(
        notebook="casualty_trends",
        choices=(
            Choice(name="length", options=(option("short", 1), option("long", 9))),
            Choice(name="rows", options=(option("all", 1), option("exact", 2))),
        ),
        mistakes=(),
        headlines=HEADLINES,
    )
    cells = [
        {"run": str(place), "mistake": "", **one.options, "key": headline.key, "value": value, "low": low, "high": high}
        for headline, numbers in zip(HEADLINES, (CHANGE, RATIO), strict=True)
        for place, (one, (value, low, high)) in enumerate(zip(multiverse.specifications(), numbers, strict=True))
    ]
    rows = pd.DataFrame(cells).assign(interval_kind="scenario")
    words = {"sources": ["page-1"]}
    return StoredTable(multiverse=multiverse, rows=rows, made_from={"headlines": {one.key: words for one in HEADLINES}})


def mistakes(*moved: tuple[str, float, float, float]) -> pd.DataFrame:
    """Return mistakes of the first headline beside what the study finds."""
    rows = pd.DataFrame(moved, columns=["mistake", "value", "low", "high"])
    return rows.assign(key="made_up.change", value_of_study=-0.2, low_of_study=-0.3, high_of_study=-0.1)


WRONG = mistakes(("wrong", 0.4, 0.3, 0.5), ("idle", -0.2, -0.3, -0.1))


@pytest.fixture(scope="module")
def figure() -> Figure:
    drawn = specification_curves(table(), WRONG, note="A note.")
    FigureCanvasAgg(drawn).draw()
    return drawn


def points(axis: Axes, marker: str) -> list[tuple[float, float]]:
    lines = [line for line in axis.lines if line.get_marker() == marker]
    return [(float(x), float(y)) for line in lines for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)]


def test_specifications_that_differ_in_an_inert_choice_alone_are_one_mark(figure: Figure) -> None:
    # 'rows' does not move the change: two marks of four specifications, in order of value; all four ratios differ.
    assert sorted(y for _, y in points(figure.axes[0], "o")) == [-0.2, -0.1]
    assert [y for _, y in sorted(points(figure.axes[1], "o"))] == [1.0, 2.0, 3.0, 8.0]


def test_the_specification_of_the_study_has_a_colour_of_its_own(figure: Figure) -> None:
    colours = {line.get_color(): list(line.get_ydata()) for line in figure.axes[1].lines if line.get_marker() == "o"}
    assert len(colours) == 2
    assert [2.0] in colours.values()


def test_an_interval_without_end_goes_on_beyond_the_axis_with_an_arrow(figure: Figure) -> None:
    axis = figure.axes[1]
    tops = [y for _, y in points(axis, "^")]
    assert tops == [axis.get_ylim()[1]] * 2


def test_the_matrix_beneath_marks_the_option_taken_of_every_active_choice(figure: Figure) -> None:
    labels = [[one.get_text() for one in axis.get_yticklabels()] for axis in figure.axes[2:4]]
    assert labels[0] == ["length: short", "length: long"]
    assert labels[1] == ["length: short", "length: long", "rows: all", "rows: exact"]
    for axis, places, choices in ((figure.axes[2], 2, 1), (figure.axes[3], 4, 2)):
        taken = points(axis, "o")
        assert len(taken) == places * choices
        assert sorted({x for x, _ in taken}) == list(range(places))


def test_mistakes_stand_to_the_right_of_the_curve_and_only_where_they_move_something(figure: Figure) -> None:
    axis = figure.axes[0]
    ((place, value),) = points(axis, "x")
    assert value == 0.4
    assert place > max(x for x, _ in points(axis, "o"))
    assert place < axis.get_xlim()[1]
    texts = [text.get_text() for text in axis.texts]
    assert "wrong" in texts
    assert "idle" not in texts
    assert points(figure.axes[1], "x") == []


def test_names_of_mistakes_do_not_overlap_on_a_long_curve() -> None:
    short = table()
    lengths = Choice(name="length", options=tuple(option(f"option {number}", number) for number in range(60)))
    choices = (lengths, short.multiverse.choices[1])
    multiverse = replace(short.multiverse, choices=choices, headlines=HEADLINES[:1])
    cells = [
        {"run": "r", "mistake": "", **one.options, "key": "made_up.change", "value": number / 1000, "low": -0.3}
        for number, one in enumerate(multiverse.specifications())
    ]
    rows = pd.DataFrame(cells).assign(high=0.2, interval_kind="scenario")
    wrong = mistakes(("bounds read as points", 0.2, 0.1, 0.3), ("another mistake altogether", 0.3, 0.1, 0.4))
    figure = specification_curves(replace(short, multiverse=multiverse, rows=rows), wrong, note="A note.")
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    boxes = [text.get_window_extent(canvas.get_renderer()) for text in figure.axes[0].texts if text.get_rotation()]
    assert len(boxes) == 2
    assert not boxes[0].overlaps(boxes[1])


def test_the_reference_is_drawn_and_named(figure: Figure) -> None:
    axis = figure.axes[0]
    (reference,) = [line for line in axis.lines if list(line.get_ydata()) == [0.0, 0.0]]
    ((mistake, _),) = points(axis, "x")
    assert reference.get_xdata()[0] == axis.get_xlim()[0]
    assert reference.get_xdata()[1] < mistake  # it does not strike out the names beside the marks
    words = [text.get_text() for text in figure.axes[0].texts]
    assert "dashed: no change" in words


def test_whole_values_have_whole_ticks(figure: Figure) -> None:
    _, ratio = figure.axes[:2]
    assert all(float(tick).is_integer() for tick in ratio.get_yticks())
    narrow = table()
    rows = narrow.rows.assign(value=[417.0, 418.0] * (len(narrow.rows) // 2), low=416.5, high=418.5)
    counted = specification_curves(replace(narrow, rows=rows), mistakes(), note="A note.")
    assert all(float(tick).is_integer() for tick in counted.axes[0].get_yticks())
