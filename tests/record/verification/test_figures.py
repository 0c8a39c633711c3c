"""Figures beside the record: by bytes, then by numbers, facts and the distance of the pictures."""

from __future__ import annotations

import json
from dataclasses import replace

from analysis.record.comparison import Outcome
from analysis.record.manifest import check_record
from analysis.record.run_outputs import NotebookOutputs
from analysis.record.verification.check import Check, RunToVerify
from analysis.record.verification.figures import check_figures


def first(record, alpha: NotebookOutputs) -> Check:
    run = RunToVerify(outputs=[alpha, record.beta()], executed=(), failed={})
    found = check_figures(record.layout, check_record(record.layout), run)
    assert [check.name for check in found] == ["first-figure", "other-figure"]
    return found[0]


def test_the_same_bytes(record) -> None:
    check = first(record, record.alpha())
    assert (check.outcome, check.method, check.differences) == (Outcome.IDENTICAL, "bytes", ())
    assert [(one.path, one.committed == one.made) for one in check.files] == [
        (f"figures/first-figure{ending}", True) for ending in (".csv", ".json", ".pdf", ".png", ".svg")
    ]


def test_other_bytes_of_the_same_picture_and_numbers(record) -> None:
    check = first(record, record.alpha(0.5 + 1e-12))
    assert (check.outcome, check.method) == (Outcome.AGREES, "numbers and facts within 1e-08; picture: bytes")


def test_the_distance_of_pictures_is_told_where_they_agree_and_where_not(record) -> None:
    near, far = first(record, record.alpha(shade=101)), first(record, record.alpha(shade=200))
    assert (near.outcome, far.outcome) == (Outcome.AGREES, Outcome.CHANGED)
    assert near.method == "numbers and facts within 1e-08; picture: 0 pixels differ, 4 may"
    assert far.method == "numbers and facts within 1e-08; picture: 400 pixels differ, 4 may"


def test_changed_evidence_hashes_are_one_difference_after_the_numbers(record, figure) -> None:
    def drawn(number: float, digest: str) -> NotebookOutputs:
        files = figure(number)
        facts = json.loads(files[".json"])
        files[".json"] = json.dumps({**facts, "evidence": {"a.csv": digest, "b.csv": digest, "c.csv": "2"}}).encode()
        return replace(record.alpha(), figures={"first-figure": files})

    record.publish(drawn(0.5, "0"), record.beta())
    assert [str(one) for one in first(record, drawn(0.6, "1")).differences] == [
        "line 2, level: 0.5 -> 0.6",
        "evidence: hashes as on record -> other hashes of a.csv, b.csv",
    ]
