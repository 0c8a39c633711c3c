"""Whether two results say the same: text must be equal, numbers may differ in digits no machine agrees on."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from typing import Final

RELATIVE: Final = 1e-8
"""Largest relative difference of two numbers that agree. Processors differ by up to 1e-11, committed numbers carry ten
digits; anything that is a result differs by more."""

ABSOLUTE: Final = 1e-13
"""Largest absolute difference of two numbers that agree: what is left of a zero after subtractions."""

_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]*\w)")
_INTEGER = re.compile(r"[-+]?\d+")


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
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [
            difference
            for place, (one, other) in enumerate(zip(old, new, strict=True))
            for difference in json_differences(one, other, where=f"{where}[{place}]", relative=relative)
        ]
    if _leaves_agree(old, new, relative):
        return []
    return [Difference(where=where, old=_shown(old), new=_shown(new))]


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


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 120 else text[:117] + "..."


def csv_differences(old: str, new: str) -> list[Difference]:
    """Return every cell in which two CSV tables differ, or one difference of shape when rows or columns do."""
    one, other = (list(csv.reader(io.StringIO(text))) for text in (old, new))
    if len(one) != len(other):
        return [Difference(where="rows", old=str(len(one)), new=str(len(other)))]
    if one[:1] != other[:1]:
        return [Difference(where="columns", old=",".join(*one[:1]), new=",".join(*other[:1]))]
    return [
        Difference(where=f"line {line}, {name}", old=_shown(old_cell), new=_shown(new_cell))
        for line, (old_row, new_row) in enumerate(zip(one, other, strict=True), start=1)
        for name, old_cell, new_cell in _cells(one[0] if one else [], old_row, new_row)
        if not texts_agree(old_cell, new_cell)
    ]


def _cells(header: list[str], old: list[str], new: list[str]) -> list[tuple[str, str, str]]:
    width = max(len(header), len(old), len(new))
    padded = [row + [""] * (width - len(row)) for row in (header, old, new)]
    return list(zip(*padded, strict=True))
