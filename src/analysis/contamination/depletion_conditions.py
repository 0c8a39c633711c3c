"""Whether any published series of finds allows a number of what is left: each condition with the reason, and no number.

Leslie, DeLury, the removal estimators and Goel-Okumoto need a closed place, every item equally easy to find, and effort
that is measured. The methods are shown at work on made-up places instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from analysis.contamination.density_groups import densities_by_district
from analysis.contamination.results import PEACEKEEPERS, ContaminationStudy
from analysis.errors import InsufficientEvidence
from analysis.stats.depletion import Depletion, goel_okumoto, leslie

NOT_ESTIMABLE: Final = "not estimable"
_PLACE: Final = "no: each period is other land; finds fall or rise with where work is done"
_DETECTION: Final = "no: by hand, dogs and machines in unknown parts, over several kinds of device"
_HECTARES: Final = "partly: hectares reported, and nobody says what share of them was searched"
_COLUMNS: Final = ["series", "periods", "closed_place", "equally_easy_to_find", "measured_effort", "items_left"]

MADE_UP: Final = {
    "falls fast": (60, 30, 14, 8),
    "falls slowly": (60, 55, 57, 50),
    "does not fall": (40, 45, 60, 58),
}
"""Finds of four equal passes over one closed, made-up place."""


def series_against_conditions(study: ContaminationStudy) -> pd.DataFrame:
    """Return each published series of finds with its number of periods and whether it meets the conditions.

    Returns
    -------
    DataFrame
        `series`, `periods`, `closed_place`, `equally_easy_to_find`, `measured_effort`, `items_left`.
    """
    months = study.by_month[study.by_month["kind"] == "mines"]
    years = study.by_year[(study.by_year["kind"] == "mines") & study.by_year["months"].notna()]
    districts = densities_by_district(study.clearance, inexact_rows="as bounds")
    by_district = int(districts.groupby("district").size().max()) if len(districts) else 0
    peacekeepers = study.records.get(PEACEKEEPERS)
    totals = 0 if peacekeepers is None else int((peacekeepers.statements["period_kind"] == "cumulative").sum())
    closed_zone = "no: movement and new mines in the zone are alleged; its area cleared grows with each total"
    rows = [
        ("mines, printed months, all operators", len(months), _PLACE, _DETECTION, _HECTARES),
        ("mines, printed years, all operators", len(years), _PLACE, _DETECTION, _HECTARES),
        ("devices, running totals of a district (most)", by_district, _PLACE, _DETECTION, "no: rarely with an area"),
        ("devices, running totals of the peacekeepers' zone", totals, closed_zone, _DETECTION, _HECTARES),
        ("repeated passes over one area", 0, "would be met", "would have to be shown", "none published"),
    ]
    return pd.DataFrame([(*row, NOT_ESTIMABLE) for row in rows], columns=_COLUMNS)


def made_up_places(*, level: float) -> pd.DataFrame:
    """Return what the methods say of the made-up places: a finite range, a range without upper end, or no number.

    Returns
    -------
    DataFrame
        `place`, `found` (of four equal passes), `method`, `total`, `low`, `high` (infinite: no upper limit), `said`.
    """
    methods: dict[str, Callable[[tuple[int, ...]], Depletion]] = {
        "Leslie": lambda found: leslie(found, [1.0] * len(found), level=level),
        "Goel-Okumoto": lambda found: goel_okumoto(found, list(range(1, len(found) + 1)), level=level),
    }
    rows = [
        {"place": f"made up: {place}", "found": ", ".join(map(str, found)), "method": name, **_said(method, found)}
        for place, found in MADE_UP.items()
        for name, method in methods.items()
    ]
    return pd.DataFrame(rows)


def _said(method: Callable[[tuple[int, ...]], Depletion], found: tuple[int, ...]) -> dict[str, object]:
    try:
        made = method(found)
    except InsufficientEvidence as reason:
        return {"total": float("nan"), "low": float("nan"), "high": float("nan"), "said": f"{NOT_ESTIMABLE}: {reason}"}
    unbounded = made.interval.high == float("inf")
    said = "no upper limit: finds barely fall" if unbounded else "finite"
    return {"total": made.total, "low": made.interval.low, "high": made.interval.high, "said": said}
