"""What records can be held against: three kinds of input that answer different questions and are never mixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InsufficientEvidence
from analysis.stats.map_accuracy import StratifiedChecks

MINED: Final = "mined"
NOT_MINED: Final = "not mined"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Records:
    """Recorded hazardous areas.

    Parameters
    ----------
    name
        File, or what stands for it.
    shapes
        Polygons, m.
    as_of
        Day from which the records existed as given; None when nobody says.
    centre
        Longitude and latitude, degrees; None for no place on earth.
    """

    name: str
    shapes: NDArray[np.object_]
    as_of: date | None
    centre: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PresenceOnly:
    """Points where something happened or was found, with no word on where nothing did.

    Parameters
    ----------
    name
        File, or what stands for it.
    xy
        Positions, m.
    dates
        Day of each; NaT where unknown.
    caused
        Which of them led to the record being made.
    """

    name: str
    xy: NDArray[np.float64]
    dates: NDArray[np.datetime64]
    caused: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ProbabilitySample:
    """Places drawn by a stated design and checked; map and reference classes are `mined` and `not mined`.

    Parameters
    ----------
    name
        File, or what stands for it.
    checks
        The checks with the sizes of their strata.
    """

    name: str
    checks: StratifiedChecks

    def __post_init__(self) -> None:
        other = sorted({*self.checks.map_class, *self.checks.reference_class} - {MINED, NOT_MINED})
        if other:
            raise InsufficientEvidence(
                f"the classes of checks are '{MINED}' and '{NOT_MINED}', found {', '.join(other)}"
            )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FullSurvey:
    """An area searched completely, and all that was found to be hazardous in it.

    Parameters
    ----------
    name
        File, or what stands for it.
    area
        The searched area, one polygon or more.
    found
        Hazardous areas found, m.
    """

    name: str
    area: NDArray[np.object_]
    found: NDArray[np.object_]


GroundInput = PresenceOnly | ProbabilitySample | FullSurvey
Wanted = TypeVar("Wanted", PresenceOnly, ProbabilitySample, FullSurvey)

_WORDS: Final[Mapping[type[Any], str]] = {
    PresenceOnly: "presence-only points",
    ProbabilitySample: "a probability sample of checks",
    FullSurvey: "a full survey of a stated area",
}
_ANSWERS: Final[Mapping[type[Any], tuple[tuple[str, str], ...]]] = {
    PresenceOnly: (
        ("share of points inside the records, by tolerance and location error", "yes"),
        ("omission among accidents, as bounds", "only of dated points after the records"),
        ("commission, correct share, coverage share by area", "no: nothing says where there is nothing"),
        ("a common shift of the records", "yes, or 'not identifiable'"),
    ),
    ProbabilitySample: (
        ("correct share, coverage share and mined area, with standard errors", "yes"),
        ("share of accidents inside the records", "no: checks are places, not accidents"),
    ),
    FullSurvey: (
        ("areas of agreement, commission, omission and misplacement", "yes, within the area only"),
        ("anything beyond the area", "no: it was not drawn by chance"),
    ),
}


def require(given: object, wanted: type[Wanted], question: str) -> Wanted:
    """Return the input if it is of the kind the question needs.

    Raises
    ------
    InsufficientEvidence
        If it is of another kind, or none; the message says what each can answer.
    """
    if isinstance(given, wanted):
        return given
    found = "none was brought" if given is None else f"{_WORDS.get(type(given), 'this input')} cannot answer it"
    raise InsufficientEvidence(f"{question}: {_WORDS[wanted]} is needed; {found}")


def questions() -> pd.DataFrame:
    """Return what each kind of input may be asked."""
    rows = [
        {"input": _WORDS[kind], "question": question, "may be asked": answer}
        for kind, answers in _ANSWERS.items()
        for question, answer in answers
    ]
    return pd.DataFrame(rows).set_index("input")
