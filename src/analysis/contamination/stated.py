"""Stated hazardous areas and numbers of mines: who said what, when, and how the statements moved."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.contamination.clearance_record import area_statements
from analysis.contamination.printed_precision import printed_unit
from analysis.evidence.comparators import bounds
from analysis.stats.difference_bounds import PeriodSum, SumRanges, sum_ranges
from analysis.stats.projection import unexplained_change

REGAINED: Final = "regained districts"
RECORDS: Final = "on minefield records"
SERIES: Final = {
    "regained_districts": REGAINED,
    # Statements since 2020 that name the whole country give the figures of the regained districts.
    "azerbaijan": REGAINED,
    "azerbaijan_excluding_nagorno_karabakh": "Azerbaijan excluding Nagorno-Karabakh",
    "nagorno_karabakh": "Nagorno-Karabakh",
    "former_front_lines_of_nagorno_karabakh": "Nagorno-Karabakh",
    "armenia": "Armenia",
    "recorded_minefields": RECORDS,
    "peacekeeper_zone": "zone of the Russian peacekeepers, 2020 to 2023",
}

OLDER: Final = ("Azerbaijan excluding Nagorno-Karabakh", "Nagorno-Karabakh", "Armenia")
"""Series that stand beside the regained districts, each by its own reporters."""

READINGS: Final = (
    "rose",
    "fell by less than reported release",
    "fell by more than reported release",
    "change can be release",
    "release not reported",
)

MINES: Final = "mines"
MINES_AND_DEVICES: Final = "mines and other devices"
_WITH_DEVICES: Final = r"mines and (?:UXO|explosive|other devices|munitions)"
_LAID: Final = r"\b(?:laid|planted|laying)\b"
_CHANGE_COLUMNS: Final = [
    *("from_as_of", "to_as_of", "from_ha", "to_ha", "change_ha", "ratio"),
    *("from_originator", "to_originator", "from_source", "to_source"),
]
_CLASS_COLUMNS: Final = [
    *("source_id", "as_of", "originator", "classes", "high_ha", "sum_ha", "total_ha", "total_as_of", "rest_ha"),
]
_MOVE_COLUMNS: Final = [
    *("series", "category", "from_as_of", "to_as_of", "from_ha", "to_ha", "released_low_ha", "released_high_ha"),
    *("unexplained_low_ha", "unexplained_high_ha", "reading"),
]
_COLUMNS: Final = ["row_id", "source_id", "series", "geography", "category", "as_of", "as_of_first", "as_of_last"]
_WHO: Final = ["comparator", "originator", "party"]


def stated_areas(contamination: pd.DataFrame) -> pd.DataFrame:
    """Return each stated area with what it allows, ha; one row an originator, figure and date.

    Returns
    -------
    DataFrame
        `row_id`, `source_id`, `series`, `geography`, `category`, `as_of` and its first and last day, `comparator`,
        `originator`, `party`, `value`, `low`, `high`. A printed range has its own ends and the middle as value; 'more
        than' has an infinite high end, 'up to' a low end of 0.
    """
    rows = contamination[contamination[["area_ha", "area_ha_low"]].notna().any(axis=1)]
    return _statements(rows, "area_ha")


def stated_mines(contamination: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return each stated number of mines with what it allows; columns as :func:`stated_areas`, and two more.

    `scope` is 'mines' or 'mines and other devices', as worded; `laid` says whether the statement is about mines once
    laid, to which removed and exploded ones belong. Statements come from contamination_estimate and from the rows of
    claims that estimate mines laid.
    """
    rows = contamination[contamination[["mines", "mines_low"]].notna().any(axis=1)]
    found = _statements(rows.assign(text=rows["notes"].fillna("")), "mines", keep=["text"])
    said = claims[(claims["quantity"] == "mines_laid_estimate") & claims["value"].notna()]
    said = said.rename(
        columns={"claim_id": "row_id", "value": "mines", "value_low": "mines_low", "value_high": "mines_high"}
    )
    text = said["statement"].fillna("") + "; " + said["unit"].fillna("")
    said = said.assign(category="total", text=text, mines=said["mines"].round().astype("Int64"))
    both = pd.concat([found, _statements(said, "mines", keep=["text"])], ignore_index=True)
    both["scope"] = np.where(both["text"].str.contains(_WITH_DEVICES, regex=True), MINES_AND_DEVICES, MINES)
    both["laid"] = both["text"].str.contains(_LAID, regex=True)
    keys = ["originator", "series", "value", "as_of"]
    return both.drop(columns="text").drop_duplicates(keys).sort_values(["as_of_first", "row_id"]).reset_index(drop=True)


