"""A sweep on a real dask scheduler with two real workers, each a process of its own on this machine."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.errors import ReproductionError
from analysis.pipeline.result import FailureKind, Result, RunSpec
from analysis.pipeline.sweep import cluster as module
from analysis.pipeline.sweep import remote
from analysis.pipeline.sweep.cluster import check_address, run_on_cluster
from analysis.pipeline.sweep.inputs import bare_notebook, inputs_of
from analysis.pipeline.sweep.remote import RemoteResult, RemoteTask, put_in_place, run_remote
from analysis.pipeline.sweep.request import SweepRequest
from analysis.pipeline.sweep.sweep import sweep

pytest.importorskip("distributed")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Cluster:
    """A scheduler and its workers, bound to this machine only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self.processes: list[subprocess.Popen[bytes]] = []
        host, port = self.address.removeprefix("tcp://").split(":")
        self.scheduler = self._start("scheduler", "--host", host, "--port", port, "--no-dashboard")

    def add_worker(self) -> subprocess.Popen[bytes]:
        return self._start(
            "worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard"
        )

    def _start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{what}-{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + what, *options],
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env={**os.environ, "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "False"},
            )
        self.processes.append(process)
        return process

    def end(self) -> None:
        for process in self.processes:
            process.kill()  # asked politely, they wait for each other; what they leave lies in the test's own folder
            process.wait()


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    yield started
    started.end()


@pytest.fixture
def task(bare, make_study, tmp_path: Path):
    """Return the maker of a task for a study of two cells."""

    def made(*, seed: int = 1, **changed: str) -> RemoteTask:
        text = bare_notebook(bare.write("study", make_study("study", more=changed.pop("more", ()))))
        spec = RunSpec(
            notebook=tmp_path / "study.ipynb",
            executed=tmp_path / "part" / str(seed) / "study.ipynb",
            output=tmp_path / "part" / str(seed) / "study",
            parameters={"seed": seed, "level": 0.5},
            cell_timeout_s=60,
        )
        inputs = inputs_of(text, evidence={}, lock=remote.LOCK)
        return RemoteTask(spec=spec, notebook=text, evidence="", inputs=inputs)

    return made


@pytest.mark.faults
@pytest.mark.notebooks
def test_a_cluster_makes_the_same_table_as_this_machine(cluster: Cluster, bare, make_study, tmp_path: Path) -> None:
    for _ in range(2):
        cluster.add_worker()
    bare.write("study", make_study("study", more=["import os\nif seed == 3: raise ValueError(level)"]))
    shutil.copy(remote.LOCK, bare.layout.lock)  # the workers compare it with that of their own repository
    grid = ("level=0.6,0.7,0.8", "seed=1,3")
    tables = []
    for scheduler in (cluster.address, ""):
        request = SweepRequest(notebook="study", grid=grid, scheduler=scheduler, out=tmp_path / f"at{scheduler[:3]}")
        report = sweep(request, bare.layout, check_evidence=lambda _: {})
        assert [row[1].done for row in report.rows] == [True, False] * 3
        assert "code cell 5 (id cell-2): ValueError: 0.7" in report.rows[3][1].failure
        tables.append([(report.folder / name).read_bytes() for name in ("values.csv", "sweep.json")])
    assert tables[0] == tables[1]
    # What the workers made is kept like any other run: nothing is left to do.
    request = SweepRequest(notebook="study", grid=grid, out=tmp_path / "attcp")
    assert sweep(request, bare.layout, check_evidence=lambda _: {}).ran == 0


@pytest.mark.faults
@pytest.mark.notebooks
def test_a_worker_that_dies_and_a_scheduler_that_goes_away(cluster: Cluster, task, monkeypatch) -> None:
    monkeypatch.setattr(module, "_SILENCE_S", 2.0)
    said: list[str] = []
    tasks = [task(seed=seed) for seed in (1, 2)]
    endless = task(seed=3, more=("import time\ntime.sleep(600)",))
    first = cluster.add_worker()
    results = run_on_cluster([*tasks, endless], address=cluster.address, on_wait=lambda: None, note=said.append)
    done = [next(results), next(results)]
    assert [result.failure for result in done] == [None, None]
    values = done[0].spec.output / "values.json"
    assert json.loads(values.read_bytes())["values"]["main"]["value"] == 0.5
    first.kill()  # the task that is left waits for another worker
    cluster.scheduler.kill()
    with pytest.raises(ReproductionError, match=r"went away; finished runs are kept, and the same command goes on"):
        next(results)


@pytest.mark.notebooks
def test_a_worker_runs_what_it_is_sent_and_leaves_nothing_behind(task, tmp_path: Path, monkeypatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    done = run_remote(task())
    assert done.result.ok
    assert "study/values.json" in done.files
    assert list(scratch.iterdir()) == []
    result = put_in_place(done)
    assert (result.spec.output / "values.json").is_file()
    assert result.spec.executed.is_file()


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("lock", "0" * 64, "the list of exact package versions"),
        ("interpreter", "3.9.1", "the Python version"),
        ("evidence", {"no-such-table.csv": "0" * 64}, "evidence no-such-table.csv"),
        ("code", {"analysis/other.py": "0" * 64}, "src/analysis/"),
    ],
)
def test_a_worker_with_another_version_runs_nothing(task, part: str, value: object, said: str) -> None:
    from dataclasses import replace

    asked = task()
    done = run_remote(replace(asked, inputs=replace(asked.inputs, **{part: value})))
    assert done.result.failure.kind is FailureKind.OTHER_INPUTS
    assert said in done.result.failure.detail
    assert done.files == {}


@pytest.mark.parametrize("name", ["../stolen", "/tmp/stolen", "a/../../stolen", "."])  # noqa: S108 - never written
def test_a_file_that_would_leave_the_folder_is_refused(task, name: str) -> None:
    spec = task().spec
    with pytest.raises(ValueError, match="a worker sent a file named"):
        put_in_place(RemoteResult(result=Result(spec=spec, failure=None), files={name: b"x"}))


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "http://x:1", "tcp://", "tcp://a b:1", "tcp://u@h:1", "tcp://h"])
def test_what_is_no_address_of_a_scheduler_is_refused(address: str) -> None:
    with pytest.raises(ReproductionError, match=r"write tcp://HOST:PORT"):
        check_address(address)


def test_a_scheduler_that_does_not_answer(monkeypatch) -> None:
    monkeypatch.setattr(module, "_CONNECT_S", 0.5)
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(ReproductionError, match=f"no dask scheduler answers at {address}"):
        next(run_on_cluster([], address=address, on_wait=lambda: None, note=lambda _: None))


def test_an_environment_without_dask_is_told_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ReproductionError, match=r"--scheduler needs dask.*the extra `distributed` brings it"):
        next(run_on_cluster([], address="tcp://127.0.0.1:1", on_wait=lambda: None, note=lambda _: None))
