"""A table as a tree that JSON can hold, and back: the same dtypes, the same index, the same numbers to the last bit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray

from analysis.errors import ReproductionError

Tree: TypeAlias = bool | int | float | str | dict[str, Any] | None
"""A value as JSON holds it."""

_AS_NUMBERS: Final = "biuf"
_AS_TICKS: Final = "mM"
_AS_OBJECTS: Final = "O"
_SIZES: Final = (8, 16, 32, 64)
_NULLABLE: Final = frozenset(
    {"str", "string", "boolean", "Float32", "Float64"} | {f"{sign}Int{bits}" for sign in ("", "U") for bits in _SIZES}
)


def frame_tree(frame: pd.DataFrame) -> dict[str, Any]:
    """Return `frame` as a tree of dict, list, str, int, float, bool and None.

    Raises
    ------
    ReproductionError
        For a column name that is not text or stands twice, and for a column whose values have no exact text.
    """
    names: list[object] = list(frame.columns)
    wrong = [name for name in names if not isinstance(name, str) or names.count(name) > 1]
    if wrong:
        raise ReproductionError(f"a table that is kept needs columns with names of their own, found {wrong[0]!r}")
    index: dict[str, Any] = {"levels": [], "names": [_label(name) for name in frame.index.names]}
    if isinstance(frame.index, pd.RangeIndex):
        index["range"] = [frame.index.start, frame.index.stop, frame.index.step]
    else:
        levels = [frame.index.get_level_values(number) for number in range(frame.index.nlevels)]
        index["levels"] = [_column(level.to_series(), f"index level {number}") for number, level in enumerate(levels)]
    return {"index": index, "columns": [[name, _column(frame[name], f"column {name!r}")] for name in names]}


def frame_from(tree: Mapping[str, Any]) -> pd.DataFrame:
    """Return the table that :func:`frame_tree` made `tree` from."""
    index = _index(tree["index"])
    columns = {name: pd.Series(_values(column), index=index) for name, column in tree["columns"]}
    return pd.DataFrame(columns, index=index, columns=pd.Index(list(columns), dtype="str"))


def _label(name: object) -> str | None:
    if name is None or isinstance(name, str):
        return name
    raise ReproductionError(f"a table that is kept needs index names that are text, found {name!r}")


def _index(tree: Mapping[str, Any]) -> pd.Index:
    if "range" in tree:
        start, stop, step = tree["range"]
        return pd.RangeIndex(start, stop, step, name=tree["names"][0])
    levels = [pd.Index(_values(level), name=name) for level, name in zip(tree["levels"], tree["names"], strict=True)]
    return levels[0] if len(levels) == 1 else pd.MultiIndex.from_arrays(levels)


def _column(series: pd.Series[Any], where: str) -> dict[str, Any]:
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        categories = _column(dtype.categories.to_series(), where)
        codes = series.cat.codes.tolist()
        return {"dtype": "category", "values": codes, "categories": categories, "ordered": bool(dtype.ordered)}
    if isinstance(dtype, np.dtype) and dtype.kind in _AS_NUMBERS:
        return {"dtype": str(dtype), "values": series.tolist()}
    if isinstance(dtype, np.dtype) and dtype.kind in _AS_TICKS:
        return {"dtype": str(dtype), "values": series.to_numpy().view("int64").tolist()}
    if isinstance(dtype, np.dtype) and dtype.kind == _AS_OBJECTS:
        return {"dtype": "object", "values": [plain_tree(value, where) for value in series]}
    if str(dtype) in _NULLABLE:
        return {"dtype": str(dtype), "values": [None if pd.isna(value) else value for value in series.tolist()]}
    raise ReproductionError(f"a table that is kept has {where} of type {dtype}, which has no exact text")


def _values(column: Mapping[str, Any]) -> ExtensionArray | npt.NDArray[Any]:
    dtype, values = column["dtype"], column["values"]
    if dtype == "category":
        categories = pd.Index(_values(column["categories"]))
        return pd.Categorical.from_codes(values, categories=categories, ordered=column["ordered"])
    if dtype == "object":
        objects = np.empty(len(values), dtype=object)
        objects[:] = [_from_plain(value) for value in values]
        return objects
    if dtype in _NULLABLE:
        nullable: ExtensionArray = pd.array(values, dtype=dtype)
        return nullable
    as_ticks = dtype.startswith(("datetime64", "timedelta64"))
    made: npt.NDArray[Any] = np.array(values, dtype="int64" if as_ticks else dtype)
    return made.view(dtype) if as_ticks else made


def plain_tree(value: object, where: str) -> Tree:
    """Return one value as a tree that tells an integer from a float and a tuple from a list.

    Raises
    ------
    ReproductionError
        When `value` is, or holds, something else than None, bool, int, float, str, date, tuple, list and dict.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if type(value) is dt.date:
        return {"date": value.isoformat()}
    if isinstance(value, (tuple, list)):
        return {"tuple" if isinstance(value, tuple) else "list": [plain_tree(item, where) for item in value]}
    if isinstance(value, Mapping):
        return {"dict": [[plain_tree(key, where), plain_tree(item, where)] for key, item in value.items()]}
    raise ReproductionError(f"{where}: {type(value).__name__} has no exact text; plain values and tables have one")


def _from_plain(tree: Tree) -> object:
    if not isinstance(tree, dict):
        return tree
    ((kind, content),) = tree.items()
    if kind == "date":
        return dt.date.fromisoformat(content)
    if kind == "dict":
        return {_from_plain(key): _from_plain(item) for key, item in content}
    items: Sequence[object] = [_from_plain(item) for item in content]
    return tuple(items) if kind == "tuple" else list(items)
