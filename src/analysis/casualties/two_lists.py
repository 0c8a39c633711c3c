"""What two published counts of one thing allow for both lists together, without knowing who is on both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind, Period

UNION_LABEL: Final = "of the two lists, not of all casualties"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCount:
    """How many casualties one body's list has, and of what.

    Parameters
    ----------
    body
        Who keeps the list.
    area, period, devices
        What it is of; `devices` in words, empty when nothing says what devices it counts.
    count
        Casualties on it.
    """

    body: str
    area: str
    period: Period
    devices: str
    count: int

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError(f"{self.body}: a list has 0 casualties or more, got {self.count}")


def union_bounds(first: ListCount, second: ListCount) -> Interval:
    """Return how many casualties the two lists have together: at least the longer one, at most their sum.

    The bound is :data:`UNION_LABEL`; nothing about casualties on neither list follows from two numbers.

    Raises
    ------
    InsufficientEvidence
        If the lists are one body's, or are not known to be of the same area, period and devices; the message says
        which.
    """
    if first.body == second.body:
        raise InsufficientEvidence(f"both counts are {first.body}'s: two prints of one list are not two lists")
    differing = [
        f"{name} ({one or 'not stated'} and {other or 'not stated'})"
        for name, one, other in (
            ("area", first.area, second.area),
            ("period", str(first.period), str(second.period)),
            ("devices", first.devices, second.devices),
        )
        if one != other or not one
    ]
    if differing:
        raise InsufficientEvidence(
            f"{first.body} and {second.body} are not known to count the same: {', '.join(differing)}"
        )
    return Interval(
        low=float(max(first.count, second.count)), high=float(first.count + second.count), kind=IntervalKind.BOUND
    )
