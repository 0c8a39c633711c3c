"""Estimates of who was hit: shares as printed, with intervals that allow for accidents with several casualties."""

from __future__ import annotations

import math

import pandas as pd

from analysis.casualties import composition, scope
from analysis.casualties.estimates import COMPLETE_COUNT, RECONCILED, estimate_of
from analysis.casualties.open_ends import ends_open
from analysis.casualties.running_totals import RANGE_LABEL
from analysis.casualties.study import CasualtyTrends
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval, IntervalKind, Period, sorted_union


def registered_group(study: CasualtyTrends, group: str) -> Estimate:
    """Return how many "civilian" or "military" casualties are registered at least at the last date of the path.

    The value is the lowest one of the equally good readings. The high end is the highest total less the lowest number
    of the other group: all that was registered after the last printed split may belong to either.

    Raises
    ------
    InsufficientEvidence
        If no row prints civilians or military.
    """
    split = study.civilians
    if isinstance(split, InsufficientEvidence):
        raise split
    total, end = study.registered.path.iloc[-1], split.path.iloc[-1]
    unbounded = ends_open(study.registered, "total")
    words = {"civilian": "civilians", "military": "military personnel"}
    other = "military" if group == "civilian" else "civilian"
    later = f"civilians or military were last printed for {split.last_print.isoformat()}"
    votes = split.figures[split.figures["vote"]]
    return estimate_of(
        study,
        quantity=f"{words[group]} registered as killed or injured since {scope.COUNT_START.isoformat()}, at least",
        value=float(end[f"{group}_low_0"]),
        unit="persons",
        interval=Interval(
            low=float(end[f"{group}_low_5"]),
            high=math.inf if unbounded else float(total["total_high_5"] - end[f"{other}_low_5"]),
            kind=IntervalKind.SCENARIO,
        ),
        method=f"{RECONCILED}, split by the printed parts; interval: {RANGE_LABEL} (within 5 % of the least "
        f"disagreement; high end: highest total less fewest {words[other]})",
        n=len(votes.drop_duplicates(["row_id", "quantity"])),
        n_unit="printed civilian and military parts, one vote an originator, figure and date",
        sources=sorted_union(study.sources, split.sources),
        period=Period(start=scope.COUNT_START, end=end["date"].date()),
        assumptions=(
            f"{later}; those registered later may all be civilians or all military",
            "neither the civilian nor the military count falls",
        ),
    )


def latest_share(study: CasualtyTrends, name: str) -> Estimate:
    """Return one of the shares of :data:`composition.SHARES` at the last date with a full split."""
    splits = composition.splits_by_date(study.rows)
    last = splits.iloc[-1:].reset_index(drop=True)
    table = composition.composition_table(last, dispersion=study.dispersion, level=study.choices.confidence_level)
    line = table[table["share"] == name].iloc[0]
    return _share_estimate(
        study,
        quantity=f"share of {composition.SHARES[name][1]}",
        successes=int(line["successes"]),
        n=int(line["n"]),
        end=line["end"],
        sources=(splits["source_id"].iloc[-1],),
    )


def share_as_printed(study: CasualtyTrends, who: str) -> Estimate:
    """Return the share of children or women in the last running total since 2020 that prints their number."""
    known = composition.children_and_women(study.rows)
    known = known[known[who].notna()]
    if known.empty:
        raise InsufficientEvidence(f"no running total since {scope.COUNT_START} prints a number of {who}")
    row = known.iloc[-1]
    return _share_estimate(
        study,
        quantity=f"share of {who} among all casualties",
        successes=int(row[who]),
        n=int(row["total"]),
        end=row["as_of_last"],
        sources=(row["source_id"],),
    )


def _share_estimate(
    study: CasualtyTrends, *, quantity: str, successes: int, n: int, end: pd.Timestamp, sources: tuple[str, ...]
) -> Estimate:
    level = study.choices.confidence_level
    interval = composition.clustered_share_interval(successes, n, dispersion=study.dispersion, level=level)
    return estimate_of(
        study,
        quantity=quantity,
        value=successes / n,
        unit="share",
        interval=interval,
        method=f"{successes} of {n} as printed; Wilson's interval, n divided by the dispersion {study.dispersion:.3g}",
        n=n,
        n_unit="casualties",
        sources=sources,
        period=Period(start=scope.COUNT_START, end=end.date()),
        assumptions=(COMPLETE_COUNT, "design effect at most the dispersion of persons"),
    )
