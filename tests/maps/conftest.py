"""The repository's evidence, the study on it, and small made-up tables of statements."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from analysis.evidence import Evidence, load_evidence
from analysis.maps.statements import COLUMNS
from analysis.maps.study import MapReliability, map_reliability


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return load_evidence()


@pytest.fixture(scope="session")
def study(evidence: Evidence) -> MapReliability:
    return map_reliability(evidence)


@pytest.fixture
def said() -> Callable[..., pd.DataFrame]:
    """Return a maker of statement tables: each row is given by the columns it needs, the rest has quiet defaults."""

    def make(*rows: dict[str, object]) -> pd.DataFrame:
        filled = []
        for number, row in enumerate(rows):
            day = pd.Timestamp(str(row.get("as_of", "2022-01-01")))
            share = row.get("share")
            filled.append(
                {
                    "row_id": f"ma-{number:04d}",
                    "source_id": f"page-{number}",
                    "as_of": f"{day:%Y-%m-%d}",
                    "as_of_first": day,
                    "as_of_last": day,
                    "as_of_precision": "day",
                    "share_low": share,
                    "share_high": share,
                    "comparator": "=",
                    "geography": "regained_districts",
                    "definition": "",
                    "attributed_to": "Office",
                    "originator": "office",
                    "party": "azerbaijan_authorities",
                    "unit_counted": "accident",
                }
                | row
            )
        frame = pd.DataFrame(filled, columns=list(COLUMNS))
        numbers = ("share", "share_low", "share_high", "number", "denominator")
        return frame.astype(dict.fromkeys(numbers, "Float64"))

    return make
