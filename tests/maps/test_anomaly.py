"""The counts that cannot follow each other: found on the real rows, every explanation with its arithmetic."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.errors import InsufficientEvidence
from analysis.maps import anomaly as an
from analysis.maps.study import MapReliability


def _anomaly(outside: int, total: int, later_outside: int, later_total: int) -> an.Anomaly:
    return an.Anomaly(
        outside=outside, total=total, later_outside=later_outside, later_total=later_total, unit="casualty",
        as_of=pd.Timestamp(2022, 10, 26), later_as_of=pd.Timestamp(2023, 8, 18), sources=("page",),
    )  # fmt: skip


def test_the_real_rows_hold_one_anomaly_119_then_86(study: MapReliability) -> None:
    # METHODS, study 2, item 2: 266 - 147 = 119 and 303 - 217 = 86.
    (found,) = study.line.anomalies
    assert (found.outside, found.total, found.later_outside, found.later_total) == (147, 266, 217, 303)
    assert found.on_line_change == -33
    assert found.unit == "casualty"


def test_the_earlier_count_must_have_been_180_to_217() -> None:
    # At most 86 on the line: 266 - 86 = 180; no more outside than later: 217.
    assert _anomaly(147, 266, 217, 303).outside_range == (180, 217)


def test_only_187_and_197_are_one_digit_away_and_fit() -> None:
    assert an.one_digit_readings(_anomaly(147, 266, 217, 303)) == (187, 197)


def test_every_explanation_is_listed_and_none_is_preferred(study: MapReliability) -> None:
    table = study.line.explanations
    words = " | ".join(table["explanation"])
    for part in (
        "as printed",
        "carried over from 2022-10-06",
        "187 for 147",
        "197 for 147",
        "another definition",
        "new definition",
    ):
        assert part in words
    assert set(table["verdict"]) == {an.CONSISTENT, an.CONTRADICTED, an.OPEN}
    assert (table["verdict"] == an.CONSISTENT).sum() > 1


def test_what_each_explanation_predicts(study: MapReliability) -> None:
    table = study.line.explanations.set_index("explanation")
    carried = table.filter(like="carried over", axis=0).iloc[0]
    # 147 beside 257 leaves 110 on the line, still more than 86; 9 more casualties later give 147 to 156 outside.
    assert (carried["outside_low"], carried["outside_high"]) == (147, 156)
    assert "at least 110" in carried["predicts"]
    digit = table.loc["one wrong digit: 197 for 147"]
    assert digit["share_low"] == pytest.approx(197 / 266)  # 74.1 %, beside 116/156 = 74.4 % of accidents
    assert digit["on_line_later_change_low"] == 17  # 86 - (266 - 197)
    moved = table.filter(like="new definition", axis=0).iloc[0]
    assert "33 to 70 persons" in moved["predicts"]


def test_persons_per_accident_by_hand(study: MapReliability) -> None:
    first = study.line.per_accident.iloc[0]
    # 147 / 116, 119 / 40, 266 / 156.
    assert (first["outside"], first["on_line"], first["all"]) == pytest.approx((1.267241, 2.975, 1.705128), abs=1e-6)


def test_no_common_day_is_said_in_words(study: MapReliability) -> None:
    persons = study.line.counts.query("unit == 'casualty'")
    with pytest.raises(InsufficientEvidence, match="no day has both"):
        an.persons_per_accident(persons, persons.iloc[:0])


def test_counts_that_only_grow_are_no_anomaly(study: MapReliability) -> None:
    assert an.find_anomalies(study.line.counts.query("unit == 'accident'")) == ()


@given(
    outside=some.integers(0, 200), on_line=some.integers(0, 200), more=some.integers(0, 99), fall=some.integers(1, 99)
)
def test_the_range_is_exactly_what_makes_the_fall_go_away(outside: int, on_line: int, more: int, fall: int) -> None:
    later_on_line = max(on_line - fall, 0)
    total, later_total = outside + on_line, outside + on_line + more
    later_outside = later_total - later_on_line
    found = _anomaly(outside, total, later_outside, later_total)
    low, high = found.outside_range
    assert low <= high
    for reading in (low - 1, low, high, high + 1):
        fits = 0 <= reading <= total and reading <= later_outside and total - reading <= later_on_line
        assert fits == (low <= reading <= high)
