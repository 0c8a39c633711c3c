"""A task-level record of land release as an authority keeps it: one row a task, read from CSV as text and numbers.

What cannot be read at all is refused, with file, row, column and value. What can be read and looks wrong (an end
before a start, an area of nothing) is left for :mod:`analysis.contamination.task_checks` to list.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from analysis.errors import EvidenceError, Fault
from analysis.evidence.task_form import check_form
from analysis.settings import size_limits

COLUMNS: Final = ("task_id", "start", "end", "operator", "district", "product", "area_ha", "devices")
PRODUCTS: Final = ("cancelled", "reduced", "cleared")
_SHOWN: Final = 20


def read_task_records(path: str) -> pd.DataFrame:
    """Return the tasks of a CSV file, in the order of the file.

    Parameters
    ----------
    path
        With the columns `task_id`, `start`, `end` (YYYY-MM-DD), `operator`, `district`, `product` (cancelled, reduced
        or cleared), `area_ha`, `devices`; other columns are not read, and none may look like personal data. An empty
        cell is missing, not zero. The limits of size are those of :mod:`analysis.settings`.

    Returns
    -------
    DataFrame
        The columns above and `row`, the line in the file; dates as timestamps, numbers as floats, texts as categories.

    Raises
    ------
    EvidenceError
        With every fault of form: a missing column, a line of another width, a date or number that is none, a product
        that is none of the three, a repeated or missing `task_id`; or a file beyond the limits of size.
    """
    name = Path(path).name
    check_form(path, name, COLUMNS, size_limits())
    texts = _texts(path)
    faults: list[Fault] = []
    tasks = pd.DataFrame({"task_id": texts["task_id"]})
    for column in ("start", "end"):
        tasks[column] = _dates(texts[column], name, faults)
    for column in ("area_ha", "devices"):
        tasks[column] = _numbers(texts[column], name, faults)
    for column in ("operator", "district", "product"):
        tasks[column] = _names(texts[column])
    faults += _product_faults(texts, name) + _key_faults(texts, name)
    if faults:
        raise EvidenceError(faults)
    return tasks.assign(row=range(2, len(tasks) + 2))


def _texts(path: str) -> pd.DataFrame:
    """Return the cells; where texts repeat, as categories, so that each distinct one is converted once."""
    kinds = dict.fromkeys(COLUMNS, "category") | dict.fromkeys(("task_id", "area_ha", "devices"), "object")
    return pd.read_csv(path, dtype=kinds, keep_default_na=False, usecols=list(COLUMNS), encoding="utf-8-sig")


def _distinct(column: pd.Series) -> pd.Series:
    return pd.Series(column.cat.categories.astype(str), dtype="object").str.strip()


def _dates(column: pd.Series, name: str, faults: list[Fault]) -> pd.Series:
    """Return the column as timestamps; each distinct text that is no date is a fault, at its first row."""
    printed, codes = _distinct(column), column.cat.codes.to_numpy()
    values = pd.to_datetime(printed, format="%Y-%m-%d", errors="coerce")
    wrong = (values.isna() & (printed != "")).to_numpy()
    if wrong.any():
        faults += _faults(column[wrong[codes]], name, str(column.name), "a date is written YYYY-MM-DD")
    return pd.Series(values.to_numpy()[codes])


def _numbers(column: pd.Series, name: str, faults: list[Fault]) -> pd.Series:
    """Return the column as numbers; each distinct text that is no finite number is a fault, at its first row."""
    values = pd.to_numeric(column, errors="coerce").astype("float64")
    values = values.where(values.abs() < float("inf"))
    without = column[values.isna()]
    wrong = without[without.str.strip() != ""]
    faults += _faults(wrong, name, str(column.name), "a number is needed, in digits and with a point")
    return values


def _names(column: pd.Series) -> pd.Series:
    """Return the column without spaces at the ends of its names, and an empty cell as missing."""
    printed = _distinct(column)
    known = sorted(set(printed) - {""})
    new = printed.mask(printed == "").astype(pd.CategoricalDtype(known))
    return pd.Series(new.array.take(column.cat.codes.to_numpy()))


def _product_faults(texts: pd.DataFrame, name: str) -> list[Fault]:
    printed = _distinct(texts["product"])
    wrong = texts["product"][(~printed.isin([*PRODUCTS, ""])).to_numpy()[texts["product"].cat.codes.to_numpy()]]
    return _faults(wrong, name, "product", f"a product is one of {', '.join(PRODUCTS)}")


def _key_faults(texts: pd.DataFrame, name: str) -> list[Fault]:
    key = texts["task_id"]
    again = key[key.duplicated() & (key != "")]
    rule = "a task stands once; rows of one task are summed first"
    return _faults(key[key == ""], name, "task_id", "a task has an identifier") + _faults(again, name, "task_id", rule)


def _faults(wrong: pd.Series, name: str, column: str, rule: str) -> list[Fault]:
    """Return a fault for each distinct wrong text, at its first row; of many the first, and how many there are."""
    distinct = wrong.drop_duplicates()
    found = [
        Fault(file=name, row=row, column=column, rule=rule, value=value or None)
        for row, value in zip((distinct.index + 2).tolist(), distinct.astype(str), strict=True)
    ][:_SHOWN]
    if len(distinct) > _SHOWN:
        rest = f"{len(distinct) - _SHOWN} other texts"
        found.append(Fault(file=name, column=column, rule=f"{rule}; the first {_SHOWN} are listed", value=rest))
    return found
