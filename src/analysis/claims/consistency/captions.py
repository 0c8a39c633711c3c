"""Captions, descriptions and notes of the two figures, with every number in them computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from analysis.claims.consistency.result import TopicResult

_NOT_FOR: Final = "Not for navigation, clearance or any decision on safety."


def conflicts_caption(results: Sequence[TopicResult], marks: pd.DataFrame, *, about_tolerance: float) -> str:
    """Return the caption of the figure of conflicts."""
    found = sum(len(one.found.minimal_infeasible) for one in results)
    return (
        f"Published statements that cannot all hold. {found} smallest conflicts were found in {len(results)} topics by "
        "constraint solving: no value of the quantities meets all statements of a conflict, and leaving out any one of "
        f"them makes the rest possible. Drawn are {len(marks)} of them, in the groups with most conflicts of each "
        "topic; a group shares all statements but one. Marks: the smallest change of the further statement, in per "
        "cent of its figure, that would end the conflict while the statements at the left hold. 'About' means within "
        f"{100 * about_tolerance:g} per cent, other figures mean what rounds to them, bounds are bounds. Conflicts "
        "hold only under the assumptions listed with each topic; a conflict does not say which statement is mistaken. "
        f"{_NOT_FOR}"
    )


def conflicts_alt(results: Sequence[TopicResult]) -> str:
    """Return the description of the figure of conflicts."""
    counts = "; ".join(f"{one.topic.name}: {len(one.found.minimal_infeasible)} conflicts" for one in results)
    return f"Statements that conflict with others, by topic, with marks at the change that would end it. {counts}."


def journeys_caption(journeys: pd.DataFrame) -> str:
    """Return the caption of the figure of numbers."""
    told = "; ".join(
        f"{name}: first seen {row['first_seen']} ({row['by']}), {row['prints']} prints, {row['originators']} voices"
        for name, row in journeys.iterrows()
    )
    return (
        f"How numbers travel. {told}. One lane for each body or person that spoke, in order of its first print; filled "
        "marks print the number, open ones another figure for the same or, beside the share outside the records, for "
        "the share outside the former line of contact. The dotted line is the first dated print seen; an earlier one "
        "may not have been seen. Repetition is not confirmation: none of the prints names a count behind the number. "
        f"{_NOT_FOR}"
    )


def journeys_alt(journeys: pd.DataFrame) -> str:
    """Return the description of the figure of numbers."""
    told = "; ".join(f"{name} from {row['first_seen']} to {row['last_seen']}" for name, row in journeys.iterrows())
    return f"Timelines of the prints of each number by originator: {told}."


def note(what: str, pages: int, *, last_date: str) -> str:
    """Return the line under a figure."""
    return f"{what}: {pages} pages to {last_date}, listed with the figure. {_NOT_FOR}"
