"""Disks that are really full and folders that are really read-only, before, during and after a run."""

from __future__ import annotations

import json
import sys

import pytest

from analysis.errors import ReproductionError
from analysis.pipeline.result import FailureKind, RunSpec
from analysis.pipeline.summary import summary
from analysis.record.manifest import check_record

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform != "linux", reason="small and read-only disks are made as Linux makes them"),
]


def edit_value(spec: RunSpec) -> None:
    path = spec.output / "values.json"
    tree = json.loads(path.read_bytes())
    tree["values"]["main"]["value"] = 0.7
    path.write_text(json.dumps(tree), encoding="utf-8")


def test_a_disk_full_from_the_start(project, quick, small_disk, fill) -> None:
    before = project.committed()
    filler = fill(small_disk(project.layout.build))
    with pytest.raises(ReproductionError) as caught:
        project.reproduce()
    message = str(caught.value)
    assert str(project.layout.build) in message
    assert "No space left on device" in message
    assert quick.ran == []
    assert project.committed() == before
    filler.unlink()
    assert project.reproduce().ok
    assert project.committed() == before


def test_a_disk_that_fills_while_notebooks_run(project, quick, small_disk, fill) -> None:
    disk = small_disk(project.layout.build)
    before = project.committed()

    def edit_and_fill(spec: RunSpec) -> None:
        edit_value(spec)
        fill(disk)

    quick.happens["beta"] = edit_and_fill
    quick.happens["alpha"] = edit_value
    with pytest.raises(ReproductionError, match=r"nothing was published: .*build cannot be written \(.*No space left"):
        project.reproduce()
    assert project.committed() == before
    quick.happens = {"alpha": edit_value}
    (disk / "filler").unlink()
    assert project.reproduce().published
    assert project.value("alpha.main") == 0.7
    check_record(project.layout)


def test_a_record_on_a_full_disk_is_finished_by_the_next_run(project, quick, small_disk, fill) -> None:
    filler = fill(small_disk(project.layout.figures))
    filler.rename(filler.with_name(".filler"))
    quick.happens["alpha"] = edit_value
    with pytest.raises(ReproductionError) as caught:
        project.reproduce()
    message = str(caught.value)
    assert "the publication stopped at figures/values.json" in message
    assert f"Free some space in {project.layout.figures}" in message
    assert "run `analysis reproduce`, which finishes the publication first" in message
    assert project.value("alpha.main") == 0.95  # the old file, whole
    (project.layout.figures / ".filler").unlink()
    assert project.reproduce().ok
    assert "finished an interrupted publication" in project.said.getvalue()
    assert project.value("alpha.main") == 0.7
    check_record(project.layout)


@pytest.mark.notebooks
def test_a_cell_that_fills_the_disk(project, make_study, small_disk) -> None:
    filling = "with open('../build/filler', 'wb', buffering=0) as stream:\n    while stream.write(bytes(65536)): pass"
    project.write("alpha", make_study("alpha", more=[filling]))
    small_disk(project.layout.build)
    before = project.committed()
    report = project.reproduce("alpha")
    (failure,) = (result.failure for result in report.results)
    assert (failure.kind, failure.cell) == (FailureKind.RAISED, 4)
    text = summary(report, project.layout)
    assert "FAILED alpha: a cell raised an error, code cell 4 (id cell-2)" in text
    assert "OSError: [Errno 28] No space left on device" in text
    assert "what to do: free some space, then run again" in text
    assert f"nothing was published: {project.layout.build} cannot be written" in project.said.getvalue()
    assert project.committed() == before


def test_a_read_only_record(project, quick, make_read_only) -> None:
    quick.happens["alpha"] = edit_value
    before = project.committed()
    make_writable = make_read_only(project.layout.figures)
    with pytest.raises(ReproductionError, match=r"figures cannot be written; nothing was published\. Make it"):
        project.reproduce()
    assert project.committed() == before
    made = json.loads((project.layout.build / "reproduce" / "values.json").read_bytes())
    assert made["values"]["alpha.main"]["value"] == 0.7
    make_writable()
    assert project.reproduce().published
    assert project.value("alpha.main") == 0.7
    check_record(project.layout)


def test_a_read_only_record_that_holds_needs_no_writing(project, quick, make_read_only) -> None:
    make_read_only(project.layout.figures)
    report = project.reproduce()
    assert report.ok
    assert "The record holds" in summary(report, project.layout)
    assert len(quick.ran) == 2
