"""How the headline numbers move with the choices a careful reader could make, and with one known mistake."""

from __future__ import annotations

import math
from typing import Final, TypedDict

import pandas as pd

from analysis.contamination.attribution import PARTY_LABELS
from analysis.contamination.clearance_record import MonthStatus
from analysis.contamination.coverage import ALL, ANAMA, REGION
from analysis.contamination.estimates import study_estimates
from analysis.contamination.printed_precision import InexactRows
from analysis.contamination.results import ContaminationStudy
from analysis.contamination.study import study_contamination
from analysis.errors import AnalysisError
from analysis.estimate import Estimate
from analysis.evidence import Evidence


class Choices(TypedDict):
    """The parameters of the study."""

    period_start: str
    period_end: str
    exclude_originators: list[str]
    inexact_rows: InexactRows
    minimum_increment_days: int
    confidence_level: float


COMPARED: Final = (
    "area_since_november_2020_ha",
    "mines_per_ha_last_over_first_year",
    "density_ratio_needed_mines",
    "years_to_release_whole_task",
    "years_to_release_left_at_date",
)


NOT_ESTIMABLE: Final = "not estimable"


def by_choice(evidence: Evidence, choices: Choices) -> pd.DataFrame:
    """Return the compared numbers under other choices, one row a choice.

    Inexact rows three ways; each body that states the total area or a year's area left out, then each of their parties;
    longer increments.

    Returns
    -------
    DataFrame
        Index `choice`; for each compared number its value, with its interval where it has one; or that it is not
        estimable.
    """
    variants: dict[str, Choices] = {"as chosen": choices}
    inexact: tuple[InexactRows, ...] = ("as printed", "as bounds", "leave out")
    for rule in inexact:
        if rule != choices["inexact_rows"]:
            variants[f"inexact rows: {rule}"] = {**choices, "inexact_rows": rule}
    for body in _speakers(evidence, "originator"):
        if body not in choices["exclude_originators"]:
            left_out = [*choices["exclude_originators"], body]
            variants[f"without rows of {body}"] = {**choices, "exclude_originators": left_out}
    for party in _speakers(evidence, "party"):
        if party not in choices["exclude_originators"]:
            left_out = [*choices["exclude_originators"], party]
            name = f"without {PARTY_LABELS.get(party, party)}"
            variants[name] = {**choices, "exclude_originators": left_out}
    variants["increments of a year or more"] = {**choices, "minimum_increment_days": 365}
    rows = {name: _numbers(evidence, variant) for name, variant in variants.items()}
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(COMPARED))
    frame.index.name = "choice"
    return frame


def mixed_month_sums(study: ContaminationStudy) -> pd.DataFrame:
    """Return what the mistake of joining months of different coverage would do to the sums of months.

    Returns
    -------
    DataFrame
        `year`, `printed_ha`, `months_all_operators_ha`, `months_anama_only_ha`, `joined_ha` (the mistake).
    """
    years = study.records[ALL].years[["year", "printed_ha", "months_sum_ha"]]
    years = years.rename(columns={"months_sum_ha": "months_all_operators_ha"})
    if ANAMA not in study.records:
        return years.assign(months_anama_only_ha=0.0, joined_ha=years["months_all_operators_ha"])
    whole, part = study.records[ALL].months, study.records[ANAMA].months
    taken = whole.loc[whole["status"] == MonthStatus.OBSERVED, "month"]
    own = part[(part["status"] == MonthStatus.OBSERVED) & ~part["month"].isin(taken)]
    sums = own.groupby(own["month"].dt.year)["printed_ha"].sum()
    years = years.assign(months_anama_only_ha=years["year"].map(sums).fillna(0.0))
    years["joined_ha"] = years["months_all_operators_ha"] + years["months_anama_only_ha"]
    return years.assign(year=years["year"].astype(str)).reset_index(drop=True)


def _speakers(evidence: Evidence, column: str) -> list[str]:
    """Return the originators, or parties, of total areas and of yearly areas of the regained districts, sorted."""
    stated, clearance = evidence.table("contamination_estimate"), evidence.table("clearance_period")
    totals = stated[(stated["geography"] == REGION) & (stated["category"] == "total") & stated["area_ha"].notna()]
    years = clearance[(clearance["geography"] == REGION) & (clearance["period_kind"] == "year")]
    return sorted({str(name) for name in [*totals[column], *years[column]]})


def _numbers(evidence: Evidence, choices: Choices) -> list[str]:
    try:
        found = study_estimates(study_contamination(evidence, **choices))
    except AnalysisError:
        return [NOT_ESTIMABLE] * len(COMPARED)
    texts = []
    for key in COMPARED:
        estimate = found.get(key)
        texts.append(NOT_ESTIMABLE if estimate is None else _text(estimate))
    return texts


def _text(estimate: Estimate) -> str:
    value, interval = _short(estimate.value), estimate.interval
    return value if interval is None else f"{value} ({_short(interval.low)} to {_short(interval.high)})"


def _short(number: float) -> str:
    if math.isinf(number):
        return "no end"
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"
