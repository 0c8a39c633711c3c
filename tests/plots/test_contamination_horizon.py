"""Figures of the horizon: what the axes hold, and what is drawn where nothing can be estimated."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.contamination.capacity import NO_DRIFT
from analysis.contamination.coverage import ALL
from analysis.contamination.elsewhere import stated_areas
from analysis.contamination.fixed_scenarios import fixed_scenarios, targets_against_reports
from analysis.contamination.horizon import WHOLE
from analysis.contamination.horizon_parts import walks_or_nothing
from analysis.contamination.past_projections import projections_scored
from analysis.contamination.study import study_contamination
from analysis.evidence import load_evidence
from analysis.plots.contamination import fan_figure, projections_figure, search_figure


@pytest.fixture(scope="module")
def evidence():
    return load_evidence()


@pytest.fixture(scope="module")
def study(evidence):
    return study_contamination(evidence)


def texts(figure) -> str:
    return " ".join(text.get_text() for axis in figure.axes for text in [axis.title, axis._left_title, *axis.texts])


def test_fan_holds_the_middle_walk_the_scenarios_and_the_statement(study, evidence) -> None:
    walks = walks_or_nothing(study.ranges, study.rates, origin_year=2026, draws=100, seed=1)
    targets = targets_against_reports(evidence.table("claims"), study.records[ALL])
    fixed = fixed_scenarios(study.ranges, study.rates, targets, study.changes)
    figure = fan_figure(study, walks, fixed)
    axis = figure.axes[0]
    lines = {line.get_label(): line for line in axis.get_lines()}
    row = walks.years[(walks.years["walk"] == NO_DRIFT) & (walks.years["baseline"] == WHOLE)].iloc[-1]
    assert lines["middle walk"].get_ydata()[0] == pytest.approx(row["remaining_ha"] / 1000)
    # (1,166,702 - 248,997.6) / 69,205.7 = 13.26 years after the start of 2026
    assert lines["rate of the last printed year"].get_xdata()[-1] == pytest.approx(2026 + 13.26, abs=0.01)
    assert lines["task grows by 1 ha for each hectare released"].get_ydata()[-1] == pytest.approx(
        row["remaining_ha"] / 1000
    )
    assert "'30 years' said" in texts(figure)
    assert "not a confidence interval" in figure._supxlabel.get_text()


def test_fan_without_walks_says_so(study) -> None:
    nothing = walks_or_nothing(study.ranges.iloc[:0], study.rates, origin_year=2026, draws=5, seed=1)
    assert "not estimable from this selection" in texts(fan_figure(study, nothing, pd.DataFrame()))


def test_search_has_a_panel_an_outcome_and_a_bar_an_input() -> None:
    rows = [("model A: years", "x", 0.7), ("model A: years", "y", 0.3), ("model B: cost", "x", 1.0)]
    indices = pd.DataFrame(rows, columns=["outcome", "input", "total"]).assign(
        first_order=0.1, first_order_margin=0.0, total_margin=0.05
    )
    figure = search_figure(indices, note="a note")
    assert [len(axis.get_yticks()) for axis in figure.axes] == [2, 1]
    assert [[text.get_text() for text in legend.get_texts()] for legend in figure.legends] == [
        ["with interactions (total)", "alone"]
    ]
    assert [bar.get_width() for bar in figure.axes[0].patches[:2]] == [0.7, 0.3]
    empty = search_figure(indices.iloc[:0], note="a note")
    assert "not estimable" in texts(empty).lower()


def test_past_projections_lie_below_the_reported_line() -> None:
    scored = projections_scored()
    figure = projections_figure(stated_areas(), scored)
    assert [axis._left_title.get_text() for axis in figure.axes] == ["Bosnia and Herzegovina", "Croatia"]
    assert "1,259 projected\n183 km2 more reported" in texts(figure)
    assert "530 km2 more reported\n3.5 years later" in texts(figure)
    # a name that stands apart from its diamond has a line to it
    lines = [note.arrow_patch is not None for note in figure.axes[0].texts if "projected" in note.get_text()]
    assert lines == [True, False]
