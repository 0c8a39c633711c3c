"""Tables and sentences to print, each with every number computed."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.casualties import annual, composition
from analysis.casualties.accident_estimates import accident_series
from analysis.casualties.civilian_split import GROUPS
from analysis.casualties.late_registration import PARTS, split_increments
from analysis.casualties.open_ends import open_above
from analysis.casualties.scope import party_words, whose_figures
from analysis.casualties.study import CasualtyTrends
from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence
from analysis.evidence.counted_accidents import counted_accidents
from analysis.evidence.names import originator_names as originator_names  # offered on to the notebooks

COMPOSITION_DAYS = 150
"""Successive dates in tables of shares are at least so many days apart, so that increments hold enough people."""


def whose_sentence(study: CasualtyTrends) -> str:
    """Return whose figures these are: the share of rows from one party, what remains, and what one list alone holds."""
    counted = whose_figures(study.rows_used)
    by_party = counted.groupby("party", sort=True)["rows"].sum().sort_values(ascending=False, kind="stable")
    party, rows = str(by_party.index[0]), int(by_party.iloc[0])
    rest = ", ".join(f"{number} from {party_words(str(name))}" for name, number in by_party.iloc[1:].items())
    used = len(study.rows_used)
    return (
        f"{rows} of {used} rows ({100 * rows / used:.0f} %) come from {party_words(party)}; "
        f"without them there remain {rest or 'none'}. Of the rows {len(study.rows)} are running totals and "
        f"{used - len(study.rows)} counts of closed periods.{_list_sentence(study)}"
    )


def _list_sentence(study: CasualtyTrends) -> str:
    """Return what one page's list, with the total that follows it, holds of the intervals; empty without a list."""
    listed = study.intervals[study.intervals["kind"] != "registered"]
    if listed.empty:
        return ""
    return (
        f" {len(listed)} of {len(study.intervals)} intervals, with {listed['casualties'].sum()} of "
        f"{study.intervals['casualties'].sum()} casualties, rest on one page of "
        f"originator {study.occurred['originator'].iloc[0]}."
    )


def path_by_quarter(study: CasualtyTrends) -> pd.DataFrame:
    """Return the last date of each quarter on the reconciled path, with its ranges of equally good readings."""
    path = study.registered.path
    last = path.groupby(path["date"].dt.to_period("Q"), sort=True).tail(1)
    table = last[["date", "killed", "injured", "total"]].copy()
    unbounded = open_above(study.registered, "total")[last.index]
    for percent in ("0", "1", "5"):
        low, high = last[f"total_low_{percent}"].astype("str"), last[f"total_high_{percent}"].astype("str")
        table[f"total, readings within {percent} %"] = (low + " to " + high).mask(unbounded, low + " or more")
    return table.reset_index(drop=True)


def overruled(study: CasualtyTrends) -> pd.DataFrame:
    """Return every printed figure the path overrules: of all casualties, then of civilians and military."""
    parts = study.civilians
    of_all = study.registered.overruled
    if isinstance(parts, InsufficientEvidence):
        return of_all
    return pd.concat([of_all, parts.overruled], ignore_index=True)


def civilian_table(study: CasualtyTrends) -> pd.DataFrame:
    """Return civilians and military on the path at dates with a full split and at the last one, as ranges in words.

    The dates are those of :func:`composition_series`. Where all equally good readings agree, one number stands alone.
    """
    split = study.civilians
    if isinstance(split, InsufficientEvidence):
        return pd.DataFrame({"not estimated": [str(split)]})
    path = split.path
    try:
        printed = composition.splits_by_date(study.rows, minimum_days=COMPOSITION_DAYS)["as_of_last"]
    except InsufficientEvidence:
        printed = path["date"].iloc[:0]
    shown = path[path["date"].isin(printed) | (path.index == path.index[-1])].reset_index(drop=True)
    columns = {name: _range_words(shown, name) for name in (*PARTS, *GROUPS)}
    return pd.DataFrame({"date": shown["date"], **columns})


def interval_table(study: CasualtyTrends) -> pd.DataFrame:
    """Return the intervals with rates, both confidence intervals, what they rest on (`basis`) and marks."""
    columns = ["start", "end", "days", "casualties", "killed", "injured", "rate_per_30d"]
    ends = ["poisson_low", "poisson_high", "clustered_low", "clustered_high"]
    return study.intervals[[*columns, *ends, "basis", "why_marked"]]


def split_table(evidence: Evidence, study: CasualtyTrends) -> pd.DataFrame:
    """Return what each full split adds to the one before, beside listed accidents, with negative parts as they are."""
    return _or_reason(lambda: split_increments(study.rows, counted_accidents(evidence)))


def accident_table(evidence: Evidence, study: CasualtyTrends) -> pd.DataFrame:
    """Return accidents between dated numbers with exact rates, or one row that says why there are none."""
    return _or_reason(lambda: accident_series(evidence, study))


def composition_series(study: CasualtyTrends) -> pd.DataFrame:
    """Return the shares by date and increment; empty if no row of the selection prints a full split."""
    try:
        splits = composition.splits_by_date(study.rows, minimum_days=COMPOSITION_DAYS)
    except InsufficientEvidence:
        return pd.DataFrame(columns=["share", "of", "start", "end", "successes", "n", "value", "low", "high"])
    return composition.composition_table(splits, dispersion=study.dispersion, level=study.choices.confidence_level)


def annual_series(evidence: Evidence, study: CasualtyTrends) -> pd.DataFrame:
    """Return the counts of whole calendar years that ended by the end of the period, without the left-out bodies."""
    counts = annual.annual_counts(evidence, exclude_originators=study.choices.exclude_originators)
    return counts[counts["year"] <= last_whole_year(study)].reset_index(drop=True)


def last_whole_year(study: CasualtyTrends) -> int:
    """Return the last calendar year that ended by the end of the period."""
    end = study.period.end
    return end.year if (end.month, end.day) == (12, 31) else end.year - 1


def _range_words(path: pd.DataFrame, quantity: str) -> pd.Series[str]:
    low, high = path[f"{quantity}_low_0"], path[f"{quantity}_high_0"]
    return low.astype("str").where(low == high, low.astype("str") + " to " + high.astype("str"))


def _or_reason(make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    try:
        return make()
    except InsufficientEvidence as reason:
        return pd.DataFrame({"not estimated": [str(reason)]})
