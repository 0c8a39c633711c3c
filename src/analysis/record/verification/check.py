"""What is said of one output, and the few ways to say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from analysis.errors import ReproductionError
from analysis.record.comparison import Outcome, Verdict
from analysis.record.decision import ExecutedNotebook
from analysis.record.run_outputs import NotebookOutputs
from analysis.record.tolerance import Difference

_AGREEING: Final = frozenset({Outcome.IDENTICAL, Outcome.AGREES})
DAMAGE: Final = (ValueError, TypeError, KeyError, AttributeError, RecursionError, ReproductionError)
"""What comparing a file that somebody damaged may raise."""


_PRESENCE: Final = {
    Outcome.NEW: (Difference(where="output", old="not on record", new="made"),),
    Outcome.GONE: (Difference(where="output", old="on record", new="not made"),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HashedFile:
    """One file of an output: its path in the repository, and its SHA-256 in the record and as made by this run.

    A hash is empty where there is no such file, or where the run does not make it.
    """

    path: str
    committed: str = ""
    made: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One output beside the record.

    Parameters
    ----------
    kind, name
        'evidence', 'file', 'figure', 'value', 'text' or 'notebook', and which.
    method
        How it was compared, with the tolerance used.
    outcome
        What came of it.
    differences
        Every place where it differs; empty when it agrees.
    files
        Its files with their hashes.
    """

    kind: str
    name: str
    method: str
    outcome: Outcome
    differences: tuple[Difference, ...] = ()
    files: tuple[HashedFile, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether the output is the one on record, within what `method` allows."""
        return self.outcome in _AGREEING


@dataclass(frozen=True, slots=True, kw_only=True)
class RunToVerify:
    """What a run of all notebooks made.

    Parameters
    ----------
    outputs, executed
        Values, figures and executed copies of the notebooks that ran to their end.
    failed
        Why the others have no outputs, by notebook.
    """

    outputs: Sequence[NotebookOutputs]
    executed: Sequence[ExecutedNotebook]
    failed: Mapping[str, str]


def compared(kind: str, name: str, compare: Callable[[], Verdict]) -> Verdict:
    """Return what `compare` says; a disagreement when one side is too damaged to be compared."""
    try:
        return compare()
    except DAMAGE as error:
        found = Difference(where="cannot be compared", old="the record", new=str(error) or type(error).__name__)
        return Verdict(kind=kind, name=name, outcome=Outcome.CHANGED, differences=(found,))


def judged(verdict: Verdict, method: str, more: Sequence[Difference] = ()) -> Check:
    """Return the check of a verdict; it disagrees as well when `more` differences were found beside it."""
    found = (*verdict.differences, *_PRESENCE.get(verdict.outcome, ()), *more)
    outcome = Outcome.CHANGED if more and verdict.outcome in _AGREEING else verdict.outcome
    return Check(kind=verdict.kind, name=verdict.name, method=method, outcome=outcome, differences=found)


def not_compared(kind: str, name: str, reason: str, files: tuple[HashedFile, ...] = ()) -> Check:
    """Return the check of an output that the run has nothing to compare with, and why."""
    found = Difference(where="this run", old="as committed", new=reason)
    return Check(
        kind=kind, name=name, method="not compared", outcome=Outcome.NOT_COMPARED, differences=(found,), files=files
    )


def hash_of(content: bytes | None) -> str:
    """Return the SHA-256 of some bytes; empty for none."""
    return "" if content is None else sha256(content).hexdigest()


def read(path: Path) -> bytes | None:
    """Return the bytes of a file; None when it is not there."""
    return path.read_bytes() if path.is_file() else None
