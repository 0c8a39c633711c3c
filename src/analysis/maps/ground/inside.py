"""Share of points inside the records: by distance tolerance, beside relocated points, and by location error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.stats.overlay import Ground
from analysis.stats.relocation import relocated_shares, toroidal_shift, upper_rank

UNIFORM: Final = "uniform (weak)"
WITHIN_STRATA: Final = "within strata"
TOROIDAL: Final = "all together (torus)"
_ERROR_DRAWS: Final = 40
_MOST_MOVED: Final = 4_000_000
"""Points moved by chance for one location error; of more than a hundred thousand, each is moved fewer times."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Strata:
    """Areas within which points are relocated, and the points in each.

    Parameters
    ----------
    label
        What the relocation is called.
    areas
        One geometry a stratum.
    counts
        Points observed in each.
    unplaced
        Points in none of them; they take no part in this comparison.
    """

    label: str
    areas: Sequence[object]
    counts: Sequence[int]
    unplaced: int


def strata_of(label: str, areas: Mapping[str, object], xy: NDArray[np.float64]) -> tuple[Strata, NDArray[np.bool_]]:
    """Return the strata with counts of points, and which points lie in one; a point in two counts in the first."""
    placed = np.zeros(len(xy), dtype=bool)
    counts = []
    for name in sorted(areas):
        inside = Ground(np.array([areas[name]], dtype=object)).inside(xy) & ~placed
        counts.append(int(inside.sum()))
        placed |= inside
    shapes = [areas[name] for name in sorted(areas)]
    return Strata(label=label, areas=shapes, counts=counts, unplaced=int((~placed).sum())), placed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Torus:
    """A rectangle whose opposite edges are joined; all points are moved by one vector, so their pattern stays.

    Parameters
    ----------
    rectangle
        Along the axes.
    """

    rectangle: object


Null = Strata | Torus


def torus_of(region: object, xy: NDArray[np.float64]) -> tuple[Torus, NDArray[np.bool_]]:
    """Return the torus of a region, and which points lie in it.

    Raises
    ------
    InsufficientEvidence
        If the region is not a rectangle along the axes.
    """
    toroidal_shift(xy[:1], region, np.random.default_rng(0))  # refuses any other region
    return Torus(rectangle=region), Ground(np.array([region], dtype=object)).inside(xy)


def tolerance_curve(
    xy: NDArray[np.float64],
    ground: Ground,
    nulls: Sequence[tuple[Null, NDArray[np.bool_]]],
    *,
    tolerances_m: Sequence[float],
    level: float,
    repeats: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return the share of points within each tolerance, and under each null its mean, range and rank.

    Parameters
    ----------
    xy
        Points, m.
    ground
        Records.
    nulls
        Strata, or a torus, with the points that lie in them.
    tolerances_m
        Distances, m, ascending.
    level
        Share of relocations within the range printed.
    repeats
        Number of relocations.
    rng
        Source of chance.
    """
    apart = ground.distances(xy, within_m=max(tolerances_m))
    tail = (1 - level) / 2
    rows = []
    for null, placed in nulls:
        relocated = _relocated(null, xy[placed], ground, tolerances_m=tolerances_m, repeats=repeats, rng=rng)
        for place, tolerance in enumerate(tolerances_m):
            observed = float((apart[placed] <= tolerance).mean())
            low, high = np.quantile(relocated[:, place], [tail, 1 - tail])
            rows.append(
                {
                    "tolerance_m": float(tolerance),
                    "points_within": int((apart <= tolerance).sum()),
                    "points": len(xy),
                    "share": float((apart <= tolerance).mean()),
                    "relocation": null.label if isinstance(null, Strata) else TOROIDAL,
                    "points_relocated": int(placed.sum()),
                    "share_of_these": observed,
                    "relocated_mean": float(relocated[:, place].mean()),
                    "relocated_low": float(low),
                    "relocated_high": float(high),
                    "p_value": upper_rank(observed, relocated[:, place]),
                }
            )
    return pd.DataFrame(rows)


def location_error_curve(
    xy: NDArray[np.float64], ground: Ground, *, errors_m: Sequence[float], rng: np.random.Generator
) -> pd.DataFrame:
    """Return, by location error e, what the inside share could be and what it would become.

    `low` counts points more than e deep inside, `high` those inside or within e: the bounds if no point is off by more
    than e. `expected` is the mean share once every point is moved by a further normal error of standard deviation e
    along each axis; it is no correction of the error the points already have.
    """
    widest = max(errors_m)
    draws = max(1, min(_ERROR_DRAWS, _MOST_MOVED // len(xy)))
    apart, deep = ground.distances(xy, within_m=widest), ground.depths(xy)
    rows = []
    for error in errors_m:
        moved = np.tile(xy, (draws, 1)) + rng.normal(scale=error, size=(draws * len(xy), 2))
        rows.append(
            {
                "error_m": float(error),
                "low": float(((apart == 0) & (deep >= error)).mean()),
                "share": float((apart == 0).mean()),
                "high": float((apart <= error).mean()),
                "expected": float(ground.inside(moved).mean()),
            }
        )
    return pd.DataFrame(rows)


def _relocated(
    null: Null,
    xy: NDArray[np.float64],
    ground: Ground,
    *,
    tolerances_m: Sequence[float],
    repeats: int,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Return the share within each tolerance of the points relocated under a null, one row a relocation."""
    if isinstance(null, Strata):
        return relocated_shares(null.areas, null.counts, ground, tolerances_m=tolerances_m, repeats=repeats, rng=rng)
    shares = []
    for _ in range(repeats):
        apart = ground.distances(toroidal_shift(xy, null.rectangle, rng), within_m=max(tolerances_m))
        shares.append([float((apart <= tolerance).mean()) for tolerance in tolerances_m])
    return np.array(shares)
