"""Hand-made tables in the columns of the evidence, and the repository's own evidence loaded once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from analysis.casualties.study import CasualtyTrends, Choices, casualty_trends
from analysis.evidence import Evidence, load_evidence
from analysis.evidence.partial_dates import span_columns

COUNTS = [
    *("total", "killed", "injured", "civilian_killed", "civilian_injured"),
    *("military_killed", "military_injured", "children", "women"),
]
Table = Callable[..., pd.DataFrame]


def table(rows: tuple[dict[str, Any], ...], dates: tuple[str, ...], defaults: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame([{**defaults, "row_id": f"t-{place}", **row} for place, row in enumerate(rows, 1)])
    for name in COUNTS:
        frame[name] = pd.array(frame[name] if name in frame else [None] * len(frame), dtype="Int64")
    for name in dates:
        for column, values in span_columns(name, list(frame[name])).items():
            frame[column] = values
    return frame


@pytest.fixture(scope="session")
def totals() -> Table:
    """Make rows of running totals: totals({"as_of": "2021-03-01", "total": 5}, ...)."""

    def make(*rows: dict[str, Any]) -> pd.DataFrame:
        defaults = {
            "source_id": "page",
            "period_start": "2020-11-10",
            "geography": "azerbaijan",
            "comparator": "=",
            "originator": "anama",
            "party": "azerbaijan_authorities",
        }
        return table(rows, ("period_start", "as_of"), defaults)

    return make


@pytest.fixture(scope="session")
def periods() -> Table:
    """Make rows of closed periods: periods({"period_start": ..., "period_end": ..., "total": 5}, ...)."""

    def make(*rows: dict[str, Any]) -> pd.DataFrame:
        defaults = {
            "source_id": "list",
            "geography": "azerbaijan",
            "comparator": "=",
            "originator": "anama",
            "party": "azerbaijan_authorities",
        }
        return table(rows, ("period_start", "period_end"), defaults)

    return make


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return load_evidence()


@pytest.fixture(scope="session")
def study(evidence: Evidence) -> CasualtyTrends:
    return casualty_trends(evidence, Choices())
