"""Topics of mines, hazardous areas, places of accidents, and mines made in 2021."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import pandas as pd

from analysis.claims.basis import Basis
from analysis.claims.consistency.statements import (
    Figure,
    Topic,
    count_number,
    estimate_number,
    figure_of,
    members_of,
    row_allowed,
    share_rows,
)
from analysis.claims.stated import StatedNumber
from analysis.claims.wording import stated_words
from analysis.evidence.comparators import Comparator
from analysis.evidence.geometry import read_districts
from analysis.stats.infeasible_subsets import LinearRow

_PLACES: Final = ("azerbaijan", "regained_districts")
_HA_PER_KM2: Final = 100.0
# How far the area of the polygons may lie from the area of the country that speakers have in mind.
_TERRITORY_MARGIN: Final = 0.01


def topic_mines(basis: Basis, *, about_tolerance: float) -> Topic:
    """Return the topic of mines laid, mines on the records, and the share that the records hold."""
    figures = []
    for quantity, row, value in _mines(basis):
        number = estimate_number(value, row["comparator"])
        of_what = "mines" if quantity == "laid" else f"mines on records, {quantity.removeprefix('on ')}"
        rows = [row_allowed({quantity: 1.0}, number, about_tolerance=about_tolerance)]
        figures.append(_figure(basis, row, stated_words(number, of_what), rows))
    for _, row in basis.table("map_assessment").iterrows():
        if row["quantity"] == "coverage_share" and not pd.isna(row["value"]) and row["geography"] in _PLACES:
            number = _share(float(row["value"]), row["comparator"])
            rows = list(share_rows("on all", ["laid"], number, about_tolerance=about_tolerance))
            figures.append(_figure(basis, row, f"{stated_words(number, 'share')} of the mines on records", rows))
    always = (
        LinearRow(terms={"laid": 1.0, "on all": -1.0}, low=0.0),
        LinearRow(terms={"on all": 1.0, "on three districts": -1.0}, low=0.0),
        LinearRow(
            terms={"on three districts": 1.0, "on Aghdam": -1.0, "on Fuzuli and Zangilan": -1.0}, low=0.0, high=0.0
        ),
        LinearRow(terms={"laid": 1.0, "on all": -1.0, "withheld": -1.0}, low=0.0),
    )
    return Topic(
        name="mines laid and mines on the records",
        members=members_of(figures),
        always=always,
        whole_numbers=frozenset(),
        assumptions=(
            "all speak of one number of mines laid and of one set of records, whenever they spoke",
            "mines on the records and mines on withheld records are part of the mines laid",
            "the records of the three districts are those of Aghdam and those of Fuzuli and Zangilan",
        ),
    )


def topic_area(basis: Basis, *, about_tolerance: float) -> Topic:
    """Return the topic of stated hazardous areas, their classes, shares of the country, and shares released."""
    figures = [*_areas(basis, about_tolerance), *_shares_of_country(basis, about_tolerance)]
    released = _released(basis)
    shares = _claims(basis, "share_of_contamination_released")
    days = sorted({day for end in shares["as_of_last"] for day in _around(released["period_end_last"], end)})
    for _, row in released[released["period_end_last"].isin(days)].iterrows():
        number = estimate_number(float(row["area_ha"]), row["comparator"])
        rows = [row_allowed({_at(row["period_end_last"]): 1.0}, number, about_tolerance=about_tolerance)]
        figures.append(_figure(basis, row, f"{stated_words(number, 'ha')} released", rows))
    for _, row in shares.iterrows():
        number = _share(row, None)
        rows = list(share_rows(_at(row["as_of_last"]), ["area"], number, about_tolerance=about_tolerance))
        figures.append(_figure(basis, row, f"{stated_words(number, 'share')} of the area released", rows))
    every_day = sorted({*days, *shares["as_of_last"]})
    country = sum(one.area_km2 for one in read_districts(basis.evidence)) * _HA_PER_KM2
    always = [
        LinearRow(terms={"area": 1.0, "high": -1.0, "medium": -1.0, "low": -1.0}, low=0.0, high=0.0),
        LinearRow(
            terms={"country": 1.0}, low=country * (1 - _TERRITORY_MARGIN), high=country * (1 + _TERRITORY_MARGIN)
        ),
        *(LinearRow(terms={_at(b): 1.0, _at(a): -1.0}, low=0.0) for a, b in pairwise(every_day)),
    ]
    return Topic(
        name="hazardous area",
        members=members_of(figures),
        always=tuple(always),
        whole_numbers=frozenset(),
        assumptions=(
            "all speak of the area as it was before release began; it has one value, whenever they spoke",
            "the area is the sum of the classes high, medium and low",
            "the contaminated share of the country is this area",
            f"the country has the area of the district polygons to within {_TERRITORY_MARGIN:.0%}",
            "what was released never shrinks",
        ),
    )


def topic_places(basis: Basis, *, about_tolerance: float) -> Topic:
    """Return the topic of accidents and casualties on and outside the former line of contact."""
    figures, days = [], set()
    for _, row in basis.table("map_assessment").iterrows():
        if row["quantity"] != "outside_line_of_contact" or pd.isna(row["numerator"]):
            continue
        unit = "casualties" if any(word in row["definition"] for word in ("VICTIMS", "DEATHS")) else "accidents"
        figures.append(_counts_outside(basis, row, unit))
        days.add((unit, row["as_of_last"]))
    for name, unit in (("victims_outside_former_line_of_contact", "casualties"), ("incidents_total", "accidents")):
        for _, row in _claims(basis, name).iterrows():
            if row["period_start"] != "2020-11-10" or row["as_of_precision"] != "day":
                continue
            figures.append(_count(basis, row, unit, whole=name == "incidents_total"))
            days.add((unit, row["as_of_last"]))
    for _, row in _claims(basis, "incident_share_outside_former_line_of_contact").iterrows():
        number = _share(row, None)
        wholes = [_at(row["as_of_last"], f"accidents {place}") for place in ("outside", "on")]
        rows = list(share_rows(wholes[0], wholes, number, about_tolerance=about_tolerance))
        figures.append(_figure(basis, row, f"{stated_words(number, 'share')} of accidents outside the line", rows))
        days.add(("accidents", row["as_of_last"]))
    always = [
        LinearRow(terms={_at(later, f"{unit} {place}"): 1.0, _at(earlier, f"{unit} {place}"): -1.0}, low=0.0)
        for unit in ("accidents", "casualties")
        for earlier, later in pairwise(sorted(day for one, day in days if one == unit))
        for place in ("on", "outside")
    ]
    return Topic(
        name="on and outside the former line of contact",
        members=members_of(figures),
        always=tuple(always),
        whole_numbers=frozenset(
            _at(day, f"{unit} {place}") for unit, day in sorted(days) for place in ("on", "outside")
        ),
        assumptions=(
            "every accident and casualty since 10 November 2020 is on or outside the line, by one definition",
            "neither number falls with time",
        ),
    )


def topic_made_in_2021(basis: Basis, *, about_tolerance: float) -> Topic:
    """Return the topic of mines found from August to November 2022 and of those made in 2021 among them."""
    quantities = {
        ("mines_made_2021_found", "azerbaijan_karabakh_economic_region"): ("made region",),
        ("mines_made_2021_found", "regained_districts"): ("made region", "made border"),
        ("mines_made_2021_found", "azerbaijan_lachin_and_kalbajar"): ("made region", "made border"),
        ("mines_of_2021_production_found", "kalbajar_and_lachin"): ("made region", "made border"),
        ("mines_of_2021_production_found", "regained_districts"): ("made region", "made border"),
        ("mines_found_total", "regained_districts"): ("made region", "made border", "other"),
    }
    claims = basis.table("claims")
    figures = []
    for _, row in claims[claims["value"].notna()].iterrows():
        parts = quantities.get((str(row["quantity"]), str(row["geography"])))
        if parts is None:
            continue
        number = count_number(float(row["value"]), row["comparator"])
        rows = [row_allowed(dict.fromkeys(parts, 1.0), number, about_tolerance=about_tolerance)]
        of_what = "mines found" if "other" in parts else "mines made in 2021"
        place = str(row["geography"]).removeprefix("azerbaijan_").replace("_", " ")
        figures.append(_figure(basis, row, f"{stated_words(number, of_what)}, {place}", rows))
    return Topic(
        name="mines made in 2021",
        members=members_of(figures),
        always=(LinearRow(terms={"made region": 1.0, "made border": 1.0, "other": 1.0}, low=0.0),),
        whole_numbers=frozenset({"made region", "made border", "other"}),
        assumptions=(
            "all speak of the finds since August 2022; those made in 2021 are part of all found",
            "the finds are those in the Karabakh economic region and those at the border",
        ),
    )


def _mines(basis: Basis) -> list[tuple[str, pd.Series, float]]:
    """Return the quantity, row and value of every stated number of mines."""
    found = []
    estimates, claims, assessed = (basis.table(name) for name in ("contamination_estimate", "claims", "map_assessment"))
    of_all = (estimates["category"] == "total") & estimates["geography"].isin(_PLACES) & estimates["mines"].notna()
    found += [("laid", row, float(row["mines"])) for _, row in estimates[of_all].iterrows()]
    on_records = (estimates["geography"] == "recorded_minefields") & estimates["mines"].notna()
    found += [("on all", row, float(row["mines"])) for _, row in estimates[on_records].iterrows()]
    named = {"mines_laid_estimate": "laid", "mines_on_withheld_maps": "withheld"}
    valued = claims[claims["quantity"].isin(list(named)) & claims["geography"].isin(_PLACES) & claims["value"].notna()]
    found += [(named[str(row["quantity"])], row, float(row["value"])) for _, row in valued.iterrows()]
    places = {
        "regained_districts": "on all",
        "azerbaijan_aghdam": "on Aghdam",
        "azerbaijan_fuzuli_and_zangilan": "on Fuzuli and Zangilan",
        "azerbaijan_aghdam_fuzuli_zangilan": "on three districts",
    }
    counted = assessed[(assessed["quantity"] == "mines_on_maps") & assessed["geography"].isin(list(places))]
    found += [(places[str(row["geography"])], row, float(row["value"])) for _, row in counted.iterrows()]
    return found


def _areas(basis: Basis, about_tolerance: float) -> list[Figure]:
    classes = {
        "total": ("area",),
        "high": ("high",),
        "medium": ("medium",),
        "medium_and_low": ("medium", "low"),
    }
    estimates = basis.table("contamination_estimate")
    here = estimates[estimates["geography"].isin(_PLACES) & estimates["area_ha"].notna()]
    figures = []
    for _, row in here[here["category"].isin(list(classes))].iterrows():
        # The comparator of a row that also prints mines may be that of the mines; the area is then read as printed.
        number = estimate_number(float(row["area_ha"]), row["comparator"])
        terms = dict.fromkeys(classes[str(row["category"])], 1.0)
        rows = [row_allowed(terms, number, about_tolerance=about_tolerance)]
        named = str(row["category"]).replace("_", " ")
        figures.append(_figure(basis, row, f"{stated_words(number, 'ha')} {named}", rows))
    return figures


def _shares_of_country(basis: Basis, about_tolerance: float) -> list[Figure]:
    figures = []
    for _, row in _claims(basis, "share_of_territory_contaminated").iterrows():
        number = _share(row, None)
        rows = list(share_rows("area", ["country"], number, about_tolerance=about_tolerance))
        figures.append(_figure(basis, row, f"{stated_words(number, 'share')} of the country", rows))
    return figures


def _released(basis: Basis) -> pd.DataFrame:
    rows = basis.table_by_end("clearance_period")
    return rows[
        (rows["period_kind"] == "cumulative")
        & (rows["operator"] == "all_operators")
        & (rows["geography"] == "regained_districts")
        & rows["area_ha"].notna()
        & (rows["comparator"] == "=")
    ]


def _around(days: pd.Series, end: pd.Timestamp) -> list[pd.Timestamp]:
    before, after = days[days <= end], days[days >= end]
    return [*([] if before.empty else [before.max()]), *([] if after.empty else [after.min()])]


def _counts_outside(basis: Basis, row: pd.Series, unit: str) -> Figure:
    outside, whole = (count_number(float(row[name]), "=") for name in ("numerator", "denominator"))
    day = row["as_of_last"]
    parts = [_at(day, f"{unit} {place}") for place in ("outside", "on")]
    rows = [
        row_allowed({parts[0]: 1.0}, outside, about_tolerance=0.0),
        row_allowed(dict.fromkeys(parts, 1.0), whole, about_tolerance=0.0),
    ]
    return _figure(basis, row, f"{row['numerator']:g} of {row['denominator']:g} {unit} outside the line", rows)


def _count(basis: Basis, row: pd.Series, unit: str, *, whole: bool) -> Figure:
    number = count_number(float(row["value"]), row["comparator"])
    places = ("outside", "on") if whole else ("outside",)
    terms = {_at(row["as_of_last"], f"{unit} {place}"): 1.0 for place in places}
    words = f"{stated_words(number, unit)}{'' if whole else ' outside the line'}"
    return _figure(basis, row, words, [row_allowed(terms, number, about_tolerance=0.0)])


def _claims(basis: Basis, quantity: str) -> pd.DataFrame:
    claims = basis.table("claims")
    return claims[(claims["quantity"] == quantity) & (claims["value"].notna() | claims["value_low"].notna())]


def _share(value: pd.Series | float, comparator: object) -> StatedNumber:
    """Return a share printed in per cent, or between two, as 0 to 1."""
    if isinstance(value, pd.Series):
        ends = [value["value"]] if not pd.isna(value["value"]) else [value["value_low"], value["value_high"]]
        comparator = "=" if len(ends) > 1 else value["comparator"]
    else:
        ends = [value]
    step = min(count_number(float(end), "=").step for end in ends) / 100
    return StatedNumber(
        low=float(ends[0]) / 100, high=float(ends[-1]) / 100, comparator=Comparator(str(comparator)), step=step
    )


def _at(day: pd.Timestamp, what: str = "released") -> str:
    return f"{what}@{day.date().isoformat()}"


def _figure(basis: Basis, row: pd.Series, words: str, rows: list[LinearRow]) -> Figure:
    key = "claim_id" if "claim_id" in row.index else "row_id"
    return figure_of(basis.evidence, row, key=key, words=words, rows=rows)
