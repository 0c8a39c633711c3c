"""The count that cannot have grown into the next one: explanations side by side, and what each predicts.

Persons hurt on the former line are the total less those outside it. Both only grow, so a fall means that a printed
number is wrong or that the two statements count different things. No explanation is preferred here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.maps.outcomes import records
from analysis.maps.statements import OUTSIDE_LINE

CONSISTENT: Final = "fits the later counts"
CONTRADICTED: Final = "does not fit the later counts by itself"
OPEN: Final = "says nothing about the later counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly:
    """Two successive pairs of counts of which the second cannot follow the first.

    Parameters
    ----------
    outside, total
        The earlier pair.
    later_outside, later_total
        The later pair.
    as_of, later_as_of
        Their days.
    unit
        What is counted.
    sources
        Pages of both, sorted.
    """

    outside: int
    total: int
    later_outside: int
    later_total: int
    as_of: pd.Timestamp
    later_as_of: pd.Timestamp
    unit: str
    sources: tuple[str, ...]

    @property
    def on_line_change(self) -> int:
        """Change in the number on the former line; below 0 here, which a count that only grows cannot do."""
        return (self.later_total - self.later_outside) - (self.total - self.outside)

    @property
    def outside_range(self) -> tuple[int, int]:
        """Lowest and highest earlier number outside that the later pair allows, if the earlier total stands."""
        on_line_left = self.later_total - self.later_outside
        return max(0, self.total - on_line_left), min(self.total, self.later_outside)


def find_anomalies(counts: pd.DataFrame) -> tuple[Anomaly, ...]:
    """Return every successive pair of counts, by unit, in which the number outside, on the line or in all falls.

    Parameters
    ----------
    counts
        Table of :func:`analysis.maps.line_counts.line_counts`.
    """
    found = []
    for unit, group in counts.groupby("unit", sort=True):
        for before, after in pairwise(records(group)):
            if min(after[name] - before[name] for name in ("total", "outside", "on_line")) < 0:
                pages = {*before["source_ids"].split(", "), *after["source_ids"].split(", ")}
                found.append(
                    Anomaly(
                        outside=before["outside"],
                        total=before["total"],
                        later_outside=after["outside"],
                        later_total=after["total"],
                        as_of=before["as_of"],
                        later_as_of=after["as_of"],
                        unit=str(unit),
                        sources=tuple(sorted(pages)),
                    )
                )
    return tuple(found)


def one_digit_readings(anomaly: Anomaly) -> tuple[int, ...]:
    """Return every number that differs from the earlier number outside in one digit and fits the later pair."""
    low, high = anomaly.outside_range
    printed = str(anomaly.outside)
    readings = {
        int(printed[:place] + digit + printed[place + 1 :])
        for place in range(len(printed))
        for digit in "0123456789"
        if digit != printed[place] and not (place == 0 and digit == "0")
    }
    return tuple(sorted(reading for reading in readings if low <= reading <= high))


def same_number_before(anomaly: Anomaly, statements: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return earlier statements of the same number outside, with the total that the same page prints for that day.

    Parameters
    ----------
    anomaly
        As found.
    statements
        Table of :func:`analysis.maps.statements.as_statements`.
    totals
        Table `casualties_running_total`.

    Returns
    -------
    DataFrame
        `as_of`, `outside`, `total`, `share`, `source_id`; only pages that print both.
    """
    earlier = statements[
        (statements["topic"] == OUTSIDE_LINE)
        & (statements["unit_counted"] == anomaly.unit)
        & (statements["number"] == anomaly.outside)
        & (statements["as_of_last"] < anomaly.as_of)
    ]
    since_war = totals[(totals["period_start_first"] >= pd.Timestamp(2020, 9, 1)) & totals["total"].notna()]
    both = earlier.merge(
        since_war[["source_id", "as_of", "total"]], on=["source_id", "as_of"], suffixes=("", "_printed")
    )
    both = both.assign(outside=both["number"].astype("Int64"), share=both["number"] / both["total"].astype("Float64"))
    return both[["as_of", "outside", "total", "share", "source_id"]].sort_values("as_of", ignore_index=True)


