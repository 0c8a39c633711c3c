"""The errors this package raises on purpose, and the fault an evidence report is made of.

Every message says where, which rule, what was found, and what to do next if there is something to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class AnalysisError(Exception):
    """Base of every error this package raises on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One place where an evidence table breaks one rule.

    Parameters
    ----------
    file
        Name of the file inside the evidence folder.
    row
        Line number in the file (the header is line 1); None when the fault is of the whole file.
    column
        Column name; None when the fault is of the whole row or file.
    rule
        The rule that was broken, in words.
    value
        What was found; None when nothing can be shown.
    """

    file: str
    row: int | None = None
    column: str | None = None
    rule: str
    value: str | None = None

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", line {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        found = "" if self.value is None else f"; found {self.value!r}"
        return f"{place}: {self.rule}{found}"


class EvidenceError(AnalysisError):
    """The evidence breaks its own description; carries all faults, not only the first.

    Parameters
    ----------
    faults
        All of them.
    outcome
        What follows for the command, in a few words; empty when nothing does.
    """

    def __init__(self, faults: Sequence[Fault], *, outcome: str = "") -> None:
        self.faults = tuple(faults)
        count = len(self.faults)
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        follows = f"; {outcome}" if outcome else ""
        super().__init__(f"{count} fault{'' if count == 1 else 's'} in the evidence{follows}:\n{lines}")


class InsufficientEvidence(AnalysisError):
    """The evidence does not allow the estimate that was asked for; the message says why."""


class ParameterError(AnalysisError):
    """A parameter has a name, a type or a value that the notebook or the study does not take."""


class ReproductionError(AnalysisError):
    """A run, or the publication of its results, could not be completed."""
