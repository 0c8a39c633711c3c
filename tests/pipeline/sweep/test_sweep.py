"""What a sweep keeps, repeats, lists and writes; the kernels are stood in for (see test_interrupted for real ones)."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest
from filelock import FileLock

from analysis.errors import ReproductionError
from analysis.pipeline.result import Failure, FailureKind
from analysis.pipeline.sweep import inputs
from analysis.pipeline.sweep.summary import summary
from analysis.record.reading import read_record

RAISED = Failure(kind=FailureKind.RAISED, detail="ValueError: =1+1\nno such district\x1b[31m", cell=3, cell_id="fit")
KILLED = Failure(kind=FailureKind.KERNEL_DIED, detail="its process was ended by signal SIGKILL", cell=2)


def fails_at(level: float, failure: Failure):
    return lambda spec: failure if spec.parameters["level"] == level else None


def test_the_table_has_one_row_a_run_and_value(sweeps, rows) -> None:
    report = sweeps.sweep("level=0.9,0.25", "words=,a+b")
    assert (report.ok, report.ran, report.values) == (True, 4, 8)
    table = rows(sweeps.text("values.csv"))
    assert [(row["parameter_level"], row["parameter_words"], row["key"], row["value"]) for row in table] == [
        ("0.9", "[]", "study.doubled", "1.8"),
        ("0.9", "[]", "study.plain", "0.9"),
        ("0.9", '["a", "b"]', "study.doubled", "1.8"),
        ("0.9", '["a", "b"]', "study.plain", "0.9"),
        ("0.25", "[]", "study.doubled", "0.5"),
        ("0.25", "[]", "study.plain", "0.25"),
        ("0.25", '["a", "b"]', "study.doubled", "0.5"),
        ("0.25", '["a", "b"]', "study.plain", "0.25"),
    ]
    assert table[0] == {
        "run": report.rows[0][0].run,
        "parameter_data": "",
        "parameter_level": "0.9",
        "parameter_words": "[]",
        "parameter_rates": "[]",
        "parameter_seed": "1",
        "parameter_inexact_rows": "as bounds",
        "parameter_period_end": "",
        "parameter_switch": "false",
        "parameter_ceiling": "none",
        "parameter_weights": "{}",
        "parameter_remark": "",
        "key": "study.doubled",
        "quantity": "level, doubled",
        "value": "1.8",
        "unit": "share",
        "low": "-inf",
        "high": "inf",
        "interval_kind": "confidence",
        "level": "0.9",
        "n": "3",
        "n_unit": "rows",
        "first_day": "2020-01-01",
        "last_day": "2020-12-31",
        "geography": "nowhere",
        "method": "typed",
    }
    plain = table[1]
    assert (plain["low"], plain["high"], plain["interval_kind"], plain["level"]) == ("", "", "", "")


def test_the_bytes_do_not_depend_on_the_order_in_which_runs_end(sweeps, tmp_path: Path) -> None:
    grid = ("level=0.9,0.8,0.7", "seed=1,2")
    one, two = tmp_path / "one", tmp_path / "two"
    sweeps.sweep(*grid, out=one)
    sweeps.order = lambda specs: [specs[place] for place in (3, 0, 5, 2, 1, 4)]
    sweeps.sweep(*grid, out=two, workers=5)
    for name in ("values.csv", "sweep.json", "runs.csv"):
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_provenance_names_everything_the_runs_were_made_from(sweeps, stored) -> None:
    report = sweeps.sweep("level=0.9,.9,0.8")
    tree = stored(sweeps.folder / "sweep.json")
    assert (tree["notebook"], tree["varied"], tree["repeats_left_out"]) == ("study", ["level"], 1)
    assert [run["parameters"]["level"] for run in tree["runs"]] == [0.9, 0.8]
    ((digest, made_from),) = tree["inputs"].items()
    assert {run["inputs"] for run in tree["runs"]} == {digest}
    assert made_from["evidence"] == {"table.csv": sha256(b"row_id\n").hexdigest()}
    assert {"analysis/estimate.py", "analysis/pipeline/environment.py"} <= {*made_from["code"]}
    assert "analysis/pipeline/sweep/sweep.py" not in made_from["code"]  # the notebook does not import it
    assert (len(made_from["lock"]), len(made_from["notebook"])) == (64, 64)
    assert tree["versions"]["numpy"]
    assert report.rows[0][1].key == tree["runs"][0]["key"]


def test_finished_runs_are_not_repeated_and_a_larger_grid_runs_only_what_is_new(sweeps) -> None:
    sweeps.sweep("level=0.9,0.8")
    before = sweeps.text("values.csv")
    assert sweeps.sweep("level=0.9,0.8").ran == 0
    assert (sweeps.ran, sweeps.text("values.csv")) == ([], before)
    report = sweeps.sweep("level=0.7,0.9")
    assert [spec.parameters["level"] for spec in sweeps.ran] == [0.7]
    assert "1 run of 2 done before and kept" in sweeps.said.getvalue()
    assert [row[0].given["level"] for row in report.rows] == [0.7, 0.9]
    assert "0.8" not in sweeps.text("values.csv")  # the table is that of the last command


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda sweeps, _: (sweeps.layout.data / "new.csv").touch(), "these changed: evidence new.csv"),
        (lambda sweeps, _: (sweeps.layout.data / "table.csv").write_text("x"), "these changed: evidence table.csv"),
        (lambda sweeps, _: sweeps.layout.lock.write_text("numpy==2.1\n"), "the list of exact package versions"),
        (lambda sweeps, edit: edit(sweeps, "level)", "level / 2)"), "these changed: the notebook"),
        (
            lambda sweeps, edit: edit(sweeps, "estimate import Period", "errors import Fault"),
            "src/analysis/estimate.py",
        ),
    ],
)
def test_what_depends_on_a_changed_input_is_repeated_and_it_is_said(sweeps, change, said: str) -> None:
    def edit(sweeps, old: str, new: str) -> None:
        path = sweeps.layout.notebooks / "study.ipynb"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    sweeps.sweep("level=0.9,0.8")
    change(sweeps, edit)
    assert sweeps.sweep("level=0.9,0.8").ran == 2
    assert said in sweeps.said.getvalue()
    assert "2 runs made again, because these changed: " in sweeps.said.getvalue()
    assert sweeps.sweep("level=0.9,0.8").ran == 0


def test_a_notebook_that_was_only_run_again_is_the_same_notebook(sweeps) -> None:
    sweeps.sweep("level=0.9")
    path = sweeps.layout.notebooks / "study.ipynb"
    text = path.read_text(encoding="utf-8")
    assert '"execution_count": null' in text
    path.write_text(text.replace('"execution_count": null', '"execution_count": 7'), encoding="utf-8")
    assert sweeps.sweep("level=0.9").ran == 0


def test_a_failure_is_listed_and_does_not_stop_the_rest(sweeps, rows) -> None:
    sweeps.happens = fails_at(0.8, RAISED)
    report = sweeps.sweep("level=0.9,0.8,0.7")
    assert (report.ok, len(report.failed), report.values) == (False, 1, 4)
    table = rows(sweeps.text("runs.csv"))
    assert [(row["state"], row["values"]) for row in table] == [("done", "2"), ("failed", "0"), ("done", "2")]
    assert table[1]["failure"] == ("a cell raised an error, code cell 3 (id fit): ValueError: =1+1 no such district")
    assert {row["parameter_level"] for row in rows(sweeps.text("values.csv"))} == {"0.9", "0.7"}
    said = summary(report, sweeps.layout)
    assert said.splitlines()[0].startswith("Sweep of study: 3 runs, 2 done, 1 failed, in ")
    assert f"FAILED {report.failed[0][1].name}: level=0.8\n    a cell raised an error, code cell 3 (id fit)" in said
    assert "build/sweeps/study/values.csv: 4 values" in said
    assert "FAILED" in sweeps.said.getvalue()


def test_what_a_cell_raised_is_tried_again_only_when_asked(sweeps) -> None:
    sweeps.happens = fails_at(0.8, RAISED)
    sweeps.sweep("level=0.9,0.8")
    again = sweeps.sweep("level=0.9,0.8")
    assert (again.ran, again.ok) == (0, False)
    assert "--retry-failed does it all the same" in summary(again, sweeps.layout)
    sweeps.happens = lambda _: None
    assert sweeps.sweep("level=0.9,0.8").ran == 0
    report = sweeps.sweep("level=0.9,0.8", retry_failed=True)
    assert (report.ran, report.ok) == (1, True)


def test_what_the_machine_did_is_always_tried_again(sweeps) -> None:
    sweeps.happens = fails_at(0.8, KILLED)
    assert not sweeps.sweep("level=0.9,0.8").ok
    sweeps.happens = lambda _: None
    report = sweeps.sweep("level=0.9,0.8")
    assert (report.ran, report.ok) == (1, True)


def test_only_values_are_kept_unless_more_is_asked_for(sweeps) -> None:
    report = sweeps.sweep("level=0.9")
    run = sweeps.folder / "runs" / report.rows[0][1].name
    assert sorted(path.name for path in run.iterdir()) == ["run.json", "values.json"]
    assert [spec.figures for spec in sweeps.ran] == [False]
    assert sweeps.sweep("level=0.9", keep=True).ran == 1
    assert sorted(path.name for path in run.iterdir()) == ["run.json", "study", "study.ipynb", "values.json"]
    assert [spec.figures for spec in sweeps.ran] == [True]
    assert sweeps.sweep("level=0.9").ran == 0  # more than asked for is enough


def test_a_run_can_be_compared_and_explained_like_any_other(sweeps) -> None:
    report = sweeps.sweep("level=0.9")
    record = read_record(sweeps.folder / "runs" / report.rows[0][1].name)
    assert record.notebooks == ("study",)
    assert record.estimate("study.doubled").value == 1.8


@pytest.mark.parametrize("damage", ["values.json", "run.json"])
def test_a_damaged_run_is_made_again(sweeps, damage: str) -> None:
    report = sweeps.sweep("level=0.9,0.8")
    path = sweeps.folder / "runs" / report.rows[1][1].name / damage
    path.write_bytes(path.read_bytes().replace(b"0.8", b"0.9")[:-3])
    before = sweeps.text("values.csv")
    assert sweeps.sweep("level=0.9,0.8").ran == 1
    assert sweeps.text("values.csv") == before


def test_values_that_cannot_be_used_are_a_failure_of_that_run(sweeps) -> None:
    def unusable(spec) -> None:
        spec.output.mkdir(parents=True)
        (spec.output / "stray.txt").write_text("x")

    sweeps.happens = lambda spec: unusable(spec) if spec.parameters["level"] == 0.8 else None
    sweeps._compute = lambda spec, compute=sweeps._compute: None if spec.output.exists() else compute(spec)
    report = sweeps.sweep("level=0.9,0.8")
    assert [row[1].done for row in report.rows] == [True, False]
    assert "stray.txt: not a file a figure consists of" in report.failed[0][1].failure


def test_inputs_that_change_meanwhile_stop_the_sweep(sweeps) -> None:
    def edit(spec) -> None:
        if spec.parameters["level"] == 0.8:
            sweeps.layout.lock.write_text("numpy==9\n", encoding="utf-8")

    sweeps.happens = edit
    with pytest.raises(ReproductionError, match=r"changed while the sweep ran: the list of exact package versions"):
        sweeps.sweep("level=0.9,0.8,0.7")
    assert len(list((sweeps.folder / "runs").iterdir())) == 1  # the run during which it changed is not kept
    assert not (sweeps.folder / "values.csv").exists()


def test_a_file_that_was_only_touched_is_no_change(sweeps) -> None:
    sweeps.happens = lambda _: os.utime(sweeps.layout.lock, (1, 1))
    assert sweeps.sweep("level=0.9,0.8").ok


def test_an_edit_of_the_notebook_meanwhile_does_not_mix_two_notebooks(sweeps) -> None:
    path = sweeps.layout.notebooks / "study.ipynb"
    before = path.read_bytes()
    ran = []

    def edit(spec) -> None:
        ran.append(spec.notebook.read_bytes())
        path.write_bytes(before.replace(b"print(level)", b"print(seed)"))

    sweeps.happens = edit
    assert sweeps.sweep("level=0.9,0.8").ok
    assert ran[0] == ran[1]
    assert b"print(level)" in ran[1]
    assert sweeps.sweep("level=0.9,0.8").ran == 2


def test_an_interruption_keeps_what_is_done_and_says_how_to_go_on(sweeps) -> None:
    def interrupt(spec) -> None:
        if spec.parameters["level"] == 0.7:
            raise KeyboardInterrupt

    sweeps.happens = interrupt
    with pytest.raises(KeyboardInterrupt):
        sweeps.sweep("level=0.9,0.8,0.7")
    said = sweeps.said.getvalue().splitlines()[-1]
    assert said == f"interrupted: 2 of 3 runs are kept in {sweeps.folder}; the same command goes on with the rest"
    assert sorted(path.name for path in sweeps.folder.iterdir() if not path.name.startswith(".")) == ["inputs", "runs"]
    sweeps.happens = lambda _: None
    assert sweeps.sweep("level=0.9,0.8,0.7").ran == 1


def test_a_table_is_there_only_when_it_holds_all_of_the_sweep(sweeps) -> None:
    sweeps.sweep("level=0.9")
    seen = []
    sweeps.happens = lambda _: seen.append((sweeps.folder / "values.csv").exists())
    sweeps.sweep("level=0.9,0.8")
    assert seen == [False]
    assert (sweeps.folder / "values.csv").exists()


def test_two_sweeps_do_not_write_into_one_folder(sweeps) -> None:
    sweeps.sweep("level=0.9")
    with FileLock(sweeps.folder / ".sweep.lock"):
        with pytest.raises(ReproductionError, match=r"another sweep is writing to .*: wait until it has ended, or"):
            sweeps.sweep("level=0.9")
        assert sweeps.sweep("level=0.9", out=sweeps.layout.build / "other").ok
    assert sweeps.sweep("level=0.9").ok


def test_outputs_stay_outside_the_record_and_out_of_git(sweeps) -> None:
    with pytest.raises(ReproductionError, match="figures/ is not for the outputs of a run"):
        sweeps.sweep("level=0.9", out=sweeps.layout.figures / "mine")
    sweeps.sweep("level=0.9")
    assert sweeps.text(".gitignore") == "*\n"
    assert list(sweeps.layout.figures.iterdir()) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_cannot_be_written(sweeps) -> None:
    sweeps.sweep("level=0.9")
    (sweeps.folder / "runs").chmod(0o500)
    with pytest.raises(ReproductionError, match=r"the sweep cannot write to .*the same command goes on"):
        sweeps.sweep("level=0.8")
    (sweeps.folder / "runs").chmod(0o700)


def test_a_full_disk_is_said_and_the_next_command_goes_on(sweeps, monkeypatch) -> None:
    from analysis.pipeline.sweep import store

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(store, "write_text", full)
        with pytest.raises(ReproductionError, match=r"No space left on device. Free some space there"):
            sweeps.sweep("level=0.9,0.8")
    assert sweeps.sweep("level=0.9,0.8").ran == 2


def test_code_that_cannot_be_parsed_depends_on_the_whole_package() -> None:
    text = '{"cells": [{"cell_type": "code", "source": ["%matplotlib inline\\n", "import analysis"]}]}'
    assert "analysis/pipeline/sweep/sweep.py" in inputs.code_of(text)
