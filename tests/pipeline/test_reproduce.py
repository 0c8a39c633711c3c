from __future__ import annotations

import errno
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.errors import EvidenceError, Fault, ParameterError, ReproductionError
from analysis.pipeline import keep_outputs, run_selected
from analysis.pipeline.reproduce import reproduce
from analysis.pipeline.request import Request
from analysis.pipeline.result import Failure, FailureKind, RunSpec
from analysis.pipeline.summary import summary
from analysis.record import publication
from analysis.record.comparison import Outcome
from analysis.record.manifest import check_record


def edit_value(number: float):
    """Return what makes a notebook come out with another value."""

    def happens(spec: RunSpec) -> None:
        path = spec.output / "values.json"
        tree = json.loads(path.read_bytes())
        tree["values"]["main"]["value"] = number
        path.write_text(json.dumps(tree), encoding="utf-8")

    return happens


def outcomes(report) -> dict[str, Outcome]:
    return {f"{one.kind} {one.name}": one.outcome for one in report.verdicts}


@pytest.mark.notebooks
@pytest.mark.faults
class TestWithKernels:
    """What only real kernels can show."""

    def test_a_second_run_changes_no_byte(self, project) -> None:
        before = project.committed()
        report = project.reproduce(workers=1)
        assert report.ok
        assert report.published
        assert {*outcomes(report).values()} == {Outcome.IDENTICAL}
        assert project.committed() == before
        assert "The record holds" in summary(report, project.layout)

    def test_other_parameters_write_elsewhere_and_say_what_would_differ(self, project) -> None:
        before = project.committed()
        report = project.reproduce("alpha", given=("level=0.9", "words=a,b"))
        assert report.ok
        assert not report.published
        assert project.committed() == before
        assert report.folder.parent == project.layout.build / "runs"
        values = json.loads((report.folder / "values.json").read_bytes())
        assert values["values"]["alpha.main"]["value"] == 0.9
        assert r"analysis@value@alpha.main\endcsname{0.9000}" in (report.folder / "values.tex").read_text()
        executed = (report.folder / "alpha.ipynb").read_text(encoding="utf-8")
        assert "level 0.9, words ['a', 'b']" in executed
        assert (report.folder / ".gitignore").read_text() == "*\n"
        text = summary(report, project.layout)
        assert "value: 0.95 -> 0.9" in text
        assert "The record was not touched." in text

    def test_a_failing_notebook_does_not_stop_the_others_nor_touch_the_record(self, project, make_study) -> None:
        project.write("alpha", make_study("alpha", more=["raise ValueError('boom')"]))
        before = project.committed()
        report = project.reproduce()
        assert [result.ok for result in report.results] == [False, True]
        assert not report.ok
        assert project.committed() == before
        folder = project.layout.build / "reproduce"
        assert (folder / "alpha.failed.ipynb").is_file()
        assert not (folder / "alpha.ipynb").exists()
        assert (folder / "beta.ipynb").is_file()
        text = summary(report, project.layout)
        assert "FAILED alpha: a cell raised an error, code cell 4 (id cell-2)" in text
        assert "    | raise ValueError('boom')\n    ValueError: boom" in text
        assert f"partly executed copy: {folder / 'alpha.failed.ipynb'}" in text
        assert "figures/ and notebooks/ keep their old state" in text


def test_what_the_record_holds(project) -> None:
    assert project.value("alpha.main") == 0.95
    assert project.value("beta.main") == 1.9
    manifest = check_record(project.layout)
    assert manifest.made_by == {"alpha-figure": "alpha", "beta-figure": "beta"}
    facts = json.loads((project.layout.build / "run.json").read_bytes())
    assert facts["notebooks"]["alpha"]["ok"] is True
    committed = b"".join(project.committed().values())
    for fact in (facts["machine"]["system"], str(project.layout.root)):
        assert fact.encode() not in committed


