"""Published past projections of the land left against what was reported later, and areas that moved without release."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.contamination import elsewhere
from analysis.contamination.horizon import DAYS_PER_YEAR
from analysis.errors import InsufficientEvidence
from analysis.stats.projection import flow_between, projection_error, unexplained_change, years_to_zero

NEVER: Final = float("inf")


def projections_scored() -> pd.DataFrame:
    """Return each projection with the area reported for its day, or else for the first later day with one.

    Returns
    -------
    DataFrame
        `country`, `counted_from` (day of the area the planned fall is counted from), `for_day`, `projected_km2`,
        `reported_day`, `reported_km2`, `difference_km2`, `share_of_projection` (missing where nothing was to be left),
        `share_of_planned_fall` (of the fall from that area to the projected one, what was reached), `days_late` (0
        where the days agree), `words`, `cited`.
    """
    areas = elsewhere.stated_areas()
    rows = []
    for _, plan in elsewhere.projections().iterrows():
        own = areas[areas["country"] == plan["country"]].sort_values("as_of")
        start = float(own[own["as_of"] <= plan["counted_from"]]["area_km2"].iloc[-1])
        later = own[own["as_of"] >= plan["for_day"]].iloc[0]
        projected, reported = float(plan["projected_km2"]), float(later["area_km2"])
        rows.append(
            {
                "country": plan["country"],
                "counted_from": plan["counted_from"],
                "for_day": plan["for_day"],
                "projected_km2": projected,
                "reported_day": later["as_of"],
                "reported_km2": reported,
                "difference_km2": reported - projected,
                "share_of_projection": projection_error(projected, reported).share_of_projection
                if projected > 0
                else np.nan,
                "share_of_planned_fall": (start - reported) / (start - projected),
                "days_late": (later["as_of"] - plan["for_day"]).days,
                "words": plan["words"],
                "cited": plan["cited"],
            }
        )
    return pd.DataFrame(rows)


def years_by_rate() -> pd.DataFrame:
    """Return how many years the last reported area lasts, by the rate that is taken: each country, each possible rate.

    Returns
    -------
    DataFrame
        `country`, `area_km2`, `as_of`, `rate_from`, `km2_per_year`, `years` (infinite where the rate is not above 0),
        `end_year` (with decimals).
    """
    areas, releases = elsewhere.stated_areas(), elsewhere.releases()
    rows = []
    for country, own in areas.groupby("country", sort=False):
        ordered = own.sort_values("as_of")
        last = ordered.iloc[-1]
        rates = [
            (
                f"area {before['as_of']:%Y} to {after['as_of']:%Y}",
                flow_between(before["area_km2"], after["area_km2"], years=_years(before["as_of"], after["as_of"])),
            )
            for (_, before), (_, after) in zip(list(ordered.iterrows())[:-1], list(ordered.iterrows())[1:], strict=True)
        ]
        for _, year in releases[releases["country"] == country].iterrows():
            rates.append(
                (f"released {year['year']}", float(year["cleared_km2"] + year["reduced_km2"] + year["cancelled_km2"]))
            )
            rates.append((f"cleared {year['year']}", float(year["cleared_km2"])))
        rows += [_lasting(str(country), last, name, flow) for name, flow in rates]
    return pd.DataFrame(rows)


def falls_without_release() -> pd.DataFrame:
    """Return, for years with all products printed, the change of the area that release does not account for.

    Returns
    -------
    DataFrame
        `country`, `year`, `before_km2`, `after_km2`, `released_km2`, `unexplained_km2` (below 0: fell without reported
        release; above 0: the area grew or was counted anew), `reading`.
    """
    areas, rows = elsewhere.stated_areas(), []
    for _, release in elsewhere.releases().iterrows():
        own = areas[areas["country"] == release["country"]]
        by_year = dict(zip(own["as_of"].dt.year, own["area_km2"], strict=True))
        before, after = float(by_year[release["year"] - 1]), float(by_year[release["year"]])
        released = float(release["cleared_km2"] + release["reduced_km2"] + release["cancelled_km2"])
        rest = unexplained_change(before, after, released=released)
        rows.append(
            {
                "country": release["country"],
                "year": str(release["year"]),
                "before_km2": before,
                "after_km2": after,
                "released_km2": released,
                "unexplained_km2": rest,
                "reading": "fell by more than reported release" if rest < 0 else "fell by less than reported release",
            }
        )
    return pd.DataFrame(rows)


def _lasting(country: str, last: pd.Series, name: str, flow: float) -> dict[str, object]:
    area = float(last["area_km2"])
    try:
        years = years_to_zero(area, flow)
    except InsufficientEvidence:
        years = NEVER
    return {
        "country": country,
        "area_km2": area,
        "as_of": last["as_of"],
        "rate_from": name,
        "km2_per_year": flow,
        "years": years,
        "end_year": last["as_of"].year + 1 + years,
    }


def _years(first: pd.Timestamp, last: pd.Timestamp) -> float:
    # Year ends are whole years apart; leap days would make 2.0014 of two years.
    if (first.month, first.day) == (last.month, last.day):
        return float(last.year - first.year)
    return (last - first).days / DAYS_PER_YEAR
