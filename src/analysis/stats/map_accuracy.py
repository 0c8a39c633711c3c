"""Accuracy and area from a stratified random sample of checks, with standard errors.

One estimator serves both published forms. With the map classes as strata it is that of Olofsson et al. (2013, 2014);
with any other strata it is that of Stehman (2014). Shares of the area mapped as a class that are that class on the
ground are user's accuracy (correct share), shares of a class on the ground that the map shows are producer's accuracy
(coverage share).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import require_positive, tail_of

FinitePopulation = Literal["corrected", "ignored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StratifiedChecks:
    """Checks drawn at random within strata of known size.

    Parameters
    ----------
    stratum, map_class, reference_class
        One entry a check: where it was drawn, what the map says there, what was found.
    stratum_sizes
        Size of every stratum, sampled or not, in one unit (map units or area).
    finite_population
        Whether the variance is reduced for the part of a stratum that was checked; sensible only where sizes count the
        units that were drawn.
    """

    stratum: tuple[str, ...]
    map_class: tuple[str, ...]
    reference_class: tuple[str, ...]
    stratum_sizes: Mapping[str, float]
    finite_population: FinitePopulation = "ignored"

    def __post_init__(self) -> None:
        if not len(self.stratum) == len(self.map_class) == len(self.reference_class):
            raise ValueError("stratum, map_class, reference_class: one entry a check is needed in each")
        for name, size in self.stratum_sizes.items():
            require_positive(f"size of stratum {name}", size)
        unknown = sorted({*self.stratum} - {*self.stratum_sizes})
        if unknown:
            raise ValueError(f"stratum: no size is given for {', '.join(unknown)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A share of 1 with its standard error."""

    share: float
    standard_error: float


def overall_accuracy(checks: StratifiedChecks) -> Measured:
    """Return the share of the area where map and ground agree."""
    agree = np.asarray(checks.map_class) == np.asarray(checks.reference_class)
    return _ratio(checks, agree, np.ones(agree.size, dtype=bool), what="overall accuracy")


def users_accuracy(checks: StratifiedChecks, of: str) -> Measured:
    """Return the share of the area mapped as `of` that is `of` on the ground (correct share)."""
    mapped = np.asarray(checks.map_class) == of
    return _ratio(checks, mapped & (np.asarray(checks.reference_class) == of), mapped, what=f"user's accuracy of {of}")


def producers_accuracy(checks: StratifiedChecks, of: str) -> Measured:
    """Return the share of the area that is `of` on the ground and is mapped as such (coverage share)."""
    found = np.asarray(checks.reference_class) == of
    return _ratio(checks, found & (np.asarray(checks.map_class) == of), found, what=f"producer's accuracy of {of}")


def area_share(checks: StratifiedChecks, of: str) -> Measured:
    """Return the share of the whole area that is `of` on the ground."""
    found = np.asarray(checks.reference_class) == of
    return _ratio(checks, found, np.ones(found.size, dtype=bool), what=f"area of {of}")


def confidence_interval(measured: Measured, *, level: float) -> Interval:
    """Return the normal interval of a share, cut at 0 and 1.

    Raises
    ------
    InsufficientEvidence
        If the standard error is 0, which happens when every check agrees and is no proof that every place does.
    """
    if measured.standard_error == 0:
        raise InsufficientEvidence(
            f"every check gives the same answer (share {measured.share:g}), so the standard error is 0 and says "
            "nothing about the places that were not checked"
        )
    half = float(stats.norm.isf(tail_of(level))) * measured.standard_error
    return Interval(
        low=max(0.0, measured.share - half),
        high=min(1.0, measured.share + half),
        kind=IntervalKind.CONFIDENCE,
        level=level,
    )


def error_matrix(checks: StratifiedChecks, classes: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the estimated area shares, rows by map class, columns by what was found; they sum to 1.

    References
    ----------
    Stehman (2014) International Journal of Remote Sensing 35:4923-4939.
    """
    mapped, found = np.asarray(checks.map_class), np.asarray(checks.reference_class)
    everything = np.ones(mapped.size, dtype=bool)
    cells = [[(mapped == row) & (found == column) for column in classes] for row in classes]
    return np.array([[_totals(checks, cell, everything, what="error matrix")[0] for cell in row] for row in cells])


def _ratio(checks: StratifiedChecks, part: NDArray[np.bool_], whole: NDArray[np.bool_], *, what: str) -> Measured:
    """Return the combined ratio of two stratified totals with its linearised standard error.

    References
    ----------
    Stehman (2014) equations 23 to 28; Olofsson et al. (2014) Remote Sensing of Environment 148:42-57, equations 5 to
    7 and 10, which are the case of strata that are the map classes.
    """
    share_part, share_whole = _totals(checks, part, whole, what=what)
    if share_whole == 0:
        raise InsufficientEvidence(f"{what}: no check fell on the class, so there is nothing to take a share of")
    share = share_part / share_whole
    residual = part.astype(np.float64) - share * whole.astype(np.float64)
    variance = math.fsum(_stratum_variance(checks, name, residual, what=what) for name in checks.stratum_sizes)
    return Measured(share=share, standard_error=math.sqrt(variance) / share_whole)


def _totals(
    checks: StratifiedChecks, part: NDArray[np.bool_], whole: NDArray[np.bool_], *, what: str
) -> tuple[float, float]:
    """Return the shares of the area with `part` and with `whole`."""
    total = math.fsum(checks.stratum_sizes.values())
    strata = np.asarray(checks.stratum)
    sums = [0.0, 0.0]
    for name, size in checks.stratum_sizes.items():
        inside = strata == name
        if not inside.any():
            raise InsufficientEvidence(f"{what}: stratum {name} has no check, and it is {size / total:.3g} of the area")
        for place, flag in enumerate((part, whole)):
            sums[place] += size / total * float(flag[inside].mean())
    return sums[0], sums[1]


def _stratum_variance(checks: StratifiedChecks, name: str, residual: NDArray[np.float64], *, what: str) -> float:
    total = math.fsum(checks.stratum_sizes.values())
    size = checks.stratum_sizes[name]
    own = residual[np.asarray(checks.stratum) == name]
    if own.size < 2:
        raise InsufficientEvidence(f"{what}: stratum {name} has one check; a standard error needs at least two")
    left = max(0.0, 1 - own.size / size) if checks.finite_population == "corrected" else 1.0
    weight = float(size / total)
    return weight**2 * left * float(own.var(ddof=1)) / float(own.size)
