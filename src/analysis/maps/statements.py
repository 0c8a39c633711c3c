"""Every published statement that bears on how good the minefield records are, with its unit and comparator.

Statements stand in three evidence tables. Shares are printed in per cent there and are 0 to 1 from here on.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from analysis.evidence.comparators import bounds

RIGHT: Final = "share of the records that is right"
COVERED: Final = "share of mines that the records contain"
OUTSIDE_RECORDS: Final = "share of accidents outside the records"
OUTSIDE_LINE: Final = "share outside the former line of contact"
ON_RECORDS: Final = "mines on the records"
LAID: Final = "mines laid"
EXISTING: Final = "which records exist"

_ASSESSED: Final = {
    "accuracy_share": RIGHT,
    "usefulness_share": RIGHT,
    "coverage_share": COVERED,
    "outside_mapped_share": OUTSIDE_RECORDS,
    "outside_line_of_contact": OUTSIDE_LINE,
    "mines_on_maps": ON_RECORDS,
}
_CLAIMED: Final = {
    "map_accuracy_share": RIGHT,
    "map_reliability": RIGHT,
    "maps_coverage": COVERED,
    "outside_mapped_share": OUTSIDE_RECORDS,
    "share_of_incidents_outside_records": OUTSIDE_RECORDS,
    "incident_share_outside_provided_maps": OUTSIDE_RECORDS,
    # "Inward of the line" in this row means behind it; the row's note says that the direction is that of "outside".
    "incident_share_inside_of_former_line_of_contact": OUTSIDE_LINE,
    "incident_share_outside_former_line_of_contact": OUTSIDE_LINE,
    "incidents_outside_former_line_of_contact": OUTSIDE_LINE,
    "victims_outside_former_line_of_contact": OUTSIDE_LINE,
    "casualties_outside_former_front_line": OUTSIDE_LINE,
    "mines_laid_estimate": LAID,
    "mines_on_withheld_maps": EXISTING,
    "forms_handed_over": EXISTING,
    "number_of_map_transfers": EXISTING,
    "share_of_maps_given": EXISTING,
    "all_maps_given_claim": EXISTING,
    "maps_handed_over_claim": EXISTING,
    "maps_existence_denied": EXISTING,
    "no_records_for_retreat_mines": EXISTING,
    "where_mines_were_laid": EXISTING,
}
_SHARE_TOPICS: Final = (RIGHT, COVERED, OUTSIDE_RECORDS, OUTSIDE_LINE)
_PER_CENT_UNITS: Final = ("percent", "per cent")
_PLACES: Final = ("azerbaijan", "regained_districts")
_PERSONS: Final = re.compile(r"victim|death|people|casualt", re.IGNORECASE)
_RANGE: Final = re.compile(r"(?:Stated as|Range) (\d+)-(\d+)")

COLUMNS: Final = (
    "row_id", "source_id", "as_of", "as_of_first", "as_of_last", "as_of_precision", "topic", "unit_counted", "share",
    "share_low", "share_high", "number", "denominator", "comparator", "geography", "definition", "attributed_to",
    "originator", "party", "notes",
)  # fmt: skip


def as_statements(
    assessments: pd.DataFrame, claims: pd.DataFrame, estimates: pd.DataFrame, originators: pd.DataFrame
) -> pd.DataFrame:
    """Return one row a statement, in order of date and row.

    A statement that two evidence tables hold is kept once: a claim or estimate from the same page about the same topic
    with the same figure as an assessment adds nothing. Copies on other pages stay, as further prints.

    Parameters
    ----------
    assessments
        Rows of `map_assessment` without benchmarks.
    claims
        Table of claims; only quantities about records, places of accidents and mines laid are taken.
    estimates
        Table `contamination_estimate`; only totals of mines are taken.
    originators
        Table of originators; names the speaker of an estimate, whose table has no such column.

    Returns
    -------
    DataFrame
        `topic`; `unit_counted` ('accident', 'casualty', 'mine' or 'record'); `share`, `share_low`, `share_high` (0 to
        1, as the comparator or a stated range allows; missing without a printed share); `number` and `denominator`
        (counts where printed, or the number of mines); comparator, geography, definition, attributed_to, originator,
        party, notes and the dates as in the evidence.
    """
    parts = (_assessed(assessments), _claimed(claims), _estimated(estimates, originators))
    table = pd.concat([part[list(COLUMNS)] for part in parts], ignore_index=True)
    return table[~_repeats(table)].sort_values(["as_of_last", "as_of_first", "row_id"], ignore_index=True)


def has_counts(statements: pd.DataFrame) -> pd.Series:
    """Say for each statement whether both a numerator and a denominator were published."""
    return statements["number"].notna() & statements["denominator"].notna()


def first_seen(statements: pd.DataFrame) -> pd.Series:
    """Return the earliest statement: that whose latest possible day comes first; undated ones are passed over."""
    dated = statements[statements["as_of_last"].notna()]
    return dated.sort_values(["as_of_last", "row_id"]).iloc[0]


def is_unverified(statements: pd.DataFrame) -> pd.Series:
    """Say for each statement whether its note calls the figure unverified."""
    return statements["notes"].fillna("").str.contains("unverified", case=False)


def is_printed_range(statements: pd.DataFrame) -> pd.Series:
    """Say for each statement whether its share was printed as a range; the table then holds the middle of it."""
    return (statements["comparator"].eq("~") & (statements["share_low"] < statements["share_high"])).fillna(value=False)


def printed_share(row: pd.Series) -> str:
    """Return the share of a statement as printed: '25 %', 'about 55 %', '20 to 25 %', or 'no figure'."""
    words = {">": "more than ", ">=": "at least ", "<": "below ", "<=": "up to ", "~": "about "}
    if pd.isna(row["share"]):
        return "no figure"
    if row["comparator"] == "~" and row["share_low"] < row["share_high"]:
        return f"{100 * row['share_low']:.3g} to {100 * row['share_high']:.3g} %"
    return f"{words.get(str(row['comparator']), '')}{100 * row['share']:.3g} %"


def _assessed(rows: pd.DataFrame) -> pd.DataFrame:
    topic = rows["quantity"].map(_ASSESSED)
    frame = rows[topic.notna()].assign(topic=topic[topic.notna()])
    is_share = frame["topic"].isin(_SHARE_TOPICS)
    frame["number"] = frame["numerator"].where(is_share, frame["value"])
    # A share derived from two printed counts has all their digits, not those of the table's rounded value.
    frame["value"] = (100 * frame["numerator"] / frame["denominator"]).fillna(frame["value"])
    return _with_shares(frame, is_share)


def _claimed(claims: pd.DataFrame) -> pd.DataFrame:
    topic = claims["quantity"].map(_CLAIMED)
    kept = topic.notna() & (claims["geography"].isin(_PLACES) | (topic == EXISTING) | claims["value"].isna())
    frame = claims[kept].assign(topic=topic[kept]).rename(columns={"claim_id": "row_id", "statement": "definition"})
    is_share = frame["topic"].isin(_SHARE_TOPICS) & frame["unit"].isin(_PER_CENT_UNITS)
    frame["number"] = frame["value"].astype("Float64").mask(is_share)
    frame["denominator"] = pd.Series(pd.NA, index=frame.index, dtype="Float64")
    return _with_shares(frame, is_share)


def _estimated(estimates: pd.DataFrame, originators: pd.DataFrame) -> pd.DataFrame:
    of_all = (estimates["category"] == "total") & estimates["geography"].isin(_PLACES)
    on_records = estimates["geography"] == "recorded_minefields"
    frame = estimates[estimates["mines"].notna() & (of_all | on_records)].copy()
    frame["topic"] = np.where(on_records[frame.index], ON_RECORDS, LAID)
    frame["value"] = frame["number"] = frame["mines"].astype("Float64")
    frame["denominator"] = pd.Series(pd.NA, index=frame.index, dtype="Float64")
    frame["definition"] = "count; " + frame["notes"].fillna("number of mines")
    names = originators.set_index("originator_id")["name"]
    frame["attributed_to"] = frame["originator"].map(names).fillna(frame["originator"])
    return _with_shares(frame, pd.Series(data=False, index=frame.index))


def _with_shares(frame: pd.DataFrame, is_share: pd.Series) -> pd.DataFrame:
    stated = bounds(frame, "value")
    frame = frame.assign(unit_counted=_unit(frame))
    frame["share"] = (frame["value"].astype("Float64") / 100).where(is_share)
    for end, limit in (("low", 0.0), ("high", 1.0)):
        cut = stated[end].clip(0.0, 100.0).fillna(100 * limit) / 100
        frame[f"share_{end}"] = cut.astype("Float64").where(frame["share"].notna())
    ranges = frame["notes"].fillna("").str.extract(_RANGE).astype("Float64") / 100
    in_range = frame["share"].notna() & ranges[0].notna()
    frame["share_low"] = frame["share_low"].mask(in_range, ranges[0])
    frame["share_high"] = frame["share_high"].mask(in_range, ranges[1])
    return frame


def _repeats(table: pd.DataFrame) -> pd.Series:
    """Say which claims and estimates say again what another row of the same page says, by share or by count."""
    of_page = ["source_id", "topic", "unit_counted", "comparator"]
    assessed = table["row_id"].str.startswith("ma-")
    # Of a claim and an estimate that say the same, the one with a date is kept.
    order = table.assign(other=~assessed, undated=table["as_of_last"].isna())
    order = order.sort_values(["other", "undated"], kind="stable")
    found = pd.Series(data=False, index=table.index)
    for figure in ("share", "number"):
        printed = order[figure].astype("Float64").round(9)
        again = order.assign(printed=printed).duplicated([*of_page, "printed"], keep="first") & printed.notna()
        found |= again.reindex(table.index)
    # Two assessments of one page are two statements, e.g. of two places.
    return found & ~assessed


def _unit(frame: pd.DataFrame) -> pd.Series:
    places = frame["topic"].isin([OUTSIDE_LINE, OUTSIDE_RECORDS])
    # A casualty is named beside the accident it happened in; a share of accidents names no persons.
    persons = places & frame["definition"].fillna("").str.contains(_PERSONS)
    unit = pd.Series("mine", index=frame.index, dtype="str").mask(frame["topic"].isin([RIGHT, EXISTING]), "record")
    return unit.mask(places, "accident").mask(persons, "casualty")