def test_a_changed_value_is_published_and_listed_with_old_and_new(project, quick) -> None:
    quick.happens["alpha"] = edit_value(0.7)
    report = project.reproduce()
    assert project.value("alpha.main") == 0.7
    assert outcomes(report)["value alpha.main"] is Outcome.CHANGED
    assert report.replaced == ("figures/values.json", "figures/values.tex", "figures/MANIFEST.json")
    text = summary(report, project.layout)
    assert "    value alpha.main\n      value: 0.95 -> 0.7" in text
    assert "Replaced in the record (3 files):" in text
    check_record(project.layout)


def test_a_value_within_the_tolerance_keeps_every_byte_and_is_told(project, quick) -> None:
    quick.happens["alpha"] = edit_value(0.95 * (1 + 1e-9))
    before = project.committed()
    report = project.reproduce()
    assert project.committed() == before
    assert "agrees; not bit-identical on this machine:\n    value alpha.main" in summary(report, project.layout)
    project.reproduce(rewrite=True)
    assert project.value("alpha.main") == 0.950000001  # ten digits


def test_one_notebook_publishes_its_part(project, quick) -> None:
    quick.happens["alpha"] = edit_value(0.7)
    quick.happens["beta"] = edit_value(9)
    report = project.reproduce("alpha")
    assert [spec.name for spec in quick.ran] == ["alpha"]
    assert report.published
    assert (project.value("alpha.main"), project.value("beta.main")) == (0.7, 1.9)


def test_one_notebook_on_changed_evidence_is_refused_before_it_runs(project, quick) -> None:
    project.evidence = {"table.csv": "f" * 64}
    with pytest.raises(ReproductionError, match=r"the evidence changed since the record was made \(table\.csv\)"):
        project.reproduce("alpha")
    assert quick.ran == []
    assert project.reproduce().ok
    assert check_record(project.layout).evidence == project.evidence


def test_changed_evidence_is_in_the_report(project, quick) -> None:
    old, project.evidence = project.evidence, {"table.csv": "f" * 64, "new.csv": "a" * 64}
    found = project.reproduce().changed_evidence
    assert [(one.where, one.old, one.new) for one in found] == [
        ("new.csv", "", "a" * 64),
        ("table.csv", old["table.csv"], "f" * 64),
    ]
    assert project.reproduce().changed_evidence == ()
    assert len(quick.ran) == 4


def test_a_figure_no_longer_made_is_removed_and_listed(project, quick) -> None:
    def without_figure(spec: RunSpec) -> None:
        for path in spec.output.glob("alpha-figure.*"):
            path.unlink()

    quick.happens["alpha"] = without_figure
    report = project.reproduce()
    assert not list(project.layout.figures.glob("alpha-figure*"))
    assert "no longer made:\n    figure alpha-figure" in summary(report, project.layout)
    check_record(project.layout)


@pytest.mark.usefixtures("quick")
def test_outputs_of_a_notebook_that_is_gone_go_with_a_full_run(project) -> None:
    (project.layout.notebooks / "beta.ipynb").unlink()
    project.reproduce("alpha")  # every notebook there is
    assert not list(project.layout.figures.glob("beta-figure*"))
    assert check_record(project.layout).made_by == {"alpha-figure": "alpha"}


def test_one_figure_name_in_two_notebooks_publishes_nothing(project, quick) -> None:
    def clash(spec: RunSpec) -> None:
        for path in sorted((quick.once / "alpha").glob("alpha-figure.*")):
            shutil.copy(path, spec.output)

    quick.happens["beta"] = clash
    before = project.committed()
    with pytest.raises(ReproductionError, match="figure alpha-figure is written by alpha and by beta"):
        project.reproduce()
    assert project.committed() == before


