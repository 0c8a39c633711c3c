"""The notebook's numbers on sources, its sentences and the texts of its figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.casualties import source_captions
from analysis.casualties.annual import pairs_of_bodies
from analysis.casualties.source_estimates import source_headline
from analysis.casualties.source_study import contradictions_by_statement, source_study, whose_sentence
from analysis.errors import InsufficientEvidence


@pytest.fixture(scope="module")
def sources(study, evidence):
    return source_study(evidence, study, seed=1)


def test_headline_numbers(sources):
    numbers = source_headline(sources)
    assert numbers.not_estimable == {}
    found = numbers.estimates
    assert found["pairs_of_bodies_that_differ"].value == pairs_of_bodies(sources.counts)["differ"].sum()
    assert found["pairs_of_bodies_that_differ"].n == len(pairs_of_bodies(sources.counts))
    assert found["needed_between_2016_and_2020"].value == 640
    ratio = found["ratio_between_bodies"].interval
    assert ratio is not None
    # 2008 is one year with 16 or 23 over 11. In order:
    # 19/17, 25/22, 12/10, [16/11,] 34/22, 13/8, 35/17, [23/11,] 13/5, 14/4.
    assert (ratio.low, ratio.high) == (pytest.approx(34 / 22), pytest.approx(13 / 8))
    assert found["ratio_between_bodies"].n == 9
    assert "single ratios from 1.12 to 3.5" in found["ratio_between_bodies"].method


def test_what_cannot_be_estimated_says_why(sources):
    none = replace(
        sources, pairs=sources.pairs.iloc[:0], listed=sources.listed.iloc[:0], implied=sources.implied.iloc[:0]
    )
    reasons = source_headline(none).not_estimable
    assert sorted(reasons) == [
        "left_before_2020_by_largest_total",
        "listed_share_of_injured",
        "listed_share_of_killed",
        "pairs_of_bodies_that_differ",
        "ratio_between_bodies",
    ]
    assert "no two named bodies print an exact total" in str(reasons["ratio_between_bodies"])


def test_whose_numbers_are_compared_is_said_first(sources, evidence):
    sentence = whose_sentence(sources, evidence)
    rows = len(sources.counts) + len(sources.stated) + len(sources.series.rows)
    assert f"of {rows} numbers compared here" in sentence
    assert "come from authorities of Azerbaijan" in sentence


def test_contradictions_are_summed_by_the_earlier_statement(sources):
    table = contradictions_by_statement(sources)
    assert table["later_statements"].sum() == len(sources.contradictions)
    assert table["largest_gap"].max() == sources.contradictions["too_low_by"].max()


def test_figure_texts_carry_what_they_draw(sources):
    drawn = source_captions.stated_totals(sources)
    assert set(drawn["bound"]) == {"equal", "at least", "at most"}
    marked = set(drawn.loc[drawn["contradicted"], "row_id"])
    assert "rt-0043" in marked
    assert "rt-0030" not in marked
    assert len(source_captions.implied_totals(sources)) == len(sources.implied)
    for text in (
        source_captions.agreement_text(sources, names={"anama": "ANAMA"}),
        source_captions.all_time_text(sources),
        source_captions.listed_text(sources),
    ):
        assert text["sources"]
        assert "omplete counts by one" in text["caption"]


def test_what_is_left_out_of_the_sum_is_named(sources):
    words = source_captions.all_time_words(sources)
    assert "dated to a day" in words["message"]
    # ANAMA's 639 and 2,806 of April 2021: 3,445 - 3,079 = 366; at most 108 were registered by the end of April.
    line = sources.identity_without_day.set_index("row_id").loc["rt-0043"]
    assert (line["less_base"], line["off_by"]) == (366, 366 - line["running_high"])
    assert list(sources.identity_without_day["row_id"]) == ["rt-0043", "rt-0119", "rt-0131", "rt-0144"]
    text = source_captions.all_time_text(sources)
    assert "by one body each" in text["caption"]
    middles = (sources.implied["before_low"] + sources.implied["before_high"]) / 2
    assert f"at about {middles.max():,.0f}" in text["alt"]
    assert "vermilion marks" in text["caption"]


def test_bodies_have_names_in_the_description(sources):
    assert "chde" not in source_captions.agreement_text(sources, names={"chde": "CHDE"})["alt"]


def test_the_total_to_2020_is_needed(study, evidence):
    rows = evidence.table("casualties_running_total")
    without = replace(
        evidence, _used=dict(evidence._used) | {"casualties_running_total": rows[rows["row_id"] != "rt-0030"]}
    )
    with pytest.raises(InsufficientEvidence, match="total to the end of the 2020 war"):
        source_study(without, study, seed=1)
