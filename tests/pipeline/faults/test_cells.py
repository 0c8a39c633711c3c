"""What can go wrong while a notebook runs, each for real: who failed, where, what to do; then the next run works."""

from __future__ import annotations

import shutil
import sys
from types import SimpleNamespace

import pytest

from analysis.pipeline.result import FailureKind
from analysis.pipeline.summary import summary

pytestmark = [
    pytest.mark.notebooks,
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform != "linux", reason="memory and signals are limited and sent as on Linux"),
]

LIMIT_S = 8
LIMIT_MEMORY = """\
import resource
in_use = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (in_use + 200_000_000, resource.RLIM_INFINITY))
"""
COPY_EVIDENCE = """\
import os, shutil
from analysis.evidence import load_evidence
from analysis.paths import DATA
copy = shutil.copytree(DATA, os.environ["ANALYSIS_OUTPUT"] + "/evidence")
"""
FAULTY = {
    "endless": ["import time", "while True: time.sleep(0.1)"],
    "hungry": [LIMIT_MEMORY, "everything = bytearray(2_000_000_000)"],
    "killed": ["import os, signal", "os.kill(os.getpid(), signal.SIGKILL)"],
    "raising": ["district = 'Nowhere'", "raise ValueError(f'no such district: {district}')"],
    "truncated": [COPY_EVIDENCE, "os.truncate(copy + '/accidents.csv', 1000)\nload_evidence(copy)"],
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, _published, make_project, make_notebook) -> SimpleNamespace:
    """Run all faulty notebooks at once in a repository with a record; return what came of it."""
    root = tmp_path_factory.mktemp("faulty") / "a repository"
    shutil.copytree(_published, root)
    project = make_project(root)
    for name, cells in FAULTY.items():
        project.write(name, make_notebook(cells))
    before = project.committed()
    report = project.reproduce(*FAULTY, cell_timeout_s=LIMIT_S)
    after = project.committed()
    return SimpleNamespace(project=project, report=report, before=before, after=after)


@pytest.mark.parametrize(
    ("name", "kind", "detail", "advice"),
    [
        ("endless", FailureKind.TIMED_OUT, f"more than {LIMIT_S} s", "a larger limit: --timeout SECONDS"),
        ("hungry", FailureKind.RAISED, "MemoryError", "the cell asked for more memory than there is; try --workers 1"),
        ("killed", FailureKind.KERNEL_DIED, "ended by signal SIGKILL", "when memory runs out; try --workers 1"),
        ("raising", FailureKind.RAISED, "ValueError: no such district: Nowhere", "the partly executed copy shows"),
        ("truncated", FailureKind.RAISED, "EvidenceError: ", "mend the evidence; `analysis check DIR` lists"),
    ],
)
def test_the_message_says_who_where_and_what_to_do(
    ran: SimpleNamespace, name: str, kind: FailureKind, detail: str, advice: str
) -> None:
    failure = next(result.failure for result in ran.report.results if result.spec.name == name)
    assert (failure.kind, failure.cell, failure.cell_id) == (kind, 3, "cell-1")
    text = summary(ran.report, ran.project.layout)
    block = text.partition(f"FAILED {name}: ")[2].partition("FAILED")[0]
    assert block.startswith(f"{kind}, code cell 3 (id cell-1)\n    | {FAULTY[name][1].splitlines()[0]}")
    assert detail in block
    assert advice in block
    assert f"partly executed copy: {ran.report.folder / f'{name}.failed.ipynb'}" in block


def test_the_evidence_s_faults_are_named_with_file_and_line(ran: SimpleNamespace) -> None:
    failure = next(result.failure for result in ran.report.results if result.spec.name == "truncated")
    assert "accidents.csv, line " in failure.detail


def test_the_record_is_untouched(ran: SimpleNamespace) -> None:
    assert not ran.report.ok
    assert not ran.report.published
    assert ran.after == ran.before
    assert "figures/ and notebooks/ keep their old state" in summary(ran.report, ran.project.layout)


def test_the_next_run_works(ran: SimpleNamespace) -> None:
    report = ran.project.reproduce("alpha")
    assert report.ok
    assert report.published
    assert ran.project.committed() == ran.before
