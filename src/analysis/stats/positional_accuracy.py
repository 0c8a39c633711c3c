"""Error of positions against better ones: RMSE and circular error, with the conditions of the standards."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import integrate, optimize, special, stats

from analysis.errors import InsufficientEvidence
from analysis.stats.arguments import require_positive, tail_of

MINIMUM_CHECKS: Final = 20
"""Check points that the NSSDA asks for; the ASPRS standard of 2023 asks for 30."""
ROUND_ENOUGH: Final = 0.6
"""Smallest ratio of the two RMSE for which the NSSDA gives a closed form."""
_BLUNDER_RMSE: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionalError:
    """Horizontal error of a set of check points, m.

    Parameters
    ----------
    checks
        Number of check points.
    mean_east_m, mean_north_m
        Systematic part.
    rmse_east_m, rmse_north_m, rmse_m
        Root mean square by axis and horizontal.
    ce90_m, ce95_m
        Radii that hold 90 and 95 % of the errors.
    rule
        How the radii were found, and on which condition.
    blunders
        Check points with an error above three times the horizontal RMSE; they are counted, not taken out.
    """

    checks: int
    mean_east_m: float
    mean_north_m: float
    rmse_east_m: float
    rmse_north_m: float
    rmse_m: float
    ce90_m: float
    ce95_m: float
    rule: str
    blunders: int


def positional_error(east_m: ArrayLike, north_m: ArrayLike) -> PositionalError:
    """Return the error of positions from their differences to positions of higher accuracy.

    Parameters
    ----------
    east_m, north_m
        Recorded less true position, m, one entry a check point.

    Raises
    ------
    InsufficientEvidence
        With fewer than 20 check points.

    References
    ----------
    FGDC-STD-007.3-1998 (NSSDA) sections 3.2.1 to 3.2.3 and appendix 3-A; Greenwalt, Schultz (1968).
    """
    east, north = _finite(east_m, "east_m"), _finite(north_m, "north_m")
    if east.shape != north.shape:
        raise ValueError("east_m, north_m: one entry a check point is needed in each")
    if east.size < MINIMUM_CHECKS:
        raise InsufficientEvidence(
            f"the NSSDA needs at least {MINIMUM_CHECKS} independent check points, got {east.size}"
        )
    rmse_east, rmse_north = rmse(east), rmse(north)
    radial = np.hypot(east, north)
    radii, rule = _radii(rmse_east, rmse_north, radial)
    rmse_m = math.hypot(rmse_east, rmse_north)
    return PositionalError(
        checks=int(east.size),
        mean_east_m=float(east.mean()),
        mean_north_m=float(north.mean()),
        rmse_east_m=rmse_east,
        rmse_north_m=rmse_north,
        rmse_m=rmse_m,
        ce90_m=radii[0.90],
        ce95_m=radii[0.95],
        rule=rule,
        blunders=int(np.count_nonzero(radial > _BLUNDER_RMSE * rmse_m)),
    )


def rmse(residuals: ArrayLike) -> float:
    """Return the root mean square, in the unit of the residuals."""
    values = _finite(residuals, "residuals")
    return float(np.sqrt(np.mean(values**2)))


def nmad(residuals: ArrayLike) -> float:
    """Return the normalised median absolute deviation, which single blunders hardly move.

    References
    ----------
    Hoehle, Hoehle (2009) ISPRS Journal of Photogrammetry and Remote Sensing 64:398-406; factor 1.4826.
    """
    values = _finite(residuals, "residuals")
    return 1.4826 * float(np.median(np.abs(values - np.median(values))))


def circular_factor(share: float) -> float:
    """Return the radius, in standard deviations of one axis, that holds `share` of a round normal error.

    2.4477 for 95 %, 2.1460 for 90 %.
    """
    return math.sqrt(-2 * math.log(2 * tail_of(share)))


def circular_error(sd_east: float, sd_north: float, *, share: float) -> float:
    """Return the exact radius that holds `share` of a normal error with these standard deviations, in their unit."""
    require_positive("sd_east", sd_east)
    require_positive("sd_north", sd_north)
    widest = circular_factor(share) * max(sd_east, sd_north)
    narrowest = circular_factor(share) * min(sd_east, sd_north)
    if widest == narrowest:
        return widest
    return float(
        optimize.brentq(lambda radius: _inside(radius, sd_east, sd_north) - share, narrowest, widest, xtol=1e-12)
    )


def shifted_circular_error(shift: float, sd: float, *, share: float) -> float:
    """Return the radius that holds `share` of a round normal error around a common shift, in their unit.

    Parameters
    ----------
    shift
        Length of the common shift, 0 or more.
    sd
        Standard deviation along each axis, above 0.
    share
        0 to 1.

    References
    ----------
    Rice (1944) Bell System Technical Journal 23:282-332 (the distance from the origin of a shifted round normal).
    """
    require_positive("sd", sd)
    return float(stats.rice.ppf(share, shift / sd, scale=sd))


def failure_probability(checks: int, *, allowed: int, share: float) -> float:
    """Return how often a product that is exactly at its limit has more than `allowed` of `checks` errors above it."""
    return float(stats.binom.sf(allowed, checks, 1 - share))


def _inside(radius: float, sd_east: float, sd_north: float) -> float:
    """Return the probability within a circle: an average over directions of the probability along each."""

    def along(angle: float) -> float:
        """Return the part of one direction in the probability."""
        spread = (math.cos(angle) / sd_east) ** 2 + (math.sin(angle) / sd_north) ** 2
        return -float(special.expm1(-0.5 * radius**2 * spread)) / spread

    quarter, _ = integrate.quad(along, 0, math.pi / 2, epsabs=1e-13, epsrel=1e-12)
    return float(4 * quarter / (2 * math.pi * sd_east * sd_north))


def _radii(rmse_east: float, rmse_north: float, radial: NDArray[np.float64]) -> tuple[Mapping[float, float], str]:
    larger = max(rmse_east, rmse_north)
    ratio = min(rmse_east, rmse_north) / larger if larger > 0 else 1.0
    if ratio < ROUND_ENOUGH:
        radii = {share: float(np.quantile(radial, share)) for share in (0.90, 0.95)}
        return radii, f"the RMSE differ too much for the closed form (ratio {ratio:.2f} below 0.6): empirical radii"
    half_sum = (rmse_east + rmse_north) / 2
    radii = {share: circular_factor(share) * half_sum for share in (0.90, 0.95)}
    return radii, f"NSSDA, factor times half the sum of both RMSE (ratio {ratio:.2f})"


def _finite(values: ArrayLike, name: str) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or array.size == 0 or not np.all(np.isfinite(array)):
        raise ValueError(f"{name}: a list of finite numbers is needed")
    return array
