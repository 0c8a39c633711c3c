"""Pairs of statements around the seed article that are about one quantity, and what must hold between them.

A pair is a reading of two named rows: which statements are about one thing, and under which assumption they may be held
against each other, is decided by reading them, so rows are named here and a data folder without them loses the pair.
Every part of the scope that a bridge crosses has an assumption of its own, printed in the row of the pair.

Shares of the records are worded in several ways. What each is a share of is read from its wording by
:func:`analysis.maps.definitions.meaning_of`. One rule holds for all of them: where a wording leaves open what is
counted, a bridge may assume that it means what the other one says; where two wordings name different things (right,
useful, trusted) no bridge is built, and the pair is shown and not judged.
"""

from __future__ import annotations

from collections.abc import Mapping
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
        Whom or what it covers; for shares of the records :data:`BY_WORDING`, since the wording of the row decides it.
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


def _bridge(assumptions: Mapping[ScopePart, str]) -> Bridge:
    """Return the bridge over the parts named, each with its own assumption."""
    sentence = "; ".join(f"{part}: {assumption}" for part, assumption in assumptions.items())
    return Bridge(crosses=tuple(assumptions), assumption=sentence)


_ONE_COUNT: Final = "both offices count the same casualties, so that the one's count is the other's"
_GROWS: Final = "a registered count never falls, and starts printed as 1991, 1992 or not at all mean one count"

_NEVER_FALLS: Final = _bridge({_PERIOD: _GROWS, _WHO: _ONE_COUNT})
_PART_OF_ALL: Final = _bridge(
    {
        _WHAT: "a total of civilians is part of the total of all",
        _OF_WHOM: "civilians are part of all casualties",
        _PERIOD: "the count from 1992 is part of that from 1991, and a registered count never falls",
        _WHO: _ONE_COUNT,
    }
)
_SMALLER_AREA: Final = _bridge({_AREA: "the smaller area is part of the larger", _PERIOD: _GROWS, _WHO: _ONE_COUNT})
_SAME_RECORDS: Final = _bridge(
    {
        _OF_WHOM: "both mean the same share of the same records, although one does not say what it counts",
        _PERIOD: "the share does not change, and the few forms of later years changed it little",
        _WHO: "both state the share of all records handed over, not of a part that one office looked at",
    }
)
_SAME_SERIES: Final = _bridge(
    {
        _PERIOD: "both speak of recent explosions in general, and the share did not change",
        _WHO: "both offices use one count of explosions",
    }
)
_ONE_MESSAGE: Final = _bridge({_PERIOD: "both copies are of one day", _WHO: "both are copies of one message"})
_SAME_DAY: Final = _bridge({_PERIOD: "both counts are of one day", _WHO: _ONE_COUNT})

BY_WORDING: Final = "by wording"
"""Population of a share of the records: what it is a share of is read from the wording of its row."""


def _of(population: str, row_id: str, *, column: str = "value") -> Member:
    return Member(row_id=row_id, column=column, population=population)


def _at_most(about: str, first: Member, second: Member, bridge: Bridge) -> PairReading:
    """Return the pair whose first is at most its second: a part and its whole, or a count and its later value."""
    return PairReading(about=about, first=first, second=second, relation=Relation.FIRST_AT_MOST_SECOND, bridge=bridge)


def _same(about: str, first: Member, second: Member, bridge: Bridge | None = None) -> PairReading:
    """Return the pair of statements of one value; without a bridge they are shown and not compared."""
    return PairReading(about=about, first=first, second=second, bridge=bridge)


_TOTAL: Final = Member(row_id="maps-001")
_CIVILIANS: Final = _of("civilians", "maps-017")
_CHILDREN: Final = _of("children", "maps-002")
_WOMEN: Final = _of("women", "maps-003")
_SHARE: Final = _of(BY_WORDING, "maps-004")
_OUTSIDE: Final = _of("accidents", "maps-005")
_REGION: Final = _of("mines made in 2021", "maps-039")

PAIRS: Final[tuple[PairReading, ...]] = (
    _at_most("maps-001", Member(row_id="maps-020"), _TOTAL, _NEVER_FALLS),
    _at_most("maps-001", Member(row_id="maps-019"), _TOTAL, _NEVER_FALLS),
    _at_most("maps-001", _CIVILIANS, _TOTAL, _PART_OF_ALL),
    _at_most("maps-001", _CIVILIANS, Member(row_id="maps-018"), _PART_OF_ALL),
    _at_most("maps-001", Member(row_id="rt-0026", column="total"), _TOTAL, _SMALLER_AREA),
    _same("maps-001", _TOTAL, Member(row_id="gap-019"), _NEVER_FALLS),
    _same(
        "maps-002",
        _of("children", "rt-0166", column="children"),
        _of("children", "rt-0164", column="children"),
        _SAME_DAY,
    ),
    _at_most("maps-002", _of("children", "rt-0164", column="children"), _CHILDREN, _NEVER_FALLS),
    _at_most("maps-002", _CHILDREN, _of("children", "rt-0212", column="children"), _NEVER_FALLS),
    _same("maps-003", _of("women", "maps-021"), _of("women", "rt-0114", column="women"), _ONE_MESSAGE),
    _at_most("maps-003", _of("women", "rt-0075", column="women"), _WOMEN, _NEVER_FALLS),
    _same("maps-004", _SHARE, _of(BY_WORDING, "ma-0037"), _SAME_RECORDS),
    _same("maps-004", _SHARE, _of(BY_WORDING, "gap-025")),
    _same("maps-004", _SHARE, _of(BY_WORDING, "ma-0071")),
    _same("maps-005", _OUTSIDE, _of("accidents", "ma-0047"), _SAME_SERIES),
    _same("maps-005", _OUTSIDE, _of("accidents", "ma-0058"), _SAME_SERIES),
    _same("maps-005", _OUTSIDE, _of("casualties", "ma-0045")),
    _same("maps-006", _of("mines made in 2021", "maps-006"), _REGION),
    _same("maps-006", _REGION, _of("mines made in 2021", "maps-040")),
)
