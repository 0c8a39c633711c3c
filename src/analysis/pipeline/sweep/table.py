"""The tables of a sweep: one row a run and value, one row a run. Data for programs: text stays as it is."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from analysis.pipeline.sweep.grid import Combination
from analysis.pipeline.sweep.store import StoredRun
from analysis.record.serialise import SIGNIFICANT_DIGITS

VALUES_TABLE: Final = "values.csv"
RUNS_TABLE: Final = "runs.csv"
PARAMETER: Final = "parameter_"
"""Put before the name of a parameter, so that none can be taken for another column."""

_VALUE_COLUMNS: Final = (
    "key",
    "quantity",
    "value",
    "unit",
    "low",
    "high",
    "interval_kind",
    "level",
    "n",
    "n_unit",
    "first_day",
    "last_day",
    "geography",
    "method",
)
_RUN_COLUMNS: Final = ("state", "values", "seconds", "failure")

Row = tuple[Combination, StoredRun]


def values_table(rows: Sequence[Row], parameters: Sequence[str]) -> str:
    """Return CSV with one row for each value of each run that is done.

    Parameters
    ----------
    rows
        The runs in the order of the grid; values are sorted by key.
    parameters
        Names of all parameters of the notebook, in its order.

    Notes
    -----
    Numbers have ten significant digits, as in the record. Empty means that a value has no interval, or its kind no
    level. Nothing of when, where or in which order the runs were made is in it.
    """
    lines: list[list[str]] = []
    for combination, stored in rows:
        start = _start(combination, parameters)
        lines += [[*start, *_value_cells(key, stored.values[key])] for key in sorted(stored.values)]
    return _csv(["run", *_named(parameters), *_VALUE_COLUMNS], lines)


def runs_table(rows: Sequence[Row], parameters: Sequence[str]) -> str:
    """Return CSV with one row a run: parameters, state, number of values, seconds, and why it failed."""
    lines = [
        [
            *_start(combination, parameters),
            "done" if stored.done else "failed",
            str(len(stored.values)),
            f"{stored.seconds:.1f}",
            " ".join(stored.failure.split()),
        ]
        for combination, stored in rows
    ]
    return _csv(["run", *_named(parameters), *_RUN_COLUMNS], lines)


def parameter_text(value: object) -> str:
    """Return a parameter as the tables show it: text as it is, lists and dicts as JSON, nothing as 'none'."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return _number(value) if isinstance(value, (int, float)) else str(value)


def _named(parameters: Iterable[str]) -> list[str]:
    return [f"{PARAMETER}{name}" for name in parameters]


def _start(combination: Combination, parameters: Iterable[str]) -> list[str]:
    return [combination.run, *(parameter_text(combination.parameters[name]) for name in parameters)]


def _value_cells(key: str, tree: Mapping[str, Any]) -> list[str]:
    interval = tree["interval"] or {"low": None, "high": None, "kind": None, "level": None}
    return [
        key,
        str(tree["quantity"]),
        _number(tree["value"]),
        str(tree["unit"]),
        _number(interval["low"]),
        _number(interval["high"]),
        str(interval["kind"] or ""),
        _number(interval["level"]),
        _number(tree["n"]),
        str(tree["n_unit"]),
        str(tree["period"]["start"]),
        str(tree["period"]["end"]),
        str(tree["geography"]),
        str(tree["method"]),
    ]


def _number(value: object) -> str:
    """Return a number as text; 'inf' and '-inf' are stored as words, nothing is empty."""
    if value is None:
        return ""
    return f"{value:.{SIGNIFICANT_DIGITS}g}" if isinstance(value, float) else str(value)


def _csv(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return stream.getvalue()
