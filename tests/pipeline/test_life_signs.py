"""Life signs: silent for work that is soon done, words for work that lasts, and a clean line at the end."""

from __future__ import annotations

import io
from threading import Event

import pytest

from analysis.pipeline.life_signs import LifeSigns


class Watched(io.StringIO):
    """A stream that says when it has been written to."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.written, self.terminal = Event(), terminal

    def isatty(self) -> bool:
        return self.terminal

    def write(self, text: str) -> int:
        self.written.set()
        return super().write(text)


def test_work_that_is_soon_done_says_nothing() -> None:
    stream = Watched(terminal=False)
    with LifeSigns(stream=stream) as signs:
        signs.now("reading")
    assert stream.getvalue() == ""


def test_work_that_lasts_says_what_it_does() -> None:
    stream = Watched(terminal=False)
    with LifeSigns(stream=stream, first_after_s=0.0) as signs:
        signs.now("reading tasks.csv")
        stream.written.clear()
        assert stream.written.wait(20)
    assert "reading tasks.csv, " in stream.getvalue()
    assert stream.getvalue().endswith(" s\n")


def test_the_line_of_a_terminal_is_taken_away() -> None:
    stream = Watched(terminal=True)
    with LifeSigns(stream=stream, first_after_s=0.0) as signs:
        signs.now("reading \x1b[2J")
        stream.written.clear()
        assert stream.written.wait(20)
    last = stream.getvalue().split("\r")
    assert last[-1] == ""
    assert last[-2].strip() == ""
    assert "\x1b" not in stream.getvalue()


def test_an_error_ends_the_signs() -> None:
    stream = Watched(terminal=False)
    with pytest.raises(ValueError, match="broken"), LifeSigns(stream=stream):
        raise ValueError("broken")
    assert stream.getvalue() == ""
