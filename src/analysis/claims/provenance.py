"""How a number travels: first seen, by whom, each later print, and what changed in wording or scope on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.claims.beside import who_said
from analysis.claims.reading import number_from
from analysis.claims.stated import Range
from analysis.claims.wording import stated_words
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Period, sorted_union
from analysis.evidence import Evidence
from analysis.maps.definitions import meaning_of
from analysis.maps.statements import LAID, OUTSIDE_LINE, OUTSIDE_RECORDS, RIGHT, as_statements, printed_share

_COLUMNS: Final = (
    "number", "row", "as_of", "as_of_first", "as_of_last", "originator", "party", "who", "figure", "of", "where",
    "repeats", "source_id",
)  # fmt: skip
_BENCHMARK: Final = "BENCHMARK"
_YEARS: Final = "years to clear"
# Columns that are compared from print to print.
_CHANGES: Final[Mapping[str, str]] = {"figure": "wording", "of": "meaning", "where": "place"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Travelling:
    """A number whose prints are followed.

    Parameters
    ----------
    name
        The number with its unit, as readers know it.
    topic
        What its statements are about; those with another figure are listed too.
    beside
        Another topic whose figures are shown beside it and are never counted as prints of the number.
    figure
        Values that count as the number.
    """

    name: str
    topic: str
    beside: str = ""
    figure: Range

    def repeated_by(self, row: pd.Series) -> bool:
        """Return whether a statement prints the number: of its topic, and within the values that count as it."""
        within = self.figure.low <= row["low"] and row["high"] <= self.figure.high
        return bool(within and row["topic"] == self.topic)


NUMBERS: Final = (
    Travelling(name="25 per cent of the records right", topic=RIGHT, figure=Range(low=0.245, high=0.255)),
    Travelling(
        name="55 per cent of explosions outside the records",
        topic=OUTSIDE_RECORDS,
        beside=OUTSIDE_LINE,
        figure=Range(low=0.545, high=0.555),
    ),
    Travelling(name="1.5 million mines", topic=LAID, figure=Range(low=1.45e6, high=1.55e6)),
    Travelling(name="30 years to clear", topic=_YEARS, figure=Range(low=29.5, high=30.5)),
)
"""What counts as a number is its rounding; the rows are found by their quantity."""


def prints_of(evidence: Evidence, numbers: Sequence[Travelling] = NUMBERS) -> pd.DataFrame:
    """Return every statement of the topics of each number, in order of its date.

    Parameters
    ----------
    evidence
        The loaded evidence.
    numbers
        The numbers followed.

    Returns
    -------
    DataFrame
        number; row; as_of with its first and last day; originator, party, who; figure (as worded); of (what it is a
        share or number of, read from its wording); where; repeats (whether it is the number); source_id. A statement
        that two tables hold stands once. Undated statements come last.

    Raises
    ------
    InsufficientEvidence
        If no table holds a statement of any of the numbers.
    """
    said = pd.concat([_shares_and_mines(evidence), _years(evidence)], ignore_index=True)
    parts = []
    for number in numbers:
        rows = said[said["topic"].isin([number.topic, number.beside])].copy()
        rows["number"] = number.name
        rows["repeats"] = [number.repeated_by(row) for _, row in rows.iterrows()]
        parts.append(rows)
    table = pd.concat(parts, ignore_index=True)
    if table.empty:
        raise InsufficientEvidence("no statement of any of the numbers stands in this evidence package")
    table = table.sort_values(["as_of_last", "as_of_first", "row"], kind="stable", na_position="last")
    order = {number.name: place for place, number in enumerate(numbers)}
    table = table.sort_values("number", key=lambda column: column.map(order), kind="stable")
    return table[list(_COLUMNS)].reset_index(drop=True)


def journeys(prints: pd.DataFrame) -> pd.DataFrame:
    """Return one row a number: first and last dated print, by whom, prints, originators, parties, wordings, rivals.

    `own_prints` is the share of the prints (0 to 1) that come from the party that printed it first.
    """
    rows = []
    for name, group in prints.groupby("number", sort=False):
        repeats = group[group["repeats"]]
        dated = repeats[repeats["as_of_last"].notna()]
        if dated.empty:
            continue
        first = dated.iloc[0]
        rows.append(
            {
                "number": name,
                "first_seen": first["as_of"],
                "by": first["who"],
                "last_seen": dated.iloc[-1]["as_of"],
                "prints": len(repeats),
                "originators": repeats["originator"].nunique(),
                "parties": repeats["party"].nunique(),
                "meanings": repeats["of"].nunique(),
                "own_prints": float((repeats["party"] == first["party"]).mean()),
                "other figures of the topic": len(group) - len(repeats),
            }
        )
    columns = ["number", "first_seen", "by", "last_seen", "prints", "originators", "parties", "meanings"]
    return pd.DataFrame(rows, columns=[*columns, "own_prints", "other figures of the topic"]).set_index("number")


def journey_estimates(prints: pd.DataFrame) -> dict[str, Estimate]:
    """Return for each number the share of its prints that come from the party that printed it first, by key."""
    estimates = {}
    for name, group in prints[prints["repeats"] & prints["as_of_last"].notna()].groupby("number", sort=False):
        own = group["party"] == group["party"].iloc[0]
        estimates[f"first_party_share_of_{str(name).replace(' ', '_').replace('.', '_')}"] = Estimate(
            quantity=f"dated prints of '{name}' by the party that printed it first",
            value=float(own.mean()),
            unit="share",
            interval=None,
            method="count of prints; a statement that two tables hold counts once",
            n=len(group),
            n_unit="dated prints",
            period=Period(start=group["as_of_first"].min().date(), end=group["as_of_last"].max().date()),
            geography="Azerbaijan",
            sources=sorted_union(group["source_id"]),
        )
    return estimates


def with_changes(prints: pd.DataFrame) -> pd.DataFrame:
    """Return the dated prints of each number with what changed against the print before.

    Returns
    -------
    DataFrame
        number, as_of, who, figure, of, where, new_voice (whether its originator prints it for the first time),
        changed (which of wording, meaning and place differ from the print before), row.
    """
    dated = prints[prints["repeats"] & prints["as_of_last"].notna()]
    before = dated.groupby("number", sort=False)[list(_CHANGES)].shift()
    changed = []
    for (_, row), (_, last) in zip(dated.iterrows(), before.iterrows(), strict=True):
        differs = [word for column, word in _CHANGES.items() if row[column] != last[column]]
        changed.append("first print" if last.isna().all() else ", ".join(differs))
    table = dated.assign(new_voice=~dated.duplicated(["number", "originator"]), changed=changed)
    return table[["number", "as_of", "who", "figure", "of", "where", "new_voice", "changed", "row"]]


def journey_marks(evidence: Evidence, prints: pd.DataFrame) -> pd.DataFrame:
    """Return one mark a dated print: number, lane (who counted or spoke), party, date, figure, repeats, of, source_id.

    Lanes are in order of their first print; a print dated by month or year stands in its middle.
    """
    names = evidence.table("originators").set_index("originator_id")["name"]
    dated = prints[prints["as_of_last"].notna()]
    middle = dated["as_of_first"] + (dated["as_of_last"] - dated["as_of_first"]) / 2
    marks = dated.assign(lane=dated["originator"].map(names), date=middle.dt.normalize())
    return marks[["number", "lane", "party", "date", "figure", "repeats", "of", "source_id"]].reset_index(drop=True)


def _shares_and_mines(evidence: Evidence) -> pd.DataFrame:
    assessed = evidence.table("map_assessment")
    rows = as_statements(
        assessed[~assessed["definition"].str.startswith(_BENCHMARK)],
        evidence.table("claims"),
        evidence.table("contamination_estimate"),
        evidence.table("originators"),
    )
    rows = rows[rows["share"].notna() | ((rows["topic"] == LAID) & rows["number"].notna())]
    laid = rows["topic"] == LAID
    value = rows["share"].where(~laid, rows["number"]).astype(float)
    is_range = (rows["comparator"] == "~") & (rows["share_low"] < rows["share_high"]).fillna(value=False)
    return rows.assign(
        row=rows["row_id"],
        low=value.where(~is_range, rows["share_low"]).astype(float),
        high=value.where(~is_range, rows["share_high"]).astype(float),
        figure=[_figure(one) for _, one in rows.iterrows()],
        of=[_of(one) for _, one in rows.iterrows()],
        where=rows["geography"],
        who=rows["attributed_to"],
    )


def _figure(row: pd.Series) -> str:
    if row["topic"] != LAID:
        return printed_share(row).replace(" %", " per cent")
    number = number_from(pd.Series({"value": row["number"], "comparator": row["comparator"], "unit": "mines"}))
    return stated_words(number, "mines")


_OTHER_THAN_MINES: Final = ("munition", "ordnance", "uxo", "explosives", "other devices")
_YEARS_SAID: Final = re.compile(r"^(?:nearly|about|almost)? ?\d+ years", re.IGNORECASE)
_PLURALS: Final[Mapping[str, str]] = {"accident": "accidents", "casualty": "casualties"}
_OF: Final[Mapping[str, Callable[[pd.Series], str]]] = {
    RIGHT: lambda row: meaning_of(str(row["definition"])),
    OUTSIDE_RECORDS: lambda row: f"{_PLURALS[row['unit_counted']]} outside the records",
    OUTSIDE_LINE: lambda row: f"{_PLURALS[row['unit_counted']]} outside the former line",
}


def _of(row: pd.Series) -> str:
    if row["topic"] in _OF:
        return _OF[row["topic"]](row)
    text = str(row["definition"]).lower().partition("plus ")[0]  # what is said to come on top is not in the number
    return "mines and other ordnance" if any(word in text for word in _OTHER_THAN_MINES) else "mines"


def _years(evidence: Evidence) -> pd.DataFrame:
    claims = evidence.table("claims")
    rows = claims[(claims["quantity"] == "time_to_clear") & (claims["value"].notna() | claims["value_low"].notna())]
    numbers = [number_from(row) for _, row in rows.iterrows()]
    return rows.assign(
        topic=_YEARS,
        row=rows["claim_id"],
        low=[number.low for number in numbers if number is not None],
        high=[number.high for number in numbers if number is not None],
        figure=[stated_words(number, "years") for number in numbers],
        of=[_YEARS_SAID.sub("Time", statement) for statement in rows["statement"]],
        where=rows["geography"],
        who=[who_said(evidence, row) for _, row in rows.iterrows()],
    )
