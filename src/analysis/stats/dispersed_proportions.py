"""An interval for a share of persons who come in groups."""

from __future__ import annotations

import math

from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import require_positive, tail_of


def dispersed_proportion_interval(successes: int, trials: int, *, dispersion: float, level: float) -> Interval:
    """Return Wilson's interval for a share of persons, with the number of persons divided by a dispersion factor.

    If all persons of a group fall on the same side, the variance of the share is E[x^2] / E[x] of the group sizes times
    the binomial one, as if that many times fewer persons had been seen. With dispersion 1 it is Wilson's interval.

    Parameters
    ----------
    successes, trials
        Whole numbers of persons, successes not above trials.
    dispersion
        Variance over that of independent persons, at least 1.
    level
        Between 0 and 1, exclusive.

    Raises
    ------
    InsufficientEvidence
        If there are no trials.

    References
    ----------
    Wilson (1927) Journal of the American Statistical Association 22:209-212; Kish (1965) Survey Sampling, section 5.4
    (design effect and effective sample size).
    """
    require_positive("dispersion", dispersion)
    if dispersion < 1:
        raise ValueError(f"dispersion: at least 1 is needed for persons in groups, got {dispersion}")
    critical = float(stats.norm.isf(tail_of(level)))
    if trials == 0:
        raise InsufficientEvidence("a share of zero trials cannot be estimated")
    if not 0 <= successes <= trials:
        raise ValueError(f"successes: a number between 0 and trials ({trials}) is needed, got {successes}")
    share, effective = successes / trials, trials / dispersion
    centre = (share * effective + critical**2 / 2) / (effective + critical**2)
    half = critical * math.sqrt(share * (1 - share) * effective + critical**2 / 4) / (effective + critical**2)
    return Interval(
        low=0.0 if successes == 0 else max(0.0, centre - half),
        high=1.0 if successes == trials else min(1.0, centre + half),
        kind=IntervalKind.CONFIDENCE,
        level=level,
    )
