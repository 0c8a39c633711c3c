"""Recorded numbers, captions and figures' words say what the tables hold."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.casualties.accidents import accident_sizes
from analysis.casualties.changes import captions, dates, event_dates, events, results, sensitivity, smooth
from analysis.casualties.study import Choices, casualty_trends
from analysis.estimate import IntervalKind

LISTS = {"one": ["2021-06-12"], "two": ["2023-09-19", "2024-02"]}


@pytest.fixture(scope="module")
def made(evidence, study):
    sizes = tuple(int(size) for size in accident_sizes(evidence, period=study.period))
    windows = event_dates.event_windows(LISTS, merge_days=90)
    curves = smooth.smooth_curves(study.intervals, dispersion=study.size_dispersion)
    kept = {"sizes": sizes, "level": 0.95, "replicates": 60, "seed": 1}
    power = events.event_power(
        study.intervals, windows, curved_means=smooth.wavy_means(curves, study.intervals), **kept
    )
    return {
        "curves": curves,
        "tests": dates.change_tests(study.intervals, others={}, **kept),
        "profile": dates.change_profile(study.intervals, **kept),
        "power": power,
        "replicates": 60,
        "sources_of_dates": event_dates.sources_of_dates(evidence, windows),
    }


def test_every_number_is_recorded_with_its_interval(study, made, evidence):
    found = results.results(study, **made)
    assert not found.not_estimable
    estimates = found.estimates
    assert {"power_of_halving_2021_06_12", "power_of_halving_2023_09_19", "power_of_halving_2024_02_01"} <= set(
        estimates
    )
    value = estimates["p_value_one_change"]
    assert value.interval.kind == IntervalKind.CONFIDENCE
    assert "Monte Carlo error" in value.method
    told = estimates["windows_where_halving_is_seen"]
    assert told.value == (made["power"]["verdict"] == events.TOLD).sum()
    assert set(told.sources) <= set(evidence.sources.index)
    assert estimates["days_in_change_date_set"].value == dates.days_in_set(made["profile"])[0]


def test_what_is_not_estimable_says_why(evidence):
    short = casualty_trends(evidence, Choices(period_start="2022-02-05", period_end="2022-05-18"))
    few = short.intervals
    windows = event_dates.event_windows(LISTS, merge_days=90)
    kept = {"sizes": (1, 2), "level": 0.95, "replicates": 20, "seed": 1}
    curves = smooth.smooth_curves(few, dispersion=2.0)
    found = results.results(
        short,
        curves=curves,
        tests=dates.change_tests(few, others={}, **kept),
        profile=dates.change_profile(few, **kept),
        power=events.event_power(few, windows, curved_means=smooth.wavy_means(curves, few), **kept),
        replicates=20,
        sources_of_dates=(),
    )
    reasons = {key: str(reason) for key, reason in found.not_estimable.items()}
    assert "at least 3 intervals" in reasons["smooth_rate_per_30d_at_end"]
    assert "at least 3 intervals" in reasons["p_value_one_change"]
    assert "too few intervals" in reasons["days_in_change_date_set"]
    assert found.estimates["windows_where_halving_is_seen"].value == 0


def test_captions_carry_the_numbers(study, made):
    windows = event_dates.event_windows(LISTS, merge_days=90)
    marks = captions.marked_windows(windows)
    drawn = smooth.curve_table(made["curves"], level=0.95)
    cuts = dates.segmentation_table(study.intervals, dispersion=study.dispersion)
    settings = ["fall to the ratio, rival curve from the counts", "rise to the ratio, rival curve the true one"]
    simulated = pd.DataFrame(
        {"setting": settings, "level": 0.8, "coverage": [0.07, 0.79], "verdict": ["falls short", "meets"]}
    )
    texts = [
        captions.smooth_text(study, made["curves"], drawn, marks),
        captions.profile_text(study, made["tests"], made["profile"], cuts),
        captions.power_text(study, made["power"], 60, made["sources_of_dates"], simulated=simulated),
    ]
    assert "was found in 7 of 100 (fall; rival curve from the counts), not in 80." in texts[2]["caption"]
    kept = captions.power_text(study, made["power"], 60, made["sources_of_dates"], simulated=simulated.iloc[1:])
    assert "promise too much" not in kept["caption"]
    for text in texts:
        assert "do not contain counting error" in text["caption"]
        assert text["alt"]
        assert not text["drawn"].empty
        assert not any(word in text["caption"].lower() for word in ("caused", "effect of", "thanks to", "safe"))
    held, tried = dates.days_in_set(made["profile"])
    assert f"{held} of {tried} days" in texts[1]["caption"]
    assert "A 12 June 2021 (one)" in texts[0]["caption"]
    words = captions.profile_words(study, made["tests"], made["profile"])
    assert words["message"] == "No step in the casualty rate is told from a steady decline"
    assert captions.power_words(study, made["power"])["message"].startswith("At 0 of 3 dated windows")


def test_a_rejected_test_is_worded_as_such(study, made):
    tests = made["tests"].assign(p_value=0.001)
    message = captions.profile_words(study, tests, made["profile"])["message"]
    assert message == "One step in the casualty rate fits better than a steady decline"


def test_other_choices_stand_by_name(study):
    table = sensitivity.event_sensitivity(
        study.intervals,
        event_dates.event_windows({"two": ["2023-09-19"]}, merge_days=90),
        size_dispersion=study.size_dispersion,
        sizes=(1, 1, 2),
        level=0.95,
        replicates=20,
        seed=1,
    )
    assert table["choice"].tolist() == ["without intervals marked for late registration", "log-quadratic trend"]
    assert table["power_of_halving"].between(0, 1).all()
    smoothed = sensitivity.smooth_sensitivity(study)
    assert smoothed.index.tolist() == ["all intervals"] * 2 + ["without marked intervals"] * 2
    assert pd.notna(smoothed["penalty"]).all()
