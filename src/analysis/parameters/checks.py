"""Ranges of the parameters the studies share, checked by name.

The pipeline calls :func:`check_parameters` before a kernel starts, a study calls it when it is opened.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from analysis.errors import ParameterError

INEXACT_ROWS: Final = ("as printed", "as bounds", "leave out")


def check_parameters(values: Mapping[str, object]) -> None:
    """Check the range of each parameter whose name has a rule; other names are taken as they are.

    Parameters
    ----------
    values
        Values by name. Relative evidence folders are looked up from the working directory.

    Raises
    ------
    ParameterError
        With every value that is out of its range.
    """
    problems = range_problems(values)
    if problems:
        raise ParameterError("parameters out of range:\n" + "\n".join(f"  {problem}" for problem in problems))


def range_problems(values: Mapping[str, object]) -> list[str]:
    """Return what :func:`check_parameters` would complain of, one text a value; empty when all is in range."""
    problems = []
    for name, value in values.items():
        rule = CHECKS.get(name)
        problem = rule(value) if rule is not None else None
        if problem is not None:
            problems.append(f"{name}: {problem}, found {_shown(value)}")
    problems.extend(_order(values))
    return problems


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _folder(value: object) -> str | None:
    if value == "":
        return None
    if not isinstance(value, str) or "\0" in value or not Path(value).is_dir():
        return "the evidence folder must exist (or be empty for the repository's own)"
    return None


def _date(value: object) -> date | None:
    """Return the day; only YYYY-MM-DD, since `date.fromisoformat` alone would take 20240101 and week dates as well."""
    if not isinstance(value, str) or re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _day(value: object) -> str | None:
    return None if value is None or value == "" or _date(value) else "a date is written YYYY-MM-DD"


def _order(values: Mapping[str, object]) -> list[str]:
    start, end = _date(values.get("period_start")), _date(values.get("period_end"))
    problems = []
    if start is not None and end is not None and end < start:
        problems.append(f"period_end: must not be before period_start, found {start} to {end}")
    for low, high in _ORDERED:
        ends = values.get(low), values.get(high)
        if all(_is_number(end) for end in ends) and ends[0] > ends[1]:  # type: ignore[operator]
            problems.append(f"{high}: must not be below {low}, found {ends[0]} to {ends[1]}")
    return problems


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _confidence_level(value: object) -> str | None:
    return None if _is_number(value) and 0.5 < value < 1 else "must lie strictly between 0.5 and 1"  # type: ignore[operator]


def _originators(value: object) -> str | None:
    fits = isinstance(value, (list, tuple)) and all(isinstance(item, str) and item.strip() for item in value)
    return None if fits else "must be a list of originators' names"


def _one_of(*known: str) -> Callable[[object], str | None]:
    """Return the rule that a value is one of the texts."""
    return lambda value: None if value in known else "must be one of " + ", ".join(map(repr, known))


def _seed(value: object) -> str | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return None if fits else "must be a whole number, zero or more"


def _about_tolerance(value: object) -> str | None:
    return None if _is_number(value) and 0 <= value < 1 else "must be a share from 0 up to below 1"  # type: ignore[operator]


def _days(value: object) -> str | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and value >= 1
    return None if fits else "must be a whole number of days, one or more"


def _ratio(value: object) -> str | None:
    fits = _is_number(value) and 0 < value < math.inf  # type: ignore[operator]
    return None if fits else "must be a finite number above 0"


def _inner_share(value: object) -> str | None:
    return None if _is_number(value) and 0 < value < 1 else "must lie strictly between 0 and 1"  # type: ignore[operator]


def _inner_shares(value: object) -> str | None:
    fits = isinstance(value, (list, tuple)) and len(value) > 0 and all(_inner_share(item) is None for item in value)
    return None if fits else "must be a list of one or more shares strictly between 0 and 1"


def _shares_above_0(value: object) -> str | None:
    fits = isinstance(value, (list, tuple)) and len(value) > 0
    fits = fits and all(_is_number(item) and 0 < item <= 1 for item in value)  # type: ignore[attr-defined]
    return None if fits else "must be a list of one or more shares above 0, up to 1"


def _count(value: object) -> str | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and value >= 1
    return None if fits else "must be a whole number, one or more"


def _power_of_2(value: object) -> str | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and value >= 2 and value & (value - 1) == 0
    return None if fits else "must be a power of 2, two or more"


def _correlations(value: object) -> str | None:
    fits = isinstance(value, (list, tuple)) and len(value) > 0
    fits = fits and all(_is_number(item) and 0 <= item < 1 for item in value)  # type: ignore[attr-defined]
    return None if fits else "must be a list of one or more numbers from 0 up to below 1"


def _file(value: object) -> str | None:
    if value == "":
        return None
    fits = isinstance(value, str) and "\0" not in value and Path(value.partition("|")[0]).is_file()
    return None if fits else "the file must exist (or be empty for none)"


def _distances(value: object) -> str | None:
    given = list(value) if isinstance(value, (list, tuple)) and all(_is_number(item) for item in value) else []
    fits = len(given) > 0 and given == sorted({*given}) and given[0] >= 0 and given[-1] < math.inf
    return None if fits else "must be a list of one or more distances in metres, ascending, none below 0"


def _dates(value: object) -> str | None:
    readable = isinstance(value, (list, tuple)) and all(
        isinstance(item, str) and (_date(item) is not None or _date(f"{item}-01") is not None) for item in value
    )
    return None if readable else "must be a list of dates written YYYY-MM-DD, or YYYY-MM where no day is reported"


def _replicates(value: object) -> str | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and 20 <= value <= 100_000
    return None if fits else "must be a whole number from 20 to 100,000"


_ORDERED: Final = (
    ("relative_rate_low", "relative_rate_high"),
    ("nearly_from", "more_than_to"),
    ("unit_m2", "lot_m2"),
    ("targets_found", "targets_placed"),
    ("shift_step_m", "shift_reach_m"),
)

CHECKS: Final[dict[str, Callable[[object], str | None]]] = {
    "data": _folder,
    "period_start": _day,
    "period_end": _day,
    "confidence_level": _confidence_level,
    "exclude_originators": _originators,
    "inexact_rows": _one_of(*INEXACT_ROWS),
    "trend_family": _one_of("quasi-poisson", "poisson", "nb1", "nb2"),
    "early_counts": _one_of("occurred", "registered"),
    "seed": _seed,
    "replicates": _replicates,
    "armenian_list_dates": _dates,
    "azerbaijani_announcements": _dates,
    "other_dates": _dates,
    "merge_days": _days,
    "about_tolerance": _about_tolerance,
    "minimum_interval_days": _days,
    "minimum_increment_days": _days,
    "window_days": _days,
    "relative_rate_low": _ratio,
    "relative_rate_high": _ratio,
    "nearly_from": _inner_share,
    "more_than_to": _inner_share,
    **dict.fromkeys(
        ("records", "points", "checks", "survey_area", "survey_found", "strata", "region", "control_pairs"), _file
    ),
    "tolerances_m": _distances,
    "location_errors_m": _distances,
    "misplacement_m": _ratio,
    "record_error_m": _ratio,
    "block_m": _ratio,
    "shift_reach_m": _ratio,
    "shift_step_m": _ratio,
    "matching_m": _ratio,
    "relocations": _count,
    "worlds": _count,
    "draws": _count,
    "base_samples": _power_of_2,
    "capacity_change": _inner_share,
    "added_share": _inner_share,
    "lot_m2": _ratio,
    "unit_m2": _ratio,
    "unacceptable_units": _count,
    "targets_found": _count,
    "targets_placed": _count,
    "units_per_row": _count,
    "correlations": _correlations,
    "mined_land_shares": _inner_shares,
    "other_coverages": _shares_above_0,
    "check_sensitivities": _shares_above_0,
    "check_specificities": _shares_above_0,
}
"""Rule for each name: returns None for a value in range, else what the rule is. Extend by adding a name here."""
