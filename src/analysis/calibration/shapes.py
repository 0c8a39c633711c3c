"""Rates over time with a known shape on the study's days: steadily falling, with one step, with waves."""

from __future__ import annotations

import math
from typing import Final, Literal

import numpy as np

from analysis.calibration.worlds import Design, FloatArray, IntArray, World, observed
from analysis.stats.dispersion import size_dispersion

Shape = Literal["steady", "step", "wavy"]

SHAPE_WORDS: Final[dict[Shape, str]] = {
    "steady": "log-linear rate",
    "step": "log-linear rate with a step to 0.4 in the middle",
    "wavy": "log-linear rate with waves of 500 days between 0.6 and 1.65 times it",
}

_STEP: Final = 0.4
_WAVE, _WAVE_DAYS = 0.5, 500.0  # amplitude of the log rate; not the year that the model of dated changes knows


def daily_rates(shape: Shape, design: Design) -> FloatArray:
    """Return expected persons a day from the first to the last day of a design.

    Parameters
    ----------
    design
        Its rate in the middle and its slope are those of the log-linear part.
    """
    days = np.arange(design.first_days[0], design.last_days[-1] + 1) + 0.5
    middle = (design.first_days[0] + design.last_days[-1] + 1) / 2
    logs = design.log_rate + design.slope * (days - middle)
    if shape == "step":
        logs += np.where(days >= middle, math.log(_STEP), 0.0)
    elif shape == "wavy":
        logs += _WAVE * np.sin(2 * math.pi * days / _WAVE_DAYS)
    return np.asarray(np.exp(logs), dtype=np.float64)


def stepped(rates: FloatArray, *, at: int, ratio: float) -> FloatArray:
    """Return the rates, multiplied by `ratio` from the day at position `at` on."""
    return np.where(np.arange(rates.size) >= at, ratio * rates, rates)


def sums_of(rates: FloatArray, design: Design) -> FloatArray:
    """Return the expected persons of each interval of the design."""
    reached = np.concatenate([[0.0], np.cumsum(rates)])
    start = design.first_days[0]
    return np.asarray(reached[design.last_days - start + 1] - reached[design.first_days - start], dtype=np.float64)


def sizes_in(world: World) -> IntArray:
    """Return the accident sizes a method is told in a world: those observed, or single persons.

    Of clumps it is told nothing, as in the study: it sees them only in its residuals.
    """
    return np.ones(1, dtype=np.int64) if world == "poisson" else observed().sizes


def known_dispersion(world: World) -> float:
    """Return the variance over mean of persons that these sizes imply."""
    return size_dispersion(sizes_in(world))