def distinct_areas(areas: pd.DataFrame) -> pd.DataFrame:
    """Return each stated area once: of figures that are one another's rounding, the finest printed.

    A figure is another's rounding if they differ by no more than half a unit of its last digit, and 1 per cent.

    Returns
    -------
    DataFrame
        Rows of `areas`, in order of date and row.
    """
    order = areas.assign(unit=areas["value"].map(printed_unit)).sort_values(["unit", "as_of_first", "row_id"])
    kept: list[tuple[object, float]] = []
    chosen = []
    for index, category, value, unit in zip(order.index, order["category"], order["value"], order["unit"], strict=True):
        rounding = min(unit / 2, 0.01 * value)
        if not any(category == other and abs(value - finer) <= rounding for other, finer in kept):
            kept.append((category, value))
            chosen.append(index)
    return areas.loc[chosen].sort_values(["as_of_first", "row_id"])


def area_changes(areas: pd.DataFrame, *, category: str = "total", series: str = REGAINED) -> pd.DataFrame:
    """Return each step between successive different stated areas of a category, with who said them.

    Returns
    -------
    DataFrame
        `from_as_of`, `to_as_of`, `from_ha`, `to_ha`, `change_ha`, `ratio` (missing where the earlier area is 0),
        `from_originator`, `to_originator`, `from_source`, `to_source`.
    """
    own = areas[(areas["series"] == series) & (areas["category"] == category)]
    changed = distinct_areas(own)
    rows = [
        {
            "from_as_of": before["as_of"],
            "to_as_of": after["as_of"],
            "from_ha": before["value"],
            "to_ha": after["value"],
            "change_ha": after["value"] - before["value"],
            "ratio": after["value"] / before["value"] if before["value"] > 0 else np.nan,
            "from_originator": before["originator"],
            "to_originator": after["originator"],
            "from_source": before["source_id"],
            "to_source": after["source_id"],
        }
        for (_, before), (_, after) in zip(list(changed.iterrows())[:-1], list(changed.iterrows())[1:], strict=True)
    ]
    return pd.DataFrame(rows, columns=_CHANGE_COLUMNS)


def class_sums(areas: pd.DataFrame) -> pd.DataFrame:
    """Return, for each page that gives classes, their sum and the totals it is to be compared with.

    Returns
    -------
    DataFrame
        `source_id`, `as_of`, `originator`, `classes`, `high_ha`, `sum_ha`, `total_ha` (of the same page, else of the
        last statement before it), `total_as_of`, `rest_ha` (total less sum).
    """
    own = areas[areas["series"] == REGAINED]
    parts = own[own["category"].isin(["high", "medium", "medium_and_low", "low"])]
    totals = own[own["category"] == "total"].sort_values(["as_of_first", "row_id"])
    rows = []
    for (first, source), group in parts.groupby(["as_of_first", "source_id"]):
        same = totals[totals["source_id"] == source]
        before = totals[totals["as_of_first"] <= first] if same.empty else same
        if len(group) < 2 or before.empty:
            continue
        total = before.iloc[-1]
        rows.append(
            {
                "source_id": source,
                "as_of": group["as_of"].iloc[0],
                "originator": group["originator"].iloc[0],
                "classes": ", ".join(sorted(group["category"])),
                "high_ha": float(group.loc[group["category"] == "high", "value"].sum()),
                "sum_ha": float(group["value"].sum()),
                "total_ha": float(total["value"]),
                "total_as_of": total["as_of"],
                "rest_ha": float(total["value"] - group["value"].sum()),
            }
        )
    return pd.DataFrame(rows, columns=_CLASS_COLUMNS)


def older_lines(areas: pd.DataFrame) -> pd.DataFrame:
    """Return the dated areas of the older series, each with the `line` of one kind it belongs to.

    A line is one series, one class and one side of reporters: confirmed, suspected and total areas are never joined or
    added. Printed ranges and areas of battle, which are another hazard, are left out.

    Returns
    -------
    DataFrame
        Rows of `areas` with `line`, and `rose`: whether the area is more than 1 per cent above the one before it in its
        line; missing for the first of a line.
    """
    point = (areas["low"] >= areas["value"]) | ~np.isfinite(areas["high"]) | (areas["high"] <= areas["value"])
    own: pd.DataFrame = areas[
        areas["series"].isin(OLDER) & areas["as_of_first"].notna() & (areas["category"] != "battle_area")
    ]
    own = own[point.loc[own.index]].sort_values(["as_of_first", "row_id"])
    side = np.where(own["party"] == "nagorno_karabakh_de_facto", ", de facto authorities", "")
    own = own.assign(line=own["series"] + ", " + own["category"].str.replace("_", " ") + side)
    before = own.groupby("line")["value"].shift()
    rose = (own["value"] > 1.01 * before).astype("boolean").mask(before.isna())
    return own.assign(rose=rose).reset_index(drop=True)


