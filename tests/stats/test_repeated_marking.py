"""Several occasions of one closed population: the published case, by hand, and refusals."""

from __future__ import annotations

import math

import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.repeated_marking import repeated_marking

# Case mse_schnabel_schumacher: Gerking (1953), sunfish; Krebs (1989) Ecological Methodology, pp. 32-33; Ricker (1975)
# p. 99.
CAUGHT = [10, 27, 17, 7, 1, 5, 6, 15, 9, 18, 16, 5, 7, 19]
MET_AGAIN = [0, 0, 0, 0, 0, 0, 2, 1, 5, 5, 4, 2, 2, 3]
RETURNED = [10, 27, 17, 7, 1, 5, 6, 15, 9, 18, 14, 5, 6, 0]


def test_published_sunfish():
    found = repeated_marking(CAUGHT, MET_AGAIN, RETURNED, level=0.95)
    assert found.schnabel == pytest.approx(447.5, abs=0.5)
    assert found.schnabel_chapman == pytest.approx(430, abs=0.5)
    assert found.schumacher == pytest.approx(423, abs=0.5)
    assert (found.interval.low, found.interval.high) == pytest.approx((300, 719), abs=0.5)


def test_three_occasions_by_hand():
    # Marked before each: 0, 10, 15, 18. Products 8 x 10 + 6 x 15 + 5 x 18 = 260; met again 3 + 3 + 2 = 8.
    found = repeated_marking([10, 8, 6, 5], [0, 3, 3, 2], [10, 8, 6, 5], level=0.9)
    assert found.schnabel == pytest.approx(260 / 8)
    assert found.schnabel_chapman == pytest.approx(260 / 9)
    # 8 x 100 + 6 x 225 + 5 x 324 = 3770; 3 x 10 + 3 x 15 + 2 x 18 = 111.
    assert found.schumacher == pytest.approx(3770 / 111)


def test_few_met_again_leave_the_high_end_open():
    found = repeated_marking([10, 10, 10, 10], [0, 1, 0, 0], [10, 10, 10, 10], level=0.95)
    assert found.interval.high == math.inf
    assert found.interval.low < found.schumacher


def test_refusals_say_what_is_missing():
    with pytest.raises(InsufficientEvidence, match="at least 3 occasions with marked members about are needed, got 2"):
        repeated_marking([10, 8, 6], [0, 1, 1], [10, 8, 6], level=0.95)
    with pytest.raises(InsufficientEvidence, match="no member was ever met again"):
        repeated_marking([10, 8, 6, 5], [0, 0, 0, 0], [10, 8, 6, 5], level=0.95)
    with pytest.raises(ValueError, match="met_again: between 0 and the number caught"):
        repeated_marking([10, 8, 6, 5], [0, 9, 0, 0], [10, 8, 6, 5], level=0.95)
    with pytest.raises(ValueError, match="one number an occasion"):
        repeated_marking([10, 8], [0], [10, 8], level=0.95)
