"""Cuts, tests and dates of changes on the evidence and on hand-made series."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.casualties.changes import dates, smooth, trends
from analysis.casualties.changes.smooth import wavy_means
from analysis.errors import InsufficientEvidence

SIZES = (1, 1, 1, 2, 4)


@pytest.fixture(scope="module")
def tests(study):
    others = trends.intervals_by_length(study)
    return dates.change_tests(study.intervals, sizes=SIZES, others=others, level=0.95, replicates=60, seed=1)


@pytest.fixture(scope="module")
def profile(study):
    return dates.change_profile(study.intervals, sizes=SIZES, level=0.95, replicates=40, seed=1)


def test_the_cuts_hold_every_day_and_fit_better_with_each_change(study):
    table = dates.segmentation_table(study.intervals, dispersion=study.dispersion)
    assert table["changes"].tolist() == list(range(7))
    assert table["deviance"].is_monotonic_decreasing
    # All casualties over all days: 419 in 1,950 days, 6.446 per 30 days.
    assert table["rates_per_30d"].iloc[0] == "6.45"
    assert sorted(filter(None, table["chosen"].str.split(" and ").sum())) == ["bic", "modified_bic"]


def test_selections_stand_beside_each_other(study, tests):
    assert tests["intervals"].iloc[0] == "all"
    assert "without marked intervals" in tests["intervals"].tolist()
    assert tests["intervals"].str.startswith("merged to").sum() == 4
    assert tests["p_value"].between(1 / 61, 1).all()
    assert (tests["n"].iloc[0], tests["n"].iloc[1]) == (len(study.intervals), len(study.intervals) - 1)


def test_adding_a_selection_changes_no_other(study, tests):
    alone = dates.change_tests(study.intervals, sizes=SIZES, others={}, level=0.95, replicates=60, seed=1)
    pd.testing.assert_frame_equal(alone, tests.iloc[: len(alone)])


def test_the_set_is_made_of_whole_intervals_and_holds_the_best(study, profile):
    assert profile["start"].tolist() == study.intervals["start"].tolist()
    best = profile["deviance_gained"].idxmax()
    assert profile.loc[best, "in_set"]
    assert profile.loc[best, "p_value"] == 1
    held, tried = dates.days_in_set(profile)
    assert 0 < held <= tried < study.intervals["days"].sum()


def test_what_was_not_tried_is_never_called_outside_the_set(profile):
    table = dates.profile_table(profile)
    assert (table["in_set"] == "not tried").tolist() == profile["p_value"].isna().tolist()
    assert (table["tried"] == "not tried").tolist() == profile["p_value"].isna().tolist()
    # Nothing lies before the first interval (400 days): a change is tried at its end and nowhere else in it.
    assert table["tried"].iloc[0] == "only at its end"
    assert dates.tried_words(profile).startswith(f"{profile['p_value'].notna().sum()} of {len(profile)} intervals")
    assert "1 only at its end" in dates.tried_words(profile)


def test_where_a_change_is_tried_follows_from_the_days_on_each_side():
    # 90 days on each side. Days 50, 60, 100, 80, 40; before each 0, 50, 110, 210, 290; after each 280, 220, 120, 40, 0.
    # First: 50 days lie before its end, not enough. Second: 110 before its end, 50 before its start. Third: both.
    # Fourth: 120 after its start, 40 after its end. Fifth: 40 after its start.
    days = pd.Series([50, 60, 100, 80, 40])
    profile = pd.DataFrame({"days": days, "p_value": [None, 0.5, 0.5, 0.01, None], "in_set": [0, 1, 1, 0, 0]})
    table = dates.profile_table(profile.assign(in_set=profile["in_set"].astype(bool)))
    places = ["not tried", "only at its end", "inside and at its ends", "only at its start", "not tried"]
    assert table["tried"].tolist() == places
    assert table["in_set"].tolist() == ["not tried", "yes", "yes", "no", "not tried"]


def test_too_few_intervals_are_said(study):
    few = study.intervals.iloc[:4]
    table = dates.change_tests(few, sizes=SIZES, others={}, level=0.95, replicates=20, seed=1)
    assert table["not_estimated"].iloc[0] == "a change needs at least 6 intervals, got 4"
    assert dates.change_profile(few, sizes=SIZES, level=0.95, replicates=20, seed=1).empty
    nothing = study.intervals.assign(casualties=0)
    assert dates.segmentation_table(nothing, dispersion=1.0)["not estimated"].iloc[0].startswith("no events in any")


def test_two_criteria_stand_beside_each_other(study):
    curves = smooth.smooth_curves(study.intervals, dispersion=study.size_dispersion)
    table = smooth.curve_table(curves, level=0.95)
    assert table["criterion"].unique().tolist() == ["bic", "aic"]
    assert (table["low"] < table["rate_per_30d"]).all()
    assert (table["rate_per_30d"] < table["high"]).all()
    ends = table.groupby("criterion")["date"].agg(["min", "max"])
    assert (ends["max"] == study.intervals["end"].iloc[-1]).all()
    facts = smooth.curve_facts(curves).set_index("criterion")
    assert facts.loc["aic", "effective_parameters"] >= facts.loc["bic", "effective_parameters"]
    assert (facts["dispersion_in_the_band"] >= study.size_dispersion).all()
    picked = smooth.penalty_table(curves)
    assert set(" and ".join(filter(None, picked["chosen"])).split(" and ")) == {"aic", "bic"}
    # Every curve keeps the total of 419.
    assert sum(wavy_means(curves, study.intervals)) == pytest.approx(study.intervals["casualties"].sum(), rel=1e-6)


def test_without_a_curve_the_reason_is_kept(study):
    none = smooth.smooth_curves(study.intervals.iloc[:2], dispersion=2.0)
    assert isinstance(none, InsufficientEvidence)
    assert smooth.curve_table(none, level=0.95).empty
    assert "at least 3 intervals" in smooth.curve_facts(none)["not estimated"].iloc[0]
    assert wavy_means(none, study.intervals.iloc[:2]) == tuple(map(float, study.intervals["casualties"].iloc[:2]))


def test_variance_over_mean_survives_merging_and_the_alpha_of_nb2_does_not(study):
    table = trends.trend_by_length(study)
    assert len(table) == 5
    spread = table["change_quasi-poisson"].max() - table["change_quasi-poisson"].min()
    assert spread < 0.02
    assert table["alpha_nb2"].max() > 3 * table["alpha_nb2"].min()
    assert table["change_poisson"].tolist() == pytest.approx(table["change_quasi-poisson"].tolist())
