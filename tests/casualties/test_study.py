"""The study as a whole on the evidence: headline, sensitivity, selections, errors."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.casualties import captions, count_captions, tables, trend
from analysis.casualties.annual import pairs_of_bodies
from analysis.casualties.headline import headline
from analysis.casualties.increments import after_first_year_words, last_year
from analysis.casualties.occurred import BY_DIFFERENCE
from analysis.casualties.scope import running_totals, whose_figures, window
from analysis.casualties.sensitivity import revisions_table, sensitivity_table
from analysis.casualties.study import Choices, casualty_series, casualty_trends
from analysis.errors import InsufficientEvidence, ParameterError
from analysis.estimate import IntervalKind


@pytest.fixture(scope="module")
def numbers(evidence, study):
    return headline(evidence, study, rng=np.random.default_rng(1))


@pytest.fixture(scope="module")
def others(evidence, study):
    return sensitivity_table(evidence, study).set_index("choice")


def test_every_headline_number_is_estimated_from_cited_sources(numbers, evidence):
    assert not numbers.not_estimable
    known = set(evidence.sources.index)
    for estimate in numbers.estimates.values():
        assert set(estimate.sources) <= known
    # The killed add to the total with the injured.
    value = {key: estimate.value for key, estimate in numbers.estimates.items()}
    assert value["killed_registered"] + value["injured_registered"] == value["total_registered"]


def test_quantities_state_the_days_and_dates_they_cover(numbers, study):
    quantity = {key: estimate.quantity for key, estimate in numbers.estimates.items()}
    recent = last_year(study.intervals)
    assert quantity["rate_per_30d_last_365_days"] == (
        f"casualties per 30 days, last intervals that cover a year: {recent['days'].sum()} days from "
        f"{recent['start'].iloc[0].date()} to {recent['end'].iloc[-1].date()} (registered)"
    )
    # The first interval begins in the first year and is left out whole: 400 days to 14 December 2021 (cp-0083).
    assert quantity["change_per_year_after_first_12_months"].endswith(
        "from 2021-12-15 on: without all 400 days of intervals begun in the first 12 months"
    )


def test_what_comes_by_difference_is_named_so_everywhere(study, numbers):
    table = tables.interval_table(study)
    rest = table[(table["start"] == "2023-03-15") & (table["end"] == "2023-09-19")]
    assert rest["basis"].tolist() == [BY_DIFFERENCE]
    assert captions.rate_labels(study)["by difference"].startswith("by difference")
    caption = captions.rate_text(study, trend.trend_line(study.trend, period=study.period, level=0.95))["caption"]
    assert "9 listed closed periods (occurred), 1 by difference (" in caption
    assumptions = numbers.estimates["registered_beyond_closed_count"].assumptions
    assert "the 29 casualties that come by difference occurred from 2023-03-15 to 2023-09-19; no list gives them" in (
        assumptions
    )


def test_the_title_of_the_rate_gives_both_changes(study):
    message = captions.rate_words(study)["message"]
    assert "over all intervals, " in message
    assert message.endswith("from 15 December 2021 on")
    assert message.count("%") == 2


def test_years_by_body_count_pairs_of_named_bodies_and_the_same_bodies_everywhere(evidence, study):
    counts = tables.annual_series(evidence, study)
    pairs = pairs_of_bodies(counts)
    words, text = count_captions.annual_words(study, counts), count_captions.annual_text(study, counts)
    assert f"{pairs['differ'].sum()} of {len(pairs)} pairs differ" in words["message"]
    bodies = set(counts.loc[counts["total"].notna(), "originator"]) - {"unknown"}
    assert f"{len(bodies)} named bodies" in words["note"]
    assert f"by {len(bodies)} named bodies" in text["caption"]
    assert f"to {captions.day(study.period.end)}" in words["note"]
    # cp-0012: HALO's ten killed of 2004 are a count, in words; Yandunts' of 2014 (cp-0070) stands beside totals.
    assert "cp-0012" in set(text["drawn"]["row_id"])
    assert "cp-0070" not in set(text["drawn"]["row_id"])


def test_the_headline_interval_of_a_rate_is_the_wider_one(numbers, study):
    row, estimate = study.intervals.iloc[0], numbers.estimates["rate_per_30d_first_interval"]
    assert estimate.value == pytest.approx(197 / 400 * 30)  # cp-0083: 197 in 400 days
    assert estimate.interval.kind == IntervalKind.CONFIDENCE
    assert estimate.interval.low == pytest.approx(min(row["poisson_low"], row["clustered_low"]))
    assert estimate.interval.high == pytest.approx(max(row["poisson_high"], row["clustered_high"]))


def test_late_registration_is_a_bound_and_not_an_interval_with_a_level(numbers):
    estimate = numbers.estimates["registered_beyond_closed_count"]
    assert estimate.interval.kind == IntervalKind.BOUND
    # 27 registered from 20 September to 31 December 2023; the count of 58 leaves 15 to 24 for these days.
    assert (estimate.interval.low, estimate.interval.high, estimate.n) == (3, 12, 27)


def test_merging_hardly_moves_the_quasi_poisson_trend(others):
    lengths = others[others.index.str.startswith("intervals of at least")]
    assert len(lengths) == 4
    assert (lengths["change_per_year"] - others.loc["as chosen", "change_per_year"]).abs().max() < 0.02


def test_leaving_an_originator_out_reads_fewer_rows(others, study):
    without = others[others.index.str.startswith("without ") & others["total"].notna()]
    assert (without["rows"] < len(study.rows)).all()
    assert "without unknown" in without.index
    assert (others.loc[without.index, "total"] <= study.registered.path["total"].iloc[-1]).all()


def test_totals_free_to_fall_have_no_trend(others):
    line = others.loc["running totals may fall (median of each date)"]
    assert pd.isna(line["change_per_year"])
    assert "increments can be negative" in line["why_not"]


def test_every_downward_revision_is_listed_with_its_rows(study, others):
    steps = revisions_table(study)
    line = others.loc["running totals may fall (median of each date)"]
    assert line["why_not"].endswith(f"downward revisions: {len(steps)}")
    # rt-0117, ANAMA: 303 by 18 August 2023 after 304.
    step = steps[steps["date"] == "2023-08-18"].iloc[0]
    assert (step["from_total"], step["to_total"], step["rows"], step["originators"]) == (304, 303, "rt-0117", "anama")


def test_other_selections_run(evidence):
    year = casualty_trends(evidence, Choices(period_start="2022-01-01", period_end="2022-12-31"))
    assert (year.intervals["start"] >= pd.Timestamp("2022-01-01")).all()
    assert year.registered.path["date"].max() <= pd.Timestamp("2022-12-31")
    alone = casualty_trends(evidence, Choices(exclude_originators=("anama",)))
    assert alone.occurred.empty
    assert set(alone.intervals["kind"]) == {"registered"}


def test_a_short_period_has_no_trend_and_says_so(evidence):
    short = casualty_trends(evidence, Choices(period_start="2022-02-05", period_end="2022-05-18"))
    assert isinstance(short.trend, InsufficientEvidence)
    numbers = headline(evidence, short, rng=np.random.default_rng(1))
    assert "change_per_year" in numbers.not_estimable
    assert "at least 3 intervals" in str(numbers.not_estimable["change_per_year"])
    assert captions.rate_words(short)["message"] == "Casualties per 30 days; these data carry no trend"
    assert trend.trend_line(short.trend, period=short.period, level=0.95).empty


def test_an_empty_selection_says_what_was_left_out(evidence):
    with pytest.raises(InsufficientEvidence, match=r"up to 2020-12-01; nothing can be computed from none"):
        casualty_series(evidence, Choices(period_end="2020-12-01"))
    parties = sorted(set(running_totals(evidence)["party"]))
    with pytest.raises(InsufficientEvidence, match=r"without azerbaijan_authorities"):
        casualty_series(evidence, Choices(exclude_originators=parties))
    with pytest.raises(InsufficientEvidence, match=r"choose a period inside it"):
        window(evidence, period_start="2030-01-01", period_end="")


def test_a_misspelt_originator_is_named(evidence):
    with pytest.raises(ParameterError, match=r"exclude_originators: 'anamma' is neither an originator_id"):
        casualty_series(evidence, Choices(exclude_originators=("anamma",)))


def test_whose_figures_these_are_is_counted(study):
    used = study.rows_used
    assert set(study.occurred["row_id"]) | set(study.years["row_id"]) <= set(used["row_id"])
    assert used["row_id"].is_unique
    counted = whose_figures(used)
    assert counted["rows"].sum() == len(used) > len(study.rows)
    assert counted["share_of_rows"].sum() == pytest.approx(1)
    authorities = int((used["party"] == "azerbaijan_authorities").sum())
    sentence = tables.whose_sentence(study)
    assert sentence.startswith(f"{authorities} of {len(used)} rows")
    listed = study.intervals[study.intervals["kind"] != "registered"]
    assert f"{len(listed)} of {len(study.intervals)} intervals, with {listed['casualties'].sum()} of" in sentence


def test_the_families_stand_beside_each_other(study):
    table = trend.trend_table(study.intervals, level=0.95)
    everything = table[table["intervals"] == "all"].set_index("family")
    # Poisson and quasi-Poisson have one estimate; their intervals differ by the square root of the dispersion or more.
    assert everything.loc["poisson", "change_per_year"] == pytest.approx(
        everything.loc["quasi-poisson", "change_per_year"]
    )
    assert everything.loc["quasi-poisson", "low"] < everything.loc["poisson", "low"]
    later = after_first_year_words(study.intervals)
    assert set(table["intervals"]) == {"all", later, "without marked intervals"}


def test_captions_carry_the_numbers(study):
    text = captions.path_text(study)
    end = study.registered.path.iloc[-1]
    assert str(end["total"]) in text["caption"]
    assert "not a confidence interval" in text["caption"]
    assert "do not contain counting error" in text["caption"]
    line = trend.trend_line(study.trend, period=study.period, level=0.95)
    for text in (
        captions.rate_text(study, line),
        count_captions.composition_text(study, tables.composition_series(study)),
    ):
        assert text["caption"]
        assert text["alt"]
        assert not text["drawn"].empty


def test_no_place_or_detail_of_a_person_is_printed(evidence, study):
    printed = [tables.split_table(evidence, study), tables.interval_table(study), study.registered.overruled]
    columns = {column for table in printed for column in table.columns}
    assert not columns & {"district", "activity", "notes", "device"}
