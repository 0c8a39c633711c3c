"""Whether two results say the same: text must be equal, numbers may differ in digits no machine agrees on."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

RELATIVE: Final = 1e-8
"""Largest relative difference of two numbers that agree. Processors differ by up to 1e-11, committed numbers carry ten
digits; anything that is a result differs by more."""

ABSOLUTE: Final = 1e-13
"""Largest absolute difference of two numbers that agree: what is left of a zero after subtractions."""

_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]*\w)")
_INTEGER = re.compile(r"[-+]?\d+")
_LONGEST_SHOWN: Final = 120
_BEFORE_DIFFERENCE: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place where two results differ: where, what the record says, what this run says."""

    where: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.where}: {self.old} -> {self.new}"


def numbers_agree(old: float, new: float, *, relative: float = RELATIVE) -> bool:
    """Return whether two numbers agree within the tolerance; infinite ones only with themselves."""
    return old == new or math.isclose(old, new, rel_tol=relative, abs_tol=ABSOLUTE)


def texts_agree(old: str, new: str) -> bool:
    """Return whether two texts are equal but for numbers that agree; whole numbers must be equal."""
    if old == new:
        return True
    if _NUMBER.split(old) != _NUMBER.split(new):
        return False
    pairs = zip(_NUMBER.findall(old), _NUMBER.findall(new), strict=True)
    return all(_printed_agree(one, other) for one, other in pairs)


def _printed_agree(old: str, new: str) -> bool:
    if old == new:
        return True
    if _INTEGER.fullmatch(old) and _INTEGER.fullmatch(new):
        return False
    return math.isfinite(float(old)) and numbers_agree(float(old), float(new))


def json_differences(old: object, new: object, *, where: str = "", relative: float = RELATIVE) -> list[Difference]:
    """Return every leaf in which two JSON trees differ, with its path; numbers within `relative` agree."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [
            difference
            for key in sorted({**old, **new})
            for difference in json_differences(
                old.get(key, _ABSENT),
                new.get(key, _ABSENT),
                where=f"{where}.{key}" if where else str(key),
                relative=relative,
            )
        ]
    if isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new) or _members_moved(old, new):
            shown = shown_lists(old, new)
            return [Difference(where=where, old=shown[0], new=shown[1])]
        return [
            difference
            for place, (one, other) in enumerate(zip(old, new, strict=True))
            for difference in json_differences(one, other, where=f"{where}[{place}]", relative=relative)
        ]
    if _leaves_agree(old, new, relative):
        return []
    one, other = shown_apart(old, new)
    return [Difference(where=where, old=one, new=other)]


def _members_moved(old: Sequence[object], new: Sequence[object]) -> bool:
    """Return whether two lists of words differ in several places: what came and went then says more than places."""
    words = all(isinstance(member, str) for member in (*old, *new))
    return words and sum(one != other for one, other in zip(old, new, strict=True)) > 1


def _leaves_agree(old: object, new: object, relative: float) -> bool:
    if _is_number(old) and _is_number(new):
        return numbers_agree(old, new, relative=relative)  # type: ignore[arg-type]
    return type(old) is type(new) and old == new


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


class _Absent:
    def __repr__(self) -> str:
        return "nothing"


_ABSENT: Final = _Absent()


def shown_apart(old: object, new: object) -> tuple[str, str]:
    """Return two things that differ as texts that differ: long ones are cut around the first difference."""
    one, other = (value if isinstance(value, str) else repr(value) for value in (old, new))
    if one == other:
        one, other = repr(old), repr(new)  # the word 'True' beside the truth value
    if max(len(one), len(other)) <= _LONGEST_SHOWN:
        return one, other
    pairs = enumerate(zip(one, other, strict=False))
    first = next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
    start = max(0, first - _BEFORE_DIFFERENCE)
    return _cut(one, start), _cut(other, start)


def _cut(text: str, start: int) -> str:
    rest = text[start:]
    end = rest if len(rest) <= _LONGEST_SHOWN else rest[:_LONGEST_SHOWN] + "..."
    return f"...{end}" if start else end


def shown_lists(old: Sequence[object], new: Sequence[object]) -> tuple[str, str]:
    """Return two lists as texts that differ: short ones whole, long ones as what is in one of them only."""
    if max(len(repr(old)), len(repr(new))) <= _LONGEST_SHOWN:
        return repr(old), repr(new)
    removed, added = _surplus(old, new), _surplus(new, old)
    if not removed and not added:
        return f"{len(old)} members", "the same in another order"
    pairs = [shown_apart(one, other) for one, other in zip_longest(removed, added, fillvalue="")]
    gone = ", ".join(one for one, _ in pairs[: len(removed)]) or "none"
    come = ", ".join(other for _, other in pairs[: len(added)]) or "none"
    return f"{len(old)} members; removed: {gone}", f"{len(new)} members; added: {come}"


def _surplus(members: Sequence[object], others: Sequence[object]) -> list[object]:
    """Return the members that the other list lacks, each as often as it is missing there."""
    left, surplus = list(others), []
    for member in members:
        if member in left:
            left.remove(member)
        else:
            surplus.append(member)
    return surplus


def csv_differences(old: str, new: str) -> list[Difference]:
    """Return every cell in which two CSV tables differ, or one difference of shape when rows or columns do."""
    one, other = (list(csv.reader(io.StringIO(text))) for text in (old, new))
    if len(one) != len(other):
        return [Difference(where="rows", old=str(len(one)), new=str(len(other)))]
    if one[:1] != other[:1]:
        return [Difference(where="columns", old=",".join(*one[:1]), new=",".join(*other[:1]))]
    return [
        Difference(where=f"line {line}, {name}", old=shown[0], new=shown[1])
        for line, (old_row, new_row) in enumerate(zip(one, other, strict=True), start=1)
        for name, old_cell, new_cell in _cells(one[0] if one else [], old_row, new_row)
        if not texts_agree(old_cell, new_cell)
        for shown in [shown_apart(old_cell, new_cell)]
    ]


def _cells(header: list[str], old: list[str], new: list[str]) -> list[tuple[str, str, str]]:
    width = max(len(header), len(old), len(new))
    padded = [row + [""] * (width - len(row)) for row in (header, old, new)]
    return list(zip(*padded, strict=True))
