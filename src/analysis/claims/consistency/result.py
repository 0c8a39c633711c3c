"""The conflicts of every topic, grouped for reading, with the change that would end each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from analysis.claims.basis import Basis
from analysis.claims.consistency import casualties, quantities
from analysis.claims.consistency.statements import Member, Topic
from analysis.errors import InsufficientEvidence
from analysis.stats.infeasible_subsets import Conflicts, LinearRow, Solver, conflicts

TOPICS: Final[tuple[Callable[..., Topic], ...]] = (
    casualties.topic_same_day,
    casualties.topic_years,
    casualties.topic_all_time,
    quantities.topic_places,
    quantities.topic_mines,
    quantities.topic_area,
    quantities.topic_made_in_2021,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictGroup:
    """Smallest conflicts that share all statements but one.

    Parameters
    ----------
    topic
        Name of the topic.
    held
        The statements they share, earliest first.
    against
        The statements of which any one completes a conflict, earliest first.
    changes
        For each of `against`, the smallest change, as a share of its figure, that would end the conflict while the
        shared statements hold; signed, missing where no finite share can be given.
    """

    topic: str
    held: tuple[Member, ...]
    against: tuple[Member, ...]
    changes: tuple[float | None, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties of all statements, sorted."""
        return tuple(sorted({party for one in (*self.held, *self.against) for party in one.parties}))


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicResult:
    """A topic with its smallest conflicts.

    Parameters
    ----------
    topic
        The topic.
    found
        Its minimal infeasible subsets and a smallest set of statements without which the rest can hold.
    groups
        The conflicts as groups, those with most conflicts first.
    """

    topic: Topic
    found: Conflicts
    groups: tuple[ConflictGroup, ...]


def consistency(basis: Basis, *, about_tolerance: float) -> tuple[TopicResult, ...]:
    """Return every topic that has statements, with its conflicts."""
    results = []
    for make in TOPICS:
        try:
            topic = make(basis, about_tolerance=about_tolerance)
        except InsufficientEvidence:
            continue
        if topic.members:
            found = conflicts(topic.system)
            results.append(TopicResult(topic=topic, found=found, groups=_grouped(topic, found)))
    return tuple(results)


def conflict_sources(results: Iterable[TopicResult]) -> tuple[str, ...]:
    """Return every source of a statement that stands in a conflict, sorted."""
    groups = [group for result in results for group in result.groups]
    members = [one for group in groups for one in (*group.held, *group.against)]
    return tuple(sorted({figure.source_id for one in members for figure in one.figures}))


def topics_table(results: Sequence[TopicResult]) -> pd.DataFrame:
    """Return one row a topic: statements, figures, originators, conflicts by size, fewest statements to leave out."""
    rows = []
    for result in results:
        sizes = Counter(len(one) for one in result.found.minimal_infeasible)
        figures = [figure for one in result.topic.members for figure in one.figures]
        rows.append(
            {
                "topic": result.topic.name,
                "statements": len(result.topic.members),
                "figures": len(figures),
                "originators": len({figure.originator for figure in figures}),
                "conflicts": len(result.found.minimal_infeasible),
                "by size": ", ".join(f"{count} of {size}" for size, count in sorted(sizes.items())) or "none",
                "left out so that the rest can hold": len(result.found.smallest_removal),
            }
        )
    return pd.DataFrame(rows).set_index("topic")


def assumptions_table(results: Iterable[TopicResult]) -> pd.DataFrame:
    """Return the assumptions under which the statements of each topic are held against each other."""
    rows = [{"topic": one.topic.name, "holds only if": words} for one in results for words in one.topic.assumptions]
    return pd.DataFrame(rows).set_index("topic")


def groups_table(results: Iterable[TopicResult]) -> pd.DataFrame:
    """Return one row a group: statements shared, statements of which any one completes a conflict, change needed."""
    rows = [
        {
            "topic": group.topic,
            "these": "; ".join(one.words for one in group.held),
            "and any of these": "; ".join(one.words for one in group.against),
            "conflicts": len(group.against),
            "change that would end it": change_words(group.changes),
        }
        for result in results
        for group in result.groups
    ]
    columns = ["topic", "these", "and any of these", "conflicts", "change that would end it"]
    return pd.DataFrame(rows, columns=columns).set_index("topic")


