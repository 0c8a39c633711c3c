"""Share of points inside the records: by distance tolerance, beside relocated points, and by location error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.stats.overlay import Ground
from analysis.stats.relocation import relocated_shares, upper_rank

UNIFORM: Final = "uniform (weak)"
WITHIN_STRATA: Final = "within strata"
_ERROR_DRAWS: Final = 40


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


def tolerance_curve(
    xy: NDArray[np.float64],
    ground: Ground,
    nulls: Sequence[tuple[Strata, NDArray[np.bool_]]],
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
        Strata with the points that lie in them.
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
    rows = []
    for strata, placed in nulls:
        relocated = relocated_shares(
            strata.areas, strata.counts, ground, tolerances_m=tolerances_m, repeats=repeats, rng=rng
        )
        tail = (1 - level) / 2
        for place, tolerance in enumerate(tolerances_m):
            observed = float((apart[placed] <= tolerance).mean())
            low, high = np.quantile(relocated[:, place], [tail, 1 - tail])
            rows.append(
                {
                    "tolerance_m": float(tolerance),
                    "points_within": int((apart <= tolerance).sum()),
                    "points": len(xy),
                    "share": float((apart <= tolerance).mean()),
                    "relocation": strata.label,
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
    apart, deep = ground.distances(xy, within_m=widest), ground.depths(xy)
    rows = []
    for error in errors_m:
        moved = np.tile(xy, (_ERROR_DRAWS, 1)) + rng.normal(scale=error, size=(_ERROR_DRAWS * len(xy), 2))
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
