"""What the study holds: every table under its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from analysis.contamination.clearance_record import ClearanceRecord
from analysis.contamination.coverage import Coverage
from analysis.contamination.implied import FoundSoFar
from analysis.errors import InsufficientEvidence

MINISTRY: Final = "Ministry of Defence"
PEACEKEEPERS: Final = "Russian peacekeepers"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ContaminationStudy:
    """Every table of the study. A table that could not be made is empty, and `not_estimable` says why.

    Parameters
    ----------
    last_date
        'Today': the last date of the evidence, or the end of the period if that is earlier.
    origin
        First day after the last printed year: where horizons start.
    labels
        Printed name by originator.
    parties, methods
        Rows by party; rows with an area by method.
    clearance
        Rows used, with their operator `group`.
    areas, mines, changes, classes, moves
        See :mod:`analysis.contamination.stated`.
    coverage
        None if the change of coverage could not be found.
    coverage_limits
        Limits of the ratio that find the same change; empty if none was found.
    records
        By operator group; groups without an area are missing.
    aside
        Areas that are in no record beside what the record allows: see :mod:`analysis.contamination.set_aside`.
    by_year, by_month
        See :mod:`analysis.contamination.density`.
    found, needed
        See :mod:`analysis.contamination.implied`.
    rates, scenarios, ranges
        See :mod:`analysis.contamination.horizon`.
    located, elsewhere, costs
        See :mod:`analysis.contamination.time_statements`.
    spent, not_divided
        See :mod:`analysis.contamination.money`.
    not_estimable
        What the evidence does not allow, by quantity.
    """

    last_date: date
    origin: pd.Timestamp
    labels: Mapping[str, str]
    parties: pd.DataFrame
    methods: pd.DataFrame
    clearance: pd.DataFrame
    areas: pd.DataFrame
    mines: pd.DataFrame
    changes: pd.DataFrame
    classes: pd.DataFrame
    moves: pd.DataFrame
    coverage: Coverage | None
    coverage_limits: tuple[float, ...]
    records: Mapping[str, ClearanceRecord]
    aside: pd.DataFrame
    by_year: pd.DataFrame
    by_month: pd.DataFrame
    found: FoundSoFar | None
    needed: pd.DataFrame
    rates: pd.DataFrame
    scenarios: pd.DataFrame
    ranges: pd.DataFrame
    located: pd.DataFrame
    elsewhere: pd.DataFrame
    costs: pd.DataFrame
    spent: pd.DataFrame
    not_divided: pd.DataFrame
    not_estimable: Mapping[str, InsufficientEvidence]
