"""What would make a stated total, a stated area and the devices found hold together: each condition with its value."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.contamination.implied import UNBOUNDED

CONDITIONS: Final = {
    "per_ha_needed": "land worked so far is poorer in devices than the rest (roads, settlements, fields before"
    " front-line belts): the rest must then hold this many per hectare",
    "unsearched_share": "this share of the reported hectares was released without search and held none, and the land"
    " searched was like the rest",
    "total_that_holds": "the stated total means something else than devices found: at the density found so far the"
    " stated area fits this total",
    "area_that_holds": "the stated area means something else than hectares reported: at the density found so far the"
    " stated total fits this area, ha",
}
"""What can reconcile a needed density above the one found, each taken alone; worst-first selection widens the gap."""

_PAIR: Final = ["scope", "meaning", "holds", "stated_total", "comparator", "stated_area_ha", "reading"]
_VALUES: Final = [f"{name}_{end}" for name in CONDITIONS for end in ("low", "high")]


def reconciling_values(needed: pd.DataFrame) -> pd.DataFrame:
    """Return, for the largest stated area and each total, the value each condition alone must take for a ratio of 1.

    Parameters
    ----------
    needed
        Of :func:`analysis.contamination.implied.needed_densities`.

    Returns
    -------
    DataFrame
        The pair, `holds` (as for the ratio), and `<condition>_low`, `<condition>_high` for :data:`CONDITIONS`: devices
        per ha, share, devices, ha. The share is 0 where the ratio is not above 1. Pairs that bound nothing are left
        out.
    """
    own = needed[needed["holds"] != UNBOUNDED]
    own = own[own["stated_area_ha"] == own["stated_area_ha"].max()]
    found = own["per_ha_found"]
    with_values: pd.DataFrame = own.assign(
        unsearched_share_low=_share(own["ratio_low"]),
        unsearched_share_high=_share(own["ratio_high"]),
        # What is not left any more, and the rest at the density found so far.
        total_that_holds_low=own["stated_total"] - own["devices_left_high"] + own["area_left_low_ha"] * found,
        total_that_holds_high=own["stated_total"] - own["devices_left_low"] + own["area_left_high_ha"] * found,
        area_that_holds_low=own["stated_area_ha"] - own["area_left_high_ha"] + own["devices_left_low"] / found,
        area_that_holds_high=own["stated_area_ha"] - own["area_left_low_ha"] + own["devices_left_high"] / found,
    )
    with_values = with_values[[*_PAIR, *_VALUES]]
    return with_values.reset_index(drop=True)


def _share(ratio: pd.Series) -> pd.Series:
    return (1 - 1 / ratio.where(ratio > 1, 1.0).replace(np.inf, np.nan)).fillna(1.0).astype(float)
