"""Small evidence tables in the columns the loader gives; the real study, made once."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from analysis.contamination.results import ContaminationStudy
from analysis.contamination.study import study_contamination
from analysis.evidence import Evidence, load_evidence

Rows = Callable[[list[dict[str, Any]]], pd.DataFrame]

_INTEGERS = ("ap_mines", "at_mines", "uxo", "all_devices", "mines_low", "mines", "mines_high")
_NUMBERS = ("area_ha", "area_ha_low", "area_ha_high")


def _span(text: str | None) -> tuple[Any, Any]:
    if text is None:
        return pd.NaT, pd.NaT
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else None
    if month is None:
        return pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31)
    if len(parts) == 2:
        return pd.Timestamp(year, month, 1), pd.Timestamp(year, month, calendar.monthrange(year, month)[1])
    return pd.Timestamp(text), pd.Timestamp(text)


def _table(rows: list[dict[str, Any]], defaults: dict[str, Any], dates: tuple[str, ...], prefix: str) -> pd.DataFrame:
    full = [
        defaults | {"row_id": f"{prefix}-{number:03d}", "source_id": f"page-{number}"} | row
        for number, row in enumerate(rows)
    ]
    frame = pd.DataFrame(full)
    for name in _INTEGERS:
        if name in frame:
            frame[name] = frame[name].astype("Int64")
    for name in _NUMBERS:
        if name in frame:
            frame[name] = frame[name].astype("Float64")
    for name in dates:
        spans = [_span(text) for text in frame[name]]
        frame[f"{name}_first"] = pd.to_datetime([first for first, _ in spans])
        frame[f"{name}_last"] = pd.to_datetime([last for _, last in spans])
    return frame


def _clearance(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return a table like clearance_period; a row names at least period_start, period_end and period_kind."""
    defaults = {
        "geography": "regained_districts",
        "operator": "all_operators",
        "group": "all operators",
        "method": "unspecified",
        "area_ha": None,
        "ap_mines": None,
        "at_mines": None,
        "uxo": None,
        "all_devices": None,
        "comparator": "=",
        "notes": None,
        "alternative": False,
        "originator": "anama",
        "party": "azerbaijan_authorities",
    }
    frame = _table(rows, defaults, ("period_start", "period_end"), "cl")
    return frame.assign(alternative=frame["alternative"].astype("boolean"))


def _contamination(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return a table like contamination_estimate."""
    defaults = {
        "as_of": None,
        "geography": "regained_districts",
        "category": "total",
        "area_ha_low": None,
        "area_ha": None,
        "area_ha_high": None,
        "mines_low": None,
        "mines": None,
        "mines_high": None,
        "comparator": "=",
        "notes": None,
        "originator": "anama",
        "party": "azerbaijan_authorities",
    }
    return _table(rows, defaults, ("as_of",), "ce")


@pytest.fixture
def clearance() -> Rows:
    """Make a table like clearance_period from its rows."""
    return _clearance


@pytest.fixture
def contamination() -> Rows:
    """Make a table like contamination_estimate from its rows."""
    return _contamination


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return load_evidence()


@pytest.fixture(scope="session")
def study(evidence: Evidence) -> ContaminationStudy:
    return study_contamination(evidence)
