"""The made-up minefield worlds: kept, written and read again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.calibration import minefields
from analysis.calibration.campaign import calibrate_minefields
from analysis.calibration.keeping import Task
from analysis.calibration.minefields import SETTINGS, stored_estimators, stored_frontier
from analysis.maps.ground.sample import AREA, CORRECT
from analysis.maps.ground.world_answers import ACCIDENTS, CE95, MISUSED, OMISSION
from analysis.stats.proportions import proportion_interval

SEED = 7  # not the seed of the tables


@pytest.fixture
def two_settings_and_one_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minefields, "SETTINGS", dict(list(SETTINGS.items())[:2]))
    monkeypatch.setattr(minefields, "RECORDED_SHARES", (0.8,))
    monkeypatch.setattr(minefields, "ERRORS_M", (15.0,))


@pytest.mark.usefixtures("two_settings_and_one_cell")
def test_the_tables_are_written_kept_and_read_again(tmp_path: Path):
    told: list[str] = []
    options = {"kept": tmp_path / "kept", "tell": told.append, "runs": 2, "folder": tmp_path}
    calibrate_minefields(**options)
    # Two settings, and one cell of the frontier with a common shift and without.
    assert len(told) == 4
    table = stored_estimators(tmp_path)
    assert list(table["setting"].unique()) == list(SETTINGS)[:2]
    assert (table["worlds"] == 2).all()
    assert set(table.loc[table["verdict"] != "", "kind"]) == {"confidence"}
    by_name = table[table["setting"] == minefields.DEFAULT].set_index("estimator")
    assert by_name.loc[CE95, ["coverage", "coverage_low"]].isna().all()
    assert by_name.loc[OMISSION, "coverage"] == by_name.loc[OMISSION, "held"] / 2
    line = stored_frontier(tmp_path, shift_east_m=100.0).iloc[0]
    assert (line["recorded_share"], line["error_m"], line["worlds"]) == (0.8, 15.0, 2)
    assert line["found_share"] == 1.0
    assert stored_frontier(tmp_path, shift_east_m=0.0)["worlds"].tolist() == [2]
    assert minefields.outdated_minefields(tmp_path) == {}
    calibrate_minefields(**options)
    assert len(told) == 4


def test_a_small_run_does_not_depend_on_the_others():
    task = Task(subject=minefields.NAME, setting="50 checks a stratum", runs=2, seed=SEED, origin="")
    one, two = (minefields.simulated(task) for _ in range(2))
    assert repr(one) == repr(two)
    assert repr(one) != repr(minefields.simulated(replace(task, setting=minefields.DEFAULT)))


def test_before_the_first_simulation_there_is_nothing(tmp_path: Path):
    assert stored_estimators(tmp_path).empty
    assert stored_frontier(tmp_path, shift_east_m=0.0).empty


STORED = stored_estimators()
SMALL = 8


def same_share(small: int, of: int, stored: float, worlds: int) -> bool:
    """Say whether two counts can come from one share, by exact binomial limits of both."""
    one, two = (
        proportion_interval(count, number, level=0.9995, method="clopper-pearson")
        for count, number in ((small, of), (round(stored * worlds), worlds))
    )
    return one.low <= two.high and two.low <= one.high


def test_every_setting_and_cell_is_stored():
    assert STORED["setting"].unique().tolist() == list(SETTINGS)
    assert set(STORED.groupby("setting").size()) == {len(STORED["estimator"].unique())}
    assert STORED["worlds"].min() >= 100
    for shift in minefields.SHIFTS_M:
        frontier = stored_frontier(shift_east_m=shift)
        cells = list(zip(frontier["recorded_share"], frontier["error_m"], strict=True))
        assert cells == [(share, error) for share in minefields.RECORDED_SHARES for error in minefields.ERRORS_M]
        assert frontier["worlds"].min() >= 100


@pytest.mark.parametrize("setting", [minefields.DEFAULT, "accidents five times as dense outside"])
def test_a_few_worlds_fit_what_is_stored(setting: str):
    task = Task(subject=minefields.NAME, setting=setting, runs=SMALL, seed=SEED, origin="")
    stored = STORED[STORED["setting"] == setting].set_index("estimator")
    for line in minefields.simulated(task)["lines"]:
        known = stored.loc[line["estimator"]]
        if line["kind"] != "none" and line["answered"]:
            assert same_share(line["held"], line["answered"], known["coverage"], known["answered"]), line["estimator"]
        if line["answered"] > 1:
            error = np.hypot(known["bias_se"], known["spread"] / np.sqrt(line["answered"]))
            assert abs(line["bias"] - known["bias"]) <= 4.5 * error + 1e-9, line["estimator"]


@pytest.mark.parametrize(("share", "error_m"), [(0.1, 60.0), (0.8, 30.0)])
@pytest.mark.parametrize("shift", minefields.SHIFTS_M)
def test_a_few_searches_fit_the_frontier(shift: float, share: float, error_m: float):
    name = f"common shift of {shift:g} m, {share:g} recorded, records off by {error_m:g} m"
    small = minefields.simulated(Task(subject=minefields.NAME, setting=name, runs=SMALL, seed=SEED, origin=""))
    table = stored_frontier(shift_east_m=shift).set_index(["recorded_share", "error_m"])
    known = table.loc[(share, error_m)]
    for outcome in ("found", "wrong"):
        assert same_share(small[outcome], SMALL, known[f"{outcome}_share"], int(known["worlds"]))


def test_what_the_captions_say_of_the_estimators_holds_in_what_is_stored():
    set_as = STORED[STORED["setting"] == minefields.DEFAULT].set_index("estimator")
    assert abs(set_as["bias"][ACCIDENTS]) < 3 * set_as["bias_se"][ACCIDENTS]
    assert set_as["bias"][MISUSED] < -3 * set_as["bias_se"][MISUSED]
    assert abs(set_as["bias"][CORRECT]) < 3 * set_as["bias_se"][CORRECT]
    # Where accidents are as dense outside records as inside, a share of them is a share of land.
    alike = STORED[STORED["setting"] == "accidents alike in and outside records"].set_index("estimator")
    assert abs(alike["bias"][MISUSED]) < 3 * alike["bias_se"][MISUSED]
    for _, bounds in STORED[STORED["estimator"] == OMISSION].iterrows():
        assert bounds["coverage_high"] > 0.99
    # Normal intervals of a rare class fall short with few checks and come near their level with many.
    by_effort = STORED[STORED["estimator"] == AREA].set_index("setting")["coverage"]
    assert by_effort["50 checks a stratum"] < 0.8
    assert by_effort["600 checks a stratum"] > 0.88


def test_a_shift_is_lost_with_poor_records_and_seldom_claimed_where_there_is_none():
    frontier = stored_frontier(shift_east_m=100.0).set_index(["recorded_share", "error_m"])["found_share"]
    assert frontier[(0.8, 15.0)] > 0.95
    assert frontier[(0.1, 120.0)] < 0.2
    without = stored_frontier(shift_east_m=0.0)
    claimed = (without["found_share"] + without["wrong_share"]) * without["worlds"]
    # The search is tested at 5 %; further conditions make it stricter, never looser.
    assert claimed.sum() / without["worlds"].sum() < 0.06


def test_nothing_has_changed_since_the_tables_were_made():
    assert minefields.outdated_minefields() == {}
