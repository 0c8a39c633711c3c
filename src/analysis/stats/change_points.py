"""One change of level in a declining log-linear rate: is there one, and when; by parametric bootstrap.

The date is never told more finely than the interval that contains it: each interval is a hypothesis "the change lies
here", and the confidence set is the union of those that are not rejected.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InsufficientEvidence
from analysis.stats.arguments import require_positive, tail_of
from analysis.stats.change_candidates import Candidates, PlaceFits, candidates_of, fit_places, place_means
from analysis.stats.clustered_counts import clustered_counts
from analysis.stats.composite_link import Exposure, FloatArray
from analysis.stats.composite_regression import pearson_dispersions
from analysis.stats.dispersion import size_dispersion
from analysis.stats.interval_counts import require_evidence

_WITHOUT = 2
_WITH = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChangeScan:
    """How well one change fits at each place.

    Parameters
    ----------
    counts, exposure, candidates, fits
        What was fitted.
    deviance_without
        Poisson deviance of the log-linear rate without a change.
    deviance_by_interval
        Smallest deviance with a change in each interval or at one of its ends; infinite where too few days lie on a
        side.
    best
        Place (row of the candidates) with the smallest deviance.
    dispersion_without, dispersion
        Pearson's dispersion without a change, and at the best place.
    statistic
        Deviance gained by the best change over its dispersion.
    """

    counts: FloatArray
    exposure: Exposure
    candidates: Candidates
    fits: PlaceFits
    deviance_without: float
    deviance_by_interval: FloatArray
    best: int
    dispersion_without: float
    dispersion: float
    statistic: float

    @property
    def rate_ratio(self) -> float:
        """Rate after over rate before at the best place, trend apart; it is exaggerated, being the best of many."""
        before, after = self.fits.level_before[0, self.best], self.fits.level_after[0, self.best]
        return float(after / before) if before > 0 else float("inf")

    @property
    def best_intervals(self) -> tuple[int, int]:
        """First and last interval that could hold the best change."""
        first, last = self.candidates.intervals[self.best]
        return int(first), int(last)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChangeTest:
    """Bootstrap test of no change against one.

    Parameters
    ----------
    statistic, critical
        Observed, and the quantile of the replicates at the level asked for.
    p_value
        (1 + replicates at least as large) over (1 + replicates).
    monte_carlo_error
        Standard error of the p value.
    replicates
        Number of them.
    dispersion
        Variance over mean of the simulated persons.
    """

    statistic: float
    critical: float
    p_value: float
    monte_carlo_error: float
    replicates: int
    dispersion: float


def scan_change(
    counts: ArrayLike, first_days: ArrayLike, last_days: ArrayLike, *, minimum_days: float = 90.0
) -> ChangeScan:
    """Return the fit of one change of level at every place.

    Parameters
    ----------
    counts, first_days, last_days
        As :func:`analysis.stats.interval_counts.fit_log_linear` takes them.
    minimum_days
        Each side of a change has at least so many days in whole intervals.

    Raises
    ------
    InsufficientEvidence
        If there are fewer than 6 intervals, no events, all events in the first or last interval, or no place with
        enough days on both sides.
    ValueError
        If counts are negative or the intervals overlap or are out of order.

    References
    ----------
    Worsley (1986) Biometrika 73:91-104 (likelihood ratio and confidence regions for a change in exponential families).
    """
    numbers, exposure = require_evidence(counts, first_days, last_days)
    if numbers.size < _WITH + 2:
        raise InsufficientEvidence(f"a change needs at least {_WITH + 2} intervals, got {numbers.size}")
    candidates = candidates_of(exposure, minimum_days=minimum_days)
    fits = fit_places(numbers[None, :], exposure, candidates)
    deviance = fits.deviance[0]
    best, statistic, dispersion = _best(numbers[None, :], exposure, candidates, fits)
    plain = place_means(fits, numbers[None, :], exposure, candidates, np.array([0]))
    return ChangeScan(
        counts=numbers,
        exposure=exposure,
        candidates=candidates,
        fits=fits,
        deviance_without=float(deviance[0]),
        deviance_by_interval=_by_interval(fits.deviance, candidates, numbers.size)[0],
        best=int(best[0]),
        dispersion_without=float(pearson_dispersions(numbers[None, :], plain, parameters=_WITHOUT)[0]),
        dispersion=float(dispersion[0]),
        statistic=float(statistic[0]),
    )


def change_test(
    scan: ChangeScan, *, sizes: ArrayLike, level: float, replicates: int, rng: np.random.Generator
) -> ChangeTest:
    """Return the test of no change against one, under the fitted log-linear decline.

    Replicates are simulated from the fit without a change, with accidents of the observed sizes and the dispersion of
    its residuals; in each the best change is searched for anew and its dispersion estimated anew.

    References
    ----------
    Worsley (1986) Biometrika 73:91-104; Davison, Hinkley (1997) Bootstrap Methods, section 4.2 (p value).
    """
    tail_of(level)
    means = place_means(scan.fits, scan.counts[None, :], scan.exposure, scan.candidates, np.array([0]))[0]
    drawn = _drawn(means, scan.dispersion_without, sizes=sizes, replicates=replicates, rng=rng)
    fits = fit_places(drawn, scan.exposure, scan.candidates)
    statistics = _best(drawn, scan.exposure, scan.candidates, fits)[1]
    p_value = _p_value(statistics, scan.statistic)
    return ChangeTest(
        statistic=scan.statistic,
        critical=float(np.quantile(statistics, level)),
        p_value=p_value,
        monte_carlo_error=float(np.sqrt(p_value * (1 - p_value) / replicates)),
        replicates=replicates,
        dispersion=max(scan.dispersion_without, size_dispersion(sizes)),
    )


def power_of_step(
    scan: ChangeScan, test: ChangeTest, *, ratio: float, sizes: ArrayLike, rng: np.random.Generator
) -> float:
    """Return how often the test would find a step of this rate ratio at the interval end nearest to the middle.

    Parameters
    ----------
    scan, test
        Of the observed counts; series are simulated as for the test, with the later part multiplied by `ratio`.
    ratio
        Rate after over rate before, above 0.
    sizes, rng
        As for :func:`change_test`.
    """
    require_positive("ratio", ratio)
    means = place_means(scan.fits, scan.counts[None, :], scan.exposure, scan.candidates, np.array([0]))[0]
    ends = scan.exposure.middles[:-1] + scan.exposure.lengths[:-1] / 2
    stepped = np.where(np.arange(means.size) > np.argmin(np.abs(ends)), ratio * means, means)
    drawn = _drawn(stepped, scan.dispersion_without, sizes=sizes, replicates=test.replicates, rng=rng)
    fits = fit_places(drawn, scan.exposure, scan.candidates)
    return float(np.mean(_best(drawn, scan.exposure, scan.candidates, fits)[1] > test.critical))


def change_date_p_values(
    scan: ChangeScan, *, sizes: ArrayLike, replicates: int, rng: np.random.Generator
) -> FloatArray:
    """Return, for each interval, the bootstrap p value of "the one change lies in this interval or at its ends".

    The confidence set at a level holds the intervals whose p value is above 1 - level. Missing (NaN) where the interval
    was not tried because too few days lie on a side.

    References
    ----------
    Worsley (1986) Biometrika 73:91-104, section 4 (inversion of the likelihood ratio).
    """
    seeds = rng.spawn(scan.counts.size)
    p_values = np.full(scan.counts.size, np.nan)
    for position in np.flatnonzero(np.isfinite(scan.deviance_by_interval)):
        place = _place_of(scan, int(position))
        means = place_means(scan.fits, scan.counts[None, :], scan.exposure, scan.candidates, np.array([place]))
        dispersion = float(pearson_dispersions(scan.counts[None, :], means, parameters=_WITH)[0])
        drawn = _drawn(means[0], dispersion, sizes=sizes, replicates=replicates, rng=seeds[position])
        fits = fit_places(drawn, scan.exposure, scan.candidates)
        _, _, spread = _best(drawn, scan.exposure, scan.candidates, fits)
        own = _by_interval(fits.deviance, scan.candidates, scan.counts.size)[:, position]
        lost = (own - fits.deviance[:, 1:].min(axis=1)) / spread
        observed = (scan.deviance_by_interval[position] - scan.fits.deviance[0, 1:].min()) / scan.dispersion
        p_values[position] = _p_value(lost, float(observed))
    return p_values


def _place_of(scan: ChangeScan, position: int) -> int:
    """Return the best place among those whose change this interval could hold."""
    within = (scan.candidates.intervals[:, 0] <= position) & (scan.candidates.intervals[:, 1] >= position)
    within[0] = False
    return int(np.argmin(np.where(within, scan.fits.deviance[0], np.inf)))


def _best(
    counts: FloatArray, exposure: Exposure, candidates: Candidates, fits: PlaceFits
) -> tuple[NDArray[np.int64], FloatArray, FloatArray]:
    """Return the best place of each row, the deviance it gains over its dispersion, and that dispersion."""
    best = 1 + np.argmin(fits.deviance[:, 1:], axis=1)
    means = place_means(fits, counts, exposure, candidates, best)
    dispersion = np.maximum(pearson_dispersions(counts, means, parameters=_WITH), 1e-9)
    gained = fits.deviance[:, 0] - fits.deviance[np.arange(best.size), best]
    return best, np.maximum(gained, 0.0) / dispersion, dispersion


def _by_interval(deviance: FloatArray, candidates: Candidates, size: int) -> FloatArray:
    """Return the smallest deviance among the places each interval could hold."""
    positions = np.arange(size)[:, None]
    within = (candidates.intervals[:, 0] <= positions) & (candidates.intervals[:, 1] >= positions)
    within[:, 0] = False
    return np.stack(
        [np.where(row, deviance, np.inf).min(axis=1) for row in within],
        axis=1,
    )


def _drawn(
    means: FloatArray, dispersion: float, *, sizes: ArrayLike, replicates: int, rng: np.random.Generator
) -> FloatArray:
    """Return simulated counts; a replicate without any event is drawn as one event in the first interval."""
    drawn = clustered_counts(means, sizes=sizes, dispersion=max(dispersion, 1e-6), replicates=replicates, rng=rng)
    drawn[drawn.sum(axis=1) == 0, 0] = 1.0
    return drawn


def _p_value(statistics: FloatArray, observed: float) -> float:
    # Equal up to rounding counts as at least as large.
    return float((1 + np.sum(statistics >= observed - 1e-9 * (1 + abs(observed)))) / (1 + statistics.size))
