"""Life signs of work that cannot say how far it is: what is done now and for how long, once it takes a while."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Final, TextIO

from analysis.pipeline.changing_line import ChangingLine

_FIRST_AFTER_S: Final = 2.0
_PLAIN_EVERY_S: Final = 5.0
_TERMINAL_EVERY_S: Final = 0.5


@dataclass(slots=True, kw_only=True)
class LifeSigns:
    """Tells on `stream` what goes on, from two seconds on: one changing line on a terminal, plain lines elsewhere.

    Parameters
    ----------
    stream
        Standard error, as a rule: results go to standard output.
    first_after_s
        Seconds of silence at the start.
    """

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    first_after_s: float = _FIRST_AFTER_S
    _what: str = ""
    _done: Event = field(default_factory=Event)
    _changing: ChangingLine = field(init=False)
    _thread: Thread = field(init=False)

    def __post_init__(self) -> None:
        self._changing = ChangingLine(stream=self.stream)
        self._thread = Thread(target=self._tell, daemon=True)

    def now(self, what: str) -> None:
        """Say what is done from now on; shown at the next sign."""
        self._what = what

    def __enter__(self) -> LifeSigns:
        """Start the clock."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and take the changing line away."""
        self._done.set()
        self._thread.join()
        self._changing.show("")

    def _tell(self) -> None:
        started = monotonic()
        wait = self.first_after_s
        every = _TERMINAL_EVERY_S if self.stream.isatty() else _PLAIN_EVERY_S
        while not self._done.wait(wait):
            sign = f"{self._what}, {monotonic() - started:.0f} s"
            if self.stream.isatty():
                self._changing.show(sign)
            else:
                self._changing.leave(sign)
            wait = every
