"""Checkable dates and numbers of institutions, read from the titles and dates of the pages that give them.

No table of the evidence has rows for them, so the pages are named here: that a page bears on one of these statements is
a reading of that page. A data folder without it gives no counterpart, and the verdict says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Final

import pandas as pd

from analysis.claims.scope import Bridge, ScopePart
from analysis.claims.search import Question, Search
from analysis.claims.stated import Range
from analysis.claims.verdict import Counterpart
from analysis.errors import InsufficientEvidence

_CREATION: Final = ("reportaz-2018-09-20-anama-1998", "anama-nd-director-address")
_DECREES: Final = ("trend-2021-01-15-mine-action-agency", "anama-2021-02-02-charter")
_MEETING: Final = ("itf-2025-ndmun28",)
_ANYBODY: Final = "a date or number of this kind does not depend on who states it"

Readable = Callable[[pd.Series], int | None]


def find_creation(question: Question) -> Search:
    """Return the year of creation from the titles that name one."""
    bridge = Bridge(crosses=(ScopePart.ORIGINATOR,), assumption=_ANYBODY)
    return _found(question, _CREATION, _year_in_title, bridge=bridge)


def find_restructuring(question: Question) -> Search:
    """Return the year of the decree that created the present agency and of its charter."""
    bridge = Bridge(
        crosses=(ScopePart.ORIGINATOR, ScopePart.QUANTITY),
        assumption=f"the decree on the Mine Action Agency and its charter are the restructuring meant; {_ANYBODY}",
    )
    return _found(question, _DECREES, _year_of_page, bridge=bridge, quantity="decree and charter of the agency")


def find_meeting_number(question: Question) -> Search:
    """Return the number of the meeting from the title of a participant's page."""
    bridge = Bridge(crosses=(ScopePart.ORIGINATOR,), assumption=_ANYBODY)
    return _found(question, _MEETING, _ordinal_in_title, bridge=bridge)


def _found(
    question: Question,
    pages: Collection[str],
    read: Readable,
    *,
    bridge: Bridge,
    quantity: str = "",
) -> Search:
    titles = question.basis.titles(pages)
    values = {name: read(row) for name, row in titles.iterrows()}
    known = {str(name): value for name, value in values.items() if value is not None}
    if not known:
        raise InsufficientEvidence(f"none of the pages that give it ({', '.join(pages)}) may be used or names it")
    originators = tuple(sorted(set(titles.loc[list(known), "originator"])))
    counterpart = Counterpart(
        label="; ".join(str(title) for title in titles.loc[list(known), "title"]),
        readings=tuple(Range(low=value, high=value) for value in sorted(set(known.values()))),
        scope=replace(
            question.statement.scope,
            originator=", ".join(originators),
            quantity=quantity or question.statement.scope.quantity,
        ),
        sources=tuple(sorted(known)),
        originators=originators,
        bridge=bridge,
    )
    return Search(counterparts=(counterpart,))


def _year_in_title(row: pd.Series) -> int | None:
    return _first(r"\b((?:19|20)\d\d)\b", str(row["title"]))


def _ordinal_in_title(row: pd.Series) -> int | None:
    return _first(r"\b(\d+)(?:st|nd|rd|th)\b", str(row["title"]))


def _year_of_page(row: pd.Series) -> int | None:
    first = row["published_on_first"]
    return None if pd.isna(first) else int(first.year)


def _first(pattern: str, text: str) -> int | None:
    found = re.search(pattern, text)
    return int(found.group(1)) if found else None