@pytest.mark.parametrize("asked", [{"given": ("level=0.95",)}, {"out": "mine"}, {"data": "evidence"}])
def test_only_a_default_run_may_publish(project, quick, tmp_path: Path, asked: dict[str, object]) -> None:
    (tmp_path / "evidence").mkdir()
    asked = {key: tmp_path / value if isinstance(value, str) else value for key, value in asked.items()}
    for name in ("alpha", "beta"):
        quick.happens[name] = edit_value(0.7)
    before = project.committed()
    report = project.reproduce(**asked)
    assert not report.published
    assert project.committed() == before
    assert (report.folder / "run.json").is_file()


def test_wrong_parameters_and_faulty_evidence_are_reported_before_anything_runs(project, quick, monkeypatch) -> None:
    with pytest.raises(ParameterError, match="did you mean 'level'"):
        project.reproduce(given=("levle=1",))

    def faulty(_: Path, **_names: object) -> dict[str, str]:
        raise EvidenceError([Fault(file="a.csv", row=2, rule="must be a date", value="x")])

    monkeypatch.setattr(run_selected, "checked_evidence", faulty)
    with pytest.raises(EvidenceError, match=r"(?s)nothing was run:.*a\.csv, line 2: must be a date"):
        reproduce(Request(force=True), project.layout)
    assert quick.ran == []


def test_damage_is_found_before_anything_runs_and_rewrite_mends_it(project, quick) -> None:
    before = project.committed()
    (project.layout.figures / "values.json").write_text("{}")
    (project.layout.figures / "alpha-figure.png").unlink()
    with pytest.raises(ReproductionError) as caught:
        project.reproduce()
    assert "figures/alpha-figure.png is missing" in str(caught.value)
    assert "figures/values.json was changed after it was published" in str(caught.value)
    assert quick.ran == []
    assert project.reproduce(rewrite=True).ok
    assert project.committed() == before


def test_a_notebook_edited_while_it_runs_is_kept_and_nothing_is_published(project, quick, make_study) -> None:
    edited = make_study("alpha", factor=3)

    def edit(spec: RunSpec) -> None:
        edit_value(0.7)(spec)
        project.write("alpha", edited)

    quick.happens["alpha"] = edit
    figures = {name: content for name, content in project.committed().items() if name.startswith("figures")}
    with pytest.raises(ReproductionError, match=r"edited while running.*: alpha"):
        project.reproduce()
    after = project.committed()
    assert {name: after[name] for name in figures} == figures
    assert "level * 3" in after["notebooks/alpha.ipynb"].decode()


def test_a_record_damaged_while_notebooks_run_is_not_published_over(project, quick) -> None:
    def damage(_: RunSpec) -> None:
        (project.layout.figures / "values.tex").write_text("x")

    quick.happens["alpha"] = damage
    with pytest.raises(ReproductionError, match=r"values\.tex was changed"):
        project.reproduce()


def test_two_runs_at_the_same_time_give_one_consistent_record(project, quick) -> None:
    quick.happens["alpha"] = edit_value(0.7)

    def other_run(_: RunSpec) -> None:
        """Publish from another 'process' while this one still runs."""
        quick.happens.clear()
        quick.happens["alpha"] = edit_value(0.8)
        del quick.ran[:]
        project.reproduce("alpha", out=project.layout.root.parent / "other")

    quick.happens["beta"] = other_run
    assert project.reproduce().ok
    assert project.value("alpha.main") == 0.7
    check_record(project.layout)


def test_what_was_made_before_a_failure_is_shown_and_nothing_published(project, quick) -> None:
    failure = Failure(
        kind=FailureKind.KERNEL_DIED, detail="signal SIGKILL", cell=2, cell_id="x", source="\x1b]0;evil\x07"
    )
    quick.happens["beta"] = lambda _: failure
    quick.happens["alpha"] = edit_value(0.7)
    before = project.committed()
    report = project.reproduce()
    assert not report.ok
    assert project.committed() == before
    text = summary(report, project.layout)
    assert "FAILED beta: its kernel died, code cell 2 (id x)" in text
    assert r"| \x1b]0;evil\x07" in text
    assert "\x1b" not in text


