"""Where the evidence disagrees with itself: findings for the reader, not faults that stop the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from analysis.evidence import findings_clearance, findings_other, findings_periods, findings_totals
from analysis.evidence.findings import Finding, findings_table
from analysis.evidence.geometry import polygon_areas_km2
from analysis.evidence.package import Evidence

_TOTALS, _PERIODS = findings_totals.TABLE, findings_periods.TABLE
_CLEARANCE = findings_clearance.TABLE
_Check = Callable[..., Iterator[Finding]]
# The order is that of the printed table: casualties, records, clearance, the rest.
_CHECKS: tuple[tuple[_Check, tuple[str, ...]], ...] = (
    (findings_totals.falling_totals, (_TOTALS,)),
    (findings_totals.totals_of_one_date, (_TOTALS,)),
    (findings_totals.all_time_identity, (_TOTALS,)),
    (findings_periods.differing_counts, (_PERIODS,)),
    (findings_periods.years_and_differences, (_PERIODS, _TOTALS)),
    (findings_periods.intervals_and_totals, (_PERIODS, _TOTALS)),
    (findings_other.shares_and_counts, ("map_assessment",)),
    (findings_other.nested_counts, ("map_assessment",)),
    (findings_clearance.tenfold_neighbours, (_CLEARANCE,)),
    (findings_clearance.repeated_periods, (_CLEARANCE,)),
    (findings_clearance.differing_renderings, (_CLEARANCE,)),
    (findings_clearance.falling_cumulatives, (_CLEARANCE,)),
    (findings_clearance.sums_of_years, (_CLEARANCE,)),
    (findings_clearance.devices_and_kinds, (_CLEARANCE,)),
    (findings_other.stated_areas, ("contamination_estimate",)),
    (findings_other.places_and_totals, ("returns",)),
)


def findings(evidence: Evidence) -> pd.DataFrame:
    """Return the findings of a package: columns rule, table, rows, size, detail.

    The checks run on the tables as printed, so that a slip stays visible after it was corrected or set aside; `detail`
    says when a decision deals with it. A table that the package does not have is not checked. The result does not
    depend on the order of rows in the files.
    """
    found = [
        *_totals(evidence),
        *(
            each
            for check, tables in _CHECKS
            if all(name in evidence.names for name in tables)
            for each in check(*(evidence.printed(name) for name in tables))
        ),
    ]
    if "districts" in evidence.names:
        found += findings_other.district_areas(evidence.printed("districts"), polygon_areas_km2(evidence))
    return findings_table(
        found, set_aside=evidence.exclusions["row_id"], corrected=evidence.corrections["row_id"].drop_duplicates()
    )


def _totals(evidence: Evidence) -> Iterator[Finding]:
    for name in (_TOTALS, _PERIODS):
        if name in evidence.names:
            yield from findings_totals.parts_and_totals(evidence.printed(name), name)
    if _TOTALS in evidence.names:
        yield from findings_totals.late_figures(evidence.printed(_TOTALS), evidence.table(_TOTALS))
