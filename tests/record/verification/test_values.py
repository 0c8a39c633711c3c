"""Values beside the record: each by its own tolerance, which is on record too."""

from __future__ import annotations

from dataclasses import replace

from analysis.record.comparison import Outcome
from analysis.record.verification.check import RunToVerify
from analysis.record.verification.values import check_values


def checked(record, *outputs) -> dict[str, tuple[Outcome, str, list[str]]]:
    run = RunToVerify(outputs=outputs, executed=(), failed={})
    return {
        check.name: (check.outcome, check.method, [str(one) for one in check.differences])
        for check in check_values(record.layout, run)
    }


def test_a_value_with_a_tolerance_of_its_own_says_so(record) -> None:
    own = {"alpha.main": 0.01}
    record.publish(replace(record.alpha(), tolerances=own), record.beta())
    found = checked(record, replace(record.alpha(0.501), tolerances=own), record.beta(0.251))
    assert found["alpha.main"] == (Outcome.AGREES, "within 0.01, its own tolerance", [])
    assert found["beta.main"] == (Outcome.CHANGED, "within 1e-08", ["value: 0.25 -> 0.251"])


def test_a_tolerance_that_is_not_the_one_on_record_is_a_difference(record) -> None:
    found = checked(record, replace(record.alpha(0.501), tolerances={"alpha.main": 0.01}), record.beta())
    assert found["alpha.main"][0] is Outcome.CHANGED
    assert found["alpha.main"][2] == ["tolerance: None -> 0.01"]


def test_other_parameters_are_a_difference(record) -> None:
    found = checked(record, replace(record.alpha(), parameters={"seed": 2}), record.beta())
    title = "parameters of alpha in figures/values.json"
    assert found[title] == (Outcome.CHANGED, "text", ["seed: 1 -> 2"])


def test_latex_that_does_not_fit_the_values_is_a_difference(record) -> None:
    path = record.layout.figures / "values.tex"
    path.write_text(path.read_text().replace("0.5", "0.6"))
    assert checked(record, record.alpha(), record.beta())["figures/values.tex"][0] is Outcome.CHANGED
