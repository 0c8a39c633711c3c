"""Rows of a table as plain records, and trying for a table that the evidence may not allow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pandas as pd

from analysis.errors import InsufficientEvidence


def attempt(reasons: dict[str, InsufficientEvidence], quantity: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return the table `make` returns, or an empty one with the reason kept under `quantity`."""
    try:
        return make()
    except InsufficientEvidence as reason:
        reasons[quantity] = reason
        return pd.DataFrame()


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries by column name, in order."""
    return cast("list[dict[str, Any]]", frame.to_dict("records"))
