"""The outlook: what it is made from, windows between printed dates, scores, and what it refuses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.casualties.outlook import (
    BASELINE,
    DAMPED,
    LOG_LINEAR,
    MODELS,
    Past,
    drawn_counts,
    fan,
    last_365_days,
    past_of,
)
from analysis.casualties.outlook_captions import seen_last_year
from analysis.casualties.outlook_estimates import direction_sentence, outlook_headline
from analysis.casualties.outlook_scores import backtest, scores, windows, without_overlap
from analysis.casualties.outlook_sensitivity import outlook_sensitivity
from analysis.errors import InsufficientEvidence
from analysis.estimate import IntervalKind

SEED = 7


def intervals(*pieces: tuple[int, int]) -> pd.DataFrame:
    """Neighbouring intervals from 1 January 2021 on: (days, casualties)."""
    days = pd.Series([piece[0] for piece in pieces])
    ends = pd.Timestamp("2020-12-31") + pd.to_timedelta(days.cumsum(), unit="D")
    starts = ends - pd.to_timedelta(days - 1, unit="D")
    return pd.DataFrame({"start": starts, "end": ends, "days": days, "casualties": [piece[1] for piece in pieces]})


def few(study, count: int):
    return replace(study, intervals=study.intervals.iloc[:count])


def test_the_interval_a_year_begins_in_counts_by_its_days():
    # 365 days back from the end: 200 + 100 whole, 65 of 130 days with 26 casualties: 13. 13 + 20 + 10.
    assert last_365_days(intervals((40, 9), (130, 26), (200, 20), (100, 10))) == pytest.approx(43)
    assert last_365_days(intervals((365, 12))) == pytest.approx(12)
    with pytest.raises(InsufficientEvidence, match="1 intervals cover 100 days; 365 are needed"):
        last_365_days(intervals((100, 3)))


def test_windows_end_on_the_printed_date_nearest_to_the_horizon():
    table = windows(intervals((30, 5), (80, 7), (20, 1), (60, 2), (200, 4)))
    three = table[table["horizon_months"] == 3][["known", "days", "casualties"]]
    # From day 30: ends after 80, 100, 160, 360 days; 91 is nearest to 100 (9 away; 80 is 11 away): 7 + 1.
    # From day 110: 20, 80, 280: 80 is within a quarter of 91: 1 + 2. From day 130: 60, 260: neither is within.
    assert three.to_numpy().tolist() == [[1, 100, 8], [2, 80, 3]]
    # Six months: from day 30 160 days (7 + 1 + 2); from day 190 200 days.
    six = table[table["horizon_months"] == 6][["known", "days", "casualties"]]
    assert six.to_numpy().tolist() == [[1, 160, 10], [4, 200, 4]]
    assert windows(intervals((30, 5))).empty


def test_windows_without_overlap_are_counted():
    spans = pd.DataFrame(
        {
            "origin": pd.to_datetime(["2021-01-01", "2021-02-01", "2021-04-01", "2021-03-01"]),
            "end": pd.to_datetime(["2021-04-01", "2021-05-01", "2021-07-01", "2021-06-01"]),
        }
    )
    # The first and the third touch and share no day, since the origin is the last day seen.
    assert without_overlap(spans) == 2
    assert without_overlap(spans.iloc[1:3]) == 1


def test_the_past_never_sees_what_came(study, evidence):
    early, late = past_of(study, evidence, intervals=12), past_of(study, evidence)
    assert early.end == study.intervals["end"].iloc[11] < late.end
    changed = study.intervals.copy()
    changed.loc[changed.index[12:], "casualties"] = 999
    other = past_of(replace(study, intervals=changed), evidence, intervals=12)
    assert other.dispersion == early.dispersion
    assert early.dispersion >= 1


def test_too_few_intervals_are_refused_in_words(study, evidence):
    with pytest.raises(InsufficientEvidence, match="at least 6 intervals between printed dates, found 1"):
        past_of(few(study, 1), evidence)
    with pytest.raises(InsufficientEvidence, match="found 0; choose a longer period"):
        past_of(few(study, 0), evidence)
    with pytest.raises(InsufficientEvidence, match="no forecast can be scored"):
        backtest(few(study, 3), evidence, seed=SEED)
    with pytest.raises(ValueError, match="model: one of rate of the last 365 days, log-linear trend, damped trend"):
        drawn_counts(
            past_of(study, evidence), model="guess", window_days=np.array([1]), runs=1, rng=np.random.default_rng(1)
        )


def test_the_fan_widens_and_starts_anew_with_the_same_seed(study, evidence):
    past = past_of(study, evidence)
    ahead = fan(past, seed=SEED, runs=2000)
    pd.testing.assert_frame_equal(ahead, fan(past, seed=SEED, runs=2000))
    assert ahead["model"].unique().tolist() == list(MODELS)
    for _, rows in ahead.groupby("model"):
        assert rows["days"].iloc[-1] == 365
        assert rows["date"].iloc[-1] == past.end + pd.Timedelta(days=365)
        assert rows["median"].is_monotonic_increasing
        assert (rows["low_95"] <= rows["low_50"]).all()
        assert (rows["high_50"] <= rows["high_80"]).all()
    end = ahead[ahead["days"] == 365].set_index("model")
    # The median of the baseline is near the casualties of the last 365 days; a falling trend is below it.
    assert end.loc[BASELINE, "median"] == pytest.approx(last_365_days(study.intervals), abs=3)
    assert end.loc[LOG_LINEAR, "median"] <= end.loc[DAMPED, "median"] < end.loc[BASELINE, "median"]


def test_a_constant_process_gives_alike_forecasts_by_all_models():
    # Thirty months of 30 days with 9, 11, 10 in turn: about 122 in 365 days whatever the model.
    flat = intervals(*[(30, number) for number in (9, 11, 10) * 10])
    ahead = fan(Past(intervals=flat, dispersion=1.0), seed=SEED, runs=4000)
    end = ahead[ahead["days"] == 365].set_index("model")["median"]
    assert end[BASELINE] == pytest.approx(10 * 365 / 30, rel=0.05)
    assert end[LOG_LINEAR] == pytest.approx(end[BASELINE], rel=0.1)


def test_scores_are_counts_of_windows_and_do_not_depend_on_the_order(study, evidence):
    scored = backtest(study, evidence, seed=SEED, runs=400)
    table = scores(scored)
    assert table[["horizon_months", "model"]].to_numpy().tolist() == [
        [months, model] for months in (3, 6, 12) for model in MODELS
    ]
    base = table[table["model"] == BASELINE]
    assert base["wis_over_baseline"].tolist() == pytest.approx([1, 1, 1])
    assert base["better_than_baseline"].tolist() == ["", "", ""]
    assert (table["without_overlap"] < table["windows"]).all()
    twelve = scored[(scored["horizon_months"] == 12) & (scored["model"] == DAMPED)]
    above = int((twelve["casualties"] > twelve["median"]).sum())
    assert f"damped trend {above} of {len(twelve)}; " in direction_sentence(table)
    shuffled = scores(scored.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(
        table.set_index(["horizon_months", "model"]), shuffled.set_index(["horizon_months", "model"])
    )
    # A forecast keeps its draws when others are not made.
    fewer = backtest(few(study, 20), evidence, seed=SEED, runs=400)
    same = scored.merge(fewer, on=["horizon_months", "origin", "end", "model"], suffixes=("", "_fewer"))
    assert len(same) > 0
    assert (same["wis"] == same["wis_fewer"]).all()


def test_headline_is_a_prediction_and_says_when_no_year_can_be_scored(study, evidence):
    past = past_of(study, evidence)
    ahead = fan(past, seed=SEED, runs=500)
    table = scores(backtest(study, evidence, seed=SEED, runs=200))
    numbers = outlook_headline(study, ahead, table, dispersion=past.dispersion)
    prediction = numbers.estimates["next_12_months"]
    assert prediction.interval is not None
    assert prediction.interval.kind is IntervalKind.PREDICTION
    assert (prediction.period.start - study.intervals["end"].iloc[-1].date()).days == 1
    assert prediction.period.days == 365
    short = outlook_headline(study, ahead, table[table["horizon_months"] < 12], dispersion=past.dispersion)
    assert str(short.not_estimable["score_over_baseline_12_months_damped"]).startswith("no window of about twelve")


def test_the_last_year_is_drawn_from_0_to_its_sum(study):
    seen = seen_last_year(study)
    assert seen["casualties"].iloc[0] == 0
    assert seen["casualties"].iloc[-1] == pytest.approx(last_365_days(study.intervals))
    assert seen["casualties"].is_monotonic_increasing


def test_sensitivity_names_each_choice_and_why_one_has_no_outlook(study, evidence):
    table = outlook_sensitivity(study, evidence, seed=SEED, runs=300).set_index("choice")
    assert table.loc["slope halves every 91 days", BASELINE] == "as chosen"
    assert "(" in table.loc["accidents of the sizes listed, instead of NB1", BASELINE]
    assert table.loc["inexact rows: leave out", DAMPED] != ""
