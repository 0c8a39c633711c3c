"""Looking for a statement's counterpart: what is asked, and what was found."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from analysis.claims.basis import Basis
from analysis.claims.verdict import Counterpart, Statement
from analysis.errors import InsufficientEvidence
from analysis.estimate import sorted_union


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A statement for which a counterpart is looked for.

    Parameters
    ----------
    basis
        The part of the evidence that may be used.
    statement
        The statement as read.
    row
        Its row of the claims table; pages other than its own are looked at.
    """

    basis: Basis
    statement: Statement
    row: pd.Series

    @property
    def page(self) -> str:
        """The page the statement was read on."""
        return str(self.row["source_id"])

    @property
    def other_pages(self) -> Basis:
        """The part of the evidence that may be used, without the page of the statement."""
        return replace(self.basis, without_page=self.page)

    @property
    def span(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """The first and the last day that the statement may be of.

        Raises
        ------
        InsufficientEvidence
            If its page has no date.
        """
        if pd.isna(self.row["as_of_first"]):  # a date has both its days or neither
            raise InsufficientEvidence("the page has no date, and such figures change with time")
        return self.row["as_of_first"], self.row["as_of_last"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """The counterparts found, of any scope, and why there is none of the statement's own scope if there is none.

    Parameters
    ----------
    counterparts
        May be empty.
    none_of_scope
        Reason, in a sentence; empty only where a counterpart of the same scope was found.
    also_read
        Every `source_id` looked at without giving a counterpart.
    """

    counterparts: tuple[Counterpart, ...] = ()
    none_of_scope: str = ""
    also_read: tuple[str, ...] = ()


def sources_of(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the sources of the rows, sorted."""
    return sorted_union(rows["source_id"])


def originators_of(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return who counted the rows, sorted."""
    return sorted_union(rows["originator"])
