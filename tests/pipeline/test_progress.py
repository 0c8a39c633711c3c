from __future__ import annotations

import io
from pathlib import Path

from analysis.pipeline import progress as module
from analysis.pipeline.progress import Progress
from analysis.pipeline.result import Failure, FailureKind, Result, RunSpec
from analysis.pipeline.workers import CellStarted


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def spec(name: str) -> RunSpec:
    return RunSpec(notebook=Path(f"{name}.ipynb"), executed=Path("x"), output=Path("y"))


def test_plain_lines_without_a_terminal(monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    said = Progress(total=2, stream=io.StringIO())
    said.started(spec("alpha"))
    said.cell(CellStarted(name="alpha", number=1, count=9))
    now[0] += 7
    said.cell(CellStarted(name="alpha", number=3, count=9))
    said.alive()
    failure = Failure(kind=FailureKind.RAISED)
    said.finished(Result(spec=spec("alpha"), failure=failure, seconds=7.04))
    said.alive()
    assert said.stream.getvalue() == (
        "[1/2] alpha: started\n"
        "  0 of 2 done; alpha cell 3/9, 7 s\n"
        "[1/2] alpha: FAILED: a cell raised an error after 7.0 s\n"
    )


def test_one_changing_line_on_a_terminal_is_overwritten() -> None:
    said = Progress(total=1, stream=Terminal())
    said.started(spec("alpha"))
    said.cell(CellStarted(name="alpha", number=1, count=2))
    said.cell(CellStarted(name="alpha", number=2, count=2))
    said.finished(Result(spec=spec("alpha"), failure=None, seconds=1))
    text = said.stream.getvalue()
    assert text.count("\n") == 2
    assert "\r  0 of 1 done; alpha cell 2/2" in text
    assert text.endswith("[1/1] alpha: done after 1.0 s\n")
