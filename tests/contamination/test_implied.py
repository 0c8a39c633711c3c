"""The density uncleared land must have."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.contamination.horizon import LEFT, WHOLE
from analysis.contamination.implied import IN_GROUND, LAID, NEEDED_COLUMNS, density_ratio_needed, found_so_far
from analysis.contamination.reconcile import CONDITIONS, reconciling_values
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
    by_scope = study.needed.groupby("scope")["per_ha_found"].first()
    assert by_scope[MINES] == pytest.approx(61838 / 237821.5)
    assert by_scope[MINES_AND_DEVICES] == pytest.approx(225966 / 237821.5)
    own = study.needed[(study.needed["scope"] == MINES) & (study.needed["meaning"] == IN_GROUND)]
    own = own[(own["stated_total"] == 1.5e6) & (own["stated_area_ha"] == 1166702) & (own["comparator"] == "=")]
    own = own.set_index("reading")
    # (1,500,000 - 61,838) / (1,166,702 - 237,821.5) over 61,838 / 237,821.5
    assert own.loc[WHOLE, "ratio_low"] == pytest.approx(5.954, abs=0.001)
    # left at its date in 2024: between what was worked from the start and from the end of that year
    assert own.loc[LEFT, "ratio_low"] < 5.19 < own.loc[LEFT, "ratio_high"] < 5.954


def test_totals_are_kept_apart_by_meaning_and_comparator(study) -> None:
    own = study.needed[(study.needed["scope"] == MINES) & (study.needed["stated_total"] == 1.5e6)]
    holds = own.drop_duplicates(["meaning", "comparator"]).set_index(["meaning", "comparator"])["holds"]
    # ce-0055 'more than', planted; ce-0070 laid over 30 years; ce-0076 planted
    assert holds.to_dict() == {
        (IN_GROUND, "="): "about",
        (IN_GROUND, ">"): "at least",
        (IN_GROUND, "~"): "about",
        (LAID, "="): "at most",
        (LAID, ">"): "not bounded",
        (LAID, "~"): "at most",
    }


def test_devices_since_a_day_lie_between_what_the_totals_around_it_leave(clearance) -> None:
    base = {"period_start": "2020-11-10", "period_kind": "cumulative", "at_mines": 0, "uxo": 1, "area_ha": 9.0}
    ends = (("2023-12-31", 10), ("2024-06-30", 40), ("2024-12-31", 100))
    found = found_so_far(clearance([base | {"period_end": end, "ap_mines": count} for end, count in ends]))
    # by 1 March 2024 between 10 and 40 of the 100 had been found
    assert found.since("mines", pd.Timestamp(2024, 3, 1), pd.Timestamp(2024, 3, 1)) == (60, 90)
    assert found.since("mines", pd.Timestamp(2023, 1, 1), pd.Timestamp(2024, 7, 1)) == (0, 100)


def test_totals_that_contradict_give_the_range_from_one_to_the_other(clearance) -> None:
    base = {"period_start": "2020-11-10", "period_kind": "cumulative", "at_mines": 0, "uxo": 1, "area_ha": 9.0}
    ends = (("2023-12-31", 70), ("2024-06-30", 40), ("2024-12-31", 100))
    found = found_so_far(clearance([base | {"period_end": end, "ap_mines": count} for end, count in ends]))
    # 70 of the 100 by the end of 2023, but 40 by the middle of 2024: 30 or 60 after a day between them
    assert found.since("mines", pd.Timestamp(2024, 3, 1), pd.Timestamp(2024, 3, 1)) == (30, 60)


def test_each_condition_alone_brings_the_ratio_to_one() -> None:
    # 10 found on 100 ha; 100 stated on 400 ha: ratio 3. Two thirds not searched: 10 on 33.3 ha is 0.3 a ha as needed.
    # Or 40 stated, a tenth a ha on 400 ha; or 1,000 ha, a tenth a ha for 100
    pair = dict.fromkeys(NEEDED_COLUMNS, "") | {
        "stated_total": 100.0,
        "stated_area_ha": 400.0,
        "per_ha_found": 0.1,
        "devices_left_low": 90.0,
        "devices_left_high": 90.0,
        "area_left_low_ha": 300.0,
        "area_left_high_ha": 300.0,
        "per_ha_needed_low": 0.3,
        "per_ha_needed_high": 0.3,
        "ratio_low": 3.0,
        "ratio_high": 3.0,
    }
    found = reconciling_values(pd.DataFrame([pair])).iloc[0]
    assert found["unsearched_share_low"] == pytest.approx(2 / 3)
    assert found["total_that_holds_high"] == pytest.approx(40)
    assert found["area_that_holds_high"] == pytest.approx(1000)
    assert set(CONDITIONS) == {name.removesuffix("_low") for name in found.index if name.endswith("_low")}
