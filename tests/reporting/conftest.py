"""A run as a notebook leaves it: one value and one figure from two pages of the repository's evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.estimate import Estimate, Interval, IntervalKind, Period
from analysis.evidence import Evidence, load_evidence
from analysis.record.reading import StoredRecord, read_record
from analysis.record.run_record import FigureFacts, RunRecord

PAGES = ("report-2026-03-13-mfa-419", "seed-article")


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return load_evidence()


@pytest.fixture
def run(tmp_path: Path, evidence: Evidence) -> RunRecord:
    """Return the keeper of the run, after it wrote `registered`, `plain` and the figure `two-dots`."""
    made = RunRecord(
        notebook="casualty_trends",
        folder=tmp_path / "run",
        parameters={"data": "", "seed": 7},
        checksums=dict(evidence.checksums),
    )
    made.folder.mkdir()
    common = {"n": 2, "n_unit": "printed figures", "geography": "Azerbaijan", "sources": PAGES}
    period = Period(start=date(2020, 11, 10), end=date(2026, 3, 13))
    made.add_value(
        "registered",
        Estimate(
            quantity="casualties registered",
            value=419.0,
            unit="persons",
            interval=Interval(low=417.0, high=float("inf"), kind=IntervalKind.CONFIDENCE, level=0.95),
            method="typed for a test",
            period=period,
            assumptions=("totals do not fall",),
            **common,  # type: ignore[arg-type]
        ),
    )
    made.add_value(
        "plain",
        Estimate(
            quantity="casualties as printed",
            value=419.0,
            unit="persons",
            interval=None,
            method="as printed",
            period=period,
            **common,  # type: ignore[arg-type]
        ),
    )
    facts = FigureFacts(
        name="two-dots", caption="Two dots.", alt="A dot below a dot.", sources=PAGES, estimates=("registered",)
    )
    drawn = pd.DataFrame({"row_id": ["rt-0031", "maps-001"], "total": [33, 3400]})
    made.add_figure(facts, images={"png": b"png"}, drawn=drawn)
    return made


@pytest.fixture
def record(run: RunRecord) -> StoredRecord:
    """Return the same run as read back."""
    return read_record(run.folder)
