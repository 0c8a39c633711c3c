"""What a finding is, and how findings become the table that notebooks show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from types import SimpleNamespace
from typing import Any

import pandas as pd

COLUMNS = ("rule", "table", "rows", "size", "detail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place where the evidence disagrees with itself.

    Parameters
    ----------
    rule
        The expectation that does not hold, in words.
    table
        Table it was found in.
    rows
        Keys of the rows that disagree, in the order in which `detail` speaks of them.
    size
        How large the disagreement is, never negative, in the unit of the figures compared or as the ratio that the
        rule names.
    detail
        The figures, so that a reader sees what disagrees.
    """

    rule: str
    table: str
    rows: tuple[str, ...]
    size: float
    detail: str


def findings_table(found: Iterable[Finding], *, set_aside: Iterable[str], corrected: Iterable[str]) -> pd.DataFrame:
    """Return findings as a table with columns rule, table, rows, size, detail, rule by rule as found.

    Parameters
    ----------
    found
        The findings.
    set_aside, corrected
        Keys of rows that a decision already deals with; `detail` says so.
    """
    aside, mended = set(set_aside), set(corrected)
    rows = [
        {
            "rule": each.rule,
            "table": each.table,
            "rows": ", ".join(each.rows),
            "size": each.size,
            "detail": each.detail + _decided(each.rows, aside, "set aside") + _decided(each.rows, mended, "corrected"),
        }
        for each in found
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"rule": "str", "table": "str", "rows": "str", "size": "float64", "detail": "str"})


def _decided(rows: tuple[str, ...], decided: set[str], what: str) -> str:
    named = [row for row in rows if row in decided]
    return f" [{what}: {', '.join(named)}]" if named else ""


def plain(value: float) -> str:
    """Return a printed figure as text, whole numbers without a decimal point."""
    return f"{value:.10g}"


Record = Any
"""One row as plain values by column name, None where missing; the checks go through a few hundred of them."""


def records(frame: pd.DataFrame, *order: str) -> list[Record]:
    """Return the rows of a table as records, sorted by columns that are never missing; dates are plain dates."""
    columns = [_plain_values(frame[name]) for name in frame.columns]
    names = [str(name) for name in frame.columns]
    rows = [SimpleNamespace(**dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True)]
    return sorted(rows, key=lambda row: tuple(getattr(row, name) for name in order))


def _plain_values(column: pd.Series) -> list[Any]:
    dates = pd.api.types.is_datetime64_dtype(column.dtype)
    values = column.to_numpy().astype("datetime64[D]").tolist() if dates else column.tolist()
    return [None if missing else value for value, missing in zip(values, column.isna().to_numpy(), strict=True)]


def groups(rows: Iterable[Record], key: Callable[[Record], Any]) -> Iterator[tuple[Any, list[Record]]]:
    """Yield the rows of each key, keys in order, rows in the order given."""
    for value, group in groupby(sorted(rows, key=key), key=key):
        yield value, list(group)
