"""Rules between the columns of a row, as ``rowRules`` of the descriptor name them.

They hold for the evidence as used: after corrections, and without the rows set aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import Fault
from analysis.evidence.comparators import bounds, is_approximate
from analysis.evidence.schema import TableSchema

Rule = Mapping[str, Any]
_Finding = tuple[pd.Series, str, str, pd.Series]


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
            yield Fault(file="datapackage.json", rule=f"a row rule of {schema.name} is one of {known}", value=str(rule))
            continue
        for broken, column, words, shown in check(frame, rule):
            for row in np.flatnonzero(broken.fillna(False).to_numpy(dtype=bool)):
                line = int(frame["line"].iloc[row])
                yield Fault(file=schema.file, row=line, column=column, rule=words, value=str(shown.iloc[row]))


def _not_before(frame: pd.DataFrame, rule: Rule) -> Iterator[_Finding]:
    """The end of a period is not before its start, whatever the days left open by partial dates."""
    start, end = str(rule["start"]), str(rule["end"])
    broken = frame[f"{end}_last"] < frame[f"{start}_first"]
    yield broken, end, f"{end} must not be before {start}", _shown(frame, [start, end])


def _comparator_and_figure(frame: pd.DataFrame, rule: Rule) -> Iterator[_Finding]:
    """A comparator has a figure it belongs to, and a figure has a comparator."""
    comparator, figures = str(rule["comparator"]), [str(each) for each in rule["figures"]]
    stated, given = frame[comparator].notna(), frame[figures].notna().any(axis=1)
    yield stated & ~given, comparator, f"a comparator needs a figure in {', '.join(figures)}", frame[comparator]
    yield given & ~stated, comparator, "a figure needs a comparator", _shown(frame, figures)


def _whole_not_below_parts(frame: pd.DataFrame, rule: Rule) -> Iterator[_Finding]:
    """The most a whole can be, as stated, is at least the sum of the parts that are given."""
    whole, parts = str(rule["whole"]), [str(each) for each in rule["parts"]]
    most = frame[whole].astype("Float64")
    if "comparator" in rule:
        comparator = str(rule["comparator"])
        high = bounds(frame, whole, comparator=comparator)["high"].mask(
            is_approximate(frame, comparator=comparator), np.inf
        )
        most = high.astype("Float64").mask(frame[whole].isna())
    added = frame[parts].astype("Float64").fillna(0.0).sum(axis=1)
    words = f"{whole} must not be below {' + '.join(parts)}"
    yield most < added, whole, words, _shown(frame, [whole, *parts])


def _not_above(frame: pd.DataFrame, rule: Rule) -> Iterator[_Finding]:
    """Each column is at most the next one, where both are given."""
    columns = [str(each) for each in rule["columns"]]
    for index, low in enumerate(columns):
        for high in columns[index + 1 :]:
            yield frame[low] > frame[high], low, f"{low} must not be above {high}", _shown(frame, [low, high])


def _at_most(frame: pd.DataFrame, rule: Rule) -> Iterator[_Finding]:
    """A column is at most a limit in the rows of some kinds."""
    column, where, limit = str(rule["column"]), str(rule["where"]), float(rule["limit"])
    broken = (frame[column] > limit) & frame[where].isin([str(each) for each in rule["in"]])
    yield broken, column, f"{column} must be at most {limit:g} for this {where}", _shown(frame, [where, column])


_CHECKS: Mapping[str, Callable[[pd.DataFrame, Rule], Iterator[_Finding]]] = {
    "at_most": _at_most,
    "comparator_and_figure": _comparator_and_figure,
    "not_above": _not_above,
    "not_before": _not_before,
    "whole_not_below_parts": _whole_not_below_parts,
}


def _shown(frame: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Return the compared cells of each row as text: 'total=351, killed=65'."""
    texts = [
        ", ".join(f"{name}={value}" for name, value in zip(columns, row, strict=True) if not pd.isna(value))
        for row in frame[columns].itertuples(index=False)
    ]
    return pd.Series(texts, index=frame.index, dtype="str")
