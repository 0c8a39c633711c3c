"""The table of simulated coverage, kept beside the code."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.calibration.provenance import Provenance, changes_since, read_provenance, write_provenance
from analysis.calibration.simulation import Coverage
from analysis.errors import ParameterError
from analysis.paths import PACKAGE

FOLDER: Final = PACKAGE / "calibration"
TABLE: Final = "coverage.csv"
MADE_WITH: Final = "coverage.json"

_COUNTS: Final = ("runs", "answered", "unbounded")
_TEXTS: Final = ("method", "setting", "world", "rule", "verdict")
_SHOWN: Final = ["setting", "level", "runs", "answered", "coverage", "monte_carlo_se", "rule", "verdict", "mean_width"]


def stored_coverage(folder: Path = FOLDER) -> tuple[Coverage, ...]:
    """Return the stored lines in their order; none before the first calibration."""
    path = folder / TABLE
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(Coverage(**typed(row)) for row in csv.DictReader(file))


def coverage_of(method: str, *, folder: Path = FOLDER) -> pd.DataFrame:
    """Return what simulation says about one method: a line a setting.

    Returns
    -------
    DataFrame
        setting, level, runs, answered (runs with an answer), coverage (share of these that held the truth),
        monte_carlo_se, rule, verdict, mean_width (of bounded answers). For a band, whose coverage is the mean share of
        the curve that it held, also worst_point: the coverage on the day of the curve that was held least often.

    Raises
    ------
    ParameterError
        If no line of the table is of that method.
    """
    lines = stored_coverage(folder)
    found = [asdict(line) for line in lines if line.method == method]
    if not found:
        known = "; ".join(sorted({line.method for line in lines}))
        raise ParameterError(f"method: {method!r} has no stored coverage; the table has: {known or 'nothing'}")
    table = pd.DataFrame(found)
    along_a_curve = (table["worst_point"] != table["coverage"]).any()
    place = _SHOWN.index("coverage") + 1
    return table[[*_SHOWN[:place], "worst_point", *_SHOWN[place:]] if along_a_curve else _SHOWN]


def shortfalls_of(methods: Sequence[str], *, folder: Path = FOLDER) -> pd.DataFrame:
    """Return every setting in which one of the methods falls short of its level; empty if none does.

    Columns and errors as :func:`coverage_of`, with the method first.
    """
    tables = [coverage_of(method, folder=folder).assign(method=method) for method in methods]
    lines = pd.concat(tables, ignore_index=True)[["method", *_SHOWN]]
    return lines[lines["verdict"] == "falls short"].reset_index(drop=True)


def outdated(folder: Path = FOLDER) -> dict[str, str]:
    """Return the methods that are not what their lines were made with, and what changed, by name."""
    return changes_since(read_provenance(folder / MADE_WITH))


def store(lines: Iterable[Coverage], made: Provenance, folder: Path = FOLDER) -> None:
    """Write the table and what its lines were made with."""
    write_rows(folder / TABLE, [asdict(line) for line in lines], [field.name for field in fields(Coverage)])
    write_provenance(folder / MADE_WITH, made)


def write_rows(path: Path, rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> None:
    """Write rows as CSV, numbers with ten significant digits; the folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([[_text(row[name]) for name in columns] for row in rows])


def typed(row: Mapping[str, str]) -> dict[str, Any]:
    """Return a line of the file with its counts and numbers as such."""
    kinds = {**dict.fromkeys(_COUNTS, int), **dict.fromkeys(_TEXTS, str)}
    return {name: kinds.get(name, float)(text) for name, text in row.items()}


def _text(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)
