"""Records against the ground in made-up worlds: bias and coverage of every estimator, and where a shift is found.

Nothing of the evidence is in these worlds, so only the source can make the tables out of date.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import Any, Final

import pandas as pd

from analysis.calibration.keeping import Line, Task
from analysis.calibration.provenance import Provenance, changes_since, read_provenance, write_provenance
from analysis.calibration.seeds import seed_of
from analysis.calibration.settings import LEVEL, verdict
from analysis.calibration.source import module_closure, source_hash
from analysis.calibration.table import FOLDER, write_rows
from analysis.maps.ground.estimators import ASKED, SEARCH, coverage, simulated_answers, summary
from analysis.maps.ground.frontier import cell, search_worlds, without_shift
from analysis.maps.ground.world import WorldSettings

NAME: Final = "records against the ground"
ESTIMATORS, FRONTIER, MADE_WITH = "minefields.csv", "minefields_shift.csv", "minefields.json"
WORLDS: Final = 1000
DEFAULT: Final = "as set"
WORLD: Final = WorldSettings()
SETTINGS: Final[dict[str, WorldSettings]] = {
    DEFAULT: WORLD,
    "30 % recorded": replace(WORLD, recorded_share=0.3),
    "90 % recorded": replace(WORLD, recorded_share=0.9),
    "records off by 10 m": replace(WORLD, error_m=10.0),
    "records off by 120 m": replace(WORLD, error_m=120.0),
    "no common shift": without_shift(WORLD),
    "50 checks a stratum": replace(WORLD, survey_effort=50),
    "600 checks a stratum": replace(WORLD, survey_effort=600),
    "accidents alike in and outside records": replace(WORLD, exposure_ratio=1.0),
    "accidents five times as dense outside": replace(WORLD, exposure_ratio=5.0),
}
RECORDED_SHARES: Final = (0.1, 0.3, 0.5, 0.8)
ERRORS_M: Final = (15.0, 30.0, 60.0, 120.0)
SHIFTS_M: Final = (WORLD.shift_east_m, 0.0)
_LIBRARIES: Final = ("numpy", "pandas", "scipy", "shapely")
_MODULES: Final = ("analysis.maps.ground.estimators", "analysis.maps.ground.frontier")
_SIMULATING: Final = ("analysis.calibration.minefields", "analysis.calibration.seeds")
_COUNTED: Final = ("estimator", "kind", "worlds", "answered", "truth", "estimate", "bias", "bias_se", "spread", "held")
_FRONTIER_COLUMNS: Final = ("shift_east_m", "recorded_share", "error_m", "points", "worlds", "found", "wrong")
_FRONTIER: Final = "common shift of {shift:g} m, {share:g} recorded, records off by {error:g} m"


def tasks_of(*, worlds: int, seed: int) -> list[Task]:
    """Return every simulation: one a setting of the estimators, one a cell of the frontier."""
    origin = made_here(seed=seed)[NAME]["source"]
    return [
        Task(subject=NAME, setting=setting, runs=worlds, seed=seed, origin=origin) for setting in [*SETTINGS, *_cells()]
    ]


def simulated(task: Task) -> Line:
    """Return the lines of one setting, or the counts of one cell; the seed follows from its name alone."""
    streams = seed_of(f"{NAME}: {task.setting}", seed=task.seed).spawn(task.runs)
    if task.setting in SETTINGS:
        table = summary(simulated_answers(SETTINGS[task.setting], ASKED, streams))
        return {"setting": task.setting, "lines": table.to_dict(orient="records")}
    settings = _cells()[task.setting]
    found, wrong = search_worlds(settings, SEARCH, streams)
    line = {"recorded_share": settings.recorded_share, "error_m": settings.error_m, "points": settings.points}
    return {"shift_east_m": settings.shift_east_m, **line, "worlds": task.runs, "found": found, "wrong": wrong}


def store(lines: Sequence[Line], *, seed: int, folder: Path = FOLDER) -> None:
    """Write both tables and what they were made with."""
    answered = [{"setting": one["setting"], **row} for one in lines if "lines" in one for row in one["lines"]]
    write_rows(folder / ESTIMATORS, answered, ["setting", *_COUNTED])
    write_rows(folder / FRONTIER, [one for one in lines if "lines" not in one], _FRONTIER_COLUMNS)
    write_provenance(folder / MADE_WITH, made_here(seed=seed))


def made_here(*, seed: int) -> Provenance:
    """Return what the tables are made with here."""
    modules = tuple(sorted({*module_closure(_MODULES), *_SIMULATING} - {"analysis.errors"}))
    versions = {"python": python_version(), **{name: metadata.version(name) for name in _LIBRARIES}}
    return {NAME: {"modules": list(modules), "source": source_hash(modules), "seed": seed, "versions": versions}}


def outdated_minefields(folder: Path = FOLDER) -> dict[str, str]:
    """Return the study with what changed since its tables, or nothing."""
    return changes_since(read_provenance(folder / MADE_WITH))


def stored_estimators(folder: Path = FOLDER) -> pd.DataFrame:
    """Return what is stored of the estimators, a line a setting and estimator.

    Returns
    -------
    DataFrame
        `setting`, the columns of :func:`analysis.maps.ground.estimators.summary`, and `verdict` for intervals of
        confidence: how their coverage stands to 95 % (93 to 97 % meets it), empty for other ranges.
    """
    rows = [_typed(row) for row in _read(folder / ESTIMATORS)]
    for row in rows:
        row |= coverage(row["held"], row["answered"] if row["kind"] != "none" else 0)
        row["verdict"] = (
            verdict(row["coverage"], monte_carlo_se=0.0, level=LEVEL, rule="approximate")
            if row["kind"] == "confidence" and row["answered"]
            else ""
        )
    return pd.DataFrame(rows)


def stored_frontier(folder: Path = FOLDER, *, shift_east_m: float, level: float = LEVEL) -> pd.DataFrame:
    """Return what is stored of the frontier, as :func:`analysis.maps.ground.frontier.shift_frontier`.

    Parameters
    ----------
    folder
        Of the table.
    shift_east_m
        The common shift of the worlds: 100 m, or 0 for worlds in which there is none to be found.
    level
        Level of the Wilson intervals.
    """
    rows = [
        cell(
            float(row["recorded_share"]),
            float(row["error_m"]),
            worlds=int(row["worlds"]),
            found=int(row["found"]),
            wrong=int(row["wrong"]),
            level=level,
        )
        for row in _read(folder / FRONTIER)
        if float(row["shift_east_m"]) == shift_east_m
    ]
    return pd.DataFrame(rows)


def _cells() -> dict[str, WorldSettings]:
    """Return the worlds of the frontier by name: with the common shift, and with none."""
    return {
        _FRONTIER.format(shift=shift, share=share, error=error): replace(
            WORLD, shift_east_m=shift, recorded_share=share, error_m=error
        )
        for shift in SHIFTS_M
        for share in RECORDED_SHARES
        for error in ERRORS_M
    }


def _read(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _typed(row: dict[str, str]) -> dict[str, Any]:
    kinds = {"setting": str, "estimator": str, "kind": str, "worlds": int, "answered": int, "held": int}
    return {name: kinds.get(name, float)(text) for name, text in row.items()}
