"""The study as a whole: estimates, texts, tables, other selections."""

from __future__ import annotations

import pytest

from analysis.contamination import captions, tables
from analysis.contamination.attribution import originator_labels, rows_by_party
from analysis.contamination.estimates import missing_estimates, study_estimates
from analysis.contamination.sensitivity import COMPARED, by_choice
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


def test_contradictions_list_the_stale_total_and_the_month_below_its_part(study) -> None:
    found = tables.contradictions(study)
    assert "cl-0155" in set(found["row_id"].dropna())
    assert found["finding"].str.contains("ANAMA only is above").any()


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


def test_an_unprinted_number_is_a_dash_under_other_choices(evidence) -> None:
    choices = {"period_start": "", "period_end": "2022-12-31", "exclude_originators": [], "inexact_rows": "as bounds"}
    found = by_choice(evidence, choices | {"minimum_increment_days": 90, "confidence_level": 0.95})
    assert list(found.columns) == list(COMPARED)
    assert found.loc["as chosen", "density_ratio_needed_mines"] == "\N{EN DASH}"
    assert found.loc["as chosen", "area_since_november_2020_ha"] != "\N{EN DASH}"
