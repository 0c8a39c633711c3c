"""The figures of records against the ground: size, notes, what the axes hold, and an empty selection."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.plots import ground
from analysis.plots.style import DOUBLE_MM, MM_PER_INCH, SINGLE_MM

TOLERANCE = pd.DataFrame(
    {
        "tolerance_m": [0.0, 100.0] * 2,
        "share": [0.1, 0.3] * 2,
        "relocation": ["uniform (weak)"] * 2 + ["within strata"] * 2,
        "relocated_mean": [0.01, 0.02, 0.05, 0.1],
        "relocated_low": [0.0, 0.01, 0.04, 0.08],
        "relocated_high": [0.02, 0.04, 0.06, 0.12],
    }
)
ERRORS = pd.DataFrame(
    {"error_m": [0.0, 50.0], "low": [0.1, 0.0], "share": 0.1, "high": [0.1, 0.3], "expected": [0.1, 0.08]}
)
FRONTIER = pd.DataFrame(
    {
        "recorded_share": [0.2, 0.2, 0.8, 0.8],
        "error_m": [10.0, 90.0] * 2,
        "found_share": [0.5, 0.0, 1.0, 0.75],
        "worlds": 12,
    }
)


def test_share_inside_with_both_relocations() -> None:
    figure = ground.inside_share(TOLERANCE, ERRORS, note="n")
    assert figure.get_figwidth() * MM_PER_INCH == pytest.approx(DOUBLE_MM)
    left = figure.axes[0]
    assert left.get_title(loc="left") == "10 % of points inside a record, 30 % within 100 m"
    assert {"relocated\nuniform (weak)", "relocated\nwithin strata", "points"} <= {
        text.get_text() for text in left.texts
    }
    assert figure.get_supxlabel() == "n"


def test_no_points_no_axes() -> None:
    figure = ground.inside_share(pd.DataFrame(), pd.DataFrame(), note="n")
    assert [axis.axison for axis in figure.axes] == [False, False]


def test_the_frontier_frames_what_is_identifiable() -> None:
    figure = ground.frontier_grid(FRONTIER, found_often=0.8, note="n")
    axis = figure.axes[0]
    assert figure.get_figwidth() * MM_PER_INCH == pytest.approx(SINGLE_MM)
    assert [text.get_text() for text in axis.texts][:4] == ["50", "0", "100", "75"]
    assert len(axis.patches) == 1


def test_bias_and_coverage_stand_beside_each_other() -> None:
    table = pd.DataFrame(
        {
            "estimator": ["a", "b", "c, bounds", "d, m"],
            "kind": ["confidence", "misuse", "bound", "none"],
            "bias": [0.0, -0.03, 0.4, 9.0],
            "bias_se": 0.005,
            "coverage": [0.95, 0.7, 1.0, float("nan")],
            "coverage_low": [0.9, 0.6, 0.9, float("nan")],
            "coverage_high": [0.98, 0.8, 1.0, float("nan")],
            "worlds": 60,
        }
    )
    figure = ground.bias_and_coverage(table, level=0.95, note="n")
    left, right = figure.axes
    assert [0.0, -3.0] in [list(line.get_xdata()) for line in left.lines]
    # Bounds and metres are left to the table.
    assert [label.get_text() for label in left.get_yticklabels()] == ["a", "b"]
    assert "nominal 95" in right.get_xlabel()