@pytest.mark.usefixtures("quick")
def test_files_in_figures_that_nobody_made_are_left_and_told(project) -> None:
    (project.layout.figures / "notes.txt").write_text("x")
    report = project.reproduce()
    assert "no notebook makes, left alone: notes.txt" in summary(report, project.layout)
    assert (project.layout.figures / "notes.txt").is_file()


def test_an_interrupted_publication_is_finished_first(project, quick) -> None:
    quick.happens["alpha"] = edit_value(0.7)

    def stop(number: int) -> None:
        if number == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        project.reproduce(after_rename=stop)
    with pytest.raises(ReproductionError):
        check_record(project.layout)
    with pytest.raises(ParameterError):
        project.reproduce(given=("levle=1",))  # any next command
    assert "finished an interrupted publication: 1 files put in place" in project.said.getvalue()
    assert project.value("alpha.main") == 0.7
    check_record(project.layout)


KILLED = """
import os, sys
from pathlib import Path
from analysis.record.layout import Layout
from analysis.record.decision import decide
from analysis.record.manifest import check_record
from analysis.record.publication import publish, publishing
from analysis.record.run_outputs import read_outputs
layout = Layout(root=Path(sys.argv[1]))
outputs = [read_outputs(Path(sys.argv[2]) / name, notebook=name) for name in ("alpha", "beta")]
with publishing(layout):
    decision = decide(layout, manifest=check_record(layout), outputs=outputs, executed=(), evidence={}, everything=True)
    publish(layout, decision, after_rename=lambda number: os.kill(os.getpid(), 9) if number == 2 else None)
"""


def test_a_process_killed_while_publishing_leaves_its_lock_and_work_to_the_next(project, quick) -> None:
    spec = RunSpec(notebook=Path("alpha.ipynb"), executed=Path("x"), output=quick.once / "alpha")
    edit_value(0.7)(spec)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(project.layout.root), str(quick.once)], check=False, capture_output=True
    )
    assert killed.returncode == -9, killed.stderr.decode()
    assert (project.layout.publication / "journal.json").is_file()
    assert project.reproduce().ok
    assert project.value("alpha.main") == 0.7
    assert not project.layout.publication.exists()
    check_record(project.layout)


def test_a_read_only_figures_folder_keeps_the_results_of_the_run(project, quick, monkeypatch) -> None:
    quick.happens["alpha"] = edit_value(0.7)
    monkeypatch.setattr(publication.os, "access", lambda path, _: Path(path) != project.layout.figures)
    before = project.committed()
    with pytest.raises(ReproductionError, match="cannot be written; nothing was published"):
        project.reproduce()
    assert project.committed() == before
    made = json.loads((project.layout.build / "reproduce" / "values.json").read_bytes())
    assert made["values"]["alpha.main"]["value"] == 0.7


def test_a_disk_full_to_the_end_names_both_folders_and_what_to_do(project, quick, monkeypatch) -> None:
    quick.happens["alpha"] = edit_value(0.7)
    before = project.committed()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(publication, "write_bytes", full)
    monkeypatch.setattr(keep_outputs, "move_into_place", full)
    with pytest.raises(ReproductionError) as caught:
        project.reproduce()
    message = str(caught.value)
    assert f"nothing was published: {project.layout.publication} cannot be written" in message
    assert f"the outputs could not be kept in {project.layout.build / 'reproduce'}" in message
    assert "finished or undone by the next command" in message
    assert project.committed() == before


def test_hostile_parameters_stay_text(project, quick) -> None:
    hostile = "words=$(touch /tmp/pwned);`id`,\x1b]0;x\x07,../../.."
    report = project.reproduce(given=(hostile,))
    assert report.ok
    assert quick.ran[0].parameters == {"words": ["$(touch /tmp/pwned);`id`", "\x1b]0;x\x07", "../../.."]}
    assert report.folder.parent == project.layout.build / "runs"
