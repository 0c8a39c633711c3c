"""What a partly observed or confounded share can be: curves and bounds, without pretending to a point."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import require_positive, tail_of


def unrecorded_share(outside_share: ArrayLike, relative_accident_rate: ArrayLike) -> NDArray[np.float64]:
    """Return the share of mined area outside the records, u = s / (s + r (1 - s)), shares of 1.

    If accidents per unit of mined area are r times as frequent outside the records as inside, a share u of the area
    outside gives a share s = r u / (r u + 1 - u) of the accidents outside; this is the inverse. It is a curve in r, not
    an estimate: r is not observed.

    Parameters
    ----------
    outside_share
        Share of accidents outside the records, 0 to 1.
    relative_accident_rate
        r, above 0.

    References
    ----------
    Manski (2003) Partial Identification of Probability Distributions, chapter 1, for reading such curves.
    """
    share, rate = np.asarray(outside_share, dtype=np.float64), np.asarray(relative_accident_rate, dtype=np.float64)
    if not np.all((share >= 0) & (share <= 1)):
        raise ValueError("outside_share: shares between 0 and 1 are needed")
    if not np.all(rate > 0):
        raise ValueError("relative_accident_rate: rates above 0 are needed")
    unrecorded: NDArray[np.float64] = share / (share + rate * (1 - share))
    return unrecorded


def relative_rate_needed(outside_share: ArrayLike, unrecorded_share: ArrayLike) -> NDArray[np.float64]:
    """Return the r at which an outside share of accidents and an unrecorded share of area hold together.

    r = s (1 - u) / (u (1 - s)). Both shares must lie strictly between 0 and 1: at the ends no r, or every r, fits.
    """
    share, unrecorded = np.asarray(outside_share, dtype=np.float64), np.asarray(unrecorded_share, dtype=np.float64)
    for name, values in (("outside_share", share), ("unrecorded_share", unrecorded)):
        if not np.all((values > 0) & (values < 1)):
            raise ValueError(f"{name}: shares strictly between 0 and 1 are needed")
    rate: NDArray[np.float64] = share * (1 - unrecorded) / (unrecorded * (1 - share))
    return rate


def share_bounds(correct: int, checked: int, records: int) -> Interval:
    """Return worst-case bounds for the correct share of all records when only some were checked.

    All unchecked records wrong gives the low end, all right the high end; nothing is assumed about which were checked.

    Raises
    ------
    InsufficientEvidence
        If there are no records.

    References
    ----------
    Manski (1990) American Economic Review 80:319-323.
    """
    if records == 0:
        raise InsufficientEvidence("a share of zero records has no bounds")
    if not 0 <= correct <= checked <= records:
        raise ValueError(
            f"counts: 0 <= correct <= checked <= records is needed, got {correct}, {checked} and {records}"
        )
    return Interval(low=correct / records, high=(correct + records - checked) / records, kind=IntervalKind.BOUND)


def imbens_manski_interval(
    low_estimate: float, high_estimate: float, low_se: float, high_se: float, *, level: float
) -> Interval:
    """Return a confidence interval for a parameter known only to lie between two estimated ends.

    It covers the parameter, not the whole range between the ends: as the range grows, each end moves out by the
    one-sided critical value only.

    Parameters
    ----------
    low_estimate, high_estimate
        Estimated ends of the identified range, low not above high.
    low_se, high_se
        Their standard errors, above 0.

    References
    ----------
    Imbens, Manski (2004) Econometrica 72:1845-1857; Stoye (2009) Econometrica 77:1299-1315 on when it holds.
    """
    tail = tail_of(level)
    require_positive("low_se", low_se)
    require_positive("high_se", high_se)
    if low_estimate > high_estimate:
        raise ValueError(f"low_estimate: must not be above high_estimate, got {low_estimate} and {high_estimate}")
    width = (high_estimate - low_estimate) / max(low_se, high_se)

    def coverage_gap(critical: float) -> float:
        """Return the coverage at a critical value, less the level."""
        return float(stats.norm.cdf(critical + width) - stats.norm.cdf(-critical)) - level

    two_sided = float(stats.norm.isf(tail))
    critical = float(optimize.brentq(coverage_gap, 0.0, two_sided + 1e-9, xtol=1e-13)) if level > 0.5 else two_sided
    return Interval(
        low=low_estimate - critical * low_se,
        high=high_estimate + critical * high_se,
        kind=IntervalKind.CONFIDENCE,
        level=level,
    )
