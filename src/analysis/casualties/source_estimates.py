"""The numbers of the notebook on sources, by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Final

import pandas as pd

from analysis.casualties import scope
from analysis.casualties.bodies import by_pair
from analysis.casualties.estimates import COMPLETE_COUNT
from analysis.casualties.headline import Headline
from analysis.casualties.listed import SUBSET
from analysis.casualties.source_study import SourceStudy
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval, IntervalKind, Period, sorted_union

_SINCE_1991: Final = date(1991, 1, 1)


def source_headline(study: SourceStudy) -> Headline:
    """Return every headline number of the sources, and why one is missing."""
    of_pairs = pairs_headline(study.pairs)
    others = _made(
        {
            "listed_share_of_killed": lambda: _listed(study, "killed"),
            "listed_share_of_injured": lambda: _listed(study, "injured"),
            "all_time_rows_to_set_aside": lambda: _set_aside(study),
            "needed_between_2016_and_2020": lambda: _needed(study),
            "left_before_2020_by_largest_total": lambda: _left_by_largest(study),
        }
    )
    return Headline(
        estimates={**of_pairs.estimates, **others.estimates},
        not_estimable={**of_pairs.not_estimable, **others.not_estimable},
    )


def pairs_headline(pairs: pd.DataFrame) -> Headline:
    """Return the headline numbers that rest on pairs of bodies alone, and why one is missing.

    Parameters
    ----------
    pairs
        As :func:`analysis.casualties.source_study.pairs_of_bodies` returns them.
    """
    makers = {"pairs_of_bodies_that_differ": _pairs_that_differ, "ratio_between_bodies": _ratio_between_bodies}
    return _made({key: partial(make, pairs) for key, make in makers.items()})


def _made(makers: Mapping[str, Callable[[], Estimate]]) -> Headline:
    found: dict[str, Estimate] = {}
    reasons: dict[str, InsufficientEvidence] = {}
    for key, make in makers.items():
        try:
            found[key] = make()
        except InsufficientEvidence as reason:
            reasons[key] = reason
    return Headline(estimates=found, not_estimable=reasons)


def _pairs_that_differ(pairs: pd.DataFrame) -> Estimate:
    _require_pairs(pairs)
    single = by_pair(pairs)
    return Estimate(
        quantity="pairs of totals that two named bodies print for one year and area and that differ",
        value=float(single["differ"].sum()),
        unit="pairs",
        interval=None,
        method="count of pairs of exact totals, one a pair of bodies, year and area; it differs if no total of the one "
        "body is a total of the other",
        n=len(single),
        n_unit="pairs",
        period=_years(int(single["year"].min()), int(single["year"].max())),
        geography="Azerbaijan without Nagorno-Karabakh, Azerbaijan, Armenia",
        sources=sorted_union(pairs["source_id_1"], pairs["source_id_2"]),
        assumptions=("bodies that share data are not independent: agreement can be agreement of prints",),
    )


def _ratio_between_bodies(pairs: pd.DataFrame) -> Estimate:
    _require_pairs(pairs)
    other = pairs[(pairs["originator_1"] == "anama") & (pairs["originator_2"] == "azcbl") & pairs["ratio"].notna()]
    if other.empty:
        raise InsufficientEvidence("the mine action agency and the campaign print no total for the same year and area")
    ratios = (other["total_2"] / other["total_1"]).astype(float).groupby(other["year"])
    low, high = float(ratios.min().median()), float(ratios.max().median())
    return Estimate(
        quantity="casualties of a year counted by AzCBL over those counted by ANAMA, median of the years both print",
        value=(low + high) / 2,
        unit="ratio",
        interval=Interval(low=low, high=high, kind=IntervalKind.REPORTED),
        method="median of the years, one ratio a year; range and its middle over the totals of a body that prints two "
        f"for a year; single ratios from {ratios.min().min():.3g} to {ratios.max().max():.3g}",
        n=len(ratios),
        n_unit="years",
        period=_years(int(other["year"].min()), int(other["year"].max())),
        geography="Azerbaijan without Nagorno-Karabakh",
        sources=sorted_union(other["source_id_1"], other["source_id_2"]),
        assumptions=("the two lists may overlap in any way; of one year one is said to contain the other",),
    )


def _listed(study: SourceStudy, outcome: str) -> Estimate:
    rows = study.listed[(study.listed["kind"] == "all") & (study.listed["outcome"] == outcome)]
    if rows.empty:
        raise InsufficientEvidence(f"no official number of {outcome} is printed for a period of the list")
    row = rows.assign(days=(rows["end"] - rows["start"]).dt.days).sort_values("days").iloc[-1]
    if pd.isna(row["low"]):
        raise InsufficientEvidence(f"fewer than two accidents are listed in the period of {outcome}")
    return Estimate(
        quantity=f"{outcome} in the list of accidents, without those outside the count, over "
        f"{outcome} officially counted",
        value=float(row["ratio"]),
        unit="ratio",
        interval=Interval(
            low=min(float(row["low"]), float(row["ratio"])),
            high=max(float(row["high"]), float(row["ratio"])),
            kind=IntervalKind.CONFIDENCE,
            level=study.series.choices.confidence_level,
        ),
        method="Poisson bootstrap of whole accidents, percentile interval; the official number is taken as it is",
        n=int(row["accidents"]),
        n_unit="listed accidents",
        period=Period(start=row["start"].date(), end=row["end"].date()),
        geography=scope.GEOGRAPHY,
        sources=(str(row["source_id"]),),
        assumptions=(f"a ratio; a probability only under the {SUBSET}", COMPLETE_COUNT),
    )


def _set_aside(study: SourceStudy) -> Estimate:
    rows = sorted_union(study.set_aside["row_id"])
    return Estimate(
        quantity="rows with totals since the early 1990s without which all other such rows can hold together",
        value=float(len(rows)),
        unit="rows",
        interval=None,
        method="of two counts of the same people or more the later one is not smaller; rows in most contradictions are "
        "set aside first; no verdict on which is wrong",
        n=int(study.stated["row_id"].nunique()),
        n_unit="rows with such a number",
        period=Period(start=_SINCE_1991, end=study.stated["last"].max().date()),
        geography="Azerbaijan",
        sources=sorted_union(study.stated["source_id"]),
        assumptions=("the statements are read as counts of one quantity; different definitions would explain it too",),
    )


def _needed(study: SourceStudy) -> Estimate:
    gap = study.gap
    return Estimate(
        quantity=f"casualties between {gap.earlier['last'].date()} and {scope.COUNT_START} that the total of "
        f"{gap.earlier['words']} and the total of {study.base_total:,} need if both count the same people",
        value=float(gap.needed),
        unit="persons",
        interval=None,
        method=f"difference of two printed totals; counts printed for whole years in between: {gap.printed}",
        n=2,
        n_unit="printed totals",
        period=Period(start=(gap.earlier["last"] + pd.Timedelta(days=1)).date(), end=scope.COUNT_START),
        geography="Azerbaijan; the earlier total without Nagorno-Karabakh",
        sources=sorted_union([gap.earlier["source_id"], study.base["source_id"]]),
        assumptions=("both totals count the same people and areas, which neither says",),
    )


def _left_by_largest(study: SourceStudy) -> Estimate:
    rows = study.implied[~study.implied["civilians_only"]]
    if rows.empty:
        raise InsufficientEvidence("no exact total since the early 1990s is dated after 10 November 2020")
    row = rows.sort_values(["before_high", "row_id"]).iloc[-1]
    middle = (int(row["before_low"]) + int(row["before_high"])) / 2
    return Estimate(
        quantity=f"casualties to {scope.COUNT_START} that the total of {row['words']} ({row['date'].date()}) leaves "
        f"when the running total is taken off; {study.base_total:,} is printed",
        value=middle,
        unit="persons",
        interval=Interval(low=float(row["before_low"]), high=float(row["before_high"]), kind=IntervalKind.REPORTED),
        method="printed total less the running total, a range over equally good readings and the days of its date",
        n=2,
        n_unit="printed totals",
        period=Period(start=_SINCE_1991, end=scope.COUNT_START),
        geography="Azerbaijan",
        sources=sorted_union([row["source_id"]], study.series.registered.sources),
        assumptions=("the total counts everybody in the running total",),
    )


def _require_pairs(pairs: pd.DataFrame) -> None:
    if pairs.empty:
        raise InsufficientEvidence("no two named bodies print an exact total for the same year and area")


def _years(first: int, last: int) -> Period:
    return Period(start=date(first, 1, 1), end=date(last, 12, 31))
