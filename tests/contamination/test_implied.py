"""The density uncleared land must have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.contamination.implied import density_ratio_needed, found_so_far
from analysis.contamination.stated import MINES, MINES_AND_DEVICES
from analysis.errors import InsufficientEvidence


def test_hand_worked_ratio() -> None:
    # found 10 on 100 ha: 0.1 a ha. 100 stated on 400 ha: 90 left on 300 ha: 0.3 a ha, three times as dense
    assert density_ratio_needed(stated_total=100, stated_area_ha=400, found=10, worked_ha=100) == pytest.approx(3)


def test_a_total_already_found_leaves_none() -> None:
    assert density_ratio_needed(stated_total=5, stated_area_ha=400, found=10, worked_ha=100) == 0


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.floats(1.01, 100))
def test_the_same_density_everywhere_needs_a_ratio_of_one(found: float, worked: float, scale: float) -> None:
    ratio = density_ratio_needed(
        stated_total=found * scale, stated_area_ha=worked * scale, found=found, worked_ha=worked
    )
    assert ratio == pytest.approx(1)


def test_refusals() -> None:
    with pytest.raises(InsufficientEvidence, match=r"leaves none"):
        density_ratio_needed(stated_total=100, stated_area_ha=100, found=10, worked_ha=100)
    with pytest.raises(InsufficientEvidence, match="no density is known"):
        density_ratio_needed(stated_total=100, stated_area_ha=400, found=0, worked_ha=100)


def test_found_so_far_takes_the_last_exact_total(clearance) -> None:
    base = {"period_start": "2020-11-10", "period_kind": "cumulative", "ap_mines": 1, "at_mines": 2, "uxo": 3}
    frame = clearance(
        [
            base | {"period_end": "2024-01-31", "area_ha": 10.0},
            base | {"period_end": "2024-03-31", "area_ha": 30.0, "comparator": ">"},
            base | {"period_end": "2024-02-29", "area_ha": 20.0},
        ]
    )
    found = found_so_far(frame)
    assert (found.area_ha, found.mines, found.all_devices) == (20, 3, 6)


def test_evidence_pairs_are_compared_by_wording(study) -> None:
    # cl-0317: 237,821.5 ha, 39,201 + 22,637 mines, 164,128 other devices
    assert study.found.row_id == "cl-0317"
    assert study.found.mines == 61838
    assert study.found.all_devices == 225966
    by_scope = study.needed.groupby("scope")["found"].unique()
    assert by_scope[MINES].tolist() == [61838]
    assert by_scope[MINES_AND_DEVICES].tolist() == [225966]
    largest = study.needed[(study.needed["stated_total"] == 1.5e6) & (study.needed["stated_area_ha"] == 1166702)]
    # (1,500,000 - 61,838) / (1,166,702 - 237,821.5) over 61,838 / 237,821.5
    assert largest.set_index("scope").loc[MINES, "ratio"] == pytest.approx(5.954, abs=0.001)
