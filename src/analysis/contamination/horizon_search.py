"""Which input moves the time and the cost most: a search over the whole ranges, for each model by itself.

Time is searched as one over the years (the share of the rest released per year), which is 0 where there is no end. The
ranges are searched evenly; shares of searched points are counts of points and never a probability.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.contamination import products
from analysis.contamination.capacity import years_until_released
from analysis.contamination.product_inputs import Assumed
from analysis.errors import InsufficientEvidence
from analysis.stats.global_sensitivity import Inputs, sobol_indices

MODEL_A: Final = "model A: share of the rest released per year"
MODEL_B: Final = "model B: share of the rest released per year"
MODEL_B_COST: Final = "model B: cost"
FOLLOWED_YEARS: Final = 300
"""Years followed in the search of model A; beyond them there is no end."""


def indices_by_model(
    ranges: pd.DataFrame,
    rates: pd.DataFrame,
    inputs: tuple[Assumed, ...],
    *,
    capacity_change: float,
    added_share: float,
    base_samples: int,
    seed: int,
) -> pd.DataFrame:
    """Return Sobol indices of each input on the time of both models and on the cost.

    Parameters
    ----------
    ranges, rates
        Of :mod:`analysis.contamination.horizon`.
    inputs
        Of model B.
    capacity_change
        Model A: yearly change of capacity, from minus to plus this share.
    added_share
        Model A: land added to the task for each hectare released at first, from none to this share.
    base_samples, seed
        See :func:`analysis.stats.global_sensitivity.sobol_indices`.

    Returns
    -------
    DataFrame
        `outcome` (:data:`MODEL_A`, :data:`MODEL_B`, :data:`MODEL_B_COST`) and the columns of the indices; inputs that
        do not enter an outcome, and fixed ones, are left out.

    Raises
    ------
    InsufficientEvidence
        If no total area or no printed year gives the ends of model A.
    """
    area = remaining_range(ranges)
    years = rates[rates["kind"] == "year"]["ha_per_year"]
    if years.empty:
        raise InsufficientEvidence("no printed year gives a rate to search over")
    of_a = {
        "remaining_ha": area,
        "ha_per_year": (float(years.min()), float(years.max())),
        "capacity_change_per_year": (-capacity_change, capacity_change),
        "added_share": (0.0, added_share),
    }
    of_b = {one.name: (one.low, one.high) for one in inputs} | {"remaining_ha": area}
    searches = {MODEL_A: (share_model_a, of_a), MODEL_B: (products.share_per_year, of_b), MODEL_B_COST: (_cost, of_b)}
    tables = [
        sobol_indices(result, ends, base_samples=base_samples, seed=seed).assign(outcome=outcome)
        for outcome, (result, ends) in searches.items()
    ]
    joined = pd.concat(tables, ignore_index=True)
    joined = joined[joined["total"] > 0].reset_index(drop=True)  # an input that does not enter, or is fixed
    return joined[["outcome", *(name for name in joined.columns if name != "outcome")]]


def statement_among_products(
    ranges: pd.DataFrame,
    inputs: tuple[Assumed, ...],
    *,
    years_left: float,
    cost_usd: float,
    points: int,
    seed: int,
) -> pd.DataFrame:
    """Return where a stated time and cost lie among evenly searched points of model B.

    Returns
    -------
    DataFrame
        One row an `outcome` ('years', 'cost, USD'): `stated`, `lowest`, `quarter`, `middle`, `three_quarters`,
        `highest` of the points, `points`, `at_or_below_stated` (points, not a probability).
    """
    area = remaining_range(ranges)
    ends = {one.name: (one.low, one.high) for one in inputs} | {"remaining_ha": area}
    uniform = np.random.default_rng(seed).uniform(size=(points, len(ends)))
    drawn = {
        name: low + (high - low) * uniform[:, place] for place, (name, (low, high)) in enumerate(sorted(ends.items()))
    }
    speed = products.share_per_year(drawn)
    years = np.divide(1.0, speed, out=np.full_like(speed, np.inf), where=speed > 0)
    return pd.DataFrame(
        [_located("years", years, years_left), _located("cost, USD", products.cost_usd(drawn), cost_usd)]
    )


def remaining_range(ranges: pd.DataFrame) -> tuple[float, float]:
    """Return the least and most that can remain over all stated totals and both readings, ha.

    Raises
    ------
    InsufficientEvidence
        If no total area is stated.
    """
    totals = ranges[ranges["category"] == "total"] if len(ranges) else ranges
    if totals.empty:
        raise InsufficientEvidence("no total area is stated, so nothing remains to be searched over")
    return float(totals["remaining_low_ha"].min()), float(totals["remaining_high_ha"].max())


def share_model_a(inputs: Inputs) -> NDArray[np.float64]:
    """Return one over the years of model A: 0 where the task does not end within :data:`FOLLOWED_YEARS`.

    `inputs` holds `remaining_ha`, `ha_per_year`, `capacity_change_per_year` and `added_share` (of the first year's
    release, joining the task every year).
    """
    years = np.arange(FOLLOWED_YEARS)
    growth = (1 + inputs["capacity_change_per_year"])[:, None] ** years
    net = inputs["ha_per_year"][:, None] * (growth - inputs["added_share"][:, None])
    # Land added faster than released makes the rest grow again: what counts is the most released up to a year.
    released = np.maximum.accumulate(np.cumsum(net, axis=1), axis=1) / inputs["remaining_ha"][:, None]
    left = years_until_released(1.0, np.maximum(released, 0.0))
    return np.divide(1.0, left, out=np.zeros_like(left), where=np.isfinite(left) & (left > 0))


def _cost(inputs: Inputs) -> NDArray[np.float64]:
    return products.cost_usd(inputs)


def _located(outcome: str, values: NDArray[np.float64], stated: float) -> dict[str, object]:
    ordered = np.sort(values)
    at = [float(ordered[int(np.ceil(q * len(ordered))) - 1]) for q in (0.25, 0.5, 0.75)]
    return {
        "outcome": outcome,
        "stated": stated,
        "lowest": float(ordered[0]),
        "quarter": at[0],
        "middle": at[1],
        "three_quarters": at[2],
        "highest": float(ordered[-1]),
        "points": len(ordered),
        "at_or_below_stated": int((ordered <= stated).sum()),
    }
