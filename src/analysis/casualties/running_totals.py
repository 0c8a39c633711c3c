"""Registered path: the running total at each date that disagrees least with everything printed about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.casualties.printed import TARGETS, InexactRows, StaleRows, figures, statements
from analysis.casualties.scope import COUNT_START
from analysis.errors import InsufficientEvidence
from analysis.estimate import sorted_union
from analysis.stats import monotone

TOLERANCES: Final = (0.0, 0.01, 0.05)
RANGE_LABEL: Final = "range of equally good readings, not a confidence interval"

# Values above the largest printed one are never better; a few more keep the ranges from ending at the edge.
_ROOM_ABOVE: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RegisteredPath:
    """The reconciled running total.

    Parameters
    ----------
    path
        One row a date: date, day (days since the start of the count, that day included), killed, injured, total, and
        for each tolerance the lowest and highest value of each over all readings that are as good
        (`total_low_0`, `total_high_0`, `total_low_1`, ...: per cent of the least disagreement).
    figures
        Every printed figure as it was read, with `used` (value of the path) and `difference` (printed minus used).
    disagreement
        Sum of the absolute differences of all votes from the path; no path has a smaller one.
    sources
        Every `source_id` read.
    """

    path: pd.DataFrame
    figures: pd.DataFrame
    disagreement: int
    sources: tuple[str, ...]

    @property
    def overruled(self) -> pd.DataFrame:
        """Every printed figure the path does not meet: printed, used and their difference, in order of date."""
        return overruled_figures(self.figures)

    @property
    def printed_totals(self) -> pd.DataFrame:
        """Every printed figure that is a total, or killed and injured together, one line a row and reading.

        Columns: row_id, originator, source_id, date, kind, reading, printed, used, difference, overruled (the path does
        not meet the total, or the killed or the injured of the row).
        """
        keys = ["row_id", "originator", "source_id", "date", "kind", "reading"]
        read = self.figures
        totals = read[read["quantity"] == "total"].set_index(keys)[["value", "used"]]
        parts = read[read["quantity"] != "total"].groupby(keys)[["value", "used"]].agg(["sum", "size"])
        both = parts[parts[("value", "size")] == 2]
        added = pd.DataFrame({name: both[(name, "sum")] for name in ("value", "used")}, index=both.index)
        together = pd.concat([totals, added[~added.index.isin(totals.index)]]).rename(columns={"value": "printed"})
        failed = read.groupby(keys)["shortfall"].max() > 0
        table = together.assign(overruled=failed.reindex(together.index)).reset_index()
        table["difference"] = table["printed"] - table["used"]
        return table.sort_values(["date", "row_id", "kind"]).reset_index(drop=True)

    def span_at(self, date: pd.Timestamp, quantity: str) -> tuple[int, int]:
        """Return the lowest and highest value a path that never falls can have on any date, over equally good readings.

        The low end is that of the last date of the path on or before `date` (0 before the first), the high end that of
        the first on or after it.

        Raises
        ------
        InsufficientEvidence
            If the path ends earlier.
        """
        return span_on(self.path, date, quantity)


def span_on(path: pd.DataFrame, date: pd.Timestamp, quantity: str) -> tuple[int, int]:
    """Return what :meth:`RegisteredPath.span_at` does, for any path with `date` and the ranges of the quantity."""
    before, after = path[path["date"] <= date], path[path["date"] >= date]
    if after.empty:
        raise InsufficientEvidence(f"no running total is printed on or after {date.date()}")
    low = 0 if before.empty else int(before[f"{quantity}_low_0"].iloc[-1])
    return low, int(after[f"{quantity}_high_0"].iloc[0])


def reconcile(
    rows: pd.DataFrame, *, inexact_rows: InexactRows = "as bounds", stale_rows: StaleRows = "as bounds"
) -> RegisteredPath:
    """Return the path of killed and injured that never falls and disagrees least with the printed figures.

    Parameters
    ----------
    rows
        Rows of running totals of one scope.
    inexact_rows, stale_rows
        See :func:`analysis.casualties.printed.figures`.

    Raises
    ------
    InsufficientEvidence
        If the rows hold no figure about all casualties.

    References
    ----------
    See :mod:`analysis.stats.monotone`.
    """
    read = figures(rows, inexact_rows=inexact_rows, stale_rows=stale_rows)
    votes = statements(read)
    if not votes:
        raise InsufficientEvidence(
            f"none of the {len(rows)} rows states a number of all killed, all injured or both together "
            "(civilian-only and left-out rows do not count)"
        )
    days = np.array(sorted({vote.position for vote in votes}), dtype=np.int64)
    largest = {
        target: max((vote.value for vote in votes if vote.target == target), default=0)
        for target in ("first", "second", "sum")
    }
    pair = monotone.reconcile_pair(
        votes,
        positions=days,
        max_first=(largest["first"] or largest["sum"]) + _ROOM_ABOVE,
        max_second=max(largest["second"], largest["sum"] - largest["first"]) + _ROOM_ABOVE,
    )
    path = _path_table(pair)
    return RegisteredPath(
        path=path,
        figures=with_shortfall(read, path, quantities=tuple(TARGETS)),
        disagreement=pair.cost,
        sources=sorted_union(read["source_id"]),
    )


def with_shortfall(read: pd.DataFrame, path: pd.DataFrame, *, quantities: Sequence[str]) -> pd.DataFrame:
    """Return the figures with what the path has on their day (`used`), `difference` and by how much it fails them."""
    values = path.melt(id_vars="day", value_vars=list(quantities), var_name="quantity", value_name="used")
    # Only votes are positions of the path; a reprint stands on the same date as the vote it repeats.
    held = read.merge(values, on=["day", "quantity"], how="left", validate="many_to_one")
    held["difference"] = held["printed"].astype("int64") - held["used"]
    gap = held["value"] - held["used"]
    too_low = gap.where(held["kind"] != "at most", 0).clip(lower=0)
    too_high = (-gap).where(held["kind"] != "at least", 0).clip(lower=0)
    held["shortfall"] = too_low + too_high
    return held


def overruled_figures(held: pd.DataFrame) -> pd.DataFrame:
    """Return the figures a path does not meet, in their order."""
    columns = ["row_id", "originator", "as_of", "quantity", "comparator", "printed", "reading", "used", "difference"]
    return held.loc[held["shortfall"] > 0, columns].reset_index(drop=True)


def _path_table(pair: monotone.PairedPath) -> pd.DataFrame:
    dates = pd.Timestamp(COUNT_START) + pd.to_timedelta(pair.positions - 1, unit="D")
    columns: dict[str, object] = {
        "date": dates,
        "day": pair.positions,
        "killed": pair.first,
        "injured": pair.second,
        "total": pair.sum,
    }
    for tolerance in TOLERANCES:
        near = monotone.ranges(pair, tolerance=tolerance)
        percent = f"{100 * tolerance:g}"
        for name, low, high in (
            ("killed", near.first_low, near.first_high),
            ("injured", near.second_low, near.second_high),
            ("total", near.sum_low, near.sum_high),
        ):
            columns[f"{name}_low_{percent}"], columns[f"{name}_high_{percent}"] = low, high
    return pd.DataFrame(columns)
