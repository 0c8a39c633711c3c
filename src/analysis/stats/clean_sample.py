"""What a sample in which nothing was found does not exclude: upper bounds and posteriors, per unit and per lot."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from analysis.estimate import Interval, IntervalKind
from analysis.stats.acceptance import first_true, passing_probability
from analysis.stats.arguments import require_positive, require_share, tail_of


def rule_of_three(sample: int, detection: float = 1.0) -> float:
    """Return 3 / (sample x detection), about the 95 % upper bound of the share of unacceptable units; at most 1.

    References
    ----------
    Hanley, Lippman-Hand (1983) JAMA 249:1743-1745.
    """
    require_positive("sample", sample)
    require_positive("detection", detection)
    return min(1.0, 3 / (sample * detection))


def upper_share(sample: int, *, confidence: float, detection: float = 1.0) -> float:
    """Return the exact one-sided upper bound of the share of unacceptable units of a large lot, at most 1.

    The share at which nothing would be found with probability 1 - confidence.
    """
    require_positive("sample", sample)
    require_positive("detection", detection)
    require_share("confidence", confidence)
    return float(min(1.0, (1 - (1 - confidence) ** (1 / sample)) / detection))


def most_left(sample: int, *, lot: int, confidence: float, detection: float = 1.0) -> int:
    """Return the largest number of unacceptable units in the whole lot that the clean sample does not exclude.

    The largest number with which nothing would be found with a probability above 1 - confidence. With perfect detection
    none of them lies in the sample; with imperfect detection some can.
    """

    def excluded(number: int) -> bool:
        """Return whether a clean sample is too unlikely with this number in the lot."""
        return float(passing_probability(number, sample=sample, lot=lot, detection=detection)[0]) <= 1 - confidence

    # The more unacceptable units, the less likely is a clean sample; with all of them it may still not be excluded.
    return first_true(excluded, 0, lot) - 1 if excluded(lot) else lot


def posterior_upper_share(
    sample: int, *, level: float, prior_a: float, prior_b: float, detection: float = 1.0
) -> Interval:
    """Return the credible interval from 0 to the upper end for the share of unacceptable units, given a beta prior.

    The posterior is proportional to p^(a-1) (1-p)^(b-1) (1 - p x detection)^sample; with perfect detection it is a beta
    distribution with a and b + sample.
    """
    tail_of(level)
    missed, weight = _missed_in_sample(sample, prior_a, prior_b, detection)

    def excess(share: float) -> float:
        """Return the posterior probability below a share, less the level."""
        return float(weight @ special.betainc(prior_a + missed, prior_b + sample - missed, share)) - level

    high = float(optimize.brentq(excess, 0.0, 1.0, xtol=1e-14))
    return Interval(low=0.0, high=high, kind=IntervalKind.CREDIBLE, level=level)


def probability_of_none(sample: int, *, lot: int, prior_a: float, prior_b: float, detection: float = 1.0) -> float:
    """Return the posterior probability that no unit of the whole lot is unacceptable, given a beta prior.

    B(a, b + lot) over the integral of the prior times the probability of a clean sample. It rests on the prior far more
    than on the sample.
    """
    if sample > lot:
        raise ValueError(f"sample, lot: sample <= lot is needed, got {sample} of {lot}")
    missed, weight = _missed_in_sample(sample, prior_a, prior_b, detection)
    # Only the part in which the sample holds no missed unit can have none in the lot.
    rest = special.betaln(prior_a, prior_b + lot) - special.betaln(prior_a, prior_b + sample)
    return float(weight[missed == 0][0] * np.exp(rest))


def _missed_in_sample(
    sample: int, a: float, b: float, detection: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return each number of unacceptable units missed in the sample with its posterior probability.

    1 - p d = (1 - p) + p (1 - d), so the posterior of p is a mixture of beta distributions with a + k and b + n - k.
    """
    require_positive("prior_a", a)
    require_positive("prior_b", b)
    require_positive("sample", sample)
    require_share("detection", detection)
    missed = np.arange(sample + 1, dtype=np.float64) if detection < 1 else np.zeros(1)
    with np.errstate(divide="ignore"):
        log_missing = special.xlogy(missed, 1 - detection)
    log_weight = (
        special.betaln(a + missed, b + sample - missed) - special.betaln(missed + 1, sample - missed + 1) + log_missing
    )
    weight = np.exp(log_weight - log_weight.max())
    return missed, weight / weight.sum()
