"""The three kinds of input refuse each other's questions, and points that cannot speak are left out and counted."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from shapely import box

from analysis.errors import InsufficientEvidence
from analysis.maps.ground.eligible import eligible_points
from analysis.maps.ground.inputs import (
    FullSurvey,
    PresenceOnly,
    ProbabilitySample,
    Records,
    questions,
    require,
)
from analysis.stats.map_accuracy import StratifiedChecks

SQUARE = np.array([box(0, 0, 100, 100)], dtype=object)
NAT = np.datetime64("NaT", "D")


def points(*dates: str, caused: tuple[bool, ...] | None = None) -> PresenceOnly:
    days = np.array([NAT if not day else np.datetime64(day) for day in dates], dtype="datetime64[D]")
    flags = np.array(caused if caused is not None else (False,) * len(dates))
    return PresenceOnly(
        name="p", xy=np.column_stack([np.arange(len(dates))] * 2).astype(float), dates=days, caused=flags
    )


def records(as_of: date | None) -> Records:
    return Records(name="r", shapes=SQUARE, as_of=as_of)


def test_each_kind_answers_its_own_question_only() -> None:
    survey = FullSurvey(name="s", area=SQUARE, found=SQUARE)
    assert require(survey, FullSurvey, "areas") is survey
    with pytest.raises(
        InsufficientEvidence,
        match="correct share: a probability sample of checks is needed; presence-only points cannot answer it",
    ):
        require(points("2020-01-01"), ProbabilitySample, "correct share")
    with pytest.raises(InsufficientEvidence, match="a full survey of a stated area cannot answer it"):
        require(survey, PresenceOnly, "share inside")
    with pytest.raises(InsufficientEvidence, match="none was brought"):
        require(None, FullSurvey, "areas")


def test_commission_is_not_asked_of_points() -> None:
    table = questions()
    asked = table.loc["presence-only points"].set_index("question")["may be asked"]
    assert asked.filter(like="commission").iloc[0].startswith("no")


def test_classes_of_checks_are_two() -> None:
    checks = StratifiedChecks(
        stratum=("a",), map_class=("mined",), reference_class=("perhaps",), stratum_sizes={"a": 1.0}
    )
    with pytest.raises(InsufficientEvidence, match="found perhaps"):
        ProbabilitySample(name="c", checks=checks)


def test_points_before_the_records_or_that_caused_them_are_counted_out() -> None:
    given = points("2019-12-31", "2020-01-01", "2020-01-02", "2021-01-01", caused=(False, False, False, True))
    found = eligible_points(given, records(date(2020, 1, 1)))
    assert list(found.counts.values()) == [4, 1, 2, 1, 0, 0]
    assert found.xy.tolist() == [[2.0, 2.0]]
    assert found.omission_reason == ""


def test_undated_points_stop_the_estimate_of_omission() -> None:
    found = eligible_points(points("", "2021-01-01"), records(date(2020, 1, 1)))
    assert found.omission_reason == "1 points have no date, so it is not known whether the records were there first"
    assert len(found.xy) == 2
    undated = eligible_points(points("2021-01-01"), records(None))
    assert undated.omission_reason.startswith("the records have no date")


def test_no_point_left() -> None:
    with pytest.raises(InsufficientEvidence, match="no point is left"):
        eligible_points(points("2019-01-01"), records(date(2020, 1, 1)))
