"""Devices per hectare."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analysis.contamination.clearance_record import clearance_record
from analysis.contamination.density import densities_by_year, density_change, monthly_densities
from analysis.contamination.density_groups import densities_by_district, densities_by_operator
from analysis.contamination.devices import device_counts
from analysis.errors import InsufficientEvidence


def year(text: str, area: float | None, **more: object) -> dict[str, object]:
    return {"period_start": text, "period_end": text, "period_kind": "year", "area_ha": area, **more}


def by_year(frame):
    record = clearance_record(frame, group="toy", last_date=date(2024, 12, 31))
    return densities_by_year(frame, record, level=0.95)


def test_mines_only_totals_are_no_totals_of_all_devices(clearance) -> None:
    rows = [
        year("2021", None, all_devices=100, notes="mines only (AP plus AT), UXO excluded"),
        year("2022", None, ap_mines=1, at_mines=2, uxo=3),
        year("2023", None, ap_mines=1),
    ]
    counts = device_counts(clearance(rows))
    assert counts["mines"].tolist()[:2] == [100, 3]
    assert counts["all_devices"].isna().tolist() == [True, False, True]
    assert counts["all_devices"].tolist()[1] == 6
    assert counts["mines"].isna().tolist() == [False, False, True]


def test_density_of_a_year_and_its_change(clearance) -> None:
    found = by_year(
        clearance([year("2023", 100.0, ap_mines=30, at_mines=10), year("2024", 200.0, ap_mines=15, at_mines=5)])
    )
    mines = found[found["kind"] == "mines"].set_index("span")["per_ha"]
    assert mines.to_dict() == {"2023": 0.4, "2024": 0.1}
    first, last, ratio = density_change(found, kind="mines")
    assert (first["span"], last["span"], ratio) == ("2023", "2024", 0.25)


def test_dispersion_of_months_around_the_printed_year(clearance) -> None:
    months = [
        {"period_start": f"2024-{number:02d}", "period_end": f"2024-{number:02d}", "period_kind": "month"}
        | {"area_ha": 100.0, "ap_mines": count, "at_mines": 0}
        for number, count in ((1, 10), (2, 10), (3, 40))
    ]
    found = by_year(clearance([*months, year("2024", 1000.0, ap_mines=200, at_mines=0)]))
    own = found[(found["kind"] == "mines") & (found["span"] == "2024")].iloc[0]
    # 20 expected each month: (100 + 100 + 400) / 20 over three months = 10
    assert own["dispersion"] == pytest.approx(10)
    assert own["if_random_low"] < 0.2 < own["if_random_high"]
    two = by_year(clearance([*months[:2], year("2024", 1000.0, ap_mines=200, at_mines=0)]))
    assert np.isnan(two[two["kind"] == "mines"]["dispersion"].iloc[0])


def test_no_year_with_both_numbers_is_an_outcome(clearance) -> None:
    with pytest.raises(InsufficientEvidence, match="no year of all operators"):
        by_year(clearance([year("2024", 100.0)]))
    with pytest.raises(InsufficientEvidence, match="1 years have mines"):
        density_change(by_year(clearance([year("2024", 100.0, ap_mines=1, at_mines=1)])), kind="mines")


def test_alternative_and_zero_area_months_give_no_density(clearance) -> None:
    base = {"period_start": "2024-01", "period_end": "2024-01", "period_kind": "month", "ap_mines": 1, "at_mines": 1}
    frame = clearance([base | {"area_ha": 0.0}, base | {"area_ha": 10.0, "alternative": True}])
    assert monthly_densities(frame).empty


def test_a_district_without_a_bound_on_its_area_has_no_lower_density(clearance) -> None:
    rows = [
        {"period_start": "2020-11-10", "period_end": "2024-12-31", "period_kind": "cumulative", "geography": "fuzuli"}
        | {"ap_mines": 60, "at_mines": 40, "area_ha": None},
        year("2023", 51.0, geography="fuzuli"),
    ]
    found = densities_by_district(clearance(rows), inexact_rows="as bounds").set_index("kind").loc["mines"]
    assert (found["area_low_ha"], found["area_high_ha"]) == (50, np.inf)
    assert (found["per_ha_low"], found["per_ha_high"]) == (0, 2)


@pytest.mark.parametrize(
    ("span", "mines"), [("2020-2021", 8799 + 19561), ("2022", 12913), ("2023", 8529), ("2024", 6658)]
)
def test_mines_of_the_evidence_are_those_of_the_statistical_committee(study, span: str, mines: int) -> None:
    # cl-0062, cl-0106, cl-0145, cl-0202, cl-0274; the five years add to the 56,460 of cl-0263
    own = study.by_year[(study.by_year["kind"] == "mines") & (study.by_year["span"] == span)]
    assert own["devices"].tolist() == [mines]


def test_density_by_operator_of_the_evidence(study) -> None:
    # cl-0205 to cl-0209: five operators of 2023 in the report of the Cabinet of Ministers
    own = densities_by_operator(study.clearance)
    own = own[own["year"] == "2023"].set_index("row_id")["per_ha"]
    expected = {"cl-0205": 0.689, "cl-0206": 0.346, "cl-0207": 1.417, "cl-0208": 0.235, "cl-0209": 0.457}
    assert own.to_dict() == {row: pytest.approx(value, abs=5e-4) for row, value in expected.items()}


def test_density_of_mines_of_the_evidence(study) -> None:
    own = study.by_year[study.by_year["kind"] == "mines"].set_index("span")["per_ha"]
    assert own["2025"] == pytest.approx((4963 + 1861) / 69205.7)  # cl-0326
    assert own["2022"] == pytest.approx((8780 + 4133) / 41915.77)  # cl-0147