def change_words(changes: Sequence[float | None]) -> str:
    """Return the smallest and largest change needed in per cent of the figure."""
    known = sorted(100 * one for one in changes if one is not None)
    if not known:
        return ""
    ends = [_two_digits(one) for one in (known[0], known[-1])]
    return f"{ends[0]} per cent" if ends[0] == ends[1] else f"{ends[0]} to {ends[1]} per cent"


def _two_digits(value: float) -> str:
    words = f"{value:+.0f}" if abs(value) >= 10 else f"{value:+.2g}"  # else 100 would be printed as 1e+02
    return words.replace("-", "\N{MINUS SIGN}")


def conflict_marks(results: Iterable[TopicResult], *, most: int = 5) -> pd.DataFrame:
    """Return one mark a conflict with a finite change, of the groups with most conflicts.

    Parameters
    ----------
    results
        The topics with their conflicts.
    most
        Largest number of groups taken from one topic.

    Returns
    -------
    DataFrame
        topic, group, these, and, change (share of the figure), parties (how many, one not named left out), source_ids.
    """
    rows = [
        {
            "topic": group.topic,
            "group": place,
            "these": "; ".join(one.short for one in group.held),
            "and": one.short,
            "change": change,
            "parties": len({*one.parties, *(party for held in group.held for party in held.parties)} - {"unknown"}),
            "source_ids": ", ".join(sorted({f.source_id for member in (*group.held, one) for f in member.figures})),
        }
        for result in results
        for place, group in enumerate(result.groups[:most])
        for one, change in zip(group.against, group.changes, strict=True)
        if change is not None
    ]
    columns = ["topic", "group", "these", "and", "change", "parties", "source_ids"]
    return pd.DataFrame(rows, columns=columns)


def _grouped(topic: Topic, found: Conflicts) -> tuple[ConflictGroup, ...]:
    """Return each conflict in one group: with the shared part that most conflicts not yet placed have."""
    order = {one.name: (one.figures[0].as_of or "9999", one.name) for one in topic.members}
    by_name = {one.name: one for one in topic.members}
    waiting = [frozenset(one) for one in found.minimal_infeasible]
    groups = []
    while waiting:
        shared = Counter(one - {name} for one in waiting for name in one)
        # Of equally common parts the one that leaves the latest statement open.
        held = max(
            shared, key=lambda one: (shared[one], [order[name] for name in sorted(waiting[0] - one)], sorted(one))
        )
        placed = [one for one in waiting if held < one and len(one) == len(held) + 1]
        against = sorted((next(iter(one - held)) for one in placed), key=lambda name: order[name])
        waiting = [one for one in waiting if one not in placed]
        groups.append(
            ConflictGroup(
                topic=topic.name,
                held=tuple(by_name[name] for name in sorted(held, key=lambda name: order[name])),
                against=tuple(by_name[name] for name in against),
                changes=tuple(_change(topic, by_name[name], held) for name in against),
            )
        )
    return tuple(groups)


def _change(topic: Topic, member: Member, held: frozenset[str]) -> float | None:
    """Return the smallest change of one figure of a statement that ends the conflict, as a share of the figure.

    Where no single figure is enough, the largest of the changes that each needs for itself.
    """
    rows = member.figures[0].rows
    apart = {f"{member.name}#{place}": [row] for place, row in enumerate(rows)}
    system = topic.system
    solver = Solver(replace(system, members={name: system.members[name] for name in held} | apart))
    others = [held | (frozenset(apart) - {name}) for name in apart]
    enough = [_row_change(solver, row, given) for row, given in zip(rows, others, strict=True)]
    if any(enough):
        return min((one for one in enough if one), key=abs)
    needed = [_row_change(solver, row, held) for row in rows]
    return max((one for one in needed if one), key=abs, default=None)


def _row_change(solver: Solver, row: LinearRow, given: frozenset[str]) -> float | None:
    """Return how far the row's nearest end lies from what the statements given allow; None where nothing is allowed."""
    reach = solver.reach(row.terms, given=given)
    if reach is None:
        return None
    low, high = reach
    if low > row.high and row.high != 0:
        return (low - row.high) / abs(row.high)
    if high < row.low and row.low != 0:
        return (high - row.low) / abs(row.low)
    return None
