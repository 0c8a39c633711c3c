"""Calibration of the test of a change at a stated date: type I error, and power at the ratio it says it detects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from analysis.calibration.decisions import kept, rejected
from analysis.calibration.seeds import seed_of
from analysis.calibration.settings import LEVEL, Method, Setting
from analysis.calibration.shapes import SHAPE_WORDS, Shape, daily_rates, known_dispersion, sizes_in, stepped, sums_of
from analysis.calibration.trials import Trials
from analysis.calibration.worlds import WORLD_WORDS, Design, FloatArray, World, counts_of, design_of
from analysis.errors import InsufficientEvidence
from analysis.stats.level_shift import ShiftFit, ShiftModel, fit_shift, shift_model
from analysis.stats.shift_power import POWER, ShiftPower, shift_power
from analysis.stats.smooth_intensity import smooth_intensities

_REPLICATES, _STATED_REPLICATES = 50, 400  # of one run, and for the ratio that is stated
_STUDY = "the study's intervals and rate"
_MANY = "40 equal intervals, 3 persons a day"
_DESIGNS: dict[str, tuple[int | None, float | None]] = {_STUDY: (None, None), _MANY: (40, 3.0)}
_WORLD: World = "accidents"
Change = Literal["fall", "rise"]
Rival = Literal["chosen", "known"]
_RIVAL_WORDS: dict[Rival, str] = {
    "chosen": "rival curve chosen by AIC from the same counts",
    "known": "rival curve the true one without the change",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tried:
    """The test in one run: p value, and what it says of its own power."""

    p_value: float
    power: ShiftPower

    @property
    def halving_seen(self) -> bool:
        """Whether the study would give a verdict at all: a halving would be found in 80 of 100."""
        return self.power.power_at(0.5) >= POWER


def no_change(
    rng: np.random.Generator,
    runs: int,
    *,
    shape: Shape,
    intervals: int | None,
    per_day: float | None,
    told: bool,
    world: World = _WORLD,
) -> Trials:
    """Try the test in the middle of a time without a change: held where p is above 5 %.

    Parameters
    ----------
    told
        True counts only runs in which the study's rule gives a verdict (a halving would be seen in 80 of 100); False
        the test itself, whatever the rule says.
    """
    design = design_of(intervals, persons_per_day=per_day)
    means = sums_of(daily_rates(shape, design), design)
    counts = counts_of(means, runs=runs, world=world, rng=rng)
    p_values = np.full(runs, np.nan)
    for run in range(runs):
        tried = _tried(counts[run], design, rng)
        if tried is not None and (tried.halving_seen or not told):
            p_values[run] = tried.p_value
    return kept(p_values)


def stated_ratio_found(
    rng: np.random.Generator, runs: int, *, change: Change, rival: Rival, intervals: int | None, per_day: float | None
) -> Trials:
    """Try how often the test finds the change of which it says beforehand that it finds it in 80 of 100.

    Held where p is at most 5 %. The ratio is that stated for expected counts without a change.

    Parameters
    ----------
    rival
        The smooth curve without a change in whose world the critical value has to hold as well. The study chooses it by
        AIC from the counts it tests, so that a change in these can pass into it.
    """
    design = design_of(intervals, persons_per_day=per_day)
    ratio = stated_ratio(change, intervals, per_day)
    steady = daily_rates("steady", design)
    curve = sums_of(steady, design) if rival == "known" else None
    daily = stepped(steady, at=_middle(design) - int(design.first_days[0]), ratio=ratio)
    counts = counts_of(sums_of(daily, design), runs=runs, world=_WORLD, rng=rng)
    p_values = np.full(runs, np.nan)
    for run in range(runs):
        tried = _tried(counts[run], design, rng, rival=curve)
        if tried is not None:
            p_values[run] = tried.p_value
    return rejected(p_values)


@cache
def stated_ratio(change: Change, intervals: int | None, per_day: float | None) -> float:
    """Return the rate ratio of which the test says that it finds it in 80 of 100, from the expected counts.

    Raises
    ------
    InsufficientEvidence
        If none of the ratios tried is found so often.
    """
    design = design_of(intervals, persons_per_day=per_day)
    means = sums_of(daily_rates("steady", design), design)
    model = _model(means, design)
    rng = np.random.default_rng(seed_of(f"stated ratio: {change}, {intervals}, {per_day}", seed=0))
    power = _power(model, fit_shift(model), means, replicates=_STATED_REPLICATES, rng=rng)
    ratio = power.detectable_fall if change == "fall" else power.detectable_rise
    if ratio is None:
        raise InsufficientEvidence(f"no {change} of those tried is found in 80 of 100 series")
    return ratio


def _tried(
    counts: ArrayLike, design: Design, rng: np.random.Generator, *, rival: FloatArray | None = None
) -> Tried | None:
    """Return what the test says of these counts; None without an answer, `rival` None for the curve AIC chooses."""
    try:
        model = _model(counts, design)
        curve = _chosen_curve(counts, design) if rival is None else rival
    except InsufficientEvidence:
        return None
    fit = fit_shift(model)
    power = _power(model, fit, curve, replicates=_REPLICATES, rng=rng)
    return Tried(p_value=power.p_value(fit.statistic), power=power)


def _chosen_curve(counts: ArrayLike, design: Design) -> FloatArray:
    spread = known_dispersion(_WORLD)
    return smooth_intensities(counts, design.first_days, design.last_days, dispersion=spread)["aic"].fitted


def _model(counts: ArrayLike, design: Design) -> ShiftModel:
    day = float(_middle(design))
    return shift_model(counts, design.first_days, design.last_days, window=(day, day))


def _power(
    model: ShiftModel, fit: ShiftFit, curved: FloatArray, *, replicates: int, rng: np.random.Generator
) -> ShiftPower:
    return shift_power(
        model, fit, curved_means=curved, sizes=sizes_in(_WORLD), level=LEVEL, replicates=replicates, rng=rng
    )


def _middle(design: Design) -> int:
    return int(design.first_days[0] + design.last_days[-1] + 1) // 2


def _error_setting(
    design: str, shape: Shape, *, told: bool, runs: int, quick_runs: int = 0, world: World = _WORLD
) -> Setting:
    intervals, per_day = _DESIGNS[design]
    words = "where a halving would be seen" if told else "whatever the verdict"
    law = "" if world == _WORLD else f", {WORLD_WORDS[world]}"
    return Setting(
        name=f"{words}, {SHAPE_WORDS[shape]}, {design}{law}",
        world=WORLD_WORDS[world],
        simulate=partial(no_change, shape=shape, intervals=intervals, per_day=per_day, told=told, world=world),
        runs=runs,
        quick_runs=quick_runs,
    )


def _power_setting(design: str, change: Change, rival: Rival, *, runs: int, quick_runs: int = 0) -> Setting:
    intervals, per_day = _DESIGNS[design]
    return Setting(
        name=f"{change} to the ratio stated for it, {design}, {_RIVAL_WORDS[rival]}",
        world=WORLD_WORDS[_WORLD],
        simulate=partial(stated_ratio_found, change=change, rival=rival, intervals=intervals, per_day=per_day),
        runs=runs,
        quick_runs=quick_runs,
        level=POWER,
    )


_MODULES = ("analysis.stats.shift_power", "analysis.stats.smooth_intensity")

METHODS = (
    Method(
        name="change at a stated date, none taken for one",
        rule="exact",
        modules=_MODULES,
        settings=(
            _error_setting(_STUDY, "steady", told=False, runs=100, quick_runs=2),
            _error_setting(_STUDY, "wavy", told=False, runs=100),
            _error_setting(_STUDY, "steady", told=False, runs=100, world="clumps"),
            _error_setting(_MANY, "steady", told=True, runs=100),
        ),
    ),
    Method(
        name="change at a stated date, found at the ratio stated",
        rule="approximate",
        modules=_MODULES,
        settings=(
            _power_setting(_STUDY, "fall", "known", runs=100, quick_runs=2),
            _power_setting(_STUDY, "rise", "known", runs=100),
            _power_setting(_STUDY, "fall", "chosen", runs=100),
        ),
    ),
)
