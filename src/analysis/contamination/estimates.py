"""The study's headline numbers by key, and what is not estimated."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from analysis.contamination import record_estimates, task_estimates
from analysis.contamination.coverage import ALL
from analysis.contamination.horizon import LEFT, WHOLE
from analysis.contamination.results import ContaminationStudy
from analysis.contamination.stated import MINES, MINES_AND_DEVICES
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate


def study_estimates(study: ContaminationStudy) -> dict[str, Estimate]:
    """Return the headline numbers by key; :func:`missing_estimates` says why a number is left out."""
    return {key: made for key, made in _attempts(study).items() if isinstance(made, Estimate)}


def missing_estimates(study: ContaminationStudy) -> dict[str, InsufficientEvidence]:
    """Return, by quantity, why a number is not estimated; the study's own list first."""
    own = {key: made for key, made in _attempts(study).items() if isinstance(made, InsufficientEvidence)}
    return dict(study.not_estimable) | own


def _attempts(study: ContaminationStudy) -> dict[str, Estimate | InsufficientEvidence]:
    makers: dict[str, Callable[[], Estimate]] = {
        "stated_area_change_ha": lambda: task_estimates.stated_change(study),
        "area_since_november_2020_ha": lambda: record_estimates.area_since_start(study),
        "coverage_months_over_weeks": lambda: record_estimates.coverage_ratio(study),
        "mines_per_ha_last_over_first_year": lambda: record_estimates.density_ratio(study, "mines"),
        "uxo_per_ha_last_over_first_year": lambda: record_estimates.density_ratio(study, "uxo"),
        "density_ratio_needed_mines": lambda: task_estimates.needed(study, MINES),
        "density_ratio_at_most_mines_laid": lambda: task_estimates.needed_laid(study, MINES),
        "density_ratio_needed_all_devices": lambda: task_estimates.needed(study, MINES_AND_DEVICES),
        "years_to_release_whole_task": lambda: task_estimates.years(study, WHOLE),
        "years_to_release_left_at_date": lambda: task_estimates.years(study, LEFT),
        "years_left_of_longest_statement": lambda: task_estimates.statement(study),
        "usd_per_ha_of_stated_cost": lambda: task_estimates.cost(study),
        _armenia_key(study): lambda: task_estimates.armenia(study),
    }
    found = {key: _made(make) for key, make in makers.items()}
    return _yearly(study) | found


def _armenia_key(study: ContaminationStudy) -> str:
    year = task_estimates.armenia_year(study)
    return f"years_at_{'any' if year is None else year}_clearance_rate_armenia"


def _made(make: Callable[[], Estimate]) -> Estimate | InsufficientEvidence:
    try:
        return make()
    except InsufficientEvidence as reason:
        return reason


def _yearly(study: ContaminationStudy) -> dict[str, Estimate | InsufficientEvidence]:
    record = study.records[ALL]
    found: dict[str, Estimate | InsufficientEvidence] = {}
    for _, row in record.years[record.years["printed_ha"].notna()].iterrows():
        year = int(row["year"])
        found[f"area_reported_{year}_ha"] = record_estimates.year_area(study, row)
        found[f"share_of_year_area_in_printed_months_{year}"] = _made(partial(record_estimates.month_share, study, row))
    for _, row in study.by_year.iterrows():
        if row["kind"] in ("mines", "uxo"):
            name = f"{row['kind']}_found_per_ha_{str(row['span']).replace('-', '_')}"
            found[name] = record_estimates.density(row)
    return found
