"""What a figure is about, and the named assumption that lets two figures about different things be compared."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum


class ScopePart(StrEnum):
    """The six things that must match before two figures are compared."""

    QUANTITY = "quantity"
    UNIT = "unit"
    POPULATION = "population"
    AREA = "area"
    PERIOD = "period"
    ORIGINATOR = "originator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a figure is about; two parts match if their words are the same.

    Parameters
    ----------
    quantity
        What is counted or measured.
    unit
        Its unit; a share (0 to 1) has the unit 'share'.
    population
        Whom or what the figure covers: 'all casualties', 'civilians', 'accidents'.
    area
        Where, as the evidence names it.
    period
        When, as the evidence prints it; 'not stated' is a period of its own.
    originator
        Who counted.
    """

    quantity: str
    unit: str
    population: str
    area: str
    period: str
    originator: str

    def __post_init__(self) -> None:
        for part in fields(self):
            if not getattr(self, part.name).strip():
                raise ValueError(f"scope: {part.name} must not be empty; say 'not stated' where it is not stated")

    def differing_parts(self, other: Scope) -> tuple[ScopePart, ...]:
        """Return the parts in which the two scopes differ, in the order of :class:`ScopePart`."""
        return tuple(part for part in ScopePart if getattr(self, part.value) != getattr(other, part.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """An assumption under which figures of different scope may be compared all the same.

    Parameters
    ----------
    crosses
        The parts of the scope it makes comparable; never empty.
    assumption
        What has to hold, in a sentence; never empty.
    """

    crosses: tuple[ScopePart, ...]
    assumption: str

    def __post_init__(self) -> None:
        if not self.crosses or not self.assumption.strip():
            raise ValueError("a bridge names the parts it crosses and the assumption it stands on")


def unbridged_parts(first: Scope, second: Scope, bridge: Bridge | None) -> tuple[ScopePart, ...]:
    """Return the parts in which two scopes differ and that no bridge crosses; empty if they may be compared."""
    crossed = () if bridge is None else bridge.crosses
    return tuple(part for part in first.differing_parts(second) if part not in crossed)
