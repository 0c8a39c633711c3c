"""A line of a terminal that is written over and over while something goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

from analysis.pipeline.messages import head, printable


@dataclass(slots=True, kw_only=True)
class ChangingLine:
    """What stands in the changing line of `stream`; nothing where the stream is no terminal.

    Parameters
    ----------
    stream
        Where it is written.
    """

    stream: TextIO
    _width: int = 0

    def show(self, text: str) -> None:
        """Replace the line; empty text takes it away."""
        if not self.stream.isatty():
            return
        shown = head(printable(text), lines=1, width=110)
        self.stream.write("\r" + shown.ljust(self._width) + ("\r" if not shown else ""))
        self.stream.flush()
        self._width = len(shown)

    def leave(self, text: str) -> None:
        """Take the changing line away and say something on a line that stays."""
        self.show("")
        self.stream.write(printable(text) + "\n")
        self.stream.flush()
