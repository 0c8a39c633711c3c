"""Civilians and military among the registered: the reconciled killed and injured, each split by the printed parts.

Killed and injured are split one after the other, given the reconciled path of all. Rows that print civilian or military
parts are read as the totals are (comparators, wide dates, possibly stale rows, one vote per originator, figure and
date); rows about civilians only enter here, although they are never a total. A date on which no total is printed is not
a date of the path: since no part falls, a part printed there bounds the next date from below and the one before from
above.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from analysis.casualties.late_registration import PARTS
from analysis.casualties.printed import InexactRows, StaleRows, figures
from analysis.casualties.running_totals import TOLERANCES, RegisteredPath, overruled_figures, with_shortfall
from analysis.errors import InsufficientEvidence
from analysis.estimate import sorted_union
from analysis.stats.split import SplitPath, reconcile_split
from analysis.stats.statements import IntArray, Statement

GROUPS: Final = ("civilian", "military")
_BETWEEN: Final = "between two dates of the path"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CivilianSplit:
    """The registered path, split into civilians and military.

    Parameters
    ----------
    path
        One row a date of the registered path: date, day, the four parts (`civilian_killed`, `military_killed`,
        `civilian_injured`, `military_injured`) and both groups (`civilian`, `military`: killed and injured together);
        for each, the lowest and highest value over all readings that are as good, given the path of all
        (`civilian_low_0`, `civilian_high_0`, `civilian_low_1`, ...: per cent of the least disagreement of killed and
        of injured). Where the readings differ and no later one ties them down, the part itself is the one with the
        fewest civilians; only the range has a meaning there.
    figures
        Every printed part as it was read, with `used` (value of the path) and `difference` (printed minus used).
    disagreement
        Sum of the absolute differences of all votes from the split.
    sources
        Every `source_id` that prints a part.
    """

    path: pd.DataFrame
    figures: pd.DataFrame
    disagreement: int
    sources: tuple[str, ...]

    @property
    def last_print(self) -> date:
        """Last possible day of the last printed civilian or military part."""
        return pd.Timestamp(self.figures["date"].max()).date()

    @property
    def overruled(self) -> pd.DataFrame:
        """Every printed part the split does not meet, in the columns of the overruled totals."""
        return overruled_figures(self.figures)


def split_civilians(
    rows: pd.DataFrame,
    registered: RegisteredPath,
    *,
    inexact_rows: InexactRows = "as bounds",
    stale_rows: StaleRows = "as bounds",
) -> CivilianSplit:
    """Return the split of the registered path into civilians and military that disagrees least with the printed parts.

    Parameters
    ----------
    rows
        The rows of running totals the path was made from.
    registered
        The path of all; it is not changed.
    inexact_rows, stale_rows
        See :func:`analysis.casualties.printed.figures`.

    Raises
    ------
    InsufficientEvidence
        If no row says anything about civilians or military among the killed, or none among the injured.

    References
    ----------
    See :mod:`analysis.stats.split`.
    """
    read = figures(rows, quantities=PARTS, inexact_rows=inexact_rows, stale_rows=stale_rows)
    held = _on_path_dates(read, registered.path["day"].to_numpy())
    splits = {outcome: _split_of(held, registered.path, outcome) for outcome in ("killed", "injured")}
    path = _path_table(registered.path, splits)
    return CivilianSplit(
        path=path,
        figures=with_shortfall(held, path, quantities=PARTS),
        disagreement=sum(split.cost for split in splits.values()),
        sources=sorted_union(held["source_id"]),
    )


def _on_path_dates(read: pd.DataFrame, days: IntArray) -> pd.DataFrame:
    """Return the figures on dates of the path; a figure between two of them as a bound on each.

    A lower bound after the last and an upper bound before the first date say nothing about the path and are left out.
    """
    exact = read["day"].isin(days)
    between = read[~exact & (read["kind"] == "equal")]
    lower = pd.concat([read[~exact & (read["kind"] == "at least")], between.assign(kind="at least", reading=_BETWEEN)])
    upper = pd.concat([read[~exact & (read["kind"] == "at most")], between.assign(kind="at most", reading=_BETWEEN)])
    after, before = np.searchsorted(days, lower["day"]), np.searchsorted(days, upper["day"]) - 1
    lower, after = lower[after < len(days)], after[after < len(days)]
    upper, before = upper[before >= 0], before[before >= 0]
    held = pd.concat([read[exact], lower.assign(day=days[after]), upper.assign(day=days[before])])
    order = ["date", "quantity", "kind", "value", "originator", "row_id"]
    return held.sort_values(order, kind="stable").reset_index(drop=True)


def _split_of(held: pd.DataFrame, path: pd.DataFrame, outcome: str) -> SplitPath:
    votes = held[held["vote"] & held["quantity"].isin([f"{group}_{outcome}" for group in GROUPS])]
    if votes.empty:
        raise InsufficientEvidence(f"no row prints how many of the {outcome} were civilians or military")
    return reconcile_split(
        [
            Statement(
                position=int(day),
                target="first" if quantity == f"civilian_{outcome}" else "second",
                kind=kind,
                value=int(value),
            )
            for day, quantity, kind, value in votes[["day", "quantity", "kind", "value"]].itertuples(index=False)
        ],
        whole=path[outcome].to_numpy(dtype=np.int64),
        positions=path["day"].to_numpy(),
    )


def _path_table(path: pd.DataFrame, splits: dict[str, SplitPath]) -> pd.DataFrame:
    """Return the parts and groups by date, each with its ranges."""
    table = path[["date", "day"]].copy()
    for outcome, split in splits.items():
        table[f"civilian_{outcome}"], table[f"military_{outcome}"] = split.part, split.remainder
        for tolerance in TOLERANCES:
            near, percent = split.ranges(tolerance=tolerance), f"{100 * tolerance:g}"
            for group, low, high in (
                ("civilian", near.part_low, near.part_high),
                ("military", near.remainder_low, near.remainder_high),
            ):
                table[f"{group}_{outcome}_low_{percent}"], table[f"{group}_{outcome}_high_{percent}"] = low, high
    ends = ["", *(f"_{side}_{100 * tolerance:g}" for tolerance in TOLERANCES for side in ("low", "high"))]
    for group in GROUPS:
        for end in ends:
            # Given the path of all, killed and injured are split without regard to each other: their ends add.
            table[f"{group}{end}"] = table[f"{group}_killed{end}"] + table[f"{group}_injured{end}"]
    return table
