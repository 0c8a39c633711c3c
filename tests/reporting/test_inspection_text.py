"""The plan a quality officer reads: the warning first and last, every number of the tables, never a clean bill."""

from __future__ import annotations

import json
import re

import pytest

from analysis.__main__ import main
from analysis.contamination.inspection import WARNING, Task
from analysis.reporting.inspection_text import inspection_text, inspection_tree, planned_inspection

TASK = Task(lot_m2=5000, unit_m2=25, unacceptable_units=6, confidence=0.95, targets_found=29, targets_placed=30)
ARGUMENTS = ["plan-inspection", "--lot-m2", "5000", "--unit-m2", "25", "--unacceptable", "6", "--trial", "29/30"]


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_the_warning_stands_first_and_last() -> None:
    text = flat(inspection_text(planned_inspection(TASK, inspected=None, units_per_row=10, correlations=(0.0, 0.2))))
    assert text.startswith(WARNING)
    assert text.endswith(WARNING)


def test_no_plan_calls_land_safe(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ARGUMENTS, "--inspected", "200"]) == 0
    words = re.findall(r"[a-z]+", flat(capsys.readouterr().out).replace(WARNING, "").lower())
    assert not {"safe", "safely", "free"} & set(words)
    assert "clear" not in words


def test_a_task_without_a_possible_sample_says_why_and_has_no_bound() -> None:
    impossible = Task(
        lot_m2=5000, unit_m2=25, unacceptable_units=1, confidence=0.95, targets_found=8, targets_placed=10
    )
    plan = planned_inspection(impossible, inspected=None, units_per_row=None, correlations=())
    assert "not possible: inspecting all 200 units" in inspection_text(plan)
    assert plan.left is None
    assert inspection_tree(plan)["not_excluded"] is None


def test_units_already_inspected_are_those_the_bound_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ARGUMENTS, "--inspected", "50", "--json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert tree["inspected"] == 50
    assert tree["warning"] == WARNING
    assert tree["not_excluded"][0]["rule_of_three"] == pytest.approx(3 / (50 * 29 / 30))


@pytest.mark.parametrize("trial", ["29", "29/x", "-1/3", "0.5/1"])
def test_a_trial_is_found_over_placed(trial: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*ARGUMENTS[:-1], trial])
    assert "FOUND/PLACED" in capsys.readouterr().err


def test_a_plan_that_is_none_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ARGUMENTS, "--confidence", "2"]) == 1
    assert "confidence: must lie strictly between" in capsys.readouterr().err


def test_a_correlation_without_rows_and_too_many_units_are_refused_and_not_ignored(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*ARGUMENTS, "--correlation", "0.2"]) == 1
    assert "give the units of a row as --row-units N" in capsys.readouterr().err
    assert main([*ARGUMENTS, "--row-units", "10", "--correlation", "1"]) == 1
    assert "correlation: must be 0 or more and below 1, found 1.0" in capsys.readouterr().err
    assert main([*ARGUMENTS, "--inspected", "999999"]) == 1
    assert "units of the lot are needed, found 999999" in capsys.readouterr().err


def test_the_rule_of_three_says_its_level_where_another_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ARGUMENTS, "--confidence", "0.99"]) == 0
    assert "the rule of three is for about 95 %" in capsys.readouterr().out
    assert main(ARGUMENTS) == 0
    assert "the rule of three is for" not in capsys.readouterr().out
