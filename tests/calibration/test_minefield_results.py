"""What is stored is shown only where it was made as asked; text of the tables by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.calibration import minefield_results as made_up
from analysis.calibration.minefields import DEFAULT, ERRORS_M, RECORDED_SHARES, WORLD
from analysis.maps.ground.estimators import SEARCH
from analysis.maps.ground.sample import CORRECT
from analysis.maps.ground.world_answers import RMSE

STORED = pd.DataFrame({"recorded_share": [0.5], "error_m": [30.0], "found_share": [0.01], "worlds": [1000]})
ASKED = {
    "recorded_shares": RECORDED_SHARES,
    "errors_m": ERRORS_M,
    "points": WORLD.points,
    "worlds": 1,
    "reach_m": SEARCH.reach_m,
    "step_m": SEARCH.step_m,
    "matching_m": SEARCH.matching_m,
    "block_m": SEARCH.block_m,
    "level": 0.95,
    "seed": 1,
}
LINES = pd.DataFrame(
    {
        "setting": [DEFAULT, DEFAULT, "other", "other"],
        "estimator": [CORRECT, RMSE] * 2,
        "answered": [200, 200, 200, 0],
        "bias": [0.00012, -2.0, 0.2, float("nan")],
        "bias_se": [0.004, 0.5, 0.01, float("nan")],
        "coverage": [0.95, float("nan"), 0.5, float("nan")],
        "coverage_low": [0.91, float("nan"), 0.43, float("nan")],
        "coverage_high": [0.97, float("nan"), 0.57, float("nan")],
        "verdict": ["meets", "", "falls short", ""],
    }
)


def test_the_stored_frontier_is_of_one_search_only():
    assert made_up.frontier_of(stored=STORED, **ASKED) is STORED
    other = {"recorded_shares": (0.8,), "errors_m": (15.0,), "points": 100}
    assert made_up.frontier_of(stored=STORED, **(ASKED | other))["worlds"].tolist() == [1]
    assert made_up.frontier_of(stored=STORED.iloc[:0], **(ASKED | other))["worlds"].tolist() == [1]


def test_stored_estimators_are_of_one_level_and_block():
    asked = {"worlds": 2, "block_m": SEARCH.block_m, "level": 0.95, "seed": 1}
    found = made_up.estimators_of(stored=LINES, **asked)
    assert found["estimator"].tolist() == [CORRECT, RMSE]
    assert "setting" not in found
    assert (made_up.estimators_of(stored=LINES, **(asked | {"level": 0.9}))["worlds"] == 2).all()


def test_bias_and_coverage_by_setting():
    bias = made_up.bias_by_setting(LINES).set_index("setting")
    assert bias.loc[DEFAULT, "correct share"] == "0.00012 ± 0.004"
    assert bias.loc["other", "RMSE, m"] == "no answer"
    coverage = made_up.coverage_by_setting(LINES).set_index("setting")
    assert coverage["correct share"].tolist() == ["95 (91 to 97)", "50* (43 to 57)"]
    assert "RMSE, m" not in coverage  # no range is given for it


def test_a_coverage_that_chance_explains_has_no_asterisk():
    # 92 of 100 worlds: below 93 %, yet the Wilson limits, 85 to 95.9 %, hold 95 %.
    few = LINES.iloc[[2]].assign(coverage=0.92, coverage_low=0.85, coverage_high=0.959)
    assert made_up.coverage_by_setting(few)["correct share"].tolist() == ["92 (85 to 96)"]
    many = few.assign(coverage_low=0.90, coverage_high=0.936)
    assert made_up.coverage_by_setting(many)["correct share"].tolist() == ["92* (90 to 94)"]


def test_false_alarms_are_those_claimed_where_nothing_was_put_in():
    table = pd.DataFrame({"found_share": [0.01, 0.03], "wrong_share": [0.0, 0.01], "worlds": 200})
    # 1 % and 4 %: 2.5 % on average, at most 4 %.
    assert "2.5 % of worlds on average and in at most 4 % in any cell (200 worlds a cell)" in made_up.false_alarms(
        table
    )
    assert made_up.false_alarms(table.iloc[:0]) == "Worlds without a common shift have not been simulated."


@pytest.mark.parametrize("name", ["bias_by_setting", "coverage_by_setting"])
def test_settings_stand_in_the_order_they_are_stored(name: str):
    assert getattr(made_up, name)(LINES)["setting"].tolist() == [DEFAULT, "other"]
