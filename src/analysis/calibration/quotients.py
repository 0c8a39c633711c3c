"""Calibration of Fieller's interval, of a share corrected for an imperfect check, and of two matched lists."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from analysis.calibration.settings import LEVEL, Method, Setting
from analysis.calibration.trials import Trials, ends_of, held
from analysis.stats.capture_recapture import chapman
from analysis.stats.misclassification import rogan_gladen_interval
from analysis.stats.ratios import fieller_interval

_CHECKS = ((60, 0.25, 0.9, 0.95), (189, 0.25, 0.8, 0.98), (30, 0.6, 0.9, 0.9))
_LISTS = ((400, 0.5, 0.4), (400, 0.2, 0.2), (100, 0.3, 0.3))


def quotient_of_means(rng: np.random.Generator, runs: int, *, denominator_in_se: float) -> Trials:
    """Try Fieller's interval for two normal means with known standard errors of 1; the true ratio is 2."""
    numerators = rng.normal(2 * denominator_in_se, 1.0, runs)
    denominators = rng.normal(denominator_in_se, 1.0, runs)
    found = [fieller_interval(a, b, 1.0, 1.0, level=LEVEL) for a, b in zip(numerators, denominators, strict=True)]
    return held([each.low for each in found], [each.high for each in found], 2.0)


def known_over_mean(rng: np.random.Generator, runs: int, *, values: int, variation: float) -> Trials:
    """Try Fieller's interval for a known stock over the mean of a few normal yearly flows; the true quotient is 10."""
    flows = rng.normal(1.0, variation, (runs, values))
    errors = np.std(flows, axis=1, ddof=1) / math.sqrt(values)
    found = [
        fieller_interval(10.0, mean, 0.0, error, level=LEVEL, degrees_of_freedom=values - 1)
        for mean, error in zip(flows.mean(axis=1), errors, strict=True)
    ]
    return held([each.low for each in found], [each.high for each in found], 10.0)


def corrected_share(
    rng: np.random.Generator, runs: int, *, tested: int, share: float, sensitivity: float, specificity: float
) -> Trials:
    """Try the corrected share of a check that errs at known rates."""
    apparent = share * sensitivity + (1 - share) * (1 - specificity)
    interval = partial(
        rogan_gladen_interval, tested=tested, sensitivity=sensitivity, specificity=specificity, level=LEVEL
    )
    return held(*ends_of([rng.binomial(tested, apparent, runs)], interval), share)


def two_lists(rng: np.random.Generator, runs: int, *, members: int, listed_1: float, listed_2: float) -> Trials:
    """Try Chapman's interval for two lists that are independent of each other."""
    both, only_1, only_2 = (
        listed_1 * listed_2,
        listed_1 * (1 - listed_2),
        (1 - listed_1) * listed_2,
    )
    drawn = rng.multinomial(members, [both, only_1, only_2, 1 - both - only_1 - only_2], size=runs)
    matched = drawn[:, 0]
    low, high = ends_of(
        [matched + drawn[:, 1], matched + drawn[:, 2], matched],
        lambda one, two, overlap: chapman(one, two, overlap, level=LEVEL).interval,
    )
    return held(low, high, members)


_FIELLER = (
    *(
        Setting(
            name=f"denominator of {reach:g} standard errors",
            world="normal means, known standard errors",
            simulate=partial(quotient_of_means, denominator_in_se=reach),
        )
        for reach in (10.0, 3.0, 1.0)
    ),
    *(
        Setting(
            name=f"known stock over the mean of 4 flows, coefficient of variation {variation:g}",
            world="normal flows",
            simulate=partial(known_over_mean, values=4, variation=variation),
        )
        for variation in (0.2, 0.6)
    ),
)

METHODS = (
    Method(name="quotient, Fieller", rule="exact", modules=("analysis.stats.ratios",), settings=_FIELLER),
    Method(
        name="share corrected for an imperfect check, Rogan-Gladen with Blaker",
        rule="exact",
        modules=("analysis.stats.misclassification",),
        settings=tuple(
            Setting(
                name=f"{tested} tested, share {share:g}, sensitivity {found:g}, specificity {cleared:g}",
                world="independent trials",
                simulate=partial(corrected_share, tested=tested, share=share, sensitivity=found, specificity=cleared),
            )
            for tested, share, found, cleared in _CHECKS
        ),
    ),
    Method(
        name="population of two matched lists, Chapman",
        rule="approximate",
        modules=("analysis.stats.capture_recapture",),
        settings=tuple(
            Setting(
                name=f"{members} members, {one:g} and {two:g} of them listed",
                world="independent lists",
                simulate=partial(two_lists, members=members, listed_1=one, listed_2=two),
                quick_runs=500,
            )
            for members, one, two in _LISTS
        ),
    ),
)
