"""Calibration of what the study of clearance uses: densities by months, falling finds, and plans of an inspection."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np

from analysis.calibration.settings import LEVEL, Method, Rule, Setting
from analysis.calibration.trials import Trials, ends_of, held
from analysis.calibration.worlds import IntArray
from analysis.contamination.inspection import LOW_END, MEASURED, Task, rows_to_inspect, sample_sizes
from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval
from analysis.stats.depletion import goel_okumoto, leslie
from analysis.stats.parts_of_exposure import rate_interval_by_parts

_MONTHS: Final = 12
_MONTH_HA: Final = 4000.0
_PASSES: Final = 4
_PLACES: Final = ((120, 0.5), (120, 0.2), (1000, 0.3))
_UNITS: Final = 2000
_TARGETS: Final = 60
_ROW: Final = 40


def density_of_months(
    rng: np.random.Generator, runs: int, *, printed: int, spread: float, per_ha: float = 0.2
) -> Trials:
    """Try the interval of a year's density whose spread is judged by the months that are printed.

    Parameters
    ----------
    printed
        Months of the twelve whose numbers are printed.
    spread
        Variance over mean of the devices of a month.
    per_ha
        True density of every month.
    """
    areas = _MONTH_HA * rng.lognormal(0.0, 0.3, (runs, _MONTHS))
    # A gamma mixture of Poisson counts has a variance of `spread` times its mean.
    means = rng.gamma(areas * per_ha / (spread - 1), spread - 1)
    devices = rng.poisson(means)
    ends = np.full((runs, 2), np.nan)
    for run in range(runs):
        counts, parts = devices[run], areas[run]
        try:
            found = rate_interval_by_parts(
                float(counts.sum()), float(parts.sum()), counts[:printed], parts[:printed], level=LEVEL
            )
        except InsufficientEvidence:
            continue
        ends[run] = found.low, found.high
    return held(ends[:, 0], ends[:, 1], per_ha)


def items_of_a_closed_place(
    rng: np.random.Generator, runs: int, *, method: str, items: int, found_per_pass: float
) -> Trials:
    """Try the interval of the items that a closed place held, from the finds of four equal passes."""
    taken, left = [], np.full(runs, items)
    for _ in range(_PASSES):
        taken.append(rng.binomial(left, found_per_pass))
        left = left - taken[-1]
    return held(*ends_of(taken, _FALLING[method]), items)


def lots_refused(rng: np.random.Generator, runs: int, *, read: str, detection: float, unacceptable: int = 20) -> Trials:
    """Try a plan for single units on lots that hold the unacceptable number; the truth is held if a lot is refused.

    Each run has a trial of its own, whose outcome sizes the sample as the planner does.
    """
    found = rng.binomial(_TARGETS, detection, runs)
    sizes = {number: _planned(number, read, unacceptable) for number in np.unique(found).tolist()}
    samples = np.array([sizes[number] for number in found.tolist()])
    drawn = rng.hypergeometric(unacceptable, _UNITS - unacceptable, np.where(samples > 0, samples, 1))
    return _refused(samples, rng.binomial(drawn, detection))


def lots_refused_by_rows(rng: np.random.Generator, runs: int, *, planned: float, correlation: float) -> Trials:
    """Try a plan for whole rows on large lots whose rows resemble each other; detection is perfect and known.

    Parameters
    ----------
    planned
        Correlation the plan is made with.
    correlation
        True correlation of the units of a row.
    """
    share = 0.01
    plan = rows_to_inspect(_task(_TARGETS, int(share * _UNITS)), units_per_row=_ROW, correlations=[planned])
    rows = int(plan["rows"].iloc[0])
    weight = (1 - correlation) / correlation
    shares = rng.beta(share * weight, (1 - share) * weight, (runs, rows))
    return _refused(np.full(runs, rows), rng.binomial(_ROW, shares).sum(axis=1))


def _task(found: int, unacceptable: int) -> Task:
    return Task(
        lot_m2=float(_UNITS), unit_m2=1.0, unacceptable_units=unacceptable, confidence=LEVEL, targets_found=found,
        targets_placed=_TARGETS,
    )  # fmt: skip


def _planned(found: int, read: str, unacceptable: int) -> int:
    """Return the units the planner asks for; 0 where none will do."""
    if found == 0:
        return 0
    sizes = sample_sizes(_task(found, unacceptable)).set_index("detection_read")["units_to_inspect"]
    return int(sizes.fillna(0).loc[read])


def _refused(samples: IntArray, found: IntArray) -> Trials:
    """Return the trials of lots that should be refused; the width is the number inspected."""
    covered = np.where(samples > 0, found > 0, np.nan)
    return Trials(covered=covered[:, None], width=np.where(samples > 0, samples, np.nan))


def _leslie(*found: int) -> Interval:
    return leslie(found, [1.0] * len(found), level=LEVEL).interval


def _goel_okumoto(*found: int) -> Interval:
    return goel_okumoto(found, range(1, len(found) + 1), level=LEVEL).interval


_FALLING: Final[dict[str, Callable[..., Interval]]] = {"Leslie with Fieller": _leslie, "Goel-Okumoto": _goel_okumoto}


def _falling(method: str, runs: int) -> Method:
    return Method(
        name=f"items of a closed place, {method}",
        rule="approximate",
        modules=("analysis.stats.depletion",),
        settings=tuple(
            Setting(
                name=f"{items} items, each found in a pass with probability {found:g}, {_PASSES} passes",
                world="closed place, equal detection and effort",
                simulate=partial(items_of_a_closed_place, method=method, items=items, found_per_pass=found),
                runs=runs,
                quick_runs=60,
            )
            for items, found in _PLACES
        ),
    )


def _single_units(name: str, rule: Rule, read: str) -> Method:
    return Method(
        name=name,
        rule=rule,
        modules=("analysis.contamination.inspection",),
        settings=tuple(
            Setting(
                name=f"20 of {_UNITS:,} units unacceptable, detection {detection:g}, trial of {_TARGETS}",
                world="units drawn at random",
                simulate=partial(lots_refused, read=read, detection=detection),
            )
            for detection in (0.95, 0.8, 0.5)
        ),
    )


METHODS = (
    Method(
        name="density, if months were a random sample",
        rule="approximate",
        modules=("analysis.stats.parts_of_exposure",),
        settings=tuple(
            Setting(
                name=f"{printed} of 12 months printed, variance {spread:g} times the mean",
                world="months of one density",
                simulate=partial(density_of_months, printed=printed, spread=spread),
            )
            for printed in (12, 8, 3)
            for spread in (50.0, 500.0)
        ),
    ),
    _falling("Leslie with Fieller", 4000),
    _falling("Goel-Okumoto", 1000),
    _single_units("inspection, detection as measured", "approximate", MEASURED),
    _single_units("inspection, detection at the low end of its trial", "exact", LOW_END),
    Method(
        name="inspection of whole rows",
        rule="approximate",
        modules=("analysis.contamination.inspection",),
        settings=tuple(
            Setting(
                name=f"correlation {correlation:g}, planned with {planned:g}",
                world="rows of 40 units of a large lot, 1 % unacceptable",
                simulate=partial(lots_refused_by_rows, planned=planned, correlation=correlation),
            )
            for correlation, planned in ((0.1, 0.1), (0.3, 0.3), (0.1, 0.0), (0.3, 0.0))
        ),
    ),
)
