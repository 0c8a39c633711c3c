"""Imperfect checks: published corrections, the refused ones, and Blaker's interval against its definition."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.stats.misclassification import blaker_interval, rogan_gladen, rogan_gladen_interval
from analysis.stats.proportions import proportion_interval


# R's epiR, epi.prev, examples 1 and 3 (per 100, whole numbers printed): Reiczigel et al. (2010) Epidemiology and
# Infection 138:1674-1678.
@pytest.mark.parametrize(
    ("positives", "tested", "sensitivity", "specificity", "expected"),
    [
        (45, 150, 0.96, 0.89, (22, 14, 32)),
        (80, 210, 0.60, 0.90, (56, 43, 70)),
        (100, 189, 0.65, 0.95, (80, 68, 92)),
        (50, 124, 0.70, 0.99, (57, 45, 70)),
    ],
)
def test_published_corrections(positives, tested, sensitivity, specificity, expected):
    share = rogan_gladen(positives / tested, sensitivity, specificity)
    interval = rogan_gladen_interval(positives, tested, sensitivity, specificity, level=0.95)
    assert (100 * share, 100 * interval.low, 100 * interval.high) == pytest.approx(expected, abs=0.5)


def test_an_impossible_share_is_refused_with_its_number():
    # epiR example 2 (Moujaber et al. 2008): 6 of 151, 0.964, 0.927 gives -3.73 per 100.
    with pytest.raises(InsufficientEvidence, match=r"the corrected share would be -0\.0373343"):
        rogan_gladen(6 / 151, 0.964, 0.927)
    with pytest.raises(InsufficientEvidence, match=r"the corrected share would be -0\.0373343"):
        rogan_gladen_interval(6, 151, 0.964, 0.927, level=0.95, method="clopper-pearson")


def test_a_check_no_better_than_chance_is_refused():
    with pytest.raises(InsufficientEvidence, match=r"sensitivity 0\.3 and specificity 0\.7 is no better than chance"):
        rogan_gladen(0.4, 0.3, 0.7)
    with pytest.raises(ValueError, match=r"apparent: a share between 0 and 1 is needed, got 1\.2"):
        rogan_gladen(1.2, 0.9, 0.9)


@given(st.floats(0, 1), st.floats(0.6, 1), st.floats(0.6, 1))
def test_correction_undoes_the_check(true_share, sensitivity, specificity):
    apparent = true_share * sensitivity + (1 - true_share) * (1 - specificity)
    # The ends are left out by a hair, where rounding could fall on the wrong side.
    if 1e-9 < true_share < 1 - 1e-9:
        assert rogan_gladen(apparent, sensitivity, specificity) == pytest.approx(true_share, abs=1e-9)


def test_a_perfect_check_changes_nothing():
    plain = proportion_interval(12, 40, level=0.9, method="clopper-pearson")
    corrected = rogan_gladen_interval(12, 40, 1.0, 1.0, level=0.9, method="clopper-pearson")
    assert (corrected.low, corrected.high) == pytest.approx((plain.low, plain.high))


@settings(max_examples=25)
@given(st.integers(1, 60).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_blakers_interval_lies_within_clopper_pearsons(counts):
    successes, trials = counts
    exact = proportion_interval(successes, trials, level=0.95, method="clopper-pearson")
    blaker = blaker_interval(successes, trials, level=0.95)
    assert exact.low <= blaker.low <= successes / trials <= blaker.high <= exact.high


def test_blakers_interval_never_covers_less_than_stated():
    trials, shares = 20, np.linspace(0.005, 0.995, 199)
    ends = [blaker_interval(k, trials, level=0.95) for k in range(trials + 1)]
    low, high = (np.array([getattr(end, name) for end in ends])[:, None] for name in ("low", "high"))
    weights = stats.binom.pmf(np.arange(trials + 1)[:, None], trials, shares)
    coverage = np.sum(weights * ((low <= shares) & (shares <= high)), axis=0)
    print(f"Blaker, n = 20: mean coverage {coverage.mean():.4f}, least {coverage.min():.4f}")  # noqa: T201
    assert coverage.min() >= 0.95 - 1e-9
