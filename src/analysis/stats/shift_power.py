"""What counts could detect of a change of level at a stated time: type I error, power, detectable rate ratios.

Series are simulated with these intervals, this trend and accidents of these sizes; the test is that of
:mod:`analysis.stats.level_shift`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analysis.stats.arguments import tail_of
from analysis.stats.clustered_counts import clustered_counts
from analysis.stats.composite_link import FloatArray
from analysis.stats.composite_regression import fit_replicates
from analysis.stats.level_shift import ShiftFit, ShiftModel

RATIOS: Final = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 1.33, 2.0, 2.5, 3.0, 4.0, 6.0, 10.0)
"""Rate ratios whose power is computed; detectable ones between them are interpolated on the log scale."""

POWER: Final = 0.8

_LEAST_DISPERSION: Final = 1e-6  # counts on the fitted curve; simulated ones are never spread less than accidents

_MORE: Final = 4  # times as many simulated series without a shift as with one

_SIMULATED: Final = 1e-7  # relative fall of the deviance at which the fit of a simulated count vector ends


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShiftPower:
    """What the test can do with these intervals.

    Parameters
    ----------
    nominal_error, nominal_error_curved
        How often the F test at the stated level rejects when nothing happened: where the rate follows the model's trend
        and season, and where it follows another smooth curve.
    critical, critical_curved
        Quantiles of the statistic in the two worlds, from the first half of the replicates.
    error, error_curved
        How often the larger of both is exceeded in the second half.
    ratios, power
        Rate ratios and how often each is found with the larger of both.
    replicates
        Of each ratio; four times as many without a shift.
    statistics, statistics_curved
        Simulated statistics when nothing happened.
    """

    nominal_error: float
    nominal_error_curved: float
    critical: float
    critical_curved: float
    error: float
    error_curved: float
    ratios: FloatArray
    power: FloatArray
    replicates: int
    statistics: FloatArray
    statistics_curved: FloatArray

    @property
    def detectable_fall(self) -> float | None:
        """Largest rate ratio below 1 found with a power of 80 % and so at every smaller one; None if none of those."""
        falls = self.ratios < 1
        return _detectable(-np.log(self.ratios[falls]), self.power[falls], sign=-1.0)

    @property
    def detectable_rise(self) -> float | None:
        """Smallest rate ratio above 1 found with a power of 80 %; None if none of those tried."""
        rises = self.ratios > 1
        return _detectable(np.log(self.ratios[rises]), self.power[rises], sign=1.0)

    def power_at(self, ratio: float) -> float:
        """Return the power at one of the ratios tried."""
        return float(self.power[int(np.flatnonzero(self.ratios == ratio)[0])])

    def p_value(self, statistic: float) -> float:
        """Return the larger of the bootstrap p values in the two worlds."""
        both = (self.statistics, self.statistics_curved)
        return max(float((1 + np.sum(one >= statistic)) / (1 + one.size)) for one in both)


def shift_power(
    model: ShiftModel,
    fit: ShiftFit,
    *,
    curved_means: ArrayLike,
    sizes: ArrayLike,
    level: float,
    replicates: int,
    rng: np.random.Generator,
) -> ShiftPower:
    """Return the type I error of the test and its power by rate ratio, by simulation with clustered accidents.

    The dispersion of the simulated counts is that left with the shift in the model, so that a shift in the observed
    counts does not pass for spread and lower the power.

    Parameters
    ----------
    model, fit
        Of the observed counts.
    curved_means
        Expected counts of another smooth rate without any shift: a curve that the model's trend and season may not
        follow. What looks like a shift in it is no evidence of one.
    sizes
        Persons per accident as observed.
    level
        1 less the type I error the test is held to.
    replicates
        Of each ratio. Four times as many are drawn without a shift, since the critical value decides everything else:
        half of these set it, the other half check it.

    References
    ----------
    Davison, Hinkley (1997) Bootstrap Methods and their Application, section 4.6 (power by simulation).
    """
    tail_of(level)
    worlds = rng.spawn(2 + len(RATIOS))
    spread = max(fit.dispersion, _LEAST_DISPERSION)
    null, curved = (
        _statistics(
            model, fit, clustered_counts(means, sizes=sizes, dispersion=spread, replicates=_MORE * replicates, rng=one)
        )
        for means, one in zip((fit.fitted_without, curved_means), worlds, strict=False)
    )
    half = null.size // 2
    critical, critical_curved = (float(np.quantile(one[:half], level)) for one in (null, curved))
    bound = max(critical, critical_curved)
    nominal = float(stats.f.ppf(level, 1, fit.degrees_of_freedom))
    power = []
    for ratio, source in zip(RATIOS, worlds[2:], strict=True):
        shifted = np.append(fit.coefficients_without, math.log(ratio))
        means = model.quadrature.expected(model.design @ shifted)
        drawn = clustered_counts(means, sizes=sizes, dispersion=spread, replicates=replicates, rng=source)
        power.append(float(np.mean(_statistics(model, fit, drawn) > bound)))
    return ShiftPower(
        nominal_error=float(np.mean(null > nominal)),
        nominal_error_curved=float(np.mean(curved > nominal)),
        critical=critical,
        critical_curved=critical_curved,
        error=float(np.mean(null[half:] > bound)),
        error_curved=float(np.mean(curved[half:] > bound)),
        ratios=np.array(RATIOS),
        power=np.array(power),
        replicates=replicates,
        statistics=null,
        statistics_curved=curved,
    )


def _statistics(model: ShiftModel, fit: ShiftFit, counts: FloatArray) -> FloatArray:
    """Return the statistic of each simulated count vector; 0 where it holds no event."""
    some = counts.sum(axis=1) > 0
    statistics = np.zeros(counts.shape[0])
    rows = counts[some]
    start = fit.coefficients_without
    without = fit_replicates(rows, model.quadrature, model.design[:, :-1], start=start, tolerance=_SIMULATED)
    full = fit_replicates(rows, model.quadrature, model.design, start=np.append(start, 0.0), tolerance=_SIMULATED)
    gained = np.maximum(0.0, without.deviance - full.deviance)
    statistics[some] = gained / np.maximum(full.dispersion(rows), 1e-9)
    return statistics


def _detectable(distance: FloatArray, power: FloatArray, *, sign: float) -> float | None:
    """Return the ratio nearest to 1 from which on the power stays at 80 % or more; interpolated between those tried."""
    order = np.argsort(distance)
    away, reached = distance[order], power[order]
    # From the far end inwards, so that a dip counts as not reached.
    held = np.minimum.accumulate(reached[::-1])[::-1] >= POWER
    if not held.any():
        return None
    first = int(np.argmax(held))
    if first == 0:
        return math.exp(sign * float(away[0]))
    low, high = reached[first - 1], reached[first]
    share = (POWER - low) / (high - low) if high > low else 1.0
    return math.exp(sign * float(away[first - 1] + min(1.0, max(0.0, share)) * (away[first] - away[first - 1])))
