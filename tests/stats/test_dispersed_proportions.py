"""Wilson's interval for persons in groups: by hand, against Wilson's, and its refusals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.errors import InsufficientEvidence
from analysis.stats.dispersed_proportions import dispersed_proportion_interval
from analysis.stats.proportions import proportion_interval


def test_twice_the_variance_is_half_the_persons() -> None:
    # 20 of 40 at dispersion 2 is 10 of 20: 0.5 -+ 1.959964 sqrt(5 + 0.960365) / 23.841459 = 0.5 -+ 0.200703.
    found = dispersed_proportion_interval(20, 40, dispersion=2.0, level=0.95)
    assert (found.low, found.high) == pytest.approx((0.299297, 0.700703), abs=1e-5)


def test_newcombe_example_at_dispersion_1() -> None:
    # Newcombe (1998) Statistics in Medicine 17:857-872, Table I, method 3: 81 of 263 gives 0.2553 to 0.3662.
    found = dispersed_proportion_interval(81, 263, dispersion=1.0, level=0.95)
    assert (found.low, found.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@given(trials=some.integers(1, 500), part=some.floats(0, 1), dispersion=some.floats(1, 9), level=some.floats(0.5, 0.99))
def test_it_holds_the_share_and_never_is_narrower_than_wilson(
    trials: int, part: float, dispersion: float, level: float
) -> None:
    successes = int(part * trials)
    wide = dispersed_proportion_interval(successes, trials, dispersion=dispersion, level=level)
    narrow = proportion_interval(successes, trials, level=level)
    assert wide.low <= narrow.low + 1e-12
    assert wide.high >= narrow.high - 1e-12
    assert 0 <= wide.low <= successes / trials <= wide.high <= 1


def test_refusals_name_the_argument() -> None:
    with pytest.raises(InsufficientEvidence, match="zero trials"):
        dispersed_proportion_interval(0, 0, dispersion=2.0, level=0.95)
    with pytest.raises(ValueError, match=r"dispersion: at least 1 is needed .* got 0.5"):
        dispersed_proportion_interval(1, 2, dispersion=0.5, level=0.95)
    with pytest.raises(ValueError, match=r"successes: a number between 0 and trials \(2\)"):
        dispersed_proportion_interval(3, 2, dispersion=1.0, level=0.95)
