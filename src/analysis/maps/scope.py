"""Which rows the study uses: handovers, statements about the records of this conflict, benchmarks from elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import Period
from analysis.evidence import Evidence
from analysis.evidence.accident_sizes import casualties_per_accident
from analysis.evidence.counted_accidents import counted_accidents
from analysis.evidence.selection import select
from analysis.maps.statements import as_statements

InexactRows = Literal["as printed", "as bounds", "leave out"]
"""What is done with figures stated as 'more than', 'about' and the like."""

COUNT_START: Final = date(2020, 11, 10)
"""The day the counts of accidents and casualties used here start from."""

GEOGRAPHY: Final = "districts that came under Azerbaijani control in 2020 and 2023"

WARNING: Final = (
    "Not for navigation, entry or release decisions; the national authority decides. "
    "No land is shown here to be free of mines."
)
"""Stands under every result that bears on where mines are."""

_BENCHMARK: Final = "BENCHMARK"
_PARTIES: Final = {
    "azerbaijan_authorities": "authorities of Azerbaijan",
    "azerbaijan_civil_society": "civil society of Azerbaijan",
    "armenia_authorities": "authorities of Armenia",
    "armenia_civil_society": "civil society of Armenia",
    "nagorno_karabakh_de_facto": "de facto authorities of Nagorno-Karabakh",
    "international_ngo": "international non-governmental organisations",
    "unknown": "a party not named",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MapRows:
    """The rows of one run of the study.

    Parameters
    ----------
    handovers
        Rows of `map_record`, in order of date and row.
    statements
        One row a statement about the records of this conflict or the mines they cover; see
        :func:`analysis.maps.statements.as_statements`.
    benchmarks
        Rows of `map_assessment` from other countries; the period does not apply to them.
    accidents
        Rows of `accidents` since the start of the count with at least one casualty and both the killed and the injured
        printed; only their sizes are used.
    period
        From the start of the count, or of the selection, to its end.
    """

    handovers: pd.DataFrame
    statements: pd.DataFrame
    benchmarks: pd.DataFrame
    accidents: pd.DataFrame
    period: Period


def map_rows(
    evidence: Evidence,
    *,
    period_start: str = "",
    period_end: str = "",
    exclude_originators: Collection[str] = (),
    inexact_rows: InexactRows = "as bounds",
) -> MapRows:
    """Return the rows of the study.

    Parameters
    ----------
    evidence
        The loaded evidence.
    period_start, period_end
        First and last day; empty for no limit. With a limit, undated statements are left out.
    exclude_originators
        Originators or parties whose statements, accounts of handovers and benchmarks are left out.
    inexact_rows
        'leave out' drops statements and benchmarks with another comparator than '='; rows without a figure stay. What
        the other two do is decided where a figure is used.

    Raises
    ------
    InsufficientEvidence
        If neither a handover nor a statement is left.
    """
    assessments = evidence.table("map_assessment")
    is_benchmark = assessments["definition"].fillna("").str.startswith(_BENCHMARK)
    statements = as_statements(
        assessments[~is_benchmark],
        evidence.table("claims"),
        evidence.table("contamination_estimate"),
        evidence.table("originators"),
    )
    dates = {"period_start": period_start, "period_end": period_end, "exclude_originators": exclude_originators}
    statements = _exactness(select(statements, date_column="as_of", **dates), inexact_rows)  # type: ignore[arg-type]
    handovers = select(evidence.table("map_record"), date_column="handed_over_on", **dates)  # type: ignore[arg-type]
    if statements.empty and handovers.empty:
        raise InsufficientEvidence(
            f"no handover and no statement about minefield records is left in {period_start or 'the beginning'} to "
            f"{period_end or 'the end'} without {', '.join(sorted(exclude_originators)) or 'exclusions'}; "
            "widen the period or exclude fewer originators"
        )
    benchmarks = select(assessments[is_benchmark], exclude_originators=exclude_originators)
    return MapRows(
        handovers=handovers.sort_values(["handed_over_on_last", "handed_over_on_first", "row_id"], ignore_index=True),
        statements=statements,
        benchmarks=_exactness(benchmarks, inexact_rows).sort_values("row_id", ignore_index=True),
        accidents=_accidents(evidence, period_end),
        period=_period(evidence, period_start, period_end),
    )


def whose_figures(rows: MapRows) -> pd.DataFrame:
    """Return how many handover accounts and statements each party and originator gives, with the share of all.

    Benchmarks, which come from other countries, are not counted.
    """
    both = pd.concat([rows.handovers[["party", "originator"]], rows.statements[["party", "originator"]]])
    counted = both.groupby(["party", "originator"], sort=True).size().rename("rows").reset_index()
    counted["share_of_rows"] = counted["rows"] / len(both)
    return counted.sort_values(["rows", "originator"], ascending=[False, True], ignore_index=True)


def party_shares(rows: MapRows) -> pd.DataFrame:
    """Return rows and their share by party, most rows first."""
    counted = whose_figures(rows).groupby("party", sort=True)[["rows", "share_of_rows"]].sum().reset_index()
    return counted.sort_values(["rows", "party"], ascending=[False, True], ignore_index=True)


def party_words(party: str) -> str:
    """Return the name of a party in words."""
    return _PARTIES.get(party, party.replace("_", " "))


def _exactness(frame: pd.DataFrame, inexact_rows: InexactRows) -> pd.DataFrame:
    if inexact_rows != "leave out":
        return frame
    exact = frame["comparator"].isna() | (frame["comparator"] == "=")
    return frame[exact].reset_index(drop=True)


def _accidents(evidence: Evidence, period_end: str) -> pd.DataFrame:
    accidents = select(counted_accidents(evidence), date_column="date", period_start=COUNT_START, period_end=period_end)
    casualties = casualties_per_accident(accidents)
    # An accident whose size nobody printed tells nothing about how sizes vary.
    kept = accidents.assign(casualties=casualties)[casualties.fillna(0) > 0]
    return kept.sort_values("accident_id", ignore_index=True)


def _period(evidence: Evidence, period_start: str, period_end: str) -> Period:
    start = date.fromisoformat(period_start) if period_start else COUNT_START
    end = date.fromisoformat(period_end) if period_end else evidence.last_date
    if end < start:
        raise InsufficientEvidence(
            f"the period {start} to {end} has no day; the last date in the evidence is {evidence.last_date}"
        )
    return Period(start=start, end=end)
