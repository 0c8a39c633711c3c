from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest

from analysis.pipeline import run_one as module
from analysis.pipeline.result import FailureKind, Result, RunSpec
from analysis.pipeline.run_one import run_one

pytestmark = pytest.mark.notebooks


@pytest.fixture
def run(bare, make, tmp_path: Path):
    """Return a function that runs a notebook made of the given cells."""

    def running(*cells: str, parameters: dict[str, object] | None = None, timeout: int = 60, **options) -> Result:
        spec = RunSpec(
            notebook=bare.write("study", make(cells, **options)),
            executed=tmp_path / "run" / "study.ipynb",
            output=tmp_path / "run" / "study",
            parameters=parameters or {},
            cell_timeout_s=timeout,
        )
        return run_one(spec)

    return running


def texts(path: Path) -> list[str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(output.get("text", [])) for cell in cells for output in cell.get("outputs", [])]


def test_defaults_run_without_an_injected_cell_and_in_the_stated_environment(run, monkeypatch) -> None:
    monkeypatch.setenv("ANALYSIS_OUTPUT", "/elsewhere")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    result = run(
        "import os; print(os.environ['ANALYSIS_OUTPUT'], os.environ['SOURCE_DATE_EPOCH'])",
        "print(os.environ['OPENBLAS_NUM_THREADS'], os.environ['PYTHONHASHSEED'], os.getcwd())",
        "print('one'); 2;",
    )
    assert result.ok
    assert result.attempts == 1
    spec = result.spec
    assert texts(spec.executed) == [
        f"{spec.output} 1577836800\n",
        f"1 7 {spec.notebook.parent}\n",
        "one\n",
    ]
    cells = json.loads(spec.executed.read_text(encoding="utf-8"))["cells"]
    assert [cell.get("execution_count") for cell in cells] == [None, 1, 2, 3, 4]
    assert sorted(path.name for path in spec.executed.parent.iterdir()) == ["study", "study.ipynb"]


def test_only_a_run_that_wants_no_figures_says_so_to_the_notebook(bare, make, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ANALYSIS_FIGURES", "none")  # left over in somebody's shell
    path = bare.write("study", make(["import os; print(os.environ.get('ANALYSIS_FIGURES'))"]))
    said = {}
    for figures in (True, False):
        spec = RunSpec(
            notebook=path, executed=tmp_path / "r" / "study.ipynb", output=tmp_path / "r" / "study", figures=figures
        )
        assert run_one(spec).ok
        said[figures] = texts(spec.executed)
    assert said == {True: ["None\n"], False: ["none\n"]}


def test_parameters_reach_the_notebook_as_plain_values(run) -> None:
    hostile = "'; import os; os._exit(3) #\\\n{}\u202e\x1b[31m"
    result = run(
        "print(repr(data), level, words, seed)", parameters={"data": hostile, "words": [hostile], "level": 0.5}
    )
    assert result.ok
    assert texts(result.spec.executed)[-1] == f"{hostile!r} 0.5 {[hostile]!r} 1\n"


def test_a_cell_that_raises_is_named_with_the_error_and_a_partly_executed_copy(run) -> None:
    result = run("print('before')", "x = 1\nraise ValueError('no such district\\nsecond line')", "print('after')")
    failure = result.failure
    assert failure.kind is FailureKind.RAISED
    assert (failure.cell, failure.cell_id) == (3, "cell-1")  # the parameters cell is the first
    assert failure.source.splitlines()[0] == "x = 1"
    assert failure.detail == "ValueError: no such district\nsecond line"
    assert texts(failure.partial) == ["before\n", ""]
    assert not result.spec.executed.exists()


def test_a_killed_kernel_is_told_with_its_signal(run) -> None:
    result = run("print('before')", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    failure = result.failure
    assert failure.kind is FailureKind.KERNEL_DIED
    assert failure.cell == 3
    assert "SIGKILL" in failure.detail
    assert "memory" in failure.advice
    assert texts(failure.partial) == ["before\n"]


def test_a_kernel_that_exits_is_told_with_its_status(run) -> None:
    failure = run("import os\nos._exit(3)").failure
    assert failure.kind is FailureKind.KERNEL_DIED
    assert "exit status 3" in failure.detail


def test_a_cell_that_never_ends_is_stopped_and_its_process_is_gone(run) -> None:
    result = run("import os\nprint(os.getpid(), flush=True)\nwhile True: pass", timeout=2)
    failure = result.failure
    assert failure.kind is FailureKind.TIMED_OUT
    assert failure.cell == 2
    assert failure.detail == "more than 2 s"
    (pid,) = texts(failure.partial)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


def test_a_notebook_that_leaves_early_has_not_run(run) -> None:
    failure = run("import sys\nsys.exit(0)", "print('never')").failure
    assert failure.kind is FailureKind.STOPPED
    assert failure.cell == 2


def test_a_kernel_that_starts_at_the_second_attempt_runs_the_notebook(run, monkeypatch) -> None:
    environment, calls = module.kernel_environment, []

    def first_time_broken(*a, **k):
        calls.append(a)
        broken = {"PYTHONHOME": "/nowhere"} if len(calls) == 1 else {}
        return {**environment(*a, **k), **broken}

    monkeypatch.setattr(module, "kernel_environment", first_time_broken)
    result = run("print('ran')")
    assert result.ok
    assert result.attempts == 2


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"cells": []}'])
def test_an_unreadable_notebook(bare, tmp_path: Path, content: bytes) -> None:
    path = bare.layout.notebooks / "study.ipynb"
    path.write_bytes(content)
    result = run_one(RunSpec(notebook=path, executed=tmp_path / "o" / "study.ipynb", output=tmp_path / "o" / "study"))
    assert result.failure.kind is FailureKind.UNREADABLE
    assert "git checkout -- notebooks/study.ipynb" in result.failure.advice


def test_a_notebook_without_parameters_cell_runs(bare, make, tmp_path: Path) -> None:
    path = bare.write("study", make(["print(1)"], parameters=None))
    result = run_one(RunSpec(notebook=path, executed=tmp_path / "o" / "study.ipynb", output=tmp_path / "o" / "study"))
    assert result.ok


def test_outputs_that_cannot_be_written(run, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_text", full)
    failure = run("1").failure
    assert failure.kind is FailureKind.NOT_WRITTEN
    assert "No space left" in failure.detail
    assert failure.partial is None


def test_start_up_files_of_the_reader_and_other_kernels_do_not_matter(run, monkeypatch, tmp_path: Path) -> None:
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("leaked = True")
    kernel = tmp_path / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text('{"argv": ["/bin/false"], "display_name": "x", "language": "python"}')
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    result = run("print('leaked' in globals())")
    assert result.ok
    assert texts(result.spec.executed) == ["False\n"]


def test_nothing_is_left_in_the_temporary_folder(run, monkeypatch) -> None:
    short = Path(tempfile.mkdtemp())
    monkeypatch.setattr(tempfile, "tempdir", str(short))
    assert not run("import os; os.kill(os.getpid(), 9)").ok
    assert list(short.iterdir()) == []
    short.rmdir()


def test_a_temporary_folder_with_a_long_name_is_no_hindrance(run, monkeypatch, tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 25)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))  # sockets with such names are refused by the system
    assert run("1").ok
