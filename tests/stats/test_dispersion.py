"""Over-dispersion: hand-worked values, limits, and coverage from clustered accidents."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.discrete.diagnostic import PoissonDiagnostic

from analysis.errors import InsufficientEvidence
from analysis.stats.dispersion import (
    cameron_trivedi_p_value,
    overdispersed_limits,
    pearson_dispersion,
    size_dispersion,
    size_dispersion_interval,
)
from analysis.stats.rates import poisson_interval

SIZES = np.repeat([1, 2, 3, 4, 6, 8, 12], [110, 26, 10, 5, 3, 2, 1])


def test_dispersion_of_sizes_by_hand():
    # Sizes 1, 1, 2, 4: (1 + 1 + 4 + 16) / (1 + 1 + 2 + 4) = 22 / 8.
    assert size_dispersion([1, 1, 2, 4]) == pytest.approx(2.75)
    assert size_dispersion([1, 1, 1]) == 1.0


def test_pearson_dispersion_by_hand():
    # (4 - 2)^2 / 2 + (6 - 8)^2 / 8 + 0 = 2.5, over 3 - 1 degrees of freedom.
    assert pearson_dispersion([4, 6, 5], [2, 8, 5], parameters=1) == pytest.approx(1.25)


@given(st.integers(0, 300), st.floats(0.1, 100))
def test_without_dispersion_the_limits_are_garwoods(count, exposure):
    low, high = overdispersed_limits(count, exposure, dispersion=1.0, level=0.95)
    exact = poisson_interval(count, exposure=exposure, level=0.95)
    assert (float(low), float(high)) == pytest.approx((exact.low, exact.high))


@given(st.integers(0, 300), st.floats(1, 5), st.floats(1.01, 2))
def test_limits_hold_the_rate_and_widen_with_dispersion(count, dispersion, more):
    low, high = overdispersed_limits(count, 2.0, dispersion=dispersion, level=0.95)
    lower, higher = overdispersed_limits(count, 2.0, dispersion=dispersion * more, level=0.95)
    assert lower <= low <= count / 2 <= high <= higher


def test_no_persons_still_have_an_upper_limit():
    low, high = overdispersed_limits([0, 0], [1.0, 10.0], dispersion=2.5, level=0.95)
    # Garwood's upper limit at 0 is -log(0.025).
    assert low.tolist() == [0.0, 0.0]
    assert high == pytest.approx(np.array([1.0, 0.1]) * 2.5 * -np.log(0.025))


@pytest.mark.parametrize("accidents", [2, 5, 15, 50, 156])
def test_coverage_from_clustered_accidents(accidents):
    runs, rng = 4000, np.random.default_rng(20240815)
    drawn = rng.poisson(accidents, runs)
    persons = np.bincount(np.repeat(np.arange(runs), drawn), rng.choice(SIZES, drawn.sum()), minlength=runs)
    truth = accidents * SIZES.mean()
    low, high = overdispersed_limits(persons, 1.0, dispersion=size_dispersion(SIZES), level=0.95)
    held = int(np.sum((low <= truth) & (truth <= high)))
    plain_low, plain_high = overdispersed_limits(persons, 1.0, dispersion=1.0, level=0.95)
    plain = int(np.sum((plain_low <= truth) & (truth <= plain_high)))
    print(f"{accidents} accidents: coverage {held / runs:.4f}; taken as independent persons {plain / runs:.4f}")  # noqa: T201
    assert held >= stats.binom.ppf(1e-4, runs, 0.95)
    assert plain < held


def test_bootstrap_of_the_dispersion():
    first, second = (size_dispersion_interval(SIZES, level=0.95, rng=np.random.default_rng(5)) for _ in range(2))
    shuffled = size_dispersion_interval(SIZES[::-1], level=0.95, rng=np.random.default_rng(5))
    assert first == second == shuffled
    assert first.low < size_dispersion(SIZES) < first.high
    wider = size_dispersion_interval(SIZES, level=0.99, rng=np.random.default_rng(5))
    assert wider.low < first.low < first.high < wider.high
    constant = size_dispersion_interval([2, 2, 2], level=0.95, rng=np.random.default_rng(5))
    assert (constant.low, constant.high) == (2.0, 2.0)


def test_cameron_and_trivedis_test_is_statsmodels():
    counts = np.random.default_rng(2).negative_binomial(3, 0.4, 40)
    model = sm.Poisson(counts, np.ones(40)).fit(disp=0)
    # Its row "CT nb1" (two-sided) regresses on the fitted counts: this test only when they are all alike, as here.
    reference = PoissonDiagnostic(model).test_dispersion().summary_frame().set_index("method").loc["CT nb1", "pvalue"]
    assert cameron_trivedi_p_value(counts, model.predict()) == pytest.approx(reference / 2)


def test_cameron_and_trivedis_test_keeps_its_level_and_finds_pairs():
    rng, runs = np.random.default_rng(8), 2000
    counts = rng.poisson(6.0, (runs, 60))
    rejected = sum(cameron_trivedi_p_value(row, np.full(60, row.mean())) < 0.05 for row in counts)
    print(f"Cameron-Trivedi, 60 counts: rejects {rejected / runs:.3f} at 0.05")  # noqa: T201
    assert 0 < rejected <= stats.binom.isf(1e-4, runs, 0.05)
    clustered = rng.poisson(3.0, (200, 60)) * 2
    assert sum(cameron_trivedi_p_value(row, np.full(60, row.mean())) < 0.05 for row in clustered) > 150


def test_refusals_say_what_is_wrong():
    with pytest.raises(InsufficientEvidence, match="2 counts after fitting 2 parameters"):
        pearson_dispersion([1, 2], [1, 2], parameters=2)
    with pytest.raises(InsufficientEvidence, match="cannot be tested with 2 counts"):
        cameron_trivedi_p_value([1, 2], [1.5, 1.5])
    with pytest.raises(ValueError, match="every fitted count must be above 0"):
        cameron_trivedi_p_value([1, 2, 3], [1, 0, 3])
    with pytest.raises(InsufficientEvidence, match="from no accident"):
        size_dispersion([])
    with pytest.raises(InsufficientEvidence, match="fewer than two accidents"):
        size_dispersion_interval([3], level=0.95, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match="every accident has at least one person"):
        size_dispersion([0, 1])
    with pytest.raises(ValueError, match="every fitted count must be above 0"):
        pearson_dispersion([1, 2, 3], [1, 0, 3], parameters=1)
    with pytest.raises(ValueError, match="as many values as observed"):
        pearson_dispersion([1, 2, 3], [1, 2], parameters=1)
    with pytest.raises(ValueError, match="every count must be 0 or more"):
        overdispersed_limits([-1], [1.0], dispersion=1.0, level=0.95)
    with pytest.raises(ValueError, match="every exposure must be above 0"):
        overdispersed_limits([1], [0.0], dispersion=1.0, level=0.95)
