"""What a notebook's parameters ask for: files, settings, and the arguments of the frontier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import pairwise
from math import inf
from typing import Any, Final, cast

from analysis.errors import ParameterError
from analysis.maps.ground.brought import Brought, Files
from analysis.maps.ground.shift import ShiftSettings
from analysis.maps.ground.study import GroundSettings

_RECORDED_SHARES: Final = (0.1, 0.3, 0.5, 0.8)
_ERRORS_M: Final = (15.0, 30.0, 60.0, 120.0)
_FEWEST_POINTS, _MOST_POINTS = 40, 400
_CELL: Final = 5
"""A cell of the frontier has this part of the worlds of the estimators."""


def files_of(choices: Mapping[str, object]) -> Files:
    """Return the files and columns among the parameters."""
    return Files(**{one.name: str(choices[one.name]) for one in fields(Files)})


def asked_of(choices: Mapping[str, object]) -> GroundSettings:
    """Return the settings among the parameters.

    Raises
    ------
    ParameterError
        Naming the parameter, for distances that are none or do not rise, a level outside 0 to 1, or no relocation.
    """
    numbers = cast("Mapping[str, Any]", choices)
    for name in ("tolerances_m", "location_errors_m"):
        told = [float(one) for one in numbers[name]]
        rising = all(low < high for low, high in pairwise(told))
        if not (told and rising and all(0 <= one < inf for one in told)):
            raise ParameterError(f"{name}: one distance or more of at least 0, each above the last, found {told}")
    if not 0 < float(numbers["confidence_level"]) < 1:
        raise ParameterError(f"confidence_level: a number between 0 and 1, found {numbers['confidence_level']}")
    if int(numbers["relocations"]) < 1:
        raise ParameterError(f"relocations: at least 1 is needed, found {numbers['relocations']}")
    return GroundSettings(
        tolerances_m=cast("Sequence[float]", choices["tolerances_m"]),
        errors_m=cast("Sequence[float]", choices["location_errors_m"]),
        misplacement_m=float(numbers["misplacement_m"]),
        record_error_m=float(numbers["record_error_m"]),
        level=float(numbers["confidence_level"]),
        relocations=int(numbers["relocations"]),
        shift=ShiftSettings(
            reach_m=float(numbers["shift_reach_m"]),
            step_m=float(numbers["shift_step_m"]),
            matching_m=float(numbers["matching_m"]),
            block_m=float(numbers["block_m"]),
            repeats=int(numbers["relocations"]),
        ),
        seed=int(numbers["seed"]),
    )


def frontier_arguments(choices: Mapping[str, object], brought: Brought) -> dict[str, object]:
    """Return the arguments of the frontier: the same search, with about as many points as were brought."""
    asked = asked_of(choices)
    points = _MOST_POINTS if brought.points is None else len(brought.points.xy)
    return {
        "recorded_shares": _RECORDED_SHARES,
        "errors_m": _ERRORS_M,
        "points": min(max(points, _FEWEST_POINTS), _MOST_POINTS),
        "worlds": max(1, int(cast("int", choices["worlds"])) // _CELL),
        "reach_m": asked.shift.reach_m,
        "step_m": asked.shift.step_m,
        "matching_m": asked.shift.matching_m,
        "block_m": asked.shift.block_m,
        "level": asked.level,
        "seed": asked.seed,
    }
