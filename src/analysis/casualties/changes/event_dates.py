"""Lists of dates as windows of days, each with who gives the date and which rows of the evidence carry it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.casualties.increments import day_numbers
from analysis.errors import ParameterError
from analysis.estimate import sorted_union
from analysis.evidence import Evidence
from analysis.evidence.partial_dates import PartialDate, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days between which an event, or several close to each other, took place.

    Parameters
    ----------
    start, end
        First and last day.
    lists
        Names of the lists that give these dates.
    dates
        The dates as given, in order.
    """

    start: date
    end: date
    lists: tuple[str, ...]
    dates: tuple[str, ...]

    @property
    def key(self) -> str:
        """Name for records: 2021_06_12."""
        return self.start.isoformat().replace("-", "_")

    @property
    def words(self) -> str:
        """The days as they are read: '12 June to 3 July 2021'."""
        if self.start == self.end:
            return _day(self.end)
        first = f"{self.start.day} {self.start:%B}" if self.start.year == self.end.year else _day(self.start)
        if (self.start.year, self.start.month) == (self.end.year, self.end.month):
            first = str(self.start.day)
        return f"{first} to {_day(self.end)}"

    @property
    def day_numbers(self) -> tuple[float, float]:
        """First and last day as days since the start of the count."""
        first, last = day_numbers(pd.Series([pd.Timestamp(self.start), pd.Timestamp(self.end)]))
        return float(first), float(last)


def event_windows(lists: Mapping[str, Sequence[str]], *, merge_days: int) -> tuple[Window, ...]:
    """Return the windows of all lists in order of date; one that two lists give is returned once and names both.

    Parameters
    ----------
    lists
        Dates by name of the list, as printed: a day, or a month or year where no day is reported.
    merge_days
        Dates of one list less than so many days apart enter as one window.

    Raises
    ------
    ParameterError
        If a date is not readable.
    """
    found: dict[tuple[date, date], list[tuple[str, tuple[str, ...]]]] = {}
    for name, dates in lists.items():
        for start, end, members in _merged(name, dates, merge_days=merge_days):
            found.setdefault((start, end), []).append((name, members))
    return tuple(
        Window(
            start=start,
            end=end,
            lists=tuple(name for name, _ in givers),
            dates=sorted_union(*(members for _, members in givers)),
        )
        for (start, end), givers in sorted(found.items())
    )


def dates_in_evidence(evidence: Evidence, lists: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return each date with the rows of handovers that carry it, by the originators of the rows.

    Returns
    -------
    DataFrame
        list, date, rows (handovers printed with exactly this date; empty where there is none, as for an event that is
        no handover), originators.
    """
    handovers = evidence.table("map_record")
    rows = []
    for name, dates in lists.items():
        for printed in dates:
            carried = handovers[handovers["handed_over_on"] == printed]
            rows.append(
                {
                    "list": name,
                    "date": printed,
                    "rows": ", ".join(carried["row_id"]),
                    "originators": ", ".join(sorted(set(carried["originator"]))),
                }
            )
    return pd.DataFrame(rows, columns=["list", "date", "rows", "originators"])


def sources_of_dates(evidence: Evidence, windows: Sequence[Window]) -> tuple[str, ...]:
    """Return the pages behind the rows of handovers dated as the windows say; empty where there is none."""
    printed = {each for window in windows for each in window.dates}
    handovers = evidence.table("map_record")
    return sorted_union(handovers.loc[handovers["handed_over_on"].isin(printed), "source_id"])


def _merged(name: str, dates: Sequence[str], *, merge_days: int) -> list[tuple[date, date, tuple[str, ...]]]:
    spans = _spans(name, dates)
    merged: list[tuple[date, date, tuple[str, ...]]] = []
    for span, text in spans:
        if merged and (span.first - merged[-1][1]).days < merge_days:
            start, end, members = merged[-1]
            merged[-1] = (start, max(end, span.last), (*members, text))
        else:
            merged.append((span.first, span.last, (text,)))
    return merged


def _spans(name: str, dates: Sequence[str]) -> list[tuple[PartialDate, str]]:
    return sorted(((_read(name, text), text) for text in dates), key=lambda one: (one[0].first, one[0].last))


def _read(name: str, text: str) -> PartialDate:
    try:
        return parse(text)
    except ValueError as reason:
        raise ParameterError(f"dates of {name}: {reason}") from reason


def _day(moment: date) -> str:
    return f"{moment.day} {moment:%B %Y}"
