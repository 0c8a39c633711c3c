"""Model B: years and cost to release the rest by product and method, under assumed shares, productivities and costs.

Land is cancelled or reduced by survey, or cleared by hand, with dogs or with machines; each method works through its
part with its own units, all at once, so the slowest sets the time. A scenario throughout: no published figure of the
regular reports says what was done to the land. Never mixed with model A, whose rate is of all land reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.contamination.product_inputs import Assumed

M2_PER_HA: Final = 10_000.0
METHODS: Final = ("survey", "by hand", "dogs", "machines")
_UNITS: Final = {"survey": "survey_teams", "by hand": "deminers", "dogs": "dogs", "machines": "machines"}
_COSTS: Final = {
    "survey": "usd_per_ha_surveyed",
    "by hand": "usd_per_ha_by_hand",
    "dogs": "usd_per_ha_with_dogs",
    "machines": "usd_per_ha_with_machines",
}
Inputs = Mapping[str, NDArray[np.float64]]


def area_shares(inputs: Inputs) -> dict[str, NDArray[np.float64]]:
    """Return the share of the remaining land that each method works on; they add up to 1.

    Cancelled and reduced land is the survey's.
    """
    cleared = (1 - inputs["cancelled_share"]) * (1 - inputs["reduced_share_of_rest"])
    other = cleared * (1 - inputs["machine_share_of_cleared"])
    return {
        "survey": 1 - cleared,
        "by hand": other * (1 - inputs["dog_share_of_other_cleared"]),
        "dogs": other * inputs["dog_share_of_other_cleared"],
        "machines": cleared * inputs["machine_share_of_cleared"],
    }


def ha_per_unit_year(inputs: Inputs) -> dict[str, NDArray[np.float64]]:
    """Return what one team, deminer, dog or machine does in a year, ha."""
    days = inputs["working_days_per_year"]
    return {
        "survey": inputs["ha_per_survey_team_year"],
        "by hand": inputs["m2_per_deminer_day"] * days / M2_PER_HA,
        "dogs": inputs["m2_per_dog_day"] * days / M2_PER_HA,
        "machines": inputs["ha_per_machine_year"],
    }


def share_per_year(inputs: Inputs) -> NDArray[np.float64]:
    """Return one over the years of the slowest method: 0 where a method with land to do has no capacity.

    `inputs` holds every name of :data:`analysis.contamination.product_inputs.INPUTS` and `remaining_ha`.
    """
    shares, per_unit = area_shares(inputs), ha_per_unit_year(inputs)
    speeds = []
    for method in METHODS:
        capacity, area = per_unit[method] * inputs[_UNITS[method]], shares[method] * inputs["remaining_ha"]
        speeds.append(np.divide(capacity, area, out=np.full_like(area, np.inf), where=area > 0))
    slowest: NDArray[np.float64] = np.minimum.reduce(speeds)
    return slowest


def cost_usd(inputs: Inputs) -> NDArray[np.float64]:
    """Return the cost of the remaining land."""
    shares = area_shares(inputs)
    total: NDArray[np.float64] = np.sum([shares[method] * inputs[_COSTS[method]] for method in METHODS], axis=0)
    return total * inputs["remaining_ha"]


def central(inputs: tuple[Assumed, ...], *, remaining_ha: float) -> dict[str, NDArray[np.float64]]:
    """Return the central value of each input as arrays of one, with the remaining area."""
    return {one.name: np.array([one.central]) for one in inputs} | {"remaining_ha": np.array([remaining_ha])}


def by_method(inputs: tuple[Assumed, ...], *, remaining_ha: float, years_left: float) -> pd.DataFrame:
    """Return the central scenario by method.

    Parameters
    ----------
    years_left
        Of the longest statement: how many units each method would need to end by then.

    Returns
    -------
    DataFrame
        `method`, `area_share`, `area_ha`, `ha_per_unit_year`, `unit_years` (work to do), `units` (assumed), `years`
        (infinite without units), `units_needed` (to end in `years_left`; infinite when none are left), `cost_usd`.
    """
    values = central(inputs, remaining_ha=remaining_ha)
    shares, per_unit = area_shares(values), ha_per_unit_year(values)
    rows = []
    for method in METHODS:
        area = float(shares[method][0]) * remaining_ha
        each, units = float(per_unit[method][0]), float(values[_UNITS[method]][0])
        work = area / each if each > 0 else np.inf
        rows.append(
            {
                "method": method,
                "area_share": float(shares[method][0]),
                "area_ha": area,
                "ha_per_unit_year": each,
                "unit_years": work if area > 0 else 0.0,
                "units": units,
                "years": 0.0 if area == 0 else (work / units if units > 0 else np.inf),
                "units_needed": 0.0 if area == 0 else (work / years_left if years_left > 0 else np.inf),
                "cost_usd": area * float(values[_COSTS[method]][0]),
            }
        )
    return pd.DataFrame(rows)


def searched_per_year(inputs: tuple[Assumed, ...]) -> pd.DataFrame:
    """Return the hectares a year that the assumed units could search, without survey: at each end and in the centre.

    Set beside a printed year's hectares it says which share of them these units could have searched. It is no estimate
    of what was done: numbers of units and productivities are assumed.

    Returns
    -------
    DataFrame
        `inputs` ('low', 'central', 'high'), `by_hand_ha`, `dogs_ha`, `machines_ha`, `searched_ha`.
    """
    rows = []
    for end in ("low", "central", "high"):
        values = {one.name: np.array([float(getattr(one, end))]) for one in inputs}
        per_unit = ha_per_unit_year(values)
        parts = {method: float((per_unit[method] * values[_UNITS[method]])[0]) for method in METHODS[1:]}
        rows.append(
            {
                "inputs": end,
                "by_hand_ha": parts["by hand"],
                "dogs_ha": parts["dogs"],
                "machines_ha": parts["machines"],
                "searched_ha": sum(parts.values()),
            }
        )
    return pd.DataFrame(rows)
