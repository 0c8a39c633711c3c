"""What moved between two records or runs: values in units of their interval, and everything said about them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.errors import ReproductionError
from analysis.estimate import Estimate, Interval
from analysis.record.reading import StoredRecord
from analysis.record.tolerance import Difference, json_differences


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One value that is not the same in two records.

    Parameters
    ----------
    key
        Full key.
    old, new
        The estimate in the first and in the second record; None where the record has none.
    changed
        The parts that differ beyond tolerance: 'value', 'interval', 'unit', ...; empty when it appeared or vanished.
    """

    key: str
    old: Estimate | None
    new: Estimate | None
    changed: tuple[str, ...] = ()

    @property
    def shift(self) -> float | None:
        """The new value less the old one, in their unit; None without two values in one unit or without a move."""
        if self.old is None or self.new is None or "value" not in self.changed or self.old.unit != self.new.unit:
            return None
        return self.new.value - self.old.value

    @property
    def shift_in_half_widths(self) -> float | None:
        """The shift over half the width of the old interval; None where there is no finite interval with a width."""
        width = None if self.old is None else half_width(self.old.interval)
        return None if width is None or self.shift is None else self.shift / width


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two records side by side.

    Parameters
    ----------
    movements
        Largest move in half-widths first; then moves that have none, the largest relative one first; then what
        appeared or vanished; then values of which something else changed.
    parameters
        Parameters that differ, of notebooks in both.
    agreeing
        Number of values that agree in everything.
    only_old, only_new
        Notebooks that one record lacks; their values are not compared.
    """

    movements: tuple[Movement, ...]
    parameters: tuple[Difference, ...]
    agreeing: int
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]


def half_width(interval: Interval | None) -> float | None:
    """Return half the distance of the ends; None without an interval, or when it is infinite or a single point."""
    if interval is None:
        return None
    width = (interval.high - interval.low) / 2
    return width if math.isfinite(width) and width > 0 else None


def compare_records(old: StoredRecord, new: StoredRecord) -> Comparison:
    """Compare the values of the notebooks that both records hold.

    Raises
    ------
    ReproductionError
        When they have no notebook in common, or hold something that is no estimate.
    """
    shared = [name for name in old.notebooks if name in new.notebooks]
    if not shared:
        raise ReproductionError(f"{old.folder} and {new.folder} have no notebook in common; nothing can be compared")
    keys = [key for key in sorted({**old.trees, **new.trees}) if key.partition(".")[0] in shared]
    moved = [found for key in keys if (found := _movement(key, old, new)) is not None]
    return Comparison(
        movements=tuple(sorted(moved, key=_rank)),
        parameters=tuple(
            difference
            for name in shared
            for difference in json_differences(old.parameters.get(name), new.parameters.get(name), where=name)
        ),
        agreeing=len(keys) - len(moved),
        only_old=tuple(name for name in old.notebooks if name not in shared),
        only_new=tuple(name for name in new.notebooks if name not in shared),
    )


def _movement(key: str, old: StoredRecord, new: StoredRecord) -> Movement | None:
    one = old.estimate(key) if key in old.trees else None
    other = new.estimate(key) if key in new.trees else None
    if one is None or other is None:
        return Movement(key=key, old=one, new=other)
    found = [
        each.where.partition(".")[0].partition("[")[0] for each in json_differences(old.trees[key], new.trees[key])
    ]
    changed = tuple(dict.fromkeys("n" if name == "n_unit" else name for name in found))
    return Movement(key=key, old=one, new=other, changed=changed) if changed else None


def _rank(movement: Movement) -> tuple[int, float, str]:
    widths, shift = movement.shift_in_half_widths, movement.shift
    if widths is not None:
        return (0, -abs(widths), movement.key)
    if "value" in movement.changed:
        return (1, -_relative(movement.old, shift), movement.key)
    return (3 if movement.changed else 2, 0.0, movement.key)


def _relative(old: Estimate | None, shift: float | None) -> float:
    if old is None or shift is None or old.value == 0:
        return math.inf
    return abs(shift / old.value)
