"""Worlds with a known truth: persons in accidents with sizes as observed, and how these accidents come.

Accidents as a Poisson process vary less than the study's counts do around its trend. So there is a world in which
accidents come in clumps, as many as it takes for the dispersion of persons to be the observed one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.casualties.accidents import accident_sizes
from analysis.casualties.increments import day_numbers
from analysis.casualties.study import Choices, casualty_series
from analysis.errors import InsufficientEvidence
from analysis.evidence import load_evidence
from analysis.stats.composite_link import exposure_of
from analysis.stats.dispersion import size_dispersion

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
World = Literal["poisson", "accidents", "clumps"]

WORLDS: Final[tuple[World, ...]] = ("poisson", "accidents", "clumps")
WORLD_WORDS: Final[dict[World, str]] = {
    "poisson": "independent events",
    "accidents": "persons in accidents of sizes as observed",
    "clumps": "the same accidents in clumps, persons as dispersed as observed",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observed:
    """What the worlds take from the evidence.

    Parameters
    ----------
    sizes
        Persons in each listed accident with a casualty, sorted.
    first_days, last_days
        Intervals of the casualty study under its default choices, in day numbers.
    log_rate, slope
        Its fitted trend: log of persons per day at the middle of the time observed, and change of it per day.
    dispersion
        Variance over mean of persons in its intervals, around that trend.
    """

    sizes: IntArray
    first_days: IntArray
    last_days: IntArray
    log_rate: float
    slope: float
    dispersion: float


@cache
def observed() -> Observed:
    """Return accident sizes, intervals and trend of the repository's own evidence, read once.

    Raises
    ------
    InsufficientEvidence
        If the evidence carries no trend.
    """
    evidence = load_evidence()
    series = casualty_series(evidence, Choices())
    if isinstance(series.trend, InsufficientEvidence):
        raise series.trend
    return Observed(
        sizes=np.sort(accident_sizes(evidence, period=series.period).to_numpy(dtype=np.int64)),
        first_days=day_numbers(series.intervals["start"]),
        last_days=day_numbers(series.intervals["end"]),
        log_rate=series.trend.log_rate_at_origin,
        slope=series.trend.slope_per_day,
        dispersion=series.residual_dispersion,
    )


def persons_in(accidents: IntArray, *, rng: np.random.Generator) -> IntArray:
    """Return the persons in these numbers of accidents, each accident of a size drawn from those observed."""
    counts = accidents.ravel()
    reached = np.concatenate([[0], np.cumsum(rng.choice(observed().sizes, size=int(counts.sum())))])
    ends = np.cumsum(counts)
    persons: IntArray = (reached[ends] - reached[ends - counts]).reshape(accidents.shape)
    return persons


def counts_of(means: ArrayLike, *, runs: int, world: World, rng: np.random.Generator) -> IntArray:
    """Return drawn numbers of persons with these expected numbers: one row a run, one column a mean.

    With clumps the number of accidents is negative binomial with a variance that is a multiple of its mean (NB1), so
    that days can be added up; the variance of persons is then the observed multiple of theirs.
    """
    expected = np.atleast_1d(np.asarray(means, dtype=np.float64))
    if world == "poisson":
        return rng.poisson(expected, size=(runs, expected.size)).astype(np.int64)
    accidents = expected / observed().sizes.mean()
    shape = (runs, expected.size)
    clumping = accidents_per_clump() if world == "clumps" else 1.0
    if clumping > 1:
        drawn = rng.negative_binomial(accidents / (clumping - 1), 1 / clumping, size=shape)
    else:
        drawn = rng.poisson(accidents, size=shape)
    return persons_in(drawn.astype(np.int64), rng=rng)


def accidents_per_clump() -> float:
    """Return the variance over mean of accidents that gives persons the observed dispersion; at least 1.

    Of persons it is E[x^2] / E[x] of the sizes x, plus E[x] times what that of accidents has above 1.
    """
    seen = observed()
    return max(1.0, 1 + (seen.dispersion - size_dispersion(seen.sizes)) / float(seen.sizes.mean()))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Design:
    """Intervals and a log-linear rate: day numbers, log rate at the middle of the time observed, slope per day."""

    first_days: IntArray
    last_days: IntArray
    log_rate: float
    slope: float

    @property
    def means(self) -> FloatArray:
        """Expected persons in each interval."""
        return exposure_of(self.first_days, self.last_days).expected(self.log_rate, self.slope)


def design_of(intervals: int | None, *, persons_per_day: float | None = None) -> Design:
    """Return the intervals and trend of the study (None), or so many equal intervals over the same time.

    Parameters
    ----------
    intervals
        None for those of the casualty study.
    persons_per_day
        Rate in the middle of the time observed; None for the fitted one.
    """
    seen = observed()
    log_rate = seen.log_rate if persons_per_day is None else math.log(persons_per_day)
    if intervals is None:
        first, last = seen.first_days, seen.last_days
    else:
        edges = np.linspace(seen.first_days[0], seen.last_days[-1] + 1, intervals + 1).astype(np.int64)
        first, last = edges[:-1], edges[1:] - 1
    return Design(first_days=first, last_days=last, log_rate=log_rate, slope=seen.slope)
