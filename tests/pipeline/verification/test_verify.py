"""Verification says that the record holds when it does, and names what differs when it does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from analysis.errors import EvidenceError, Fault, ReproductionError
from analysis.pipeline.request import Request
from analysis.pipeline.result import Failure, FailureKind, RunSpec
from analysis.pipeline.verification.table import table
from analysis.pipeline.verification.verify import verify
from analysis.pipeline.verification.written import FILES
from analysis.record.comparison import Outcome
from analysis.record.manifest import read_manifest

# Reads one evidence cell and one constant of the code, as studies do through the package.
READS_BOTH = """\
import csv, importlib.util, json
from datetime import date
from analysis.estimate import Estimate, Period
from analysis.record.destination import destination
from analysis.record.run_record import RunRecord
spec = importlib.util.spec_from_file_location("constants", "../src/constants.py")
constants = importlib.util.module_from_spec(spec)
spec.loader.exec_module(constants)
count = int(list(csv.DictReader(open("../data/table.csv")))[0]["count"])
run = RunRecord(notebook="gamma", folder=destination("gamma"), parameters={}, checksums={})
period = Period(start=date(2020, 1, 1), end=date(2020, 12, 31))
run.add_value("main", Estimate(
    quantity="count", value=count * constants.FACTOR, unit="rows", interval=None, method="typed", n=3, n_unit="rows",
    period=period, geography="nowhere", sources=("s1",)))
