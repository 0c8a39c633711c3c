"""Pairs of statements around the seed article that are about one quantity, and what must hold between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from analysis.claims.pairs import Relation
from analysis.claims.scope import Bridge, ScopePart


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One statement of a pair.

    Parameters
    ----------
    row_id
        Row of claims, map_assessment or casualties_running_total.
    column
        Column its figure stands in.
    population
        Whom or what it covers.
    """

    row_id: str
    column: str = "value"
    population: str = "all casualties"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairReading:
    """How two statements are held against each other.

    Parameters
    ----------
    about
        The statement of the audit beside which the pair is shown.
    first, second
        The two statements.
    relation
        What must hold between their true values.
    bridge
        Assumption under which they are compared; None where they are shown but not compared.
    """

    about: str
    first: Member
    second: Member
    relation: Relation = Relation.SAME_VALUE
    bridge: Bridge | None = None


_AREA, _PERIOD, _WHO = ScopePart.AREA, ScopePart.PERIOD, ScopePart.ORIGINATOR
_WHAT, _OF_WHOM = ScopePart.QUANTITY, ScopePart.POPULATION
_AT_MOST: Final = Relation.FIRST_AT_MOST_SECOND

_NEVER_FALLS: Final = Bridge(
    crosses=(_PERIOD, _WHO),
    assumption="one series of registered casualties: a later total is at least an earlier one",
)
_PART_OF_ALL: Final = Bridge(
    crosses=(_PERIOD, _WHO, _WHAT, _OF_WHOM),
    assumption="civilians are part of all casualties, 1992 lies after 1991, and a registered count never falls",
)
_SMALLER_AREA: Final = Bridge(
    crosses=(_PERIOD, _WHO, _AREA),
    assumption="the smaller area is part of the larger, and a registered count never falls",
)
_SAME_RECORDS: Final = Bridge(
    crosses=(_PERIOD, _WHO),
    assumption="both speak of all records handed over; the few forms of 2024 changed the share little",
)
_SAME_SERIES: Final = Bridge(
    crosses=(_PERIOD, _WHO), assumption="both speak of recent explosions in general, and the share did not change"
)
_ONE_MESSAGE: Final = Bridge(crosses=(_PERIOD, _WHO), assumption="two copies of one message of May 2023")
_SAME_DAY: Final = Bridge(crosses=(_PERIOD, _WHO), assumption="one count on one day, 4 April 2024")

_TOTAL, _CHILDREN, _WOMEN = Member(row_id="maps-001"), "children", "women"
_SHARE: Final = Member(row_id="maps-004", population="records handed over")
_OUTSIDE: Final = Member(row_id="maps-005", population="accidents")

PAIRS: Final[tuple[PairReading, ...]] = (
    PairReading(
        about="maps-001", first=Member(row_id="maps-020"), second=_TOTAL, relation=_AT_MOST, bridge=_NEVER_FALLS
    ),
    PairReading(
        about="maps-001", first=Member(row_id="maps-019"), second=_TOTAL, relation=_AT_MOST, bridge=_NEVER_FALLS
    ),
    PairReading(
        about="maps-001",
        first=Member(row_id="maps-017", population="civilians"),
        second=_TOTAL,
        relation=_AT_MOST,
        bridge=_PART_OF_ALL,
    ),
    PairReading(
        about="maps-001",
        first=Member(row_id="maps-017", population="civilians"),
        second=Member(row_id="maps-018"),
        relation=_AT_MOST,
        bridge=_PART_OF_ALL,
    ),
    PairReading(
        about="maps-001",
        first=Member(row_id="rt-0026", column="total"),
        second=_TOTAL,
        relation=_AT_MOST,
        bridge=_SMALLER_AREA,
    ),
    PairReading(about="maps-001", first=_TOTAL, second=Member(row_id="gap-019"), bridge=_NEVER_FALLS),
    PairReading(
        about="maps-002",
        first=Member(row_id="rt-0166", column=_CHILDREN, population=_CHILDREN),
        second=Member(row_id="rt-0164", column=_CHILDREN, population=_CHILDREN),
        bridge=_SAME_DAY,
    ),
    PairReading(
        about="maps-002",
        first=Member(row_id="rt-0164", column=_CHILDREN, population=_CHILDREN),
        second=Member(row_id="maps-002", population=_CHILDREN),
        relation=_AT_MOST,
        bridge=_NEVER_FALLS,
    ),
    PairReading(
        about="maps-002",
        first=Member(row_id="maps-002", population=_CHILDREN),
        second=Member(row_id="rt-0212", column=_CHILDREN, population=_CHILDREN),
        relation=_AT_MOST,
        bridge=_NEVER_FALLS,
    ),
    PairReading(
        about="maps-003",
        first=Member(row_id="maps-021", population=_WOMEN),
        second=Member(row_id="rt-0114", column=_WOMEN, population=_WOMEN),
        bridge=_ONE_MESSAGE,
    ),
    PairReading(
        about="maps-003",
        first=Member(row_id="rt-0075", column=_WOMEN, population=_WOMEN),
        second=Member(row_id="maps-003", population=_WOMEN),
        relation=_AT_MOST,
        bridge=_NEVER_FALLS,
    ),
    PairReading(
        about="maps-004",
        first=_SHARE,
        second=Member(row_id="ma-0037", population="records handed over"),
        bridge=_SAME_RECORDS,
    ),
    PairReading(about="maps-004", first=_SHARE, second=Member(row_id="gap-025", population="records handed over")),
    PairReading(about="maps-004", first=_SHARE, second=Member(row_id="ma-0071", population="records handed over")),
    PairReading(
        about="maps-005", first=_OUTSIDE, second=Member(row_id="ma-0047", population="accidents"), bridge=_SAME_SERIES
    ),
    PairReading(
        about="maps-005", first=_OUTSIDE, second=Member(row_id="ma-0058", population="accidents"), bridge=_SAME_SERIES
    ),
    PairReading(about="maps-005", first=_OUTSIDE, second=Member(row_id="ma-0045", population="casualties")),
    PairReading(
        about="maps-006",
        first=Member(row_id="maps-006", population="mines made in 2021"),
        second=Member(row_id="maps-039", population="mines made in 2021"),
    ),
    PairReading(
        about="maps-006",
        first=Member(row_id="maps-039", population="mines made in 2021"),
        second=Member(row_id="maps-040", population="mines made in 2021"),
    ),
)
