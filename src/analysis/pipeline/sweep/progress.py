"""Life signs of a sweep: how many runs are done, how many failed, how long it will take."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, TextIO

from analysis.pipeline.changing_line import ChangingLine
from analysis.pipeline.sweep.store import StoredRun

_PLAIN_EVERY_S: Final = 15.0
_MINUTE: Final = 60
_HOUR: Final = 3600


@dataclass(slots=True, kw_only=True)
class SweepProgress:
    """Tells on `stream` how far the sweep is: a changing line on a terminal, a line now and then elsewhere.

    Parameters
    ----------
    total
        Runs of the sweep.
    done
        Runs that were done before it began.
    stream
        Standard error, as a rule: results go to standard output.
    """

    total: int = 0
    done: int = 0
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    _failed: int = 0
    _now: int = 0
    _since: float = field(default_factory=monotonic)
    _spoke_at: float = 0.0
    _changing: ChangingLine = field(init=False)

    def __post_init__(self) -> None:
        self._changing = ChangingLine(stream=self.stream)

    def begin(self, *, total: int, done: int, failed: int) -> None:
        """Start counting time: so many runs in all, so many of them known from before."""
        self.total, self.done, self._failed, self._now, self._since = total, done, failed, 0, monotonic()

    def finished(self, stored: StoredRun) -> None:
        """Count a run; a failed one is told at once."""
        self._now += 1
        if stored.done:
            self.done += 1
        else:
            self._failed += 1
            self.note(f"FAILED {stored.name}: {stored.failure.partition(chr(10))[0]}")
        self.alive()

    def alive(self) -> None:
        """Show that work goes on."""
        if self.stream.isatty():
            self._changing.show(self.status())
        elif monotonic() - self._spoke_at >= _PLAIN_EVERY_S:
            self.note(self.status())

    def status(self) -> str:
        """Return the line that says how far the sweep is."""
        left = self.total - self.done - self._failed
        said = f"[{self.done + self._failed}/{self.total}] {self.done} done, {self._failed} failed"
        if not left:
            return said
        if not self._now:
            return f"{said}; time left not known yet"
        return f"{said}; about {_duration((monotonic() - self._since) / self._now * left)} left"

    def note(self, text: str) -> None:
        """Say something on a line of its own."""
        self._changing.leave(text)
        self._spoke_at = monotonic()


def _duration(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    return f"{seconds / _HOUR:.1f} h"
