"""Sweeps with real kernels: killed at any moment, interrupted, and gone on with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analysis.pipeline.sweep.request import SweepRequest
from analysis.pipeline.sweep.sweep import sweep
from analysis.record.layout import Layout

pytestmark = [
    pytest.mark.notebooks,
    pytest.mark.faults,
    pytest.mark.skipif(os.name != "posix", reason="signals"),
]

COMMAND = """
import signal, sys
from pathlib import Path
from analysis import __main__ as command
from analysis.pipeline.sweep import plan
from analysis.record import layout

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell makes what it starts in the background ignore it
    layout.repository = lambda: layout.Layout(root=Path(sys.argv[1]))
    plan.checked_evidence = lambda folder, **names: {}
    sys.exit(command.main(["sweep", "study", "--grid", "seed=1,2,3,4,5,6", *sys.argv[2:]]))
"""
# Each run leaves a line when it has started, and waits for the word to go on where there is one.
WAITING = """
import os, time
with open(os.environ["STARTED"], "a") as stream: stream.write(f"{seed}\\n")
while seed > 3 and not os.path.exists(os.environ["GO_ON"]): time.sleep(0.05)
"""


class Command:
    """One start of the command on a small repository, its output in files: workers outlive it and hold pipes open."""

    def __init__(self, script: Path, layout: Layout, folder: Path) -> None:
        self.out, self.err = folder / "out", folder / "err"
        folder.mkdir()
        with self.out.open("w") as out, self.err.open("w") as err:
            self.process = subprocess.Popen(
                [sys.executable, str(script), str(layout.root)], stdout=out, stderr=err, start_new_session=True
            )

    def wait_until(self, met: Callable[[], object]) -> None:
        while not met():
            assert self.process.poll() is None, self.err.read_text()
            time.sleep(0.05)

    def end(self) -> int:
        return self.process.wait()


@pytest.fixture
def command(bare, make_study, tmp_path: Path, monkeypatch) -> Iterator[Callable[[], Command]]:
    """Return the starter of the command; every process of it is ended afterwards."""
    bare.write("study", make_study("study", more=[WAITING]))
    monkeypatch.setenv("STARTED", str(tmp_path / "started"))
    monkeypatch.setenv("GO_ON", str(tmp_path / "go-on"))
    script = tmp_path / "command.py"
    script.write_text(COMMAND, encoding="utf-8")
    begun: list[Command] = []

    def start() -> Command:
        begun.append(Command(script, bare.layout, tmp_path / f"output-{len(begun)}"))
        return begun[-1]

    yield start
    (tmp_path / "go-on").touch()
    for one in begun:
        if one.process.poll() is None:
            one.process.kill()
            one.end()


def runs_kept(layout: Layout) -> list[Path]:
    return sorted((layout.build / "sweeps" / "study" / "runs").glob("*/run.json"))


def test_a_sweep_killed_with_signal_9_goes_on_where_it_was(command, bare, tmp_path: Path) -> None:
    started = tmp_path / "started"
    killed = command()
    killed.wait_until(lambda: len(runs_kept(bare.layout)) == 3 and started.read_text().count("\n") == 5)
    killed.process.kill()
    assert killed.end() == -signal.SIGKILL
    kept = {path: path.stat().st_mtime_ns for path in runs_kept(bare.layout)}
    folder = bare.layout.build / "sweeps" / "study"
    assert not (folder / "values.csv").exists()

    (tmp_path / "go-on").touch()
    second = command()
    assert second.end() == 0
    assert "3 runs of 6 done before and kept" in second.err.read_text()
    assert second.out.read_text().startswith(
        "Sweep of study: 6 runs (3 run now, 3 known from before), 6 done, 0 failed, in "
    )
    assert {path: path.stat().st_mtime_ns for path in kept} == kept  # not one of them was written again
    assert sorted(started.read_text().split()) == ["1", "2", "3", "4", "4", "5", "5", "6"]

    # The same sweep in one go, elsewhere, has the same bytes.
    request = SweepRequest(notebook="study", grid=("seed=1,2,3,4,5,6",), workers=1, out=tmp_path / "elsewhere")
    assert sweep(request, bare.layout, check_evidence=lambda _: {}).ok
    for name in ("values.csv", "sweep.json"):
        assert (tmp_path / "elsewhere" / name).read_bytes() == (folder / name).read_bytes()


def test_ctrl_c_says_how_to_go_on_and_ends_every_process(command, bare, tmp_path: Path) -> None:
    interrupted, started = command(), tmp_path / "started"
    interrupted.wait_until(lambda: len(runs_kept(bare.layout)) == 3 and started.read_text().count("\n") == 5)
    os.killpg(interrupted.process.pid, signal.SIGINT)  # as a terminal does: to every process of the group
    assert interrupted.end() == 130
    noted = interrupted.err.read_text()
    assert "Traceback" not in noted
    assert "interrupted: 3 of 6 runs are kept in " in noted
    assert "; the same command goes on with the rest\n" in noted
    assert _is_gone(interrupted.process.pid)
    assert len(runs_kept(bare.layout)) == 3


def _is_gone(group: int) -> bool:
    """Return whether the group has no process any more; what keeps track of them for Python leaves a moment later."""
    for _ in range(600):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_second_sweep_into_the_folder_is_refused(command, bare) -> None:
    first = command()
    first.wait_until(lambda: runs_kept(bare.layout))
    second = command()
    assert second.end() == 1
    assert "analysis: another sweep is writing to " in second.err.read_text()


def test_values_do_not_depend_on_figures_and_kept_ones_are_complete(bare, make_study, tmp_path: Path) -> None:
    bare.write("study", make_study("study"))
    tables = []
    for keep in (False, True):
        request = SweepRequest(notebook="study", grid=("level=0.7,0.8",), keep=keep, out=tmp_path / str(keep))
        report = sweep(request, bare.layout, check_evidence=lambda _: {})
        assert report.ok
        tables.append((report.folder / "values.csv").read_bytes())
        run = report.folder / "runs" / report.rows[0][1].name
        assert (run / "study" / "study-figure.pdf").is_file() is keep
        assert (run / "study.ipynb").is_file() is keep
    assert tables[0] == tables[1]


def test_a_run_that_raises_one_that_is_killed_and_the_rest(bare, make_study) -> None:
    more = (
        "import os\nif seed == 2: raise ValueError('no such district')",
        "if seed == 3: os.kill(os.getpid(), 9)",
    )
    bare.write("study", make_study("study", more=more))
    request = SweepRequest(notebook="study", grid=("seed=1,2,3,4,5",))
    report = sweep(request, bare.layout, check_evidence=lambda _: {})
    said = {row[0].given["seed"]: row[1].failure.partition(":")[0] for row in report.rows}
    assert said == {
        1: "",
        2: "a cell raised an error, code cell 5 (id cell-2)",
        3: "its kernel died, code cell 6 (id cell-3)",
        4: "",
        5: "",
    }