print(f"result {count * constants.FACTOR}")
"""


def outcomes(verification) -> dict[str, Outcome]:
    """Return what does not agree."""
    return {f"{check.kind} {check.name}": check.outcome for check in verification.checks if not check.agrees}


def named_everywhere(project, verification, name: str) -> bool:
    """Return whether an output is named as differing in the report, the table, JUnit and JSON."""
    report = project.verified("report.md").partition("### What does not agree")[2].partition("## What was run")[0]
    printed = table(verification, project.layout).partition("Written to")[0]
    checks = json.loads(project.verified("verify.json"))["checks"]
    cases = ET.fromstring(project.verified("junit.xml")).iter("testcase")  # noqa: S314 - we wrote it
    return (
        f"`{name}`" in report
        and f" {name}:\n" in printed
        and name in [check["name"] for check in checks if not check["agrees"]]
        and name in [case.get("name") for case in cases if case.find("failure") is not None]
    )


def edit_value(number: float) -> Callable[[RunSpec], None]:
    def happens(spec: RunSpec) -> None:
        path = spec.output / "values.json"
        tree = json.loads(path.read_bytes())
        tree["values"]["main"]["value"] = number
        path.write_text(json.dumps(tree), encoding="utf-8")

    return happens


@pytest.mark.notebooks
@pytest.mark.faults
class TestWithKernels:
    """What only real kernels can show."""

    def test_the_record_holds_then_not_after_a_changed_cell_or_constant(self, bare, make) -> None:
        cell, constant = bare.layout.data / "table.csv", bare.layout.source / "constants.py"
        cell.write_text("id,count\na,7\n")
        constant.write_text("FACTOR = 2\n")
        bare.write("gamma", make([READS_BOTH]))
        bare.evidence = {"table.csv": sha256(cell.read_bytes()).hexdigest()}
        bare.reproduce()
        before = bare.committed()

        verification = bare.verify(workers=1)
        assert verification.ok
        assert outcomes(verification) == {}
        assert "VERDICT: the record holds. 1 notebook ran in" in table(verification, bare.layout)

        cell.write_text("id,count\na,8\n")
        bare.evidence = {"table.csv": sha256(cell.read_bytes()).hexdigest()}
        verification = bare.verify(workers=1)
        assert not verification.ok
        assert set(outcomes(verification)) == {"evidence data/table.csv", "value gamma.main", "notebook gamma"}
        for name in ("data/table.csv", "gamma.main", "gamma"):
            assert named_everywhere(bare, verification, name)
        assert "| value `gamma.main` | value | 14 | 16 |" in bare.verified("report.md")

        cell.write_text("id,count\na,7\n")
        bare.evidence = {"table.csv": sha256(cell.read_bytes()).hexdigest()}
        constant.write_text("FACTOR = 3\n")
        verification = bare.verify(workers=1)
        assert set(outcomes(verification)) == {"value gamma.main", "notebook gamma"}
        assert "value gamma.main:\n      value: 14 -> 21" in table(verification, bare.layout)
        assert named_everywhere(bare, verification, "gamma.main")
        assert bare.committed() == before

    def test_a_notebook_that_fails_is_named_and_the_others_are_compared(self, project, make_study) -> None:
        project.write("alpha", make_study("alpha", more=["raise ValueError('boom | <b>')"]))
        before = project.committed()
        verification = project.verify()
        assert not verification.ok
        assert set(outcomes(verification)) == {
            "figure alpha-figure",
            "value alpha.main",
            "text parameters of alpha in figures/values.json",
            "notebook alpha",
        }
        text = table(verification, project.layout)
        assert "FAILED alpha: a cell raised an error, code cell 4 (id cell-2)" in text
        assert text.splitlines()[-1].endswith("do not agree; 1 did not run to the end.")
        assert "    ValueError: boom | <b>" in project.verified("report.md")
        assert 'message="a cell raised an error, code cell 4 (id cell-2)"' in project.verified("junit.xml")
        assert (project.layout.build / "verify" / "alpha.failed.ipynb").is_file()
        assert project.committed() == before


def test_everything_is_run_and_computed_anew_whatever_is_up_to_date(project, quick) -> None:
    assert project.verify().ok
    assert [(spec.name, spec.anew) for spec in quick.ran] == [("alpha", True), ("beta", True)]


@pytest.mark.usefixtures("quick")
def test_a_record_that_holds(project) -> None:
    before = project.committed()
    verification = project.verify()
    assert verification.ok
    assert verification.verdict.endswith("comparisons agree, every one identical.")
    kinds = {check.kind for check in verification.checks}
    assert kinds == {"evidence", "file", "figure", "value", "text", "notebook"}
    assert project.committed() == before
    assert [name for name in FILES if not project.verified(name)] == []


def test_values_within_tolerance_agree_and_the_tolerance_is_printed(project, quick) -> None:
    quick.happens["alpha"] = edit_value(0.95 * (1 + 1e-9))
    verification = project.verify()
    assert verification.ok
    assert "1 of them within tolerance" in verification.verdict
    text = table(verification, project.layout)
    assert "value alpha.main" in text
    assert "within 1e-08" in text
    assert Outcome.AGREES in text


@pytest.mark.parametrize("ending", [".csv", ".json", ".pdf", ".png", ".svg"])
def test_a_touched_figure_file_is_named(project, quick, ending: str) -> None:  # noqa: ARG001
    path = project.layout.figures / f"alpha-figure{ending}"
    path.write_bytes(path.read_bytes() + b" ")
    before = project.committed()
    verification = project.verify()
    assert outcomes(verification)[f"file figures/alpha-figure{ending}"] is Outcome.CHANGED
    assert named_everywhere(project, verification, f"figures/alpha-figure{ending}")
    assert project.committed() == before


@pytest.mark.usefixtures("quick")
def test_a_picture_that_is_none_is_a_disagreement_not_an_error(project) -> None:
    (project.layout.figures / "alpha-figure.png").write_bytes(b"no picture")
    verification = project.verify()
    assert set(outcomes(verification)) == {"file figures/alpha-figure.png", "figure alpha-figure"}
    assert "a PNG file of the record or of this run cannot be read" in project.verified("report.md")


@pytest.mark.usefixtures("quick")
def test_touched_values_are_named_with_both_numbers(project) -> None:
    path = project.layout.figures / "values.json"
    path.write_text(path.read_text().replace("0.95", "0.94"))
    verification = project.verify()
    found = outcomes(verification)
    assert found["file figures/values.json"] is Outcome.CHANGED
    assert found["value alpha.main"] is Outcome.CHANGED
    assert found["text figures/values.tex"] is Outcome.CHANGED
    assert "| value `alpha.main` | value | 0.94 | 0.95 |" in project.verified("report.md")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"parameters": 1, "values": 2}',
        '{"parameters": {"alpha": "\\ud800"}, "values": {"\\ud800": "\\ud800"}}',
        '{"parameters": {}, "values": {}, "tolerances": {"alpha.main": "loose"}}',
    ],
)
def test_values_that_cannot_be_read_are_a_disagreement_not_an_error(project, content: str) -> None:
    (project.layout.figures / "values.json").write_text(content)
    verification = project.verify()
    assert not verification.ok
    assert "file figures/values.json" in outcomes(verification)
    assert "figure alpha-figure" not in outcomes(verification)  # the rest is still compared


def test_a_value_the_run_does_not_make_is_named(project, quick) -> None:
    def without_value(spec: RunSpec) -> None:
        path = spec.output / "values.json"
        tree = json.loads(path.read_bytes())
        tree["values"]["other"] = tree["values"].pop("main")
        path.write_text(json.dumps(tree), encoding="utf-8")

    quick.happens["alpha"] = without_value
    verification = project.verify()
    assert outcomes(verification) == {"value alpha.main": Outcome.GONE, "value alpha.other": Outcome.NEW}
    for key in ("alpha.main", "alpha.other"):
        assert named_everywhere(project, verification, key)


def test_a_figure_no_longer_made_is_named(project, quick) -> None:
    def without_figure(spec: RunSpec) -> None:
        for path in spec.output.glob("alpha-figure.*"):
            path.unlink()

    quick.happens["alpha"] = without_figure
    verification = project.verify()
    assert outcomes(verification) == {"figure alpha-figure": Outcome.GONE}
    assert named_everywhere(project, verification, "alpha-figure")


@pytest.mark.usefixtures("quick")
def test_a_notebook_output_edited_by_hand_is_named(project) -> None:
    path = project.layout.notebooks / "alpha.ipynb"
    path.write_text(path.read_text().replace("level 0.95, words", "level 0.96, words"))
    verification = project.verify()
    assert outcomes(verification) == {"notebook alpha": Outcome.CHANGED}
    assert named_everywhere(project, verification, "alpha")
    assert r"level 0.96, words \[\] | level 0.95, words \[\]" in project.verified("report.md")


def test_a_notebook_edited_while_it_runs_is_named(project, quick) -> None:
    path = project.layout.notebooks / "alpha.ipynb"
    quick.happens["alpha"] = lambda _: path.write_text(path.read_text() + "\n") and None
    verification = project.verify()
    # The stand-in for kernels reads the file before this happens, as the real one does.
    assert outcomes(verification) == {"notebook alpha": Outcome.NOT_COMPARED}


@pytest.mark.usefixtures("quick")
def test_a_file_nobody_made_and_a_file_that_is_missing_are_named(project) -> None:
    (project.layout.figures / "notes.txt").write_text("x")
    (project.layout.figures / "beta-figure.svg").unlink()
    found = outcomes(project.verify())
    assert found["file figures/notes.txt"] is Outcome.NEW
    assert found["file figures/beta-figure.svg"] is Outcome.GONE
    assert found["figure beta-figure"] is Outcome.CHANGED


@pytest.mark.usefixtures("quick")
def test_a_manifest_edited_to_fit_does_not_help(project) -> None:
    """Whoever changes a value and its hash is found by the run."""
    path = project.layout.figures / "values.json"
    old = sha256(path.read_bytes()).hexdigest()
    path.write_text(path.read_text().replace("0.95", "0.94"))
    manifest = project.layout.manifest
    manifest.write_text(manifest.read_text().replace(old, sha256(path.read_bytes()).hexdigest()))
    found = outcomes(project.verify())
    assert "file figures/values.json" not in found
    assert found["value alpha.main"] is Outcome.CHANGED


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("content", ["{", '{"files": {"a": 1}}', '{"files": []}'])
def test_a_damaged_manifest_is_a_disagreement(project, content: str) -> None:
    project.layout.manifest.write_text(content)
    assert outcomes(project.verify())["file figures/MANIFEST.json"] is Outcome.NOT_COMPARED


def test_a_figure_made_by_another_notebook_is_named(project, quick) -> None:
    def stolen(spec: RunSpec) -> None:
        for path in sorted((quick.once / "alpha").glob("alpha-figure.*")):
            (spec.output / path.name).write_bytes(path.read_bytes())

    quick.happens["beta"] = stolen
    verification = project.verify()
    assert outcomes(verification) == {"figure alpha-figure": Outcome.CHANGED}
    assert "made by: alpha -> alpha, beta" in table(verification, project.layout)


def test_outputs_that_cannot_be_used_are_a_disagreement(project, quick) -> None:
    quick.happens["alpha"] = lambda spec: (spec.output / "alpha-figure.svg").unlink()
    verification = project.verify()
    assert outcomes(verification)["figure alpha-figure"] is Outcome.NOT_COMPARED
    assert "figure alpha-figure: no .svg" in project.verified("report.md").replace("\\", "")


def test_faulty_evidence_is_reported_and_nothing_runs(project, quick) -> None:
    def faulty(_: Path) -> dict[str, str]:
        raise EvidenceError([Fault(file="table.csv", row=3, rule="no such date", value="31 June\x1b]0;evil\x07")])

    verification = verify(Request(), project.layout, check_folder=faulty)
    assert quick.ran == []
    assert not verification.ok
    assert outcomes(verification)["evidence data/table.csv"] is Outcome.GONE
    text = table(verification, project.layout)
    assert "table.csv, line 3: no such date" in text
    assert "No notebook ran" in text
    for name in FILES:
        assert "\x1b" not in project.verified(name)


def test_the_reports_of_an_earlier_call_do_not_outlive_it(project, quick) -> None:
    assert project.verify().ok
    quick.happens["alpha"] = lambda _: (_ for _ in ()).throw(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        project.verify()
    assert [name for name in FILES if (project.layout.build / "verify" / name).exists()] == []


@pytest.mark.usefixtures("quick")
def test_a_record_replaced_meanwhile_is_no_verdict(project, monkeypatch) -> None:
    from analysis.pipeline.verification import verify as module

    run_planned = module.run_planned

    def and_publish(*arguments: object, **named: object) -> object:
        project.layout.manifest.write_text(project.layout.manifest.read_text() + "\n")
        return run_planned(*arguments, **named)

    monkeypatch.setattr(module, "run_planned", and_publish)
    with pytest.raises(ReproductionError, match="the record was replaced by another run meanwhile"):
        project.verify()


@pytest.mark.usefixtures("quick")
def test_an_interrupted_publication_is_left_to_the_command_that_finishes_it(project) -> None:
    project.layout.publication.mkdir(parents=True)
    (project.layout.publication / "journal.json").write_text("[]")
    with pytest.raises(ReproductionError, match="was interrupted; `analysis reproduce` finishes it"):
        project.verify()
    assert (project.layout.publication / "journal.json").is_file()


def test_without_a_record_there_is_nothing_to_verify(bare, make) -> None:
    bare.write("gamma", make(["1"]))
    with pytest.raises(ReproductionError, match="no record to compare with"):
        bare.verify()


@pytest.mark.parametrize("name", ["figures", "data", "notebooks/x", "src"])
def test_the_repository_s_own_folders_take_no_reports(project, quick, name: str) -> None:
    with pytest.raises(ReproductionError, match="not for the outputs of a run"):
        project.verify(out=project.layout.root / name)
    assert quick.ran == []


@pytest.mark.usefixtures("quick")
def test_reports_can_go_elsewhere(project, tmp_path: Path) -> None:
    verification = project.verify(out=tmp_path / "mine")
    assert verification.folder == tmp_path / "mine"
    assert sorted(name for name in FILES if (tmp_path / "mine" / name).is_file()) == sorted(FILES)
    assert not (project.layout.build / "verify").exists()
    assert read_manifest(project.layout) is not None


def test_a_failure_is_told_without_control_characters(project, quick) -> None:
    quick.happens["beta"] = lambda _: Failure(
        kind=FailureKind.RAISED, detail="\x1b]0;evil\x07 ]]> & <x>", cell=2, cell_id="x", source="print('\x00')"
    )
    verification = project.verify()
    assert not verification.ok
    for text in (table(verification, project.layout), *map(project.verified, FILES)):
        assert not {"\x1b", "\x07", "\x00"} & {*text}
