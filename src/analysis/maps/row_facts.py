"""Days and pages of a result in the forms that estimates need."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.estimate import Period, sorted_union
from analysis.maps.scope import COUNT_START


def day_of(moment: object) -> date:
    """Return the day of a moment."""
    return pd.Timestamp(str(moment)).date()


def day_tag(moment: object) -> str:
    """Return the day in the form that keys of estimates use: 2022_10_26."""
    return f"{day_of(moment):%Y_%m_%d}"


def since_war(as_of: object) -> Period:
    """Return the time from the start of the counts to a day."""
    return Period(start=COUNT_START, end=day_of(as_of))


def page_ids(text: str) -> tuple[str, ...]:
    """Return the pages of one row, sorted, from their joined text."""
    return sorted_union(text.split(", "))


def all_ids(texts: pd.Series) -> tuple[str, ...]:
    """Return the pages of all rows, sorted, each once."""
    return sorted_union(*(str(text).split(", ") for text in texts))
