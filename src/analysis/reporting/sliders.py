"""Two formulas with sliders, for the notebook that explores; nothing of it is kept or on record."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd
from IPython.display import Image, display
from ipywidgets import FloatSlider, interactive

from analysis.plots.exploring import curve_picture
from analysis.stats.partial_identification import unrecorded_share

LONGEST_YEARS: Final = 60
"""Years that the curve of what is left runs over."""

_RATES: Final = tuple(round(10 ** (step / 20), 4) for step in range(-20, 21))


def unrecorded_sliders() -> interactive:
    """Return sliders for the share of mined area outside the records, by the share of accidents outside."""
    share = FloatSlider(0.55, min=0.05, max=0.95, step=0.05)
    return interactive(_show_unrecorded, outside_share=share, step=(-20, 20))


def horizon_sliders() -> interactive:
    """Return sliders for the years until an area is released at a rate that changes each year."""
    return interactive(
        _show_horizon, area_thousand_ha=(50, 1200, 50), rate_thousand_ha=(5, 150, 5), change_per_year=(-0.1, 0.2, 0.02)
    )


def area_left(*, area_thousand_ha: float, rate_thousand_ha: float, change_per_year: float) -> pd.Series:
    """Return what is left after each year from 0 on, in thousand ha; nothing is added, and the rate compounds."""
    rates = pd.Series([rate_thousand_ha * (1 + change_per_year) ** year for year in range(LONGEST_YEARS)])
    released = pd.concat([pd.Series([0.0]), rates.cumsum()], ignore_index=True)
    return (area_thousand_ha - released).clip(lower=0.0)


def years_until_none_is_left(left: pd.Series) -> float:
    """Return the first year with nothing left; infinity when there is none."""
    return next((float(year) for year, area in enumerate(left) if area == 0), math.inf)


def _show_unrecorded(outside_share: float = 0.55, step: int = 0) -> None:
    curve = pd.Series({rate: unrecorded_share(outside_share, rate) for rate in _RATES})
    at = _RATES[step + 20]
    picture = curve_picture(
        curve,
        at=at,
        message=f"s = {outside_share:.2f}, r = {at:.2f}: u = {curve[at]:.2f}",
        x_label="Relative rate outside, r",
        y_label="Mined area outside, u",
        log_x=True,
    )
    display(Image(picture))  # type: ignore[no-untyped-call]


def _show_horizon(area_thousand_ha: int = 900, rate_thousand_ha: int = 70, change_per_year: float = 0.0) -> None:
    left = area_left(
        area_thousand_ha=area_thousand_ha, rate_thousand_ha=rate_thousand_ha, change_per_year=change_per_year
    )
    ends = years_until_none_is_left(left)
    message = (
        f"Nothing left after {ends:g} years" if math.isfinite(ends) else f"Not released within {LONGEST_YEARS} years"
    )
    picture = curve_picture(
        left, at=min(ends, LONGEST_YEARS), message=message, x_label="Years", y_label="Left, thousand ha"
    )
    display(Image(picture))  # type: ignore[no-untyped-call]
