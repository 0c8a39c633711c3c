"""One setting simulated: seeds of its own, runs in blocks, and the line of the table that comes of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.calibration.seeds import seed_of
from analysis.calibration.settings import Method, Rule, Setting, Verdict, verdict
from analysis.calibration.trials import Trials, joined
from analysis.stats.proportions import proportion_interval

SEED: Final = 20201110
_BLOCK: Final = 4000  # runs drawn at once: bounds the memory of a vectorised world
_SAME: Final = 0.9995  # level at which a small run and the table are taken to differ


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How often a method held the truth in one setting: a line of the table.

    Parameters
    ----------
    method, setting, world, level, rule
        As in :mod:`analysis.calibration.settings`.
    runs
        Simulated.
    answered
        Of these, runs in which the method gave an answer.
    covered
        Of the answers, those that held the truth; for a band the sum over runs of the share of the curve held.
    coverage
        Covered over answered.
    monte_carlo_se
        Standard error of `coverage` by the number of runs.
    worst_point
        Coverage at the point of the curve where it is least; equal to `coverage` for an interval.
    verdict
        How `coverage` stands to the level under the rule.
    mean_width
        Mean width of the bounded answers.
    unbounded
        Answers with an infinite end.
    """

    method: str
    setting: str
    world: str
    level: float
    runs: int
    answered: int
    covered: float
    coverage: float
    monte_carlo_se: float
    worst_point: float
    rule: Rule
    verdict: Verdict
    mean_width: float
    unbounded: int


def simulate(method: Method, setting: Setting, *, runs: int, seed: int = SEED) -> Coverage:
    """Return the coverage of a method in one setting.

    The seed of a setting follows from `seed` and its name alone: neither other settings nor the number of workers move
    it.

    References
    ----------
    Morris, White, Crowther (2019) Statistics in Medicine 38:2074-2102 (coverage and its Monte Carlo standard error).
    """
    root = seed_of(f"{method.name}: {setting.name}", seed=seed)
    sizes = [_BLOCK] * (runs // _BLOCK) + ([runs % _BLOCK] if runs % _BLOCK else [])
    streams = root.spawn(len(sizes))
    parts = [setting.simulate(np.random.default_rng(stream), size) for stream, size in zip(streams, sizes, strict=True)]
    return _line(method, setting, joined(parts))


def agrees(small: Coverage, stored: Coverage) -> bool:
    """Return whether a small run could come from the stored coverage, by exact binomial limits of both."""
    one, two = (
        proportion_interval(round(each.covered), each.answered, level=_SAME, method="clopper-pearson")
        for each in (small, stored)
    )
    return one.low <= two.high and two.low <= one.high


def _line(method: Method, setting: Setting, trials: Trials) -> Coverage:
    held = trials.covered[trials.answered]
    by_run = held.mean(axis=1)
    coverage = float(by_run.mean()) if len(by_run) else math.nan
    error = float(np.std(by_run) / math.sqrt(len(by_run))) if len(by_run) else math.nan
    widths = trials.width[trials.answered]
    bounded = widths[np.isfinite(widths)]
    return Coverage(
        method=method.name,
        setting=setting.name,
        world=setting.world,
        level=setting.level,
        runs=len(trials.covered),
        answered=len(held),
        covered=float(by_run.sum()),
        coverage=coverage,
        monte_carlo_se=error,
        worst_point=float(held.mean(axis=0).min()) if len(held) else math.nan,
        rule=method.rule,
        verdict=verdict(coverage, monte_carlo_se=error, level=setting.level, rule=method.rule),
        mean_width=float(bounded.mean()) if len(bounded) else math.inf,
        unbounded=int(np.isinf(widths).sum()),
    )
