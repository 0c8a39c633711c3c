"""Rules between the columns of a row, as ``rowRules`` of the descriptor name them.

They hold for the evidence as used: after corrections, and without the rows set aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import Fault
from analysis.evidence.comparators import Comparator, bounds
from analysis.evidence.schema import DESCRIPTOR, TableSchema

Rule = Mapping[str, Any]
Broken = npt.NDArray[np.bool_]
_Check = tuple[Broken, str, str, list[str]]
"""Which rows break the rule, the column to look at, the rule in words, the columns compared."""


def row_faults(frame: pd.DataFrame, schema: TableSchema) -> Iterator[Fault]:
    """Yield every row of a typed table that breaks a rule between columns.

    Returns
    -------
    iterator of Fault
        `column` is the column to look at, `value` what stands in the columns compared.
    """
    for rule in schema.row_rules:
        check = _CHECKS.get(str(rule.get("rule")))
        if check is None:
            known = ", ".join(sorted(_CHECKS))
            yield Fault(file=DESCRIPTOR, rule=f"a row rule of {schema.name} is one of {known}", value=str(rule))
            continue
        try:
            checked = list(check(frame, rule))
        except (KeyError, TypeError, ValueError) as error:
            words = f"a row rule of {schema.name} cannot be applied to its columns: {type(error).__name__}"
            yield Fault(file=DESCRIPTOR, rule=words, value=str(rule))
            continue
        for broken, column, words, compared in checked:
            for row in np.flatnonzero(broken):
                line, shown = int(frame["line"].iloc[row]), _shown(frame, int(row), compared)
                yield Fault(file=schema.file, row=line, column=column, rule=words, value=shown)


def _not_before(frame: pd.DataFrame, rule: Rule) -> Iterator[_Check]:
    """The end of a period is not before its start, whatever the days left open by partial dates."""
    start, end = str(rule["start"]), str(rule["end"])
    broken = frame[f"{end}_last"].to_numpy() < frame[f"{start}_first"].to_numpy()
    yield broken, end, f"{end} must not be before {start}", [start, end]


def _comparator_and_figure(frame: pd.DataFrame, rule: Rule) -> Iterator[_Check]:
    """A comparator has a figure it belongs to, and a figure has a comparator."""
    comparator, figures = str(rule["comparator"]), [str(each) for each in rule["figures"]]
    stated = frame[comparator].notna().to_numpy()
    given = np.logical_or.reduce([frame[name].notna().to_numpy() for name in figures])
    yield stated & ~given, comparator, f"a comparator needs a figure in {', '.join(figures)}", [comparator]
    yield given & ~stated, comparator, "a figure needs a comparator", figures


def _whole_not_below_parts(frame: pd.DataFrame, rule: Rule) -> Iterator[_Check]:
    """The most a whole can be, as stated, is at least the sum of the parts that are given."""
    whole, parts = str(rule["whole"]), [str(each) for each in rule["parts"]]
    most = _numbers(frame, whole)
    if "comparator" in rule:
        comparator = str(rule["comparator"])
        most = bounds(frame, whole, comparator=comparator)["high"].to_numpy()
        most = np.where((frame[comparator] == Comparator.ABOUT).to_numpy(dtype=bool), np.inf, most)
    added = sum(np.nan_to_num(_numbers(frame, part)) for part in parts)
    yield most < added, whole, f"{whole} must not be below {' + '.join(parts)}", [whole, *parts]


def _not_above(frame: pd.DataFrame, rule: Rule) -> Iterator[_Check]:
    """Each column is at most the next one, where both are given."""
    columns = [str(each) for each in rule["columns"]]
    for index, low in enumerate(columns):
        for high in columns[index + 1 :]:
            broken = _numbers(frame, low) > _numbers(frame, high)
            yield broken, low, f"{low} must not be above {high}", [low, high]


def _at_most(frame: pd.DataFrame, rule: Rule) -> Iterator[_Check]:
    """A column is at most a limit in the rows of some kinds."""
    column, where, limit = str(rule["column"]), str(rule["where"]), float(rule["limit"])
    of_kind = frame[where].isin([str(each) for each in rule["in"]]).to_numpy(dtype=bool)
    broken = (_numbers(frame, column) > limit) & of_kind
    yield broken, column, f"{column} must be at most {limit:g} for this {where}", [where, column]


_CHECKS: Mapping[str, Callable[[pd.DataFrame, Rule], Iterator[_Check]]] = {
    "at_most": _at_most,
    "comparator_and_figure": _comparator_and_figure,
    "not_above": _not_above,
    "not_before": _not_before,
    "whole_not_below_parts": _whole_not_below_parts,
}


def _numbers(frame: pd.DataFrame, column: str) -> npt.NDArray[np.float64]:
    """Return a column as floats, NaN where it is missing: a comparison with NaN is false, so no rule is broken."""
    return frame[column].to_numpy(dtype=np.float64, na_value=np.nan)


def _shown(frame: pd.DataFrame, row: int, columns: list[str]) -> str:
    """Return the compared cells of a row as text: 'total=351, killed=65'."""
    cells = ((name, frame[name].iloc[row]) for name in columns)
    return ", ".join(f"{name}={value}" for name, value in cells if not pd.isna(value))
