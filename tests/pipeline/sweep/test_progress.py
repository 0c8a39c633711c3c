from __future__ import annotations

import io

import pytest

from analysis.pipeline.sweep import progress as module
from analysis.pipeline.sweep.progress import SweepProgress
from analysis.pipeline.sweep.store import StoredRun

RUN = StoredRun(name="abc", key="k", inputs="i", failure="", kind="", seconds=1.0, kept=False, values={})
FAILED = StoredRun(
    name="def", key="k", inputs="i", failure="a cell\x1b]0;evil\x07\nmore", kind="x", seconds=1.0, kept=False, values={}
)


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    return now


@pytest.mark.parametrize(
    ("passed_s", "left"),
    # 2 of 10 were known, 1 ran in `passed_s`: 7 are left at that pace.
    [(4.0, "28 s"), (30.0, "4 min"), (900.0, "1.8 h")],
)
def test_time_left_is_that_of_the_pace_so_far(clock, passed_s: float, left: str) -> None:
    said = SweepProgress(stream=io.StringIO())
    said.begin(total=10, done=2, failed=0)
    assert said.status() == "[2/10] 2 done, 0 failed; time left not known yet"
    clock[0] += passed_s
    said.finished(RUN)
    assert said.status() == f"[3/10] 3 done, 0 failed; about {left} left"


def test_elsewhere_than_on_a_terminal_a_line_now_and_then(clock) -> None:
    stream = io.StringIO()
    said = SweepProgress(stream=stream)
    said.begin(total=3, done=0, failed=0)
    for _ in range(40):
        clock[0] += 0.5
        said.alive()
    said.finished(FAILED)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 3  # at once, after 15 seconds, and the failure
    assert lines[-1] == "FAILED def: a cell\\x1b]0;evil\\x07"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_one_line_that_changes() -> None:
    stream = Terminal()
    said = SweepProgress(stream=stream)
    said.begin(total=1, done=0, failed=0)
    said.finished(RUN)
    said.note("over")
    assert stream.getvalue() == "\r[1/1] 1 done, 0 failed" + "\r" + " " * 22 + "\r" + "over\n"
