"""Areas that are not part of the record, listed beside it with what the record allows for the same days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from analysis.contamination.clearance_record import RECORD_START, ClearanceRecord, area_statements
from analysis.contamination.coverage import ALL, REGION, UNDECIDED
from analysis.contamination.printed_precision import InexactRows

RECORD_METHOD: Final = "unspecified"
"""Method of the regular reports. A figure that names what was done to the land can be a part of theirs, or another
definition, so it is compared and not joined."""

_PARTS: Final = ("cleared", "reduced", "cancelled")  # of what is released

NAMES_A_METHOD: Final = "names what was done to the land: {method}; the regular reports do not"
COVERAGE_UNCLEAR: Final = "the page does not say whose work it counts, and its span is none of those compared"

COLUMNS: Final = [
    *("row_id", "source_id", "compared_with", "reason", "start", "end", "comparator", "area_ha", "low_ha", "high_ha"),
    "gap_ha",
]


def in_record(rows: pd.DataFrame) -> pd.Series:
    """Return which rows of a group belong to its record: those of the regular reports, which name no method."""
    return rows["method"] == RECORD_METHOD


def rows_set_aside(clearance: pd.DataFrame, places: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows with an area since November 2020 that are in no record, with `compared_with` and `reason`.

    Parameters
    ----------
    clearance
        Rows of clearance_period with their `group`.
    places
        Geography of the record of each group.
    """
    recent = clearance[(clearance["period_end_last"] > pd.Timestamp(RECORD_START)) & clearance["area_ha"].notna()]
    recent = recent[~recent["alternative"].fillna(False).astype(bool)]
    tables = [
        recent[(recent["group"] == group) & (recent["geography"] == place) & ~in_record(recent)].assign(
            compared_with=group, reason=lambda rows: [NAMES_A_METHOD.format(method=method) for method in rows["method"]]
        )
        for group, place in places.items()
    ]
    unclear = recent[(recent["group"] == UNDECIDED) & (recent["geography"] == REGION)]
    return pd.concat([*tables, unclear.assign(compared_with=ALL, reason=COVERAGE_UNCLEAR)], ignore_index=True)


def span_days(rows: pd.DataFrame, *, inexact_rows: InexactRows) -> list[pd.Timestamp]:
    """Return the first day and the first day after each span, in order: days at which a record has to know its sum."""
    spans = area_statements(rows, inexact_rows=inexact_rows)
    return sorted({*spans["start"], *spans["end"]})


def beside_record(
    rows: pd.DataFrame, records: Mapping[str, ClearanceRecord], *, inexact_rows: InexactRows
) -> pd.DataFrame:
    """Return each row set aside with the range its group's record allows for the same days.

    Returns
    -------
    DataFrame
        `row_id`, `source_id`, `compared_with` (group), `reason`, `start`, `end` (first day after), `comparator`,
        `area_ha`, `low_ha` and `high_ha` (of the record), `gap_ha`: 0 if the ranges meet, or if the figure is of a part
        (cleared, reduced, cancelled) and not above the record; else how far the record lies above the figure, or below
        it if negative. Rows of a group without a record are left out.
    """
    spans = area_statements(rows, inexact_rows=inexact_rows)
    spans = spans.merge(rows[["row_id", "compared_with", "reason", "method"]], on="row_id")
    spans["part"] = spans["method"].isin(_PARTS)
    found = [
        _compared(row, low, high)
        for _, row in spans.sort_values(["compared_with", "end", "row_id"]).iterrows()
        for low, high in _allowed(records, row)
    ]
    return pd.DataFrame(found, columns=COLUMNS)


def _allowed(records: Mapping[str, ClearanceRecord], row: pd.Series) -> Iterable[tuple[float, float]]:
    record = records.get(row["compared_with"])
    return () if record is None else (record.ranges.between(row["start"].toordinal(), row["end"].toordinal()),)


def _compared(row: pd.Series, low: float, high: float) -> dict[str, object]:
    below = 0.0 if row["part"] else max(low - row["high"], 0.0)  # a part may be smaller than the whole, never larger
    gap = below or min(high - row["low"], 0.0)
    stated = {name: row[name] for name in COLUMNS[:8]}
    return {**stated, "low_ha": low, "high_ha": high, "gap_ha": float(gap)}