def baseline_moves(areas: pd.DataFrame, clearance: pd.DataFrame) -> pd.DataFrame:
    """Return how stated areas moved between successive statements, against what was reported released meanwhile.

    Release is the range that running totals and months of the same geography allow; figures of other methods
    (cleared, reduced, cancelled) are parts of it and are not added. The unexplained change is what the second statement
    exceeds the first less release by: above 0 the baseline grew, below 0 it fell without reported release.

    Returns
    -------
    DataFrame
        `series`, `category`, `from_as_of`, `to_as_of`, `from_ha`, `to_ha`, `released_low_ha`, `released_high_ha`,
        `unexplained_low_ha`, `unexplained_high_ha` (infinite where release is not bounded), `reading`: one of
        :data:`READINGS`; differences under 1 per cent of the first area are taken as rounding.
    """
    rows = []
    dated = areas[areas["as_of_first"].notna()].sort_values(["series", "category", "as_of_first", "row_id"])
    for (series, category), group in dated.groupby(["series", "category"]):
        dates = {
            day for first, last in group[["as_of_first", "as_of_last"]].itertuples(index=False) for day in (first, last)
        }
        released = _released(clearance, str(series), sorted(dates))
        distinct = distinct_areas(group)
        for (_, before), (_, after) in zip(list(distinct.iterrows())[:-1], list(distinct.iterrows())[1:], strict=True):
            rows.append({"series": series, "category": category, **_move(before, after, released)})
    return pd.DataFrame(rows, columns=_MOVE_COLUMNS)


def _move(before: pd.Series, after: pd.Series, released: SumRanges) -> dict[str, object]:
    start, end = before["as_of_last"].toordinal() + 1, after["as_of_first"].toordinal() + 1
    low, high = released.between(start, end) if end > start else (0.0, np.inf)
    least = unexplained_change(before["value"], after["value"], released=low)
    most = unexplained_change(before["value"], after["value"], released=high)
    reading = _reading(after["value"] - before["value"], least, most, rounding=0.01 * before["value"])
    return {
        "from_as_of": before["as_of"],
        "to_as_of": after["as_of"],
        "from_ha": before["value"],
        "to_ha": after["value"],
        "released_low_ha": low,
        "released_high_ha": high,
        "unexplained_low_ha": least,
        "unexplained_high_ha": most,
        "reading": reading,
    }


def _reading(change: float, least: float, most: float, *, rounding: float) -> str:
    if change > rounding:
        return READINGS[0]
    if least > rounding:
        return READINGS[1]
    if most < -rounding:
        return READINGS[2]
    return READINGS[3] if np.isfinite(most) else READINGS[4]


def _released(clearance: pd.DataFrame, series: str, dates: list[pd.Timestamp]) -> SumRanges:
    places = [place for place, name in SERIES.items() if name == series]
    own = clearance[
        clearance["geography"].isin(places)
        & clearance["period_kind"].isin(["cumulative", "month", "year"])
        & clearance["group"].isin(["all operators", "ANAMA only"] if series != REGAINED else ["all operators"])
        & clearance["method"].isin(["unspecified", "released"])
    ]
    if series != REGAINED:
        own = own[own["period_kind"] != "year"]
    first = own["period_start_first"].min() if len(own) else pd.Timestamp(dates[0])
    statements = area_statements(own, inexact_rows="as bounds", record_start=first.date())
    days = [day for date in dates for day in (date.toordinal(), date.toordinal() + 1)]
    return sum_ranges(
        [
            PeriodSum(start=start.toordinal(), end=end.toordinal(), low=float(low), high=float(high))
            for start, end, low, high in statements[["start", "end", "low", "high"]].itertuples(index=False)
        ],
        points=days,
    )


def _statements(rows: pd.DataFrame, column: str, *, keep: list[str] | None = None) -> pd.DataFrame:
    allowed = bounds(rows, column)
    low_end, high_end = (rows[f"{column}_{end}"].astype("Float64").astype(float) for end in ("low", "high"))
    value = rows[column].astype("Float64").astype(float).fillna((low_end + high_end) / 2)
    frame = rows[[name for name in [*_COLUMNS, *_WHO, *(keep or [])] if name != "series"]].copy()
    frame.insert(2, "series", rows["geography"].map(SERIES))
    frame["value"] = value
    frame["low"] = low_end.fillna(allowed["low"].clip(lower=0.0))
    frame["high"] = high_end.fillna(allowed["high"])
    frame = frame[frame["series"].notna()]
    keys = ["originator", "series", "category", "value", "as_of"]
    return frame.drop_duplicates(keys).sort_values(["as_of_first", "row_id"]).reset_index(drop=True)
