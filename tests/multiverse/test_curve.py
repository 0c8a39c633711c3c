"""Distinct results, ranges and agreement of a multiverse small enough to count by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from analysis.errors import ParameterError
from analysis.estimate import IntervalKind
from analysis.multiverse.captions import drawn, figure_text
from analysis.multiverse.curve import active_choices, curve, same_magnitude, summary
from analysis.multiverse.effects import effects, moved_most, shares_by_choice, without_effects
from analysis.multiverse.estimates import range_estimates
from analysis.multiverse.table import StoredTable
from analysis.multiverse.tables import inert_choices

# change: -2, -2, -1, -1 with length short, short, long, long: rows moves nothing. ratio: 1, 2, 3, 8, all differ.

OF_STUDY = {"key": "made_up.change", "value_of_study": -2.0, "low_of_study": -3.0, "high_of_study": -1.0}


def test_only_choices_that_move_something_are_active(small: StoredTable) -> None:
    change, ratio = small.multiverse.headlines
    assert active_choices(small, change) == ("length",)
    assert active_choices(small, ratio) == ("length", "rows")
    assert inert_choices([small])["not moved by"].tolist() == ["rows", "none"]


def test_specifications_that_differ_in_inert_choices_are_one_mark(small: StoredTable) -> None:
    change, ratio = small.multiverse.headlines
    marks = curve(small, change)
    assert marks["value"].tolist() == [-2, -1]
    assert marks["specifications"].tolist() == [2, 2]
    assert marks["default"].tolist() == [True, False]
    assert curve(small, ratio)["specifications"].tolist() == [1, 1, 1, 1]


def test_summary_by_hand(small: StoredTable) -> None:
    first, second = summary([small], magnitude_factor=2.0).to_dict("records")
    assert (first["distinct_values"], first["distinct_results"]) == (2, 2)
    assert (first["low_value"], first["high_value"]) == (-2, -1)
    assert (first["low"], first["high"]) == (-3, -1)
    assert (first["lowest_end"], first["highest_end"]) == (-3, 1)
    assert first["same_magnitude"] == 1.0  # -1 is half of -2
    assert (first["same_side"], first["clear_side"]) == (1.0, 0.5)  # two of four intervals end below 0
    assert second["same_magnitude"] == 0.5  # 3 and 8 are more than twice 1
    assert math.isnan(second["same_side"])
    assert second["highest_end"] == math.inf


def test_magnitude_needs_one_sign() -> None:
    found = same_magnitude(pd.Series([1.0, -1.0, 0.5, 2.0, 2.1]), 1.0, factor=2.0)
    assert found.tolist() == [True, False, True, True, False]
    assert same_magnitude(pd.Series([0.0, 0.1]), 0.0, factor=2.0).tolist() == [True, False]


def test_a_factor_below_one_is_refused(small: StoredTable) -> None:
    with pytest.raises(ParameterError, match=r"magnitude_factor: 1 or more is needed, found 0.5"):
        summary([small], magnitude_factor=0.5)


def test_effects_name_the_choice_that_moves_and_say_where_nothing_can_be_shared_out(small: StoredTable) -> None:
    shares = effects([small])
    change = shares[(shares["headline"] == "change") & (shares["part"] == "value")].set_index("choice")
    assert change["shapley"].to_dict() == pytest.approx({"length": 1.0, "rows": 0.0})
    assert change["range"].tolist() == [1.0, 1.0]
    assert without_effects([small]).keys() == {"change: lower end", "ratio: upper end"}
    assert set(moved_most(shares)["choice"]) == {"length"}
    # ratio, lower end 0, 1 / 2, 3: length moves by 2 (variance 1), rows by 1 (variance 0.25), no interaction.
    wide = shares_by_choice(shares, "made_up").set_index(["headline", "part"]).loc["ratio", "lower end"]
    assert wide.drop("without").to_dict() == pytest.approx(
        {"range": 3, "length": 0.8, "rows": 0.2, "in_interactions": 0}, abs=1e-12
    )


def test_a_spread_that_no_printed_digit_shows_is_not_shared_out(small: StoredTable) -> None:
    def of_last(value: float) -> StoredTable:
        """Return the table with -13 for the change everywhere but in the last specification."""
        own = small.rows["key"] == "made_up.change"
        values = small.rows["value"].mask(own, -13.0).mask(own & (small.rows["run"] == "3"), value)
        return replace(small, rows=small.rows.assign(value=values))

    assert "change: value" not in without_effects([of_last(-13.01)])
    reasons = without_effects([of_last(-13.001)])
    assert str(reasons["change: value"]) == "all 4 combinations are within 0.001 of each other"


def test_an_option_with_which_a_headline_is_not_estimable_is_left_out_and_named(small: StoredTable) -> None:
    gap = (small.rows["key"] == "made_up.ratio") & (small.rows["run"] == "3")  # long and exact
    table = replace(small, rows=small.rows.assign(value=small.rows["value"].mask(gap)))
    shares = effects([table])
    own = shares[(shares["headline"] == "ratio") & (shares["part"] == "value")].set_index("choice")
    # Without "long" there remain short with all (1) and with exact (2): rows carries all of it.
    assert set(own["without"]) == {"length: long"}
    assert own["shapley"].to_dict() == {"length": 0.0, "rows": 1.0}
    assert summary([table], magnitude_factor=2.0)["not_estimable"].tolist() == [0, 1]


def test_the_range_over_choices_is_a_scenario(small: StoredTable) -> None:
    found = range_estimates([small])["made_up_ratio"]
    assert (found.value, found.interval.low, found.interval.high) == (1, 1, 8)
    assert found.interval.kind is IntervalKind.SCENARIO
    assert (found.n, found.n_unit) == (4, "specifications")


def test_mistakes_stand_outside_the_curve(small: StoredTable) -> None:
    wrong = small.mistakes_of("made_up.change").assign(**OF_STUDY)
    marks = drawn(small, wrong)
    own = marks[marks["headline"] == "change"]
    assert own["mistake"].tolist() == ["", "", "wrong"]
    assert own["specifications"].tolist() == [2, 2, 0]
    assert 5 not in summary([small], magnitude_factor=2.0)["high_value"].tolist()


def test_texts_hold_computed_numbers_and_every_page(small: StoredTable) -> None:
    named = replace(small, multiverse=replace(small.multiverse, notebook="contamination"))
    text = figure_text(named, small.mistakes_of("made_up.change").assign(**OF_STUDY))
    assert "under 4 specifications" in text["caption"]
    assert "values from -2 to -1 over 4 specifications" in text["alt"]
    assert (text["sources"], text["estimates"]) == (("page-1",), ["made_up_change", "made_up_ratio"])
