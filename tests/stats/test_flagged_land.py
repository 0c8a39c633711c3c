"""The four shares of flagged land, by hand and by a population of hectares that is counted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.flagged_land import (
    can_hold,
    flagged_share,
    gain_over_chance,
    largest_mined_share,
    mined_share_outside,
    specificity,
    youden_index,
)


def test_a_hundred_hectares_by_hand() -> None:
    # 100 ha, 10 mined; the records flag 16 ha of which 4 are mined: coverage 4/10, correct 4/16, mined 10/100.
    assert flagged_share(0.4, 0.1, 0.25) == pytest.approx(0.16)
    # Outside: 84 ha, 6 of them mined. Unmined land: 90 ha, 12 of them flagged.
    assert mined_share_outside(0.4, 0.1, 0.25) == pytest.approx(6 / 84)
    assert specificity(0.4, 0.1, 0.25) == pytest.approx(78 / 90)
    assert gain_over_chance(0.1, 0.25) == pytest.approx(2.5)


def test_records_no_better_than_chance() -> None:
    # The flagged land is mined as often as any land: the land outside is too, and nothing is gained.
    assert mined_share_outside(0.3, 0.25, 0.25) == pytest.approx(0.25)
    assert gain_over_chance(0.25, 0.25) == pytest.approx(1)
    # Youden's sensitivity + specificity - 1 is nought.
    assert 0.3 + specificity(0.3, 0.25, 0.25) - 1 == pytest.approx(0)
    assert youden_index(0.3, 0.25, 0.25) == 0


def test_shares_that_cannot_hold_together() -> None:
    # 60 of 100 ha mined, 90 % of them flagged, a quarter of the flagged land right: 54 / 0.25 = 216 ha flagged.
    assert flagged_share(0.9, 0.6, 0.25) == pytest.approx(2.16)
    assert not can_hold(0.9, 0.6, 0.25)
    # 90 ha mined, half flagged, half right: 90 ha flagged, but 45 of them unmined and there are only 10.
    assert flagged_share(0.5, 0.9, 0.5) == pytest.approx(0.9)
    assert not can_hold(0.5, 0.9, 0.5)
    assert np.isnan(mined_share_outside(0.5, 0.9, 0.5))
    assert np.isnan(specificity(0.5, 0.9, 0.5))


def test_all_land_flagged_leaves_no_land_outside() -> None:
    # Coverage 1 and correct share equal to the mined share: every hectare is flagged.
    assert can_hold(1.0, 0.25, 0.25)
    assert np.isnan(mined_share_outside(1.0, 0.25, 0.25))
    assert specificity(1.0, 0.25, 0.25) == pytest.approx(0)


def test_the_largest_mined_share_by_hand() -> None:
    # Coverage 1/3, correct 1/4: each mined hectare brings one wrongly flagged one, so at most half is mined.
    assert largest_mined_share(1 / 3, 0.25) == pytest.approx(0.5)
    assert largest_mined_share(1 / 3, 1.0) == pytest.approx(1)


@given(coverage=st.floats(0.01, 1), correct=st.floats(0.01, 1))
def test_the_largest_mined_share_is_the_border_of_what_can_hold(coverage: float, correct: float) -> None:
    largest = float(largest_mined_share(coverage, correct))
    assert can_hold(coverage, largest * (1 - 1e-6), correct)
    beyond = min(1.0, largest * (1 + 1e-6))
    assert beyond == 1.0 or not can_hold(coverage, beyond, correct)


@given(
    mined=st.integers(1, 500),
    flagged_mined=st.integers(1, 500),
    flagged_unmined=st.integers(0, 400),
    rest=st.integers(1, 400),
)
def test_a_counted_population(mined: int, flagged_mined: int, flagged_unmined: int, rest: int) -> None:
    flagged_mined = min(flagged_mined, mined)
    unmined = flagged_unmined + rest
    land = mined + unmined
    coverage, share = flagged_mined / mined, mined / land
    correct = flagged_mined / (flagged_mined + flagged_unmined)
    assert flagged_share(coverage, share, correct) == pytest.approx((flagged_mined + flagged_unmined) / land)
    assert mined_share_outside(coverage, share, correct) == pytest.approx(
        (mined - flagged_mined) / (land - flagged_mined - flagged_unmined), abs=1e-9
    )
    assert specificity(coverage, share, correct) == pytest.approx(rest / unmined)
    assert youden_index(coverage, share, correct) == pytest.approx(coverage + rest / unmined - 1, abs=1e-9)


@pytest.mark.parametrize(
    ("shares", "named"),
    [((1.1, 0.1, 0.5), "coverage"), ((0.5, -0.1, 0.5), "mined_share"), ((0.5, 0.1, 0.0), "correct_share")],
)
def test_what_is_no_share_is_refused_by_name(shares: tuple[float, float, float], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        flagged_share(*shares)
