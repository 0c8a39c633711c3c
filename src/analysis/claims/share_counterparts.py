"""Counterparts of statements of shares: civilians, children, places, money; of all parties, from other pages."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from analysis.claims.bridged import COUNT_START, HERE, bridged, lowest_to_highest, rows_around
from analysis.claims.scope import ScopePart
from analysis.claims.search import Question, Search
from analysis.errors import InsufficientEvidence

_SPLITS: Final = ("civilian_killed", "civilian_injured", "military_killed", "military_injured")


# Words of statements whose share is of other money than that spent.
_OTHER_MONEY: Final = re.compile(r"\b(?:budget|needed|required)\b")


def find_civilian_share(question: Question) -> Search:
    """Return the share of civilians in the printed splits nearest to the date."""
    rows = _splits_around(question)
    civilians = rows["civilian_killed"] + rows["civilian_injured"]
    shares = (civilians / rows[list(_SPLITS)].sum(axis=1)).astype(float)
    return bridged(
        question,
        [lowest_to_highest(shares)],
        [rows],
        label="civilians over all in printed splits by outcome and group",
        assumption="the statement is about all casualties, killed and injured, since the war of 2020",
        crosses=(ScopePart.ORIGINATOR, ScopePart.PERIOD),
    )


def find_civilian_share_of_killed(question: Question) -> Search:
    """Return the share of civilians among the killed in the printed splits nearest to the date."""
    rows = _splits_around(question)
    shares = (rows["civilian_killed"] / (rows["civilian_killed"] + rows["military_killed"])).astype(float)
    return bridged(
        question,
        [lowest_to_highest(shares)],
        [rows],
        label="civilians killed over all killed in printed splits",
        assumption="both are counts of one series since the war of 2020",
    )


def find_children_share(question: Question) -> Search:
    """Return children over all casualties in the running totals of the same place."""
    rows = question.basis.table("casualties_running_total")
    rows = rows[
        (rows["geography"] == question.row["geography"])
        & rows["children"].notna()
        & rows["total"].notna()
        & rows["comparator"].isin(["=", ">="])
        & (rows["source_id"] != question.page)
    ]
    if rows.empty:
        raise InsufficientEvidence("no total with the children among it is published for the same place")
    return bridged(
        question,
        [lowest_to_highest((rows["children"] / rows["total"]).astype(float))],
        [rows],
        label="children over all casualties in printed totals of the same place",
        assumption="the statement is about the casualties since 1995 that these totals count",
    )


def find_donor_share(question: Question) -> Search:
    """Return money from abroad over all money spent, where one page prints both.

    A share of the agency's budget or of the money needed is another share.
    """
    if _OTHER_MONEY.search(str(question.row["statement"])):
        raise InsufficientEvidence("the share is of a budget or of the money needed, and only money spent is published")
    claims = question.basis.table("claims")
    claims = claims[claims["source_id"] != question.page]
    whole = claims[(claims["quantity"] == "spending_on_demining") & claims["value"].notna()]
    part = claims[(claims["quantity"] == "donor_funding") & claims["source_id"].isin(whole["source_id"])]
    if part.empty:
        raise InsufficientEvidence("no other page prints both the money from abroad and all money spent")
    whole = whole[whole["source_id"].isin(part["source_id"])]
    shares = (part.set_index("source_id")["value"] / whole.set_index("source_id")["value"]).dropna().astype(float)
    return bridged(
        question,
        [lowest_to_highest(shares)],
        [whole, part],
        label="money from abroad over all money spent on demining",
        assumption="spent and allocated are one, and the share did not change between the dates",
        crosses=(ScopePart.ORIGINATOR, ScopePart.PERIOD),
    )


def _splits_around(question: Question) -> pd.DataFrame:
    rows = question.basis.table("casualties_running_total")
    rows = rows[
        rows[list(_SPLITS)].notna().all(axis=1)
        & rows["geography"].isin(HERE)
        & (rows["period_start_last"] == COUNT_START)
        & (rows["source_id"] != question.page)
    ]
    return rows_around(rows, "as_of_last", question, "no split by civilians and military is published")
