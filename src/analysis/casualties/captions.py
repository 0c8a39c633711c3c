"""Titles, captions, descriptions, drawn numbers and sources of the path and the rate, with every number computed.

Those of counts of years and of shares are in :mod:`analysis.casualties.count_captions`.
"""

from __future__ import annotations

from datetime import date
from typing import Final, TypedDict

import pandas as pd

from analysis.casualties import scope
from analysis.casualties.increments import after_first_year, after_first_year_words
from analysis.casualties.open_ends import ends_open
from analysis.casualties.running_totals import RANGE_LABEL
from analysis.casualties.study import CasualtyTrends
from analysis.casualties.trend import FAMILY_WORDS, fit_trend
from analysis.errors import InsufficientEvidence
from analysis.stats.interval_counts import LogLinearFit

COMPLETE: Final = (
    "Complete counts by one authority, not samples: intervals are for the underlying process and do not contain "
    "counting error."
)
OTHERS: Final = "Casualties outside this authority's count are not in it."


class FigureText(TypedDict):
    """What a figure is saved with."""

    caption: str
    alt: str
    drawn: pd.DataFrame
    sources: tuple[str, ...]


class FigureWords(TypedDict):
    """What is written on a figure."""

    message: str
    detail: str
    note: str


def day(moment: date) -> str:
    """Return a date as it is read: 13 March 2026."""
    return f"{moment.day} {moment:%B %Y}"


def path_words(study: CasualtyTrends) -> FigureWords:
    """Return what is written on the figure of the reconciled running total."""
    end = study.registered.path.iloc[-1]
    overruled = study.registered.overruled["row_id"].nunique()
    least = "at least " if ends_open(study.registered, "total") else ""
    return FigureWords(
        message=f"{len(study.rows)} printed rows, one path: {least}{end['total']} killed or injured by "
        f"{day(end['date'])}",
        detail="Blue and black: the path that never falls and disagrees least with what was printed "
        f"({overruled} rows overruled).\nGrey band: {RANGE_LABEL} (within 5 % of the least disagreement).",
        note=note(study, "Place: " + scope.GEOGRAPHY + "."),
    )


def path_text(study: CasualtyTrends) -> FigureText:
    """Return the text of the figure of the reconciled running total."""
    registered = study.registered
    start, end = registered.path.iloc[0], registered.path.iloc[-1]
    printed = registered.printed_totals
    overruled = registered.overruled
    least = "at least " if ends_open(registered, "total") else ""
    ends = f"at {end['total_low_5']} or more" if least else f"between {end['total_low_5']} and {end['total_high_5']}"
    caption = (
        f"Casualties registered from {day(scope.COUNT_START)} to {day(end['date'])}: {len(study.rows)} rows of running "
        f"totals, reconciled into the path of whole numbers that never falls and disagrees least with them. It ends at "
        f"{least}{end['total']} ({end['killed']} killed, {end['injured']} injured); readings within 5 % of the least "
        f"disagreement end {ends} ({RANGE_LABEL}). The path does not "
        f"meet {len(overruled)} printed numbers in {overruled['row_id'].nunique()} rows (vermilion, with stems "
        "below). Arrows are bounds: "
        f"'more than', 'nearly', dated by month, or possibly stale. Below: printed minus path. {COMPLETE} {OTHERS}"
    )
    alt = (
        f"A staircase rises from {start['total']} casualties on {day(start['date'])}"
        f" to {end['total']} on {day(end['date'])}; marks of {printed['row_id'].nunique()} rows with a total lie "
        f"around it. A lower staircase of the killed ends at {end['killed']}. Differences between print and path are "
        "mostly zero; of printed totals read as exact the largest is "
        f"{printed.loc[printed['kind'] == 'equal', 'difference'].abs().max()}, "
        f"of all numbers the path does not meet (of killed or injured too, and dated by month) "
        f"{_largest(overruled['difference'])}."
    )
    path = registered.path[["date", "killed", "total", "total_low_5", "total_high_5"]].assign(series="path")
    drawn = pd.concat([path, printed.assign(series="printed")], ignore_index=True)
    return FigureText(caption=caption, alt=alt, drawn=drawn, sources=study.sources)


def rate_words(study: CasualtyTrends) -> FigureWords:
    """Return what is written on the figure of the rate over time."""
    level = f"{100 * study.choices.confidence_level:g} %"
    return FigureWords(
        message=_trend_message(study),
        detail=f"Thick: rate over the days of each interval. Thin: {level} confidence interval with dispersion "
        f"{study.dispersion:.2g}.\n{_later_trend(study)}",
        note=note(study, f"n = {len(study.intervals)} intervals. {OTHERS}"),
    )


def rate_labels(study: CasualtyTrends) -> dict[str, str]:
    """Return the words of the legend of the figure of the rate."""
    return {
        "occurred": "occurred: closed period of a list",
        "by difference": "by difference: later total of the same page less its list",
        "registered": "registered: increments of the running total",
        "marked": "registered, marked: can hold late registrations",
        "trend": f"log-linear trend with {100 * study.choices.confidence_level:g} % band",
    }


