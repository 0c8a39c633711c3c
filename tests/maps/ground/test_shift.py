"""A shift is reported only when no doubt is left; else it is not identifiable, with the reasons."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InsufficientEvidence
from analysis.maps.ground.eligible import eligible_points
from analysis.maps.ground.frontier import shift_frontier
from analysis.maps.ground.shift import ShiftSearch, ShiftSettings, frontier_doubt, named_candidates, search_shift
from analysis.maps.ground.world import WorldSettings, records_and_points
from analysis.stats.overlay import Ground


def searched(world: WorldSettings, shift: ShiftSettings, seed: int) -> ShiftSearch:
    rng = np.random.default_rng(seed)
    records, points = records_and_points(world, rng)
    return search_shift(eligible_points(points, records).xy, Ground(records.shapes), shift, rng)


def test_good_records_show_their_common_shift(shift: ShiftSettings) -> None:
    found = searched(WorldSettings(recorded_share=0.8, error_m=15, shift_east_m=100, shift_north_m=-50), shift, seed=3)
    assert (found.found.east_m, found.found.north_m) == (-100, 50)
    assert found.doubts == ()
    assert found.held_out_gain > 0.1


def test_records_without_a_common_shift_leave_a_doubt(shift: ShiftSettings) -> None:
    found = searched(WorldSettings(recorded_share=0.8, error_m=30, shift_east_m=0), shift, seed=3)
    assert found.found.length_m <= shift.step_m
    assert any("ground without a common shift" in doubt for doubt in found.doubts)


def test_a_shift_beyond_the_reach_is_not_taken_at_the_edge(shift: ShiftSettings) -> None:
    found = searched(WorldSettings(recorded_share=0.8, error_m=15, shift_east_m=300), shift, seed=3)
    assert any("edge of the search" in doubt for doubt in found.doubts)


def test_the_frontier_is_read_at_the_next_poorer_world(frontier: pd.DataFrame) -> None:
    assert frontier_doubt(frontier, recorded_share=0.5, error_m=25) == ""
    assert "a shift is found in 10 % only" in frontier_doubt(frontier, recorded_share=0.5, error_m=40)
    few = frontier.assign(found_share=1.0, found_low=0.34, worlds=2)
    assert "2 made-up worlds are too few" in frontier_doubt(few, recorded_share=0.5, error_m=25)
    assert "no made-up world is as poor" in frontier_doubt(frontier, recorded_share=0.1, error_m=25)
    assert "no made-up world is as poor" in frontier_doubt(frontier, recorded_share=0.5, error_m=200)


def test_the_frontier_separates_good_from_poor_records() -> None:
    options = {"reach_m": 250.0, "step_m": 50.0, "matching_m": 100.0, "block_m": 1000.0, "level": 0.95, "seed": 1}
    table = shift_frontier(recorded_shares=(0.1, 0.8), errors_m=(15.0, 150.0), points=150, worlds=4, **options)
    found = table.set_index(["recorded_share", "error_m"])["found_share"]
    assert found[(0.8, 15.0)] == 1.0
    assert found[(0.1, 150.0)] <= 0.25
    again = shift_frontier(recorded_shares=(0.1, 0.8), errors_m=(15.0, 150.0), points=150, worlds=4, **options)
    pd.testing.assert_frame_equal(table, again)


def test_the_named_datum_shift_gains_where_records_were_misread(shift: ShiftSettings) -> None:
    rng = np.random.default_rng(2)
    # Pulkovo 1942 read as WGS 84 near 46.9 E, 40 N lies about 101 m east and 6 m north of the truth.
    settings = WorldSettings(recorded_share=0.8, error_m=15, shift_east_m=101, shift_north_m=6)
    records, points = records_and_points(settings, rng)
    xy, ground = eligible_points(points, records).xy, Ground(records.shapes)
    table = named_candidates(xy, ground, (46.93, 39.99), shift)
    assert table["operation"].iloc[0].endswith("EPSG:1808")
    assert table["stated_accuracy_m"].iloc[0] == 5.0
    assert table["gain"].iloc[0] > 0.2
    with pytest.raises(InsufficientEvidence, match="no place on earth"):
        named_candidates(xy, ground, None, shift)
