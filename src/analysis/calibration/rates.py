"""Calibration of intervals for rates: of accidents, of persons in accidents, and the ratio of two rates."""

from __future__ import annotations

from functools import partial
from itertools import product

import numpy as np

from analysis.calibration.settings import LEVEL, Method, Rule, Setting
from analysis.calibration.trials import Trials, ends_of, held
from analysis.calibration.worlds import WORLD_WORDS, WORLDS, IntArray, World, counts_of, design_of, observed
from analysis.errors import InsufficientEvidence
from analysis.stats.dispersion import overdispersed_limits, size_dispersion
from analysis.stats.interval_counts import fit_log_linear
from analysis.stats.rates import RatioMethod, poisson_interval, poisson_limits, rate_ratio_interval

_EXPECTED = (1.0, 5.0, 23.0, 189.0)
_TWO_RATES = ((3.0, 1.0, 12.0, 2.0), (23.0, 1.0, 60.0, 1.0), (10.0, 1.0, 10.0, 3.0))
_RATIO_RULES: dict[RatioMethod, Rule] = {"exact conditional": "exact", "score": "approximate"}


def one_rate(rng: np.random.Generator, runs: int, *, expected: float, world: World) -> Trials:
    """Try Garwood's interval for the rate behind one count."""
    counts = counts_of(expected, runs=runs, world=world, rng=rng)[:, 0]
    return held(*ends_of([counts], partial(poisson_interval, level=LEVEL)), expected)


def two_rates(
    rng: np.random.Generator,
    runs: int,
    *,
    method: RatioMethod,
    means: tuple[float, float],
    exposures: tuple[float, float],
) -> Trials:
    """Try an interval for the ratio of two Poisson rates."""
    counts = counts_of(means, runs=runs, world="poisson", rng=rng)
    low, high = ends_of(
        [counts[:, 0], counts[:, 1]],
        lambda one, two: rate_ratio_interval(one, exposures[0], two, exposures[1], level=LEVEL, method=method),
    )
    return held(low, high, (means[0] / exposures[0]) / (means[1] / exposures[1]))


def dispersed_rate(rng: np.random.Generator, runs: int, *, accidents: float, clustered: bool) -> Trials:
    """Try the rate of persons in accidents, the dispersion known from the sizes, or taken as 1."""
    expected = accidents * observed().sizes.mean()
    counts = counts_of(expected, runs=runs, world="accidents", rng=rng)[:, 0]
    factor = size_dispersion(observed().sizes) if clustered else 1.0
    return held(*overdispersed_limits(counts, 1.0, dispersion=factor, level=LEVEL), expected)


def headline_rate(rng: np.random.Generator, runs: int, *, world: World, days: int) -> Trials:
    """Try the rate as the casualty study prints it: the wider of the exact and the dispersed interval.

    Counts are those of the study's own intervals; the dispersion is the larger of the trend's residuals and the
    observed sizes, never below 1; the rate is over the fewest last intervals that cover `days`.
    """
    design = design_of(None)
    counts = counts_of(design.means, runs=runs, world=world, rng=rng)
    lengths = design.last_days - design.first_days + 1
    first = len(lengths) - 1 - int(np.argmax(np.cumsum(lengths[::-1]) >= days))
    sums, exposure = counts[:, first:].sum(axis=1), float(lengths[first:].sum())
    sizes = size_dispersion(observed().sizes)
    ends = np.empty((runs, 2))
    for run in range(runs):
        factor = max(1.0, sizes, _residual_dispersion(counts[run], design.first_days, design.last_days))
        dispersed = overdispersed_limits(sums[run], exposure, dispersion=factor, level=LEVEL)
        plain = poisson_limits(sums[run], exposure, level=LEVEL)
        ends[run] = min(float(dispersed[0]), float(plain[0])), max(float(dispersed[1]), float(plain[1]))
    return held(ends[:, 0], ends[:, 1], float(design.means[first:].sum()) / exposure)


def _residual_dispersion(counts: IntArray, first_days: IntArray, last_days: IntArray) -> float:
    try:
        return fit_log_linear(counts, first_days, last_days, family="quasi-poisson", level=LEVEL).dispersion
    except InsufficientEvidence:
        return 1.0


def _ratios(method: RatioMethod) -> Method:
    settings = tuple(
        Setting(
            name=f"{mean_1:g} expected in {time_1:g}, {mean_2:g} in {time_2:g}",
            world="independent events",
            simulate=partial(two_rates, method=method, means=(mean_1, mean_2), exposures=(time_1, time_2)),
            quick_runs=300,
        )
        for mean_1, time_1, mean_2, time_2 in _TWO_RATES
    )
    return Method(
        name=f"ratio of rates, {method}",
        rule=_RATIO_RULES[method],
        modules=("analysis.stats.rates",),
        settings=settings,
    )


def _dispersed(name: str, *, clustered: bool) -> Method:
    settings = tuple(
        Setting(
            name=f"{accidents:g} accidents expected",
            world=WORLD_WORDS["accidents"],
            simulate=partial(dispersed_rate, accidents=accidents, clustered=clustered),
            runs=20_000,
            quick_runs=2000,
        )
        for accidents in (0.5, 2.0, 23.0, 189.0)
    )
    return Method(name=name, rule="approximate", modules=("analysis.stats.dispersion",), settings=settings)


METHODS = (
    Method(
        name="rate, Garwood",
        rule="exact",
        modules=("analysis.stats.rates",),
        settings=tuple(
            Setting(
                name=f"{expected:g} expected, {WORLD_WORDS[world]}",
                world=WORLD_WORDS[world],
                simulate=partial(one_rate, expected=expected, world=world),
                runs=20_000,
                quick_runs=2000,
            )
            for world, expected in product(WORLDS, _EXPECTED)
        ),
    ),
    *(_ratios(method) for method in _RATIO_RULES),
    _dispersed("rate of persons, dispersed", clustered=True),
    _dispersed("rate of persons, accidents ignored", clustered=False),
    Method(
        name="rate of persons, as the study prints it",
        rule="approximate",
        modules=("analysis.stats.rates", "analysis.stats.interval_counts"),
        settings=tuple(
            Setting(
                name=f"last intervals that cover {days} days, {WORLD_WORDS[world]}",
                world=WORLD_WORDS[world],
                simulate=partial(headline_rate, world=world, days=days),
                quick_runs=60,
            )
            for world, days in product(WORLDS, (365, 1000))
        ),
    ),
)
