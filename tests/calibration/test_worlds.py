"""Worlds have the mean they are asked for and the dispersion they promise."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.calibration import worlds
from analysis.calibration.shapes import known_dispersion
from analysis.calibration.worlds import accidents_per_clump, counts_of, observed
from analysis.stats.dispersion import size_dispersion

RUNS = 100_000


def test_a_clump_by_hand():
    # Sizes 1 and 3: mean 2, E[x^2] / E[x] = 10 / 4 = 2.5. For 4.5 of persons, accidents need 1 + (4.5 - 2.5) / 2 = 2.
    seen = worlds.Observed(
        sizes=np.array([1, 3]), first_days=np.array([1]), last_days=np.array([9]), log_rate=0, slope=0, dispersion=4.5
    )
    assert clumping_with(seen) == pytest.approx(2.0)


def test_counts_that_vary_no_more_than_accidents_have_no_clumps():
    seen = worlds.Observed(
        sizes=np.array([1, 3]), first_days=np.array([1]), last_days=np.array([9]), log_rate=0, slope=0, dispersion=1.2
    )
    assert clumping_with(seen) == 1.0


def clumping_with(seen: worlds.Observed) -> float:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worlds, "observed", lambda: seen)
        return accidents_per_clump()


@pytest.mark.parametrize(
    ("world", "dispersion"),
    [("poisson", 1.0), ("accidents", size_dispersion(observed().sizes)), ("clumps", observed().dispersion)],
)
def test_mean_and_dispersion_are_those_of_the_world_for_a_part_and_for_the_sum(world, dispersion):
    drawn = counts_of([5.0, 23.0], runs=RUNS, world=world, rng=np.random.default_rng(1))
    # A sum keeps the multiple: counts can be added up over days.
    for counts, mean in ((drawn[:, 0], 5.0), (drawn[:, 1], 23.0), (drawn.sum(axis=1), 28.0)):
        assert counts.mean() == pytest.approx(mean, rel=0.01)
        assert counts.var() / mean == pytest.approx(dispersion, rel=0.03)


def test_a_method_is_told_of_accidents_and_never_of_clumps():
    assert known_dispersion("clumps") == known_dispersion("accidents") < observed().dispersion
