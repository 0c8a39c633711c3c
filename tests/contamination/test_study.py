"""The study as a whole: estimates, texts, tables, other selections."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from analysis.contamination import captions, tables, task_estimates
from analysis.contamination.attribution import originator_labels, rows_by_party
from analysis.contamination.coverage import ALL
from analysis.contamination.estimates import missing_estimates, study_estimates
from analysis.contamination.sensitivity import COMPARED, NOT_ESTIMABLE, by_choice
from analysis.contamination.study import study_contamination
from analysis.errors import InsufficientEvidence
from analysis.estimate import IntervalKind

TEXTS = (captions.stated_text, captions.record_text, captions.density_text, captions.horizon_text)


def test_headline_numbers_name_existing_sources_and_no_confidence_interval(study, evidence) -> None:
    found = study_estimates(study)
    assert found["area_reported_2025_ha"].value == pytest.approx(69205.7)
    assert found["share_of_year_area_in_printed_months_2025"].value == pytest.approx(24932.8 / 69205.7)
    assert found["years_to_release_whole_task"].interval.kind == IntervalKind.SCENARIO
    kinds = {estimate.interval.kind for estimate in found.values() if estimate.interval is not None}
    assert IntervalKind.CONFIDENCE not in kinds
    for estimate in found.values():
        assert set(estimate.sources) <= set(evidence.sources.index)


def test_what_is_not_estimated_has_reasons(study) -> None:
    reasons = missing_estimates(study)
    assert "Fieller" in str(reasons["sampling interval for years to release"])
    assert "years to find the remaining mines" in reasons
    assert not set(reasons) & set(study_estimates(study))


def test_texts_attribute_warn_and_never_promise(study) -> None:
    for make in TEXTS:
        text = make(study)
        assert len(text["drawn"])
        assert text["sources"]
        for words in (text["caption"], text["alt"]):
            assert not any(word in words.lower() for word in ("safe", "demined", "mine-free", "free of mines"))
    for make in (captions.stated_text, captions.record_text, captions.horizon_text):
        assert captions.CAUTION in make(study)["caption"]
    assert "ANAMA and the Cabinet of Ministers report" in captions.record_text(study)["caption"]


def test_whose_figures_says_the_share_and_what_remains(study) -> None:
    total, first = int(study.parties["rows"].sum()), int(study.parties["rows"].iloc[0])
    text = tables.whose_figures(study)
    assert f"of the {total} rows are figures of authorities of Azerbaijan" in text
    assert f"{total - first} rows remain" in text


def test_parties_are_counted_over_all_tables(clearance) -> None:
    one = clearance([{"period_start": "2024", "period_end": "2024", "period_kind": "year"}])
    two = one.assign(party="armenia_authorities")
    found = rows_by_party({"first": one, "second": two.loc[[0, 0]]})
    assert found["rows"].to_dict() == {"authorities of Armenia": 2, "authorities of Azerbaijan": 1}


def test_labels_use_the_abbreviation(evidence) -> None:
    labels = originator_labels(evidence.table("originators"))
    assert labels["anama"] == "ANAMA"
    assert labels["halo_trust"] == "HALO Trust"


def test_contradictions_list_the_stale_total_and_what_stands_outside_the_record(study) -> None:
    found = tables.contradictions(study).set_index("row_id")
    assert {"cl-0155", "cl-0160", "cl-0161"} <= set(found.index)
    assert found.loc["cl-0160", "finding"] == "set aside, and outside what the record allows"


def test_the_independent_total_stands_beside_the_record(study) -> None:
    # cl-0160: 74,600 ha released to 31 March 2023, all operators, names a method; cl-0161: 7,944 ha, coverage unclear
    aside = study.aside.set_index("row_id")
    assert set(aside.index) == {"cl-0146", "cl-0160", "cl-0161"}
    assert aside.loc["cl-0160", "high_ha"] < 74600 - 100
    assert aside.loc["cl-0146", "gap_ha"] == 0  # 352 ha cleared can be a part of what was worked
    used = {row for record in study.records.values() for row in record.statements["row_id"]}
    assert not used & set(aside.index)


def test_february_2023_is_at_least_what_anama_reported_and_not_bound_by_the_quarter(study) -> None:
    # cl-0156 and cl-0157: 250 + 384 ha; the quarter cl-0161 would leave at most 457.5 ha
    months = study.records[ALL].months
    row = months[months["month"] == pd.Timestamp(2023, 2, 1)].iloc[0]
    assert row["low_ha"] == 634 - 11  # a unit of the last digit each: 10 and 1
    assert row["high_ha"] > 1500


def test_a_month_whose_page_prints_no_year_is_marked(study) -> None:
    # cl-0167, May 2023: with it the printed months of 2023 hold 39,051.54 ha, without it 34,212.24 ha
    months = study.records[ALL].months.set_index("month")
    assert months.loc[pd.Timestamp(2023, 5, 1), "year_inferred"]
    year = study.records[ALL].years.set_index("year").loc[2023]
    assert year["months_sum_ha"] - year["inferred_ha"] == pytest.approx(34212.24)
    share = study_estimates(study)["share_of_year_area_in_printed_months_2023"]
    assert any("prints no year; 0.645 without" in text for text in share.assumptions)


def test_a_number_that_only_rounding_moves_has_no_interval(study) -> None:
    found = study_estimates(study)
    assert found["area_since_november_2020_ha"].interval is None
    assert found["mines_found_per_ha_2022"].interval is None
    for estimate in found.values():
        if estimate.interval is not None and math.isfinite(estimate.interval.high):
            assert estimate.interval.high - estimate.interval.low > 5e-4 * estimate.interval.high


def test_the_ratio_for_mines_in_the_ground_has_no_upper_end_and_laid_ones_no_lower(study) -> None:
    found = study_estimates(study)
    ground, laid = found["density_ratio_needed_mines"], found["density_ratio_at_most_mines_laid"]
    assert ground.value == pytest.approx(5.954, abs=0.001)
    assert ground.interval.high == math.inf  # 'more than one million', 'more than 1.5 million'
    assert 3.2 < ground.interval.low < 3.4
    assert (laid.interval.low, laid.interval.high) == (0, pytest.approx(9.8385, abs=0.001))


def test_a_ratio_over_land_of_which_none_may_be_left_and_a_share_of_a_year_of_nothing_are_not_estimated(study) -> None:
    whole = study.records[ALL]
    nothing = replace(
        whole, years=whole.years.assign(printed_ha=whole.years["printed_ha"] * 0, share_in_months=math.nan)
    )
    broken = replace(study, needed=study.needed.assign(ratio_high=math.inf), records=study.records | {ALL: nothing})
    reasons = missing_estimates(broken)
    assert "no area may be left" in str(reasons["density_ratio_needed_mines"])
    assert "no area may be left" in str(reasons["density_ratio_at_most_mines_laid"])
    assert "0 ha are printed for 2025" in str(reasons["share_of_year_area_in_printed_months_2025"])


def test_armenia_takes_the_last_year_with_both_numbers(study) -> None:
    # ce-0077: 4,353.6583 ha; cl-0273: 9.1948 ha
    found = study_estimates(study)["years_at_2024_clearance_rate_armenia"]
    assert found.value == pytest.approx(4353.6583 / 9.1948)
    earlier = study.areas["as_of"] != "2024-12-31"
    assert task_estimates.armenia_year(replace(study, areas=study.areas[earlier])) is None


def test_leaving_out_the_authorities_of_azerbaijan_is_a_line_of_its_own(evidence) -> None:
    choices = {"period_start": "", "period_end": "2022-12-31", "exclude_originators": [], "inexact_rows": "as bounds"}
    found = by_choice(evidence, choices | {"minimum_increment_days": 90, "confidence_level": 0.95})
    assert set(found.loc["without authorities of Azerbaijan"]) == {NOT_ESTIMABLE}
    assert found.loc["as chosen", "density_ratio_needed_mines"] == NOT_ESTIMABLE
    assert found.loc["as chosen", "area_since_november_2020_ha"] != NOT_ESTIMABLE
    assert list(found.columns) == list(COMPARED)


@pytest.mark.parametrize(
    "choice",
    [{"period_end": "2021-12-31"}, {"period_start": "2024-01-01"}, {"exclude_originators": ["anama"]}],
)
def test_other_selections_still_give_texts_and_reasons(evidence, choice) -> None:
    study = study_contamination(evidence, **choice)
    assert all(len(make(study)["drawn"]) for make in TEXTS)
    assert missing_estimates(study).keys() > {"years to find the remaining mines"}


def test_a_selection_without_areas_is_insufficient(evidence) -> None:
    with pytest.raises(InsufficientEvidence, match="all operators: no area is reported"):
        study_contamination(evidence, exclude_originators=["azerbaijan_authorities"])
