import json
from dataclasses import replace

import pytest

from analysis.errors import ReproductionError
from analysis.record.comparison import Outcome
from analysis.record.decision import decide
from analysis.record.manifest import check_record
from analysis.record.publication import publish, publishing


def outcomes(decision) -> dict[str, Outcome]:
    return {f"{one.kind} {one.name}": one.outcome for one in decision.verdicts}


def test_the_same_run_again_changes_nothing(record) -> None:
    decision = record.decide(record.alpha(), record.beta(), texts={"alpha": "one", "beta": "one"})
    assert decision.changes_nothing
    assert {*outcomes(decision).values()} == {Outcome.IDENTICAL}


def test_outputs_that_agree_keep_their_committed_bytes(record) -> None:
    before = record.files()
    decision = record.publish(record.alpha(0.5 + 1e-9), record.beta(), texts={"alpha": "one", "beta": "one"})
    assert outcomes(decision)["figure first-figure"] is Outcome.AGREES
    assert outcomes(decision)["value alpha.main"] is Outcome.AGREES
    assert record.files() == before


def test_rewrite_publishes_the_bytes_of_this_run(record) -> None:
    before = record.files()
    record.publish(record.alpha(0.5 + 1e-9), record.beta(), rewrite=True)
    changed = [name for name, content in record.files().items() if before[name] != content]
    assert changed == [
        "MANIFEST.json",
        "first-figure.csv",
        "first-figure.json",
        "first-figure.pdf",
        "first-figure.svg",
        "values.json",
    ]
    assert check_record(record.layout) is not None


def test_a_changed_value_is_replaced_beside_one_that_only_agrees(record) -> None:
    record.publish(record.alpha(0.7), record.beta(0.25 + 1e-9))
    values = json.loads(record.files()["values.json"])["values"]
    assert values["alpha.main"]["value"] == 0.7
    assert values["beta.main"]["value"] == 0.25


def test_a_changed_figure_is_replaced_as_a_whole(record, figure) -> None:
    decision = record.decide(record.alpha(0.7), record.beta())
    assert sorted(name for name in decision.figures if name.startswith("first")) == [
        f"first-figure{ending}" for ending in (".csv", ".json", ".pdf", ".svg")
    ]  # the picture has the same bytes
    record.publish(record.alpha(0.7), record.beta())
    for ending, content in figure(0.7).items():
        assert record.files()[f"first-figure{ending}"] == content


def test_outputs_no_longer_made_go(record) -> None:
    decision = record.publish(record.beta())
    assert outcomes(decision)["figure first-figure"] is Outcome.GONE
    assert outcomes(decision)["value alpha.main"] is Outcome.GONE
    assert not [name for name in record.files() if name.startswith("first")]
    assert list(json.loads(record.files()["values.json"])["values"]) == ["beta.main"]
    assert check_record(record.layout).made_by == {"other-figure": "beta"}


def test_one_notebook_alone_leaves_the_others(record) -> None:
    decision = record.publish(record.alpha(0.7), everything=False)
    assert "value beta.main" not in outcomes(decision)
    values = json.loads(record.files()["values.json"])
    assert sorted(values["values"]) == ["alpha.main", "alpha.second", "beta.main"]
    assert sorted(values["parameters"]) == ["alpha", "beta"]
    assert check_record(record.layout).made_by == {"first-figure": "alpha", "other-figure": "beta"}


def test_one_notebook_alone_cannot_take_a_name_of_the_others(record, figure) -> None:
    taken = record.alpha()
    clash = type(taken)(notebook="alpha", parameters={}, values=taken.values, figures={"other-figure": figure(0.5)})
    with pytest.raises(ReproductionError, match="figure other-figure is written by beta and by alpha"):
        record.decide(clash, everything=False)


def test_an_executed_notebook_replaces_one_that_says_something_else(record) -> None:
    decision = record.publish(record.alpha(), record.beta(), texts={"alpha": "two", "beta": "one"})
    assert [one.name for one in decision.notebooks] == ["alpha"]
    assert b"two" in record.files()["alpha.ipynb"]
    assert decision.manifest is None  # the figures stay as they are


def test_versions_stay_when_every_byte_stays_and_move_with_a_changed_one(record) -> None:
    record.layout.lock.write_text("numpy==9\n")
    assert record.decide(record.alpha(), record.beta()).changes_nothing
    changed = record.decide(record.alpha(0.7), record.beta()).manifest
    assert changed.lock_sha256 != check_record(record.layout).lock_sha256


def test_changed_evidence_is_written_down_even_when_no_result_moves(record) -> None:
    decision = record.publish(record.alpha(), record.beta(), evidence={"table.csv": "f" * 64})
    assert decision.figures == {}
    assert check_record(record.layout).evidence == {"table.csv": "f" * 64}


def test_a_damaged_record_is_made_anew_without_reading_it(record) -> None:
    before = record.files()
    (record.layout.figures / "values.json").write_text("{")
    (record.layout.figures / "first-figure.png").write_text("no picture")
    decision = decide(
        record.layout,
        manifest=None,
        outputs=[record.alpha(), record.beta()],
        executed=(),
        evidence={"table.csv": "e" * 64},
        everything=True,
        rewrite=True,
        mend=True,
    )
    with publishing(record.layout):
        publish(record.layout, decision)
    assert record.files() == before


def test_a_value_s_own_tolerance_is_kept_and_used(record) -> None:
    loose = replace(record.alpha(), tolerances={"alpha.main": 0.01})
    record.publish(loose, record.beta())
    assert json.loads(record.files()["values.json"])["tolerances"] == {"alpha.main": 0.01}
    before = record.files()
    moved = replace(record.alpha(0.5001), figures=loose.figures, tolerances=loose.tolerances)
    decision = record.publish(moved, record.beta())
    assert outcomes(decision)["value alpha.main"] is Outcome.AGREES
    assert record.files() == before
    record.publish(record.beta(), everything=False)  # another notebook alone leaves it
    assert record.files() == before
