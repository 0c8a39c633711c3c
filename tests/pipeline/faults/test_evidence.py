"""Evidence that changes between its check and its reading: nothing is published from it."""

from __future__ import annotations

import json

import pytest

from analysis.errors import ReproductionError
from analysis.pipeline.result import RunSpec
from analysis.record.manifest import check_record


def test_evidence_replaced_while_notebooks_run(project, quick) -> None:
    def read_other_evidence(spec: RunSpec) -> None:
        path = spec.output / "beta-figure.json"
        tree = json.loads(path.read_bytes())
        tree["evidence"] = {"table.csv": "0" * 64}
        path.write_text(json.dumps(tree), encoding="utf-8")

    quick.happens["beta"] = read_other_evidence
    before = project.committed()
    with pytest.raises(ReproductionError) as caught:
        project.reproduce()
    message = str(caught.value)
    assert (
        "the evidence changed while the notebooks ran, so nothing was published: table.csv (as read by beta)" in message
    )
    assert message.endswith("Run again when nothing writes to it any more")
    assert project.committed() == before
    assert (project.layout.build / "reproduce" / "beta" / "beta-figure.json").is_file()  # kept to be looked at
    quick.happens.clear()
    assert project.reproduce().ok
    assert project.committed() == before
    check_record(project.layout)
