"""The part of the evidence that counterparts may use, and its rows by their identifier."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import pandas as pd

from analysis.casualties.printed import InexactRows
from analysis.claims.tabled import tabled_statements
from analysis.claims.verdict import ABOUT_TOLERANCE
from analysis.errors import InsufficientEvidence
from analysis.estimate import sorted_union
from analysis.evidence import Evidence
from analysis.evidence.selection import check_originators

_KEYS: Final = {"claims": "claim_id", "map_assessment": "row_id", "casualties_running_total": "row_id"}


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What counterparts are computed from.

    Parameters
    ----------
    evidence
        The loaded evidence.
    excluded
        Originators left out of counterparts; what they said is still listed as said.
    inexact_rows
        How figures with a comparator enter a counterpart: 'as printed', 'as bounds', 'leave out'.
    period_end
        Evidence dated later is left out of counterparts; None for no limit.
    about_tolerance
        Share within which 'about' in a counterpart allows other figures.
    without_page
        A page whose rows are left out: that of the statement; empty for none.
    """

    evidence: Evidence
    excluded: tuple[str, ...] = ()
    inexact_rows: InexactRows = "as bounds"
    period_end: date | None = None
    about_tolerance: float = ABOUT_TOLERANCE
    without_page: str = ""

    @cached_property
    def tabled(self) -> pd.DataFrame:
        """Statements of the map assessments and contamination estimates that counterparts may use, as claims."""
        return self.usable(tabled_statements(self.evidence))

    def table(self, name: str) -> pd.DataFrame:
        """Return the rows of a table that counterparts may use, with the index of the table."""
        return self.usable(self.evidence.table(name))

    def table_by_end(self, name: str) -> pd.DataFrame:
        """Return the rows that counterparts may use of a table whose rows have a period instead of one date."""
        return self.usable(self.evidence.table(name), day="period_end_last")

    def usable(self, rows: pd.DataFrame, *, day: str = "as_of_last") -> pd.DataFrame:
        """Return those of the rows that counterparts may use, by originator and by the last day they can be of."""
        keep = ~rows["originator"].isin(self.excluded) & (rows["source_id"] != self.without_page)
        if self.period_end is not None:
            keep &= rows[day] <= pd.Timestamp(self.period_end)
        return rows[keep]

    def titles(self, source_ids: Collection[str]) -> pd.DataFrame:
        """Return the sources named that counterparts may use, in the order given."""
        sources = self.evidence.sources
        known = sources.loc[[name for name in source_ids if name in sources.index]]
        known = known[~known["originator"].isin(self.excluded)]
        if self.period_end is not None:
            # A page without a date may be older than any limit and is kept.
            known = known[~(known["published_on_first"] > pd.Timestamp(self.period_end))]
        return known


def basis_of(
    evidence: Evidence,
    *,
    exclude_originators: Collection[str] = (),
    inexact_rows: InexactRows = "as bounds",
    period_end: str = "",
    about_tolerance: float = ABOUT_TOLERANCE,
) -> Basis:
    """Return the basis for the notebook's parameters; a party's name stands for all its originators.

    Raises
    ------
    ParameterError
        When a name to leave out is neither an originator nor a party of the evidence.
    """
    check_originators(evidence, exclude_originators)
    known = evidence.table("originators")
    chosen = known["originator_id"].isin(exclude_originators) | known["party"].isin(exclude_originators)
    return Basis(
        evidence=evidence,
        excluded=sorted_union(known["originator_id"][chosen]),
        inexact_rows=inexact_rows,
        period_end=date.fromisoformat(period_end) if period_end else None,
        about_tolerance=about_tolerance,
    )


def row_of(evidence: Evidence, row_id: str) -> pd.Series:
    """Return one row of claims, map_assessment or casualties_running_total, with its `table` and `row_id`.

    Raises
    ------
    InsufficientEvidence
        When none of the tables has it.
    """
    for name, key in _KEYS.items():
        frame = evidence.table(name)
        found = frame[frame[key] == row_id]
        if not found.empty:
            row = found.iloc[0].copy()
            row["table"], row["row_id"] = name, row_id
            return row
    raise InsufficientEvidence(f"row {row_id} stands in none of {', '.join(_KEYS)} of this evidence package")