def rate_text(study: CasualtyTrends, trend: pd.DataFrame) -> FigureText:
    """Return the text of the figure of the rate over time."""
    rated = study.intervals
    kinds = rated["kind"].value_counts()
    counted = ", ".join(
        f"{kinds[kind]} {words}"
        for kind, words in (
            ("occurred", "listed closed periods (occurred)"),
            ("by difference", "by difference (a later total of the same page less its list; not a listed period)"),
            ("registered", "increments of the running total (registered)"),
        )
        if kind in kinds.index
    )
    caption = (
        f"Casualties per 30 days from {day(rated['start'].iloc[0])} to {day(rated['end'].iloc[-1])} in "
        f"{len(rated)} intervals: {counted}. {_later_trend(study)} {_family(study)}. "
        "Intervals for persons use the larger of two dispersions: "
        f"{study.residual_dispersion:.2g} from residuals, {study.size_dispersion:.2g} from sizes of listed "
        f"accidents.{_late_words(rated)} {COMPLETE} {OTHERS}"
    )
    first, last = rated.iloc[0], rated.iloc[-1]
    alt = (
        f"Horizontal lines over time, one an interval: {first['rate_per_30d']:.1f} casualties per 30 days in the "
        f"first, {last['rate_per_30d']:.1f} in the last, at most {rated['rate_per_30d'].max():.1f}. Their confidence "
        "intervals are wide. A curve with a band is the fitted trend, where there is one."
    )
    columns = [
        "start",
        "end",
        "days",
        "casualties",
        "rate_per_30d",
        "clustered_low",
        "clustered_high",
        "kind",
        "basis",
        "marked",
    ]
    drawn = pd.concat([rated[columns].assign(series="interval"), trend.assign(series="trend")], ignore_index=True)
    return FigureText(caption=caption, alt=alt, drawn=drawn, sources=study.sources)


def _late_words(rated: pd.DataFrame) -> str:
    """Return what the dashed intervals are; empty without one."""
    marked = int(rated["marked"].sum())
    if not marked:
        return ""
    return f" Dashed: {marked} marked intervals, which can hold late registrations; new accidents explain them as well."


def _trend_message(study: CasualtyTrends) -> str:
    """Return the change per year over all intervals and, beside it, without those that begin in the first year."""
    if isinstance(study.trend, InsufficientEvidence):
        return "Casualties per 30 days; these data carry no trend"
    message = f"Casualties per 30 days, change a year: {_clear_change(study.trend)} over all intervals"
    later = _fit_after_first_year(study)
    if later is None:
        return message
    start = after_first_year(study.intervals)["start"].iloc[0].date()
    return f"{message}, {_clear_change(later)} from {day(start)} on"


def _clear_change(fit: LogLinearFit) -> str:
    ends, change = fit.change_per_year_interval, f"{_signed(fit.change_per_year)} %"
    return f"not clear ({change})" if ends.low <= 0 <= ends.high else change


def _fit_after_first_year(study: CasualtyTrends) -> LogLinearFit | None:
    """Return the fit without the intervals that begin in the first year; None where it leaves out none or too many."""
    later = after_first_year(study.intervals)
    if len(later) == len(study.intervals):
        return None
    try:
        return fit_trend(later, level=study.choices.confidence_level, family=study.choices.trend_family)
    except InsufficientEvidence:
        return None


def _later_trend(study: CasualtyTrends) -> str:
    """Return the change per year with its interval, over all intervals and without those that begin in year one."""
    if isinstance(study.trend, InsufficientEvidence):
        return f"No trend: {study.trend}."
    sentence = f"Change a year: {_change_words(study.trend)}"
    later = _fit_after_first_year(study)
    if later is None:
        return sentence + "."
    return f"{sentence}; {after_first_year_words(study.intervals)}, {_change_words(later)}."


def _family(study: CasualtyTrends) -> str:
    words = FAMILY_WORDS[study.choices.trend_family]
    return words[0].upper() + words[1:]


def _change_words(fit: LogLinearFit) -> str:
    ends = fit.change_per_year_interval
    return f"{_signed(fit.change_per_year)} % ({_signed(ends.low)} to {_signed(ends.high)} %)"


def _largest(differences: pd.Series) -> str:
    return "none" if differences.empty else str(differences.abs().max())


def _signed(share: float) -> str:
    return f"{100 * share:+.0f}".replace("-", "\N{MINUS SIGN}")


def note(study: CasualtyTrends, text: str) -> str:
    """Return the line of sources under a figure: pages, date, share of rows from one party, then `text`."""
    parties = study.rows_used["party"].value_counts()
    share = 100 * parties.iloc[0] / len(study.rows_used)
    first = scope.party_words(str(parties.index[0]))
    return f"{len(study.sources)} pages to {day(study.period.end)}; {share:.0f} % of rows from {first}. {text}"
