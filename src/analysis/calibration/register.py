"""Every method that is calibrated."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from analysis.calibration import (
    bands,
    change_dates,
    clearance,
    dated_changes,
    predictions,
    quotients,
    rates,
    shares,
    trends,
)
from analysis.calibration.settings import Method
from analysis.errors import ParameterError

METHODS: Final[tuple[Method, ...]] = (
    *shares.METHODS,
    *rates.METHODS,
    *trends.METHODS,
    *bands.METHODS,
    *change_dates.METHODS,
    *dated_changes.METHODS,
    *predictions.METHODS,
    *quotients.METHODS,
    *clearance.METHODS,
)


def methods_named(names: Collection[str]) -> tuple[Method, ...]:
    """Return the methods with these names, in the order of the register; all of them without a name.

    Raises
    ------
    ParameterError
        If a name is not one of a method; the message lists them.
    """
    known = [method.name for method in METHODS]
    for name in names:
        if name not in known:
            raise ParameterError(f"method: {name!r} is not calibrated; calibrated are: {'; '.join(known)}")
    return tuple(method for method in METHODS if not names or method.name in names)
