"""The figures of map reliability: size, what the axes hold, and empty selections."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.evidence import load_evidence
from analysis.maps import tables
from analysis.maps.district_accidents import district_accidents
from analysis.maps.district_shapes import district_shapes
from analysis.maps.handovers import dates_named
from analysis.maps.study import MapReliability, map_reliability
from analysis.plots import maps
from analysis.plots.checking.legibility import TOUCHING_PT
from analysis.plots.checking.words import read_drawing
from analysis.plots.formats import rendered
from analysis.plots.save import _settle
from analysis.plots.style import DOUBLE_MM, MM_PER_INCH
from analysis.settings import JOURNAL


@pytest.fixture(scope="module")
def study() -> MapReliability:
    return map_reliability(load_evidence())


def _shares(study: MapReliability) -> Figure:
    line = study.line
    return maps.shares_with_n(line.counts, line.shares_only, line.increments, level=0.95, note="n")


def _curve(study: MapReliability) -> Figure:
    routes = study.coverage
    return maps.identification_curve(routes.records_curve, routes.line_curve, routes.half_widths, level=0.95, note="n")


def _texts(figure: Figure) -> str:
    figure.canvas.draw()
    parts = []
    for axis in figure.axes:
        parts += [axis.get_title(loc="left"), *(text.get_text() for text in axis.texts)]
        parts += [label.get_text() for label in (*axis.get_yticklabels(), *axis.get_xticklabels())]
    return "\n".join(parts)


def test_all_are_two_columns_wide_and_carry_the_note(study: MapReliability) -> None:
    timeline = maps.handovers_and_statements(study.said.side_by_side, tables.timeline_statements(study), note="sources")
    benchmarks = maps.benchmark_dots(study.said.benchmark_shares, note="sources")
    for figure in (timeline, benchmarks, _shares(study), _curve(study)):
        assert figure.get_figwidth() * MM_PER_INCH == pytest.approx(DOUBLE_MM)
        assert figure.get_supxlabel() in ("sources", "n")


def test_the_timeline_shows_both_sides_and_every_date(study: MapReliability) -> None:
    figure = maps.handovers_and_statements(study.said.side_by_side, tables.timeline_statements(study), note="n")
    words = _texts(figure)
    for part in ("Armenian\naccounts", "Azerbaijani\naccounts", "12 Jun\n2021", "97,000 mines", "972 forms"):
        assert part in words
    assert "none prints what was counted" in words
    both, dates = dates_named(study.said.side_by_side)
    assert f"same date for {both} of {dates} dates of handovers" in words


def test_in_a_journals_larger_text_no_word_of_timeline_or_district_map_lies_on_another(
    study: MapReliability, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(JOURNAL, "plos")
    evidence = load_evidence()
    found = district_accidents(evidence)
    shapes = district_shapes(evidence, found.by_district["district"].tolist())
    timeline = maps.handovers_and_statements(study.said.side_by_side, tables.timeline_statements(study), note="n")
    assert "97,000\nmines" in _texts(timeline)  # in the house style both stand in one line
    districts = maps.accidents_by_district(shapes, found.by_district, found.around, window_days=365, note="n")
    for figure in (timeline, districts):
        _settle(figure)
        words = read_drawing(rendered(figure, "svg", dpi=100)).words
        assert [(one, two) for one, two in combinations(words, 2) if one.box.overlap_pt(two.box) > TOUCHING_PT] == []


def test_unverified_shares_have_a_mark_of_their_own(study: MapReliability) -> None:
    said = tables.timeline_statements(study)
    figure = maps.handovers_and_statements(study.said.side_by_side, said, note="n")
    crosses = sorted(float(line.get_ydata()[0]) for line in figure.axes[1].lines if line.get_marker() == "x")
    assert crosses == pytest.approx([25, 50])  # ma-0027, 20 to 30 %, at its middle; ma-0026


def test_the_intervals_drawn_are_those_of_the_table(study: MapReliability) -> None:
    axis = _shares(study).axes[0]
    drawn = {tuple(round(float(x), 4) for x in line.get_xdata()) for line in axis.lines if len(line.get_xdata()) == 2}
    for _, row in study.line.counts.iterrows():
        assert (round(100 * row["low"], 4), round(100 * row["high"], 4)) in drawn


def test_the_fall_stands_in_the_title_and_goes_when_it_is_not_there(study: MapReliability) -> None:
    assert "one falls by 33" in _texts(_shares(study))
    accidents = study.line.counts.query("unit == 'accident'")
    increments = study.line.increments.query("unit == 'accident'")
    figure = maps.shares_with_n(accidents, study.line.shares_only, increments, level=0.95, note="n")
    assert "falls" not in _texts(figure)


def test_the_curve_is_drawn_over_the_whole_range_of_r(study: MapReliability) -> None:
    axis = _curve(study).axes[0]
    assert axis.get_xlim() == pytest.approx((0.2, 5.0))
    assert axis.get_xscale() == "log"
    assert "20 to 86 %" in axis.get_title(loc="left")


def test_each_benchmark_has_its_definition_beside_it(study: MapReliability) -> None:
    words = _texts(maps.benchmark_dots(study.said.benchmark_shares, note="n")).replace("\n", " ")
    for place, definition in study.said.benchmark_shares[["place", "definition"]].to_numpy():
        assert place in words
        assert definition in words


def test_nothing_left_is_written_into_the_panel(study: MapReliability) -> None:
    nothing = pd.DataFrame()
    for figure in (
        maps.shares_with_n(nothing, study.line.shares_only, nothing, level=0.95, note="n"),
        maps.identification_curve(nothing, nothing, nothing, level=0.95, note="n"),
        maps.benchmark_dots(nothing, note="n"),
        maps.handovers_and_statements(
            study.said.side_by_side.iloc[:0], tables.timeline_statements(study).iloc[:0], note="n"
        ),
    ):
        assert "No row is left for" in _texts(figure)
