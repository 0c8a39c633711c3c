"""Estimates of who was hit: shares as printed, with intervals that allow for accidents with several casualties."""

from __future__ import annotations

import pandas as pd

from analysis.casualties import composition, scope
from analysis.casualties.estimates import COMPLETE_COUNT, estimate_of
from analysis.casualties.study import CasualtyTrends
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Period


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
