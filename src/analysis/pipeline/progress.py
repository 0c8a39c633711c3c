"""Life signs while notebooks run: one changing line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, TextIO

from analysis.pipeline.changing_line import ChangingLine
from analysis.pipeline.result import Result, RunSpec
from analysis.pipeline.workers import CellStarted

_PLAIN_EVERY_S: Final = 5.0


@dataclass(slots=True, kw_only=True)
class Progress:
    """Tells on `stream` what is running.

    Parameters
    ----------
    total
        How many notebooks will run.
    stream
        Standard error, as a rule: results go to standard output.
    """

    total: int
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    _running: dict[str, tuple[float, CellStarted | None]] = field(default_factory=dict)
    _finished: int = 0
    _spoke_at: float = field(default_factory=monotonic)
    _changing: ChangingLine = field(init=False)

    def __post_init__(self) -> None:
        self._changing = ChangingLine(stream=self.stream)

    def started(self, spec: RunSpec) -> None:
        """Say that a notebook starts."""
        self._running[spec.name] = (monotonic(), None)
        place = self._finished + len(self._running)
        self._line(f"[{place}/{self.total}] {spec.name}: started")

    def cell(self, message: CellStarted) -> None:
        """Note the cell that runs."""
        since = self._running.get(message.name, (monotonic(), None))[0]
        self._running[message.name] = (since, message)
        self.alive()

    def alive(self) -> None:
        """Show that work goes on: at once on a terminal, every few seconds elsewhere."""
        if not self._running:
            return
        if self.stream.isatty():
            self._changing.show(self._status())
        elif monotonic() - self._spoke_at >= _PLAIN_EVERY_S:
            self._line(self._status())

    def finished(self, result: Result) -> None:
        """Say how a notebook ended."""
        self._running.pop(result.spec.name, None)
        self._finished += 1
        end = "done" if result.failure is None else f"FAILED: {result.failure.kind}"
        self._line(f"[{self._finished}/{self.total}] {result.spec.name}: {end} after {result.seconds:.1f} s")

    def note(self, text: str) -> None:
        """Say something else."""
        self._line(text)

    def _status(self) -> str:
        now = monotonic()
        parts = [
            f"{name} {'starting' if cell is None else f'cell {cell.number}/{cell.count}'}, {now - since:.0f} s"
            for name, (since, cell) in self._running.items()
        ]
        return f"  {self._finished} of {self.total} done; " + "; ".join(parts)

    def _line(self, text: str) -> None:
        self._changing.leave(text)
        self._spoke_at = monotonic()