def explanations(anomaly: Anomaly, earlier: pd.DataFrame, accidents: pd.DataFrame) -> pd.DataFrame:
    """Return each explanation with the number outside it implies at the earlier date, and what follows from it.

    Parameters
    ----------
    anomaly
        As found.
    earlier
        Table of :func:`same_number_before`.
    accidents
        Accident counts of :func:`analysis.maps.line_counts.line_counts`, for persons per accident on the same days.

    Returns
    -------
    DataFrame
        `explanation`, `outside_low`, `outside_high` (persons at the earlier date under the later definition; missing
        where it says nothing), `share_low`, `share_high` of the earlier total, `on_line_later_change_low` and `_high`,
        `persons_per_accident_outside`, `persons_per_accident_on_line` (of the low number, where accidents were counted
        on the same day), `predicts`, `verdict`.
    """
    low, high = anomaly.outside_range
    rows: list[dict[str, Any]] = [
        _as_printed(anomaly),
        *[_carried_over(anomaly, row) for row in records(earlier)],
        *[_one_digit(anomaly, reading) for reading in one_digit_readings(anomaly)],
        {
            "explanation": "another definition at the earlier date, for instance outside the records and not the line",
            "outside_low": None,
            "outside_high": None,
            "predicts": "the two numbers are not of one series; nothing about the later counts outside the line",
            "verdict": OPEN,
        },
        {
            "explanation": "the later numbers use a new definition or moved earlier persons across the line",
            "outside_low": low,
            "outside_high": high,
            "predicts": f"{low - anomaly.outside} to {high - anomaly.outside} persons of the earlier count were moved "
            "to outside; later counts go on from there",
            "verdict": CONSISTENT,
        },
    ]
    table = pd.DataFrame([_with_arithmetic(row, anomaly, accidents) for row in rows])
    whole = ["outside_low", "outside_high", "on_line_later_change_low", "on_line_later_change_high"]
    return table.astype(dict.fromkeys(whole, "Int64"))


def persons_per_accident(casualties: pd.DataFrame, accidents: pd.DataFrame) -> pd.DataFrame:
    """Return persons per accident outside and on the former line, for days on which both were counted.

    Raises
    ------
    InsufficientEvidence
        If no day has both counts.
    """
    both = casualties.merge(accidents, on="as_of", suffixes=("_persons", "_accidents"))
    if both.empty:
        raise InsufficientEvidence(
            "no day has both accidents and casualties counted outside the former line of contact"
        )
    return pd.DataFrame(
        {
            "as_of": both["as_of"],
            "outside": both["outside_persons"] / both["outside_accidents"],
            "on_line": both["on_line_persons"] / both["on_line_accidents"],
            "all": both["total_persons"] / both["total_accidents"],
        }
    )


def _as_printed(anomaly: Anomaly) -> dict[str, Any]:
    return {
        "explanation": "both as printed, one series",
        "outside_low": anomaly.outside,
        "outside_high": anomaly.outside,
        "predicts": f"the number on the line changes by {anomaly.on_line_change}, which a count cannot do",
        "verdict": CONTRADICTED,
    }


def _carried_over(anomaly: Anomaly, row: dict[str, Any]) -> dict[str, Any]:
    total, as_of = int(row["total"]), row["as_of"]
    return {
        "explanation": f"number outside carried over from {as_of}, when it stood beside {total}",
        "outside_low": anomaly.outside,
        "outside_high": anomaly.outside + anomaly.total - total,
        "predicts": f"at least {total - anomaly.outside} persons on the line on {as_of}, against "
        f"{anomaly.later_total - anomaly.later_outside} later: the fall stays",
        "verdict": CONTRADICTED,
    }


def _one_digit(anomaly: Anomaly, reading: int) -> dict[str, Any]:
    return {
        "explanation": f"one wrong digit: {reading} for {anomaly.outside}",
        "outside_low": reading,
        "outside_high": reading,
        "predicts": f"{anomaly.later_outside - reading} of the next {anomaly.later_total - anomaly.total} casualties "
        "outside the line",
        "verdict": CONSISTENT,
    }


def _with_arithmetic(row: dict[str, Any], anomaly: Anomaly, accidents: pd.DataFrame) -> dict[str, Any]:
    if row["outside_low"] is None:
        return row
    low, high = row["outside_low"], row["outside_high"]
    later_on_line = anomaly.later_total - anomaly.later_outside
    more = {
        "share_low": low / anomaly.total,
        "share_high": high / anomaly.total,
        "on_line_later_change_low": later_on_line - (anomaly.total - low),
        "on_line_later_change_high": later_on_line - (anomaly.total - high),
    }
    same_day = accidents[accidents["as_of"] == anomaly.as_of]
    if len(same_day):
        more["persons_per_accident_outside"] = low / int(same_day["outside"].iloc[0])
        more["persons_per_accident_on_line"] = (anomaly.total - low) / int(same_day["on_line"].iloc[0])
    return row | more
