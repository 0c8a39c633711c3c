"""Ctrl-C and two runs at once, with real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analysis.pipeline.warm.template import ADDRESS_VARIABLE
from analysis.record.manifest import check_record

pytestmark = [
    pytest.mark.notebooks,
    pytest.mark.faults,
    pytest.mark.skipif(os.name != "posix", reason="signals"),
]

COMMAND = """
import signal, sys
from pathlib import Path
from analysis import __main__ as command
from analysis.pipeline import run_selected as pipeline
from analysis.record import layout

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell makes what it starts in the background ignore it
    layout.repository = lambda: layout.Layout(root=Path(sys.argv[1]))
    pipeline.checked_evidence = lambda folder, **names: {"table.csv": "e" * 64}
    sys.exit(command.main(["reproduce", *sys.argv[2:]]))
"""


def started(project, *arguments: str) -> subprocess.Popen[str]:
    script = project.layout.root.parent / "command.py"
    script.write_text(COMMAND, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(script), str(project.layout.root), *arguments],
        env={name: value for name, value in os.environ.items() if name != ADDRESS_VARIABLE},  # a template of its own
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_ctrl_c_ends_kernel_and_worker_and_the_next_run_works(project, make_study, tmp_path: Path) -> None:
    told = tmp_path / "pids"
    waiting = f"open({str(told)!r}, 'w').write(f'{{os.getpid()}} {{os.getppid()}}\\n')\nimport time; time.sleep(600)"
    whole = (project.layout.notebooks / "alpha.ipynb").read_bytes()
    project.write("alpha", make_study("alpha", more=[waiting]))
    before = project.committed()
    with started(project, "alpha") as process:
        while not (told.exists() and told.read_text().endswith("\n")) and process.poll() is None:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate()[1]
    assert process.returncode == 130
    assert said.splitlines()[-1] == "analysis: interrupted; the record is as it was"
    assert not [pid for pid in map(int, told.read_text().split()) if is_running(pid)]
    assert project.committed() == before
    assert not list((project.layout.build / "reproduce").glob(".part-*"))
    (project.layout.notebooks / "alpha.ipynb").write_bytes(whole)
    assert project.reproduce("alpha").ok
    check_record(project.layout)


def test_two_runs_at_once_leave_one_whole_record(project, make_study) -> None:
    project.write("alpha", make_study("alpha", factor=3))
    runs = [started(project, "alpha", "--workers", "1") for _ in range(2)]
    said = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert project.value("alpha.main") == pytest.approx(2.85)
    assert sum("The record holds" in out or "Replaced in the record" in out for out, _ in said) == 2
    check_record(project.layout)
    assert not project.layout.publication.exists()
    assert not list((project.layout.build / "reproduce").glob(".part-*"))
