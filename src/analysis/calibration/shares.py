"""Calibration of intervals for shares: of accidents, of persons in accidents, and of two groups against each other."""

from __future__ import annotations

from functools import partial
from itertools import product

import numpy as np

from analysis.calibration.settings import LEVEL, Method, Rule, Setting
from analysis.calibration.trials import Trials, ends_of, held
from analysis.calibration.worlds import observed, persons_in
from analysis.stats.dispersed_proportions import dispersed_proportion_interval
from analysis.stats.dispersion import size_dispersion
from analysis.stats.proportions import ProportionMethod, proportion_difference_interval, proportion_interval

_MODULES = ("analysis.stats.proportions",)
_RULES: dict[ProportionMethod, Rule] = {
    "wilson": "approximate",
    "clopper-pearson": "exact",
    "jeffreys": "approximate",
    "agresti-coull": "approximate",
}
_TRIALS, _SHARES = (20, 60, 189), (0.05, 0.25, 0.5, 0.72)
_TWO_GROUPS = ((20, 0.3, 20, 0.5), (156, 0.74, 33, 0.64), (60, 0.05, 60, 0.1), (189, 0.72, 60, 0.5))
_ACCIDENTS = (23, 80, 189)


def one_share(
    rng: np.random.Generator, runs: int, *, method: ProportionMethod, trials: int, share: float, level: float = LEVEL
) -> Trials:
    """Try an interval for the share of independent trials."""
    interval = partial(proportion_interval, trials=trials, level=level, method=method)
    return held(*ends_of([rng.binomial(trials, share, runs)], interval), share)


def two_shares(
    rng: np.random.Generator, runs: int, *, trials_1: int, share_1: float, trials_2: int, share_2: float
) -> Trials:
    """Try Newcombe's interval for the difference of two independent groups."""
    drawn = [rng.binomial(trials_1, share_1, runs), rng.binomial(trials_2, share_2, runs)]
    low, high = ends_of(
        drawn, lambda one, two: proportion_difference_interval(one, trials_1, two, trials_2, level=LEVEL)
    )
    return held(low, high, share_1 - share_2)


def share_of_persons(
    rng: np.random.Generator, runs: int, *, accidents: int, share: float, clustered: bool, whole_accidents: bool
) -> Trials:
    """Try an interval for a share of persons who come in accidents.

    Parameters
    ----------
    accidents
        Number of accidents of every run, of sizes as observed.
    share
        The true share of persons.
    clustered
        True tries the interval that allows for accidents, False Wilson's, which does not.
    whole_accidents
        True puts all persons of an accident on one side, False each person by itself.
    """
    chosen = rng.binomial(accidents, share, runs)
    with_it, without = persons_in(np.column_stack([chosen, accidents - chosen]), rng=rng).T
    trials = with_it + without
    successes = with_it if whole_accidents else rng.binomial(trials, share)
    factor = size_dispersion(observed().sizes) if clustered else 1.0
    low, high = ends_of(
        [successes, trials], lambda one, of: dispersed_proportion_interval(one, of, dispersion=factor, level=LEVEL)
    )
    return held(low, high, share)


def _one_share(method: ProportionMethod) -> Method:
    settings = tuple(
        Setting(
            name=f"{trials} trials, share {share:g}",
            world="independent trials",
            simulate=partial(one_share, method=method, trials=trials, share=share),
            runs=20_000,
            quick_runs=2000,
        )
        for trials, share in product(_TRIALS, _SHARES)
    )
    return Method(name=f"share, {method}", rule=_RULES[method], modules=_MODULES, settings=settings)


def _persons(name: str, *, clustered: bool) -> Method:
    modules = ("analysis.stats.dispersed_proportions", "analysis.stats.dispersion")
    settings = tuple(
        Setting(
            name=f"{accidents} accidents, share {share:g}, {words}",
            world="persons in accidents of sizes as observed",
            simulate=partial(
                share_of_persons, accidents=accidents, share=share, clustered=clustered, whole_accidents=whole
            ),
        )
        for accidents, share in product(_ACCIDENTS, (0.2, 0.5))
        for whole, words in ((True, "whole accidents on one side"), (False, "each person by itself"))
    )
    return Method(name=name, rule="approximate", modules=modules, settings=settings)


METHODS = (
    *(_one_share(method) for method in _RULES),
    Method(
        name="difference of shares, Newcombe",
        rule="approximate",
        modules=_MODULES,
        settings=tuple(
            Setting(
                name=f"{n_1} trials, share {p_1:g}; {n_2} trials, share {p_2:g}",
                world="independent trials",
                simulate=partial(two_shares, trials_1=n_1, share_1=p_1, trials_2=n_2, share_2=p_2),
                quick_runs=300,
            )
            for n_1, p_1, n_2, p_2 in _TWO_GROUPS
        ),
    ),
    _persons("share of persons, dispersed", clustered=True),
    _persons("share of persons, accidents ignored", clustered=False),
)
