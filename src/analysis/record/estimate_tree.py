"""An estimate read back from its tree in values.json; what is no estimate is refused."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from analysis.errors import ReproductionError
from analysis.estimate import Estimate, Interval, IntervalKind, Period

_INFINITE = {"inf": math.inf, "-inf": -math.inf}


def estimate_from(tree: object, *, where: str) -> Estimate:
    """Return the estimate that ``record.serialise`` wrote as `tree`.

    Parameters
    ----------
    tree
        As parsed from JSON; ends without limit are 'inf' and '-inf'.
    where
        File and key, for the message.

    Raises
    ------
    ReproductionError
        When a part is missing, of another type, or breaks a rule of :class:`~analysis.estimate.Estimate`.
    """
    try:
        parts = _object(tree, "the value")
        return Estimate(
            quantity=_text(parts, "quantity"),
            value=_number(parts, "value"),
            unit=_text(parts, "unit"),
            interval=None if parts["interval"] is None else _interval(_object(parts["interval"], "interval")),
            method=_text(parts, "method"),
            n=_whole(parts, "n"),
            n_unit=_text(parts, "n_unit"),
            period=_period(_object(parts["period"], "period")),
            geography=_text(parts, "geography"),
            sources=texts_in(parts, "sources"),
            assumptions=texts_in(parts, "assumptions"),
        )
    except KeyError as error:
        raise ReproductionError(f"{where} cannot be read: it has no {error}") from error
    except (ValueError, TypeError) as error:
        raise ReproductionError(f"{where} cannot be read: {error}") from error


def texts_in(parts: Mapping[str, object], name: str) -> tuple[str, ...]:
    """Return a list of texts of a parsed object as a tuple.

    Raises
    ------
    KeyError, TypeError
        When there is none of this name, or it is something else.
    """
    found = parts[name]
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise TypeError(f"{name} must be a list of texts, found {found!r:.60}")
    return tuple(found)


def _interval(parts: Mapping[str, object]) -> Interval:
    return Interval(
        low=_end(parts, "low"),
        high=_end(parts, "high"),
        kind=IntervalKind(_text(parts, "kind")),
        level=None if parts["level"] is None else _number(parts, "level"),
    )


def _period(parts: Mapping[str, object]) -> Period:
    return Period(start=date.fromisoformat(_text(parts, "start")), end=date.fromisoformat(_text(parts, "end")))


def _end(parts: Mapping[str, object], name: str) -> float:
    found = parts[name]
    return _INFINITE[found] if isinstance(found, str) and found in _INFINITE else _number(parts, name)


def _object(tree: object, name: str) -> Mapping[str, object]:
    if not isinstance(tree, dict):
        raise TypeError(f"{name} must be an object, found {tree!r:.60}")
    return tree


def _text(parts: Mapping[str, object], name: str) -> str:
    found = parts[name]
    if not isinstance(found, str):
        raise TypeError(f"{name} must be a text, found {found!r:.60}")
    return found


def _number(parts: Mapping[str, object], name: str) -> float:
    found = parts[name]
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        raise TypeError(f"{name} must be a number, found {found!r:.60}")
    return float(found)


def _whole(parts: Mapping[str, object], name: str) -> int:
    found = parts[name]
    if isinstance(found, bool) or not isinstance(found, int):
        raise TypeError(f"{name} must be a whole number, found {found!r:.60}")
    return found
