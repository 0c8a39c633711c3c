"""The study as a whole: estimates, reasons, exclusions, independence of row order, other parameters."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis.errors import ParameterError
from analysis.estimate import IntervalKind
from analysis.evidence import Evidence
from analysis.maps import captions, sensitivity, tables
from analysis.maps.scope import WARNING
from analysis.maps.statements import RIGHT
from analysis.maps.study import MapReliability, map_reliability


def test_headline_estimates_with_kind_n_and_sources(study: MapReliability) -> None:
    share = study.estimates["accidents_outside_line_2022_10_26"]
    assert (share.value, share.n, share.n_unit) == (pytest.approx(116 / 156), 156, "accidents")
    assert share.interval is not None
    assert share.interval.kind == IntervalKind.CONFIDENCE
    curve = study.estimates["unrecorded_area_at_equal_rates"].interval
    assert curve is not None
    assert (curve.kind, curve.level) == (IntervalKind.SCENARIO, None)
    assert study.estimates["casualties_on_line_change_2023_08_18"].value == -33
    assert study.estimates["statements_of_25_per_cent_with_counts"].value == 0
    assert study.estimates["coverage_at_recorded_places"].value == pytest.approx(0.25 * 4 / 15)


def test_the_share_outside_the_records_never_gets_a_confidence_interval(study: MapReliability) -> None:
    for key, estimate in study.estimates.items():
        if "records" in estimate.quantity and estimate.interval is not None:
            assert estimate.interval.kind != IntervalKind.CONFIDENCE, key


def test_every_source_exists(study: MapReliability, evidence: Evidence) -> None:
    known = set(evidence.sources.index)
    for estimate in study.estimates.values():
        assert set(estimate.sources) <= known


def test_row_order_changes_nothing(evidence: Evidence, study: MapReliability) -> None:
    shuffled = replace(
        evidence, _used={name: frame.sample(frac=1, random_state=7) for name, frame in evidence._used.items()}
    )
    again = map_reliability(shuffled)
    assert dict(again.estimates) == dict(study.estimates)
    for part, names in (
        ("said", ("side_by_side", "definitions", "coincidences", "benchmark_shares")),
        ("line", ("counts", "increments", "explanations")),
        ("coverage", ("pairs", "rates_needed", "at_rates")),
    ):
        for name in names:
            pd.testing.assert_frame_equal(getattr(getattr(again, part), name), getattr(getattr(study, part), name))


def test_without_the_counting_body_the_shares_are_named_as_not_estimable(evidence: Evidence) -> None:
    left = map_reliability(evidence, exclude_originators=["anama"])
    assert left.line.counts.empty
    assert "no statement in the selection prints both" in str(left.reasons["shares outside the line"])
    assert not [key for key in left.estimates if "outside_line" in key]
    assert "unrecorded_area_at_equal_rates" in left.estimates


def test_without_one_partys_authorities_little_remains(evidence: Evidence) -> None:
    left = map_reliability(evidence, exclude_originators=["azerbaijan_authorities"])
    assert "coverage_by_mines" not in left.estimates
    assert left.estimates["forms_stated_as_total"].value == 972


@pytest.mark.parametrize("inexact_rows", ["as printed", "as bounds", "leave out"])
def test_each_reading_runs_and_bounds_are_widest(evidence: Evidence, inexact_rows: str) -> None:
    read = map_reliability(evidence, inexact_rows=inexact_rows)  # type: ignore[arg-type]
    interval = read.estimates["coverage_by_mines"].interval
    assert interval is not None
    assert (interval.low == 0) == (inexact_rows == "as bounds")


def test_the_level_widens_the_interval(evidence: Evidence, study: MapReliability) -> None:
    narrow = map_reliability(evidence, confidence_level=0.8).estimates["accidents_outside_line_2022_10_26"].interval
    wide = study.estimates["accidents_outside_line_2022_10_26"].interval
    assert narrow is not None
    assert wide is not None
    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"relative_rate_low": 2.0, "relative_rate_high": 1.0}, "relative_rate_low, relative_rate_high"),
        ({"nearly_from": 0.0}, "nearly_from"),
        ({"more_than_to": 0.52}, "more_than_to"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused(evidence: Evidence, choice: dict[str, float], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        map_reliability(evidence, **choice)  # type: ignore[arg-type]


def test_what_is_not_estimable_always_names_accuracy(study: MapReliability) -> None:
    assert "numerator, denominator or method" in str(study.reasons["accuracy of the records"])


def test_captions_carry_the_warning_and_the_numbers(study: MapReliability) -> None:
    made = {make.__name__: make(study) for make in (
        captions.timeline_text, captions.shares_text, captions.curve_text, captions.benchmark_text,
    )}  # fmt: skip
    for text in made.values():
        assert WARNING in text["caption"]
        assert len(text["alt"]) > 60
        assert len(text["drawn"])
    assert "116 of 156 accidents (74.4 %, 67.0 to 80.6)" in made["shares_text"]["caption"]
    assert f"as counted by {study.names['anama']}: " in made["shares_text"]["caption"]
    assert "No sampling interval" in made["curve_text"]["caption"]


def test_unverified_shares_are_counted_in_the_caption(study: MapReliability) -> None:
    assert "2 are unverified figures from social media for parts" in captions.timeline_text(study)["caption"]


def test_the_note_under_benchmarks_says_how_many_from_when_and_warns(study: MapReliability) -> None:
    shares = study.said.benchmark_shares
    note = captions.benchmark_note(study)
    assert f"n = {len(shares)} shares" in note
    assert f"as of {shares['year'].min()} to {shares['year'].max()}" in note
    assert f"{shares['source_id'].nunique()} pages" in note
    assert note.endswith(WARNING)


def test_captions_say_when_nothing_is_left(evidence: Evidence) -> None:
    left = map_reliability(evidence, exclude_originators=["anama"])
    assert "no counts are left" in captions.shares_text(left)["caption"]


def test_the_first_sentence_says_whose_figures_these_are(study: MapReliability) -> None:
    first, others = study.whose.iloc[0], study.whose.iloc[1:]
    sentence = tables.whose_sentence(study)
    assert f"({100 * first['share_of_rows']:.0f} %) come from authorities of Azerbaijan; without them" in sentence
    left = [int(number) for number in re.findall(r"(\d+) from", sentence.split("there remain")[1])]
    assert left == others["rows"].tolist()
    assert first["rows"] + sum(left) == study.whose["rows"].sum()


def test_no_person_and_no_village_is_in_a_drawn_table(study: MapReliability) -> None:
    for make in (captions.timeline_text, captions.shares_text, captions.curve_text, captions.benchmark_text):
        assert {"notes", "victim_type", "activity"}.isdisjoint(make(study)["drawn"].columns)


def test_other_choices_show_each_reading_and_what_is_lost(evidence: Evidence, study: MapReliability) -> None:
    table = sensitivity.other_choices(evidence, study).set_index("choice")
    assert {"inexact rows as printed", "inexact rows leave out", "without azerbaijan_authorities"} <= set(table.index)
    assert table.loc["without anama", "accidents_outside_line"] == "not estimable"
    assert table.iloc[-1].equals(table.iloc[0].rename(table.index[-1]))


def test_statements_are_printed_with_unit_and_whether_counts_stand_beside(study: MapReliability) -> None:
    table = tables.statement_table(study)
    assert table.loc["ma-0061", "stated"] == "below 40 %"
    assert table.loc["ma-0061", "counts_printed"] == "yes"
    assert table.loc["ma-0042", "stated"] == "390,709"
    assert table.loc["ma-0034", "stated"] == "no figure"
    assert table.loc["ma-0026", "stated"] == "50 %, unverified"
    assert table["unit_counted"].notna().all()


def test_the_timeline_holds_dated_statements_only_and_its_caption_counts_them(study: MapReliability) -> None:
    drawn = tables.timeline_statements(study)
    assert drawn["as_of_first"].notna().all()
    assert len(drawn) < len(study.said.timeline)
    right = ((drawn["topic"] == RIGHT) & drawn["share"].notna()).sum()
    assert f"{right} statements of how much of the records is right" in captions.timeline_text(study)["caption"]
