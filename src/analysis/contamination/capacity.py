"""Years to release the rest when capacity changes: a walk of capacity over the few printed years, an assumption.

Four printed years give three steps of the logarithm of the yearly area. That capacity goes on stepping as widely is
assumed, not observed; the quantiles are of that scenario, and are no confidence interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InsufficientEvidence

LONGEST_YEARS: Final = 100
"""Years that are followed; what is not released by then has no end here, and is not cut to this length."""

QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
NO_DRIFT: Final = "walk without drift"
DRIFT: Final = "walk with the mean step of the printed years"
WALKS: Final = {
    NO_DRIFT: "each year's capacity is last year's times a random factor, as wide as printed steps, up or down alike",
    DRIFT: "the same about the mean printed step: capacity goes on growing as it did, without any ceiling",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityWalks:
    """What walks of capacity give.

    Parameters
    ----------
    fan
        `walk`, `baseline`, `stated_ha`, `year` (end of), `quantile`, `remaining_ha`.
    years
        `walk`, `baseline`, `as_of`, `stated_ha`, `remaining_ha`, `years_05`, `years_25`, `years_50`,
        `years_75`, `years_95` (infinite: not within :data:`LONGEST_YEARS`), `no_end_share` (of the walks).
    """

    fan: pd.DataFrame
    years: pd.DataFrame


def printed_steps(rates: pd.DataFrame) -> pd.DataFrame:
    """Return the steps between printed years that follow one another.

    Returns
    -------
    DataFrame
        `from_year`, `to_year`, `factor`, `log_step`.

    Raises
    ------
    InsufficientEvidence
        If fewer than two steps are printed.
    """
    years = rates[rates["kind"] == "year"] if len(rates) else pd.DataFrame({"label": [], "ha_per_year": []})
    years = years.assign(year=years["label"].astype(int)).sort_values("year")
    follow = years["year"].diff() == 1
    factor = (years["ha_per_year"] / years["ha_per_year"].shift())[follow]
    if len(factor) < 2:
        raise InsufficientEvidence(f"{len(factor)} steps between printed years do not tell how widely capacity steps")
    to_year = years.loc[follow, "year"]
    return pd.DataFrame(
        {"from_year": to_year - 1, "to_year": to_year, "factor": factor, "log_step": np.log(factor)}
    ).reset_index(drop=True)


def capacity_walks(
    ranges: pd.DataFrame, rates: pd.DataFrame, *, origin_year: int, draws: int, seed: int
) -> CapacityWalks:
    """Return remaining area by year, and years to release it, for each stated total under each walk.

    A stated total is followed at the middle of what can remain of it; the readings stay apart.

    Parameters
    ----------
    ranges
        Table of :func:`analysis.contamination.horizon.horizon_ranges`.
    rates
        Table of :func:`analysis.contamination.horizon.release_rates`.
    origin_year
        First year that is followed.
    draws
        Walks.
    seed
        Of the generator; both walks and all areas share the same draws.

    Raises
    ------
    InsufficientEvidence
        If no total area is stated, or as for :func:`printed_steps`.
    """
    steps = printed_steps(rates)["log_step"].to_numpy(dtype=np.float64)
    totals = ranges[ranges["category"] == "total"]
    if totals.empty:
        raise InsufficientEvidence("no total area is stated, so nothing can be followed")
    last = float(rates[rates["kind"] == "year"].sort_values("label")["ha_per_year"].iloc[-1])
    noise = np.random.default_rng(seed).standard_normal((draws, LONGEST_YEARS))
    fans, years = [], []
    for walk in WALKS:
        released = np.cumsum(_capacity(walk, last, steps, noise), axis=1)
        for _, row in totals.iterrows():
            remaining = float(row["remaining_low_ha"] + row["remaining_high_ha"]) / 2
            fans.append(_fan(walk, row, remaining, released, origin_year))
            years.append(_years_row(walk, row, remaining, released))
    return CapacityWalks(fan=pd.concat(fans, ignore_index=True), years=pd.DataFrame(years))


def years_until_released(remaining_ha: float, released_ha: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the years until each path has released the rest; infinite where it has not by its last year.

    Parameters
    ----------
    released_ha
        Released by the end of each year, one row a path, never falling.
    """
    done = released_ha >= remaining_ha
    place = done.argmax(axis=1)
    rows = np.arange(len(released_ha))
    before = np.where(place > 0, released_ha[rows, place - 1], 0.0)
    within = released_ha[rows, place] - before
    part = np.divide(remaining_ha - before, within, out=np.zeros_like(within), where=within > 0)
    return np.where(done.any(axis=1), place + part, np.inf)


def _capacity(walk: str, last: float, steps: NDArray[np.float64], noise: NDArray[np.float64]) -> NDArray[np.float64]:
    if walk == NO_DRIFT:
        # About zero, so the spread is the root mean square of the steps, not their scatter about their own mean.
        drift, spread = 0.0, float(np.sqrt(np.mean(steps**2)))
    else:
        drift, spread = float(steps.mean()), float(steps.std(ddof=1))
    return last * np.exp(np.cumsum(drift + spread * noise, axis=1))


def _fan(walk: str, row: pd.Series, remaining: float, released: NDArray[np.float64], origin_year: int) -> pd.DataFrame:
    left = np.maximum(remaining - np.column_stack([np.zeros(len(released)), released]), 0.0)
    tables = [
        pd.DataFrame(
            {"year": np.arange(origin_year - 1, origin_year + LONGEST_YEARS), "quantile": q, "remaining_ha": line}
        )
        for q, line in zip(QUANTILES, np.quantile(left, QUANTILES, axis=0), strict=True)
    ]
    own = {"walk": walk, "baseline": row["baseline"], "stated_ha": float(row["stated_ha"])}
    return pd.concat(tables, ignore_index=True).assign(**own)[
        ["walk", "baseline", "stated_ha", "year", "quantile", "remaining_ha"]
    ]


def _years_row(walk: str, row: pd.Series, remaining: float, released: NDArray[np.float64]) -> dict[str, object]:
    years = np.sort(years_until_released(remaining, released))
    # By order, since between a finite and an infinite value there is nothing to interpolate.
    at = {f"years_{100 * q:02.0f}": float(years[int(np.ceil(q * len(years))) - 1]) for q in QUANTILES}
    return {
        "walk": walk,
        "baseline": row["baseline"],
        "as_of": row["as_of"],
        "stated_ha": float(row["stated_ha"]),
        "remaining_ha": remaining,
        **at,
        "no_end_share": float(np.isinf(years).mean()),
    }
