"""Counts before and after a date, beside the counts elsewhere at the same times: what two by two counts allow."""

from __future__ import annotations

from scipy import stats
from scipy.stats.contingency import odds_ratio

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import require_share, tail_of


def ratio_of_ratios_interval(
    before: int, after: int, other_before: int, other_after: int, *, level: float
) -> tuple[float, Interval]:
    """Return (after / before) over (other after / other before) with its exact conditional interval.

    The same two spans of time apply to both groups, so their lengths cancel. The counts are taken as Poisson and
    independent; given all margins the first is then noncentral hypergeometric. The value is the conditional maximum
    likelihood estimate, which lies a little nearer to 1 than the plain quotient.

    Raises
    ------
    InsufficientEvidence
        If one of the groups or one of the spans has no events, so that no ratio can be formed.

    References
    ----------
    Cornfield (1956) Proceedings of the Third Berkeley Symposium 4:135-148; by scipy.stats.contingency.odds_ratio.
    """
    tail_of(level)
    counts = {"before": before, "after": after, "other_before": other_before, "other_after": other_after}
    for name, count in counts.items():
        if count < 0:
            raise ValueError(f"{name}: a count of at least 0 is needed, got {count}")
    if 0 in (before + after, other_before + other_after, before + other_before, after + other_after):
        raise InsufficientEvidence(
            f"counts of {before} to {after} beside {other_before} to {other_after} give no ratio"
        )
    found = odds_ratio([[after, before], [other_after, other_before]], kind="conditional")
    ends = found.confidence_interval(confidence_level=level)
    value = float(found.statistic)
    if value == float("inf"):
        raise InsufficientEvidence(f"a ratio of {after} to {before} beside {other_after} to {other_before} has no end")
    return value, Interval(low=float(ends.low), high=float(ends.high), kind=IntervalKind.CONFIDENCE, level=level)


def detectable_fall(total: int, other_after_share: float, *, level: float, power: float) -> float:
    """Return the largest ratio of ratios below 1 that an exact test would find with the stated power.

    Given `total` events in the group before and after together, the number after is binomial, under no change with the
    share that the other group has after. That share is taken as known, so the ratio is the best case.

    Parameters
    ----------
    total
        Events of the group, before and after together.
    other_after_share
        Share of the other group's events that fall after, strictly between 0 and 1.
    level
        1 less the two-sided error of the test.
    power
        Probability of finding the fall, strictly between 0 and 1.

    Raises
    ------
    InsufficientEvidence
        If not even a fall to nothing would be found.
    """
    require_share("other_after_share", other_after_share)
    require_share("power", power)
    if not 0 < other_after_share < 1 or not 0 < power < 1:
        raise ValueError("other_after_share, power: shares strictly between 0 and 1 are needed")
    critical = int(stats.binom.ppf(tail_of(level), total, other_after_share))
    if total == 0 or stats.binom.cdf(critical, total, other_after_share) > tail_of(level):
        critical -= 1
    if critical < 0:
        raise InsufficientEvidence(f"{total} events cannot show any fall at a level of {level:g}, not even one to none")
    # P(X <= critical) = power at the share that is this quantile of a beta distribution.
    after_share = float(stats.beta.ppf(1 - power, critical + 1, total - critical))
    return after_share * (1 - other_after_share) / (other_after_share * (1 - after_share))
