"""Dates as printed: a day, a month or a year. Their precision is information and is kept.

A partial date stands for a span of days: 2024 runs from 1 January to 31 December 2024.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Precision(StrEnum):
    """How exactly a date is printed."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A printed date: the first and last day it can mean, and its precision."""

    first: date
    last: date
    precision: Precision


def parse(text: str) -> PartialDate:
    """Return what a printed date can mean.

    Parameters
    ----------
    text
        '2024', '2024-06' or '2024-06-03'.

    Raises
    ------
    ValueError
        When the text has another form or names a day or month that does not exist, like 2024-02-30 or 2024-13.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"a date is written 2024, 2024-06 or 2024-06-03, found {text!r}")
    year, month, day = (None if part is None else int(part) for part in match.groups())
    if year is None or year == 0:
        raise ValueError(f"there is no year 0, found {text!r}")
    if month is None:
        return PartialDate(first=date(year, 1, 1), last=date(year, 12, 31), precision=Precision.YEAR)
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}, found {text!r}")
    last_day = calendar.monthrange(year, month)[1]
    if day is None:
        return PartialDate(first=date(year, month, 1), last=date(year, month, last_day), precision=Precision.MONTH)
    if not 1 <= day <= last_day:
        raise ValueError(f"{calendar.month_name[month]} {year} has {last_day} days, found {text!r}")
    return PartialDate(first=date(year, month, day), last=date(year, month, day), precision=Precision.DAY)


def span_columns(name: str, texts: Sequence[str | None]) -> dict[str, Any]:
    """Return the columns ``name_first``, ``name_last`` and ``name_precision`` of checked date texts.

    Parameters
    ----------
    name
        Name of the date column.
    texts
        Dates as printed; None where nothing is printed, which gives NaT and a missing precision.
    """
    known = {text: parse(text) for text in dict.fromkeys(texts) if text is not None}
    parsed = [None if text is None else known[text] for text in texts]
    return {
        f"{name}_first": np.array([None if each is None else each.first for each in parsed], dtype="datetime64[s]"),
        f"{name}_last": np.array([None if each is None else each.last for each in parsed], dtype="datetime64[s]"),
        f"{name}_precision": pd.array([None if each is None else str(each.precision) for each in parsed], dtype="str"),
    }
