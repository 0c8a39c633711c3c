from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from analysis.pipeline import workers as team
from analysis.pipeline.result import FailureKind, Result, RunSpec
from analysis.pipeline.workers import CellStarted, run_all
from analysis.settings import PLAIN_KERNELS

pytestmark = [pytest.mark.notebooks, pytest.mark.faults]

# A plain kernel is started by the worker, so its parent is the worker.
KILL_WORKER = "import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(60)"


@pytest.fixture
def specs(bare, make, tmp_path: Path):
    def made(**cells: list[str]) -> list[RunSpec]:
        return [
            RunSpec(
                notebook=bare.write(name, make(sources)),
                executed=tmp_path / "run" / f"{name}.ipynb",
                output=tmp_path / "run" / name,
                cell_timeout_s=60,
            )
            for name, sources in cells.items()
        ]

    return made


def run(specs: list[RunSpec], *, workers: int, heard: list[object] | None = None) -> dict[str, Result]:
    said = [] if heard is None else heard
    done = run_all(specs, workers=workers, on_cell=said.append, on_start=said.append, on_wait=lambda: None)
    return {result.spec.name: result for result in done}


@pytest.fixture
def plain(monkeypatch) -> None:
    """Have kernels started by the worker itself."""
    monkeypatch.setenv(PLAIN_KERNELS, "1")


@pytest.mark.usefixtures("plain")
def test_a_worker_that_dies_takes_one_notebook_with_it(specs) -> None:
    heard: list[object] = []
    results = run(specs(bad=[KILL_WORKER], good=["print(1)"], late=["print(2)"]), workers=1, heard=heard)
    assert {name: result.ok for name, result in results.items()} == {"bad": False, "good": True, "late": True}
    failure = results["bad"].failure
    assert failure.kind is FailureKind.WORKER_DIED
    assert "signal 9" in failure.detail
    assert "--workers 1" in failure.advice
    assert [one.name for one in heard if isinstance(one, RunSpec)] == ["bad", "good", "late"]
    assert CellStarted(name="late", number=2, count=2) in heard


@pytest.mark.usefixtures("plain")
def test_stopping_ends_workers_and_kernels(specs, tmp_path: Path) -> None:
    told = tmp_path / "pids"
    endless = f"import os, time\nopen({str(told)!r}, 'w').write(f'{{os.getpid()}} {{os.getppid()}}')\ntime.sleep(600)"
    waiting = run_all(
        specs(endless=[endless]),
        workers=1,
        on_cell=lambda _: None,
        on_start=lambda _: None,
        on_wait=lambda: _interrupt_when(told.is_file() and told.read_text().count(" ") == 1),
    )
    with pytest.raises(KeyboardInterrupt):
        next(waiting)
    for pid in told.read_text().split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), signal.SIG_DFL)


def _interrupt_when(ready: bool) -> None:
    if ready:
        raise KeyboardInterrupt


def test_a_package_that_is_missing_is_named_with_advice(specs, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "papermill.py").write_text("raise ModuleNotFoundError(\"No module named 'papermill'\")\n")
    monkeypatch.syspath_prepend(tmp_path)  # a spawned worker takes the path over; the server has imported already
    monkeypatch.setattr(team, "_context", lambda: multiprocessing.get_context("spawn"))
    results = run(specs(one=["1"], two=["2"]), workers=1)
    assert [result.failure.kind for result in results.values()] == [FailureKind.ENVIRONMENT] * 2
    assert results["two"].failure.detail == "No module named 'papermill'"
    assert results["two"].failure.advice == "delete .venv and run `make setup`"


@pytest.mark.usefixtures("plain")
def test_a_worker_has_the_environment_of_its_own_run(specs, tmp_path: Path, monkeypatch) -> None:
    # The server that forks workers on Linux was started with the environment of the first run.
    for name in ("first", "second"):
        monkeypatch.setenv("OF_THIS_RUN", name)
        told = tmp_path / name
        result = run(specs(one=[f"import os; open({str(told)!r}, 'w').write(os.environ['OF_THIS_RUN'])"]), workers=1)
        assert result["one"].ok
        assert told.read_text() == name


@pytest.mark.usefixtures("plain")
def test_memory_is_mentioned_for_signal_9_only(specs) -> None:
    failure = run(specs(bad=[KILL_WORKER.replace("SIGKILL", "SIGABRT")]), workers=1)["bad"].failure
    assert (failure.kind, failure.advice) == (FailureKind.WORKER_DIED, "")
