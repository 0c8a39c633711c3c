"""One made-up world and its results, shared by the tests."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.maps.ground.brought import Brought, Files, bring
from analysis.maps.ground.shift import ShiftSettings
from analysis.maps.ground.study import GroundResults, GroundSettings, records_against_ground

SHIFT = ShiftSettings(reach_m=250.0, step_m=50.0, matching_m=100.0, block_m=1000.0, repeats=99)
SETTINGS = GroundSettings(
    tolerances_m=(0.0, 100.0, 400.0),
    errors_m=(0.0, 25.0),
    misplacement_m=200.0,
    record_error_m=30.0,
    level=0.95,
    relocations=99,
    shift=SHIFT,
    seed=5,
)
FRONTIER = pd.DataFrame(
    {
        "recorded_share": [0.2, 0.2],
        "error_m": [30.0, 100.0],
        "found_share": [0.9, 0.1],
        "found_low": [0.7, 0.0],
        "worlds": [12, 12],
    }
)


@pytest.fixture(scope="session")
def shift() -> ShiftSettings:
    return SHIFT


@pytest.fixture(scope="session")
def settings() -> GroundSettings:
    return SETTINGS


@pytest.fixture(scope="session")
def frontier() -> pd.DataFrame:
    return FRONTIER


@pytest.fixture(scope="session")
def world() -> Brought:
    return bring(Files(), seed=5)


@pytest.fixture(scope="session")
def results(world: Brought) -> GroundResults:
    return records_against_ground(world, SETTINGS, FRONTIER)
