"""Cells checked against their column's description, and the typed columns they become."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import Fault
from analysis.evidence import partial_dates
from analysis.evidence.csv_file import RawTable
from analysis.evidence.schema import Field, Kind

# At most 15 digits, so that every number is exact in a float; no sign but minus, no exponent, no thousands separator.
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,14})", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?", re.ASCII)
_FORMS = {
    Kind.INTEGER: (_INTEGER, "a whole number, written with digits only"),
    Kind.NUMBER: (_NUMBER, "a number, written with digits and a decimal point only"),
    Kind.BOOLEAN: (re.compile("true|false"), "true or false"),
}


def cell_faults(raw: RawTable) -> Iterator[Fault]:
    """Yield every cell that its column's description does not allow."""
    for field in raw.schema.fields:
        column = raw.cells.get(field.name, [])  # a column that is not in the file has its own fault
        problems = {text: cell_problem(text, field) for text in dict.fromkeys(column)}
        if any(problems.values()):
            for line, text in zip(raw.lines, column, strict=True):
                if problem := problems[text]:
                    yield Fault(file=raw.schema.file, row=line, column=field.name, rule=problem, value=text)


def cell_problem(text: str, field: Field) -> str | None:
    """Return the rule a cell breaks, in words, or None."""
    if not text:
        return "the cell must not be empty" if field.required else None
    if text != text.strip():
        return "the cell must not start or end with white space"
    form = _FORMS.get(field.kind)
    if form is not None and not form[0].fullmatch(text):
        return f"the cell must be {form[1]}"
    if field.allowed and text not in field.allowed:
        return f"the cell must be one of {', '.join(field.allowed)}"
    if field.kind is Kind.PARTIAL_DATE and (problem := _date_problem(text)):
        return problem
    if field.pattern is not None and not field.pattern.fullmatch(text):
        return f"the cell must match the pattern {field.pattern.pattern}"
    return _range_problem(text, field)


def _date_problem(text: str) -> str | None:
    try:
        partial_dates.parse(text)
    except ValueError as error:
        return str(error).partition(", found")[0]
    return None


def _range_problem(text: str, field: Field) -> str | None:
    if field.kind not in (Kind.INTEGER, Kind.NUMBER):
        return None
    if field.minimum is not None and float(text) < field.minimum:
        return f"the cell must be at least {field.minimum:g}"
    if field.maximum is not None and float(text) > field.maximum:
        return f"the cell must be at most {field.maximum:g}"
    return None


def typed_frame(raw: RawTable) -> pd.DataFrame:
    """Return the table with typed columns, from cells without faults.

    Integers become Int64, numbers Float64, booleans boolean, everything else text; an empty cell is missing, never
    zero. Each date column X is followed by X_first, X_last and X_precision; `line` is the line in the file.
    """
    columns: dict[str, Any] = {}
    for field in raw.schema.fields:
        texts = [text or None for text in raw.cells[field.name]]
        columns[field.name] = _typed(texts, field.kind)
        if field.kind is Kind.PARTIAL_DATE:
            columns |= partial_dates.span_columns(field.name, texts)
    columns["line"] = np.array(raw.lines, dtype=np.int64)
    return pd.DataFrame(columns)


def _typed(texts: list[str | None], kind: Kind) -> Any:  # noqa: ANN401 - pandas has no common type for its arrays
    if kind in (Kind.TEXT, Kind.PARTIAL_DATE):
        return pd.array(texts, dtype="str")
    missing = np.array([text is None for text in texts], dtype=bool)
    match kind:
        case Kind.INTEGER:
            return pd.arrays.IntegerArray(np.array([int(text or 0) for text in texts], dtype=np.int64), missing)
        case Kind.NUMBER:
            return pd.arrays.FloatingArray(np.array([float(text or 0) for text in texts], dtype=np.float64), missing)
        case _:
            return pd.arrays.BooleanArray(np.array([text == "true" for text in texts], dtype=bool), missing)
