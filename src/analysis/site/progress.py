"""Life signs while the site is made: one changing line on a terminal, a plain line for each step elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from analysis.pipeline.changing_line import ChangingLine

_QUIET_S: Final = 5.0


@dataclass(slots=True, kw_only=True)
class Steps:
    """Tells what the site's making is at.

    Parameters
    ----------
    line
        The changing line; of a stream that is no terminal a line is written every few seconds instead.
    """

    line: ChangingLine
    _began: float = field(default_factory=monotonic)
    _spoke: float = field(default_factory=monotonic)

    def tell(self, step: str) -> None:
        """Say what is being made."""
        now = monotonic()
        shown = f"{now - self._began:4.0f} s  {step}"
        if self.line.stream.isatty():
            self.line.show(shown)
        elif now - self._spoke >= _QUIET_S:
            self.line.leave(shown)
            self._spoke = now

    def end(self) -> None:
        """Take the changing line away and say how long it took."""
        self.line.leave(f"made in {monotonic() - self._began:.0f} s")
