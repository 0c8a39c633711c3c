"""No published series meets the conditions; the made-up places show what the methods would say."""

from __future__ import annotations

import math

from analysis.contamination.depletion_conditions import NOT_ESTIMABLE, made_up_places, series_against_conditions


def test_no_published_series_gives_a_number(study) -> None:
    table = series_against_conditions(study)
    assert set(table["items_left"]) == {NOT_ESTIMABLE}
    met = table[["closed_place", "equally_easy_to_find", "measured_effort"]]
    assert not met.map(lambda text: text.startswith("yes")).any(axis=None)
    periods = table.set_index("series")["periods"]
    # printed years 2022 to 2025
    assert periods["mines, printed years, all operators"] == 4
    assert periods["repeated passes over one area"] == 0


def test_the_made_up_places_end_in_the_three_ways() -> None:
    said = made_up_places(level=0.95).set_index(["place", "method"])
    fast = said.loc[("made up: falls fast", "Leslie")]
    # 60, 30, 14, 8: finds per pass about halve, so about 60 / (1 - 1/2) = 120 were there, 112 of them found
    assert 112 <= fast["total"] <= 125
    assert math.isfinite(fast["high"])
    assert said.loc[("made up: falls slowly", "Leslie"), "high"] == math.inf
    assert said.loc[("made up: falls slowly", "Goel-Okumoto"), "high"] == math.inf
    rising = said.loc["made up: does not fall"]
    assert rising["said"].str.startswith(NOT_ESTIMABLE).all()
    assert rising["total"].isna().all()
