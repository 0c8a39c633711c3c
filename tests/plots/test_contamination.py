"""What the figures of the contamination study hold."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.contamination.captions import CAUTION
from analysis.contamination.clearance_record import MonthStatus
from analysis.contamination.coverage import ALL
from analysis.contamination.results import ContaminationStudy
from analysis.contamination.study import study_contamination
from analysis.evidence import load_evidence
from analysis.plots.contamination import density_figure, horizon_figure, record_figure, stated_figure
from analysis.plots.style import DOUBLE_MM, MM_PER_INCH, SINGLE_MM


@pytest.fixture(scope="module")
def study() -> ContaminationStudy:
    return study_contamination(load_evidence())


def note(figure) -> str:
    return " ".join(figure.get_supxlabel().split())


def texts(axis) -> str:
    return " ".join(text.get_text() for text in axis.texts)


def test_widths_are_those_of_the_journal(study) -> None:
    for make, width in (
        (stated_figure, DOUBLE_MM),
        (record_figure, DOUBLE_MM),
        (horizon_figure, DOUBLE_MM),
        (density_figure, SINGLE_MM),
    ):
        assert make(study).get_figwidth() * MM_PER_INCH == pytest.approx(width)


def test_figures_about_land_carry_the_caution_and_the_date(study) -> None:
    for make in (stated_figure, record_figure, horizon_figure):
        assert CAUTION in note(make(study))
        assert study.last_date.isoformat() in note(make(study))


def test_record_draws_every_printed_month_of_all_operators(study) -> None:
    months = study.records[ALL].months
    printed = months.loc[months["status"] == MonthStatus.OBSERVED, "printed_ha"].tolist()
    drawn = [list(line.get_ydata()) for line in record_figure(study).axes[-1].lines]
    assert printed in drawn


def test_years_are_stacked_to_the_printed_total(study) -> None:
    years = study.records[ALL].years.dropna(subset="printed_ha")
    bars = [axis for axis in record_figure(study).axes if axis.patches and len(axis.patches) == 2 * len(years)]
    tops = [patch.get_y() + patch.get_height() for patch in bars[0].patches[len(years) :]]
    assert tops == pytest.approx(years["printed_ha"].tolist())


def test_density_figure_prints_each_value_it_draws(study) -> None:
    axis = density_figure(study).axes[0]
    mines = study.by_year[study.by_year["kind"] == "mines"]["per_ha"]
    assert all(f"{value:.2f}" in texts(axis) for value in mines)


def test_horizon_has_a_row_for_each_area_and_statement(study) -> None:
    axis = horizon_figure(study).axes[0]
    areas = study.ranges.drop_duplicates(["category", "as_of", "stated_ha"])
    assert len(axis.get_yticks()) == len(areas) + len(study.located)
    left = study.located["years_left_high"].max()
    assert any(np.isclose(line.get_xdata(), left).any() for line in axis.lines)
    assert "not a confidence interval" in note(axis.figure)


def test_stated_figure_marks_bounds_and_names_speakers(study) -> None:
    axes = stated_figure(study).axes
    names = [text.get_text() for text in axes[1].get_legend().get_texts()]
    assert names[:2] == ["ANAMA", "AzCBL"]
    bounded = study.mines["comparator"].isin([">", ">=", "<", "<="]) & study.mines["as_of_first"].notna()
    assert bounded.any()
    arrows = [text for text in axes[1].texts if getattr(text, "arrow_patch", None) is not None]
    assert len(arrows) == (bounded & study.mines["series"].isin(["regained districts", "on minefield records"])).sum()


def test_a_selection_without_years_says_so() -> None:
    early = study_contamination(load_evidence(), period_end="2021-12-31")
    assert "not estimable" in texts(density_figure(early).axes[0])
    assert "not estimable" in texts(horizon_figure(early).axes[0])
