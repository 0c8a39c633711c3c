"""What is asked of one run of one notebook, and what came of it. Plain data that crosses process borders."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from analysis.settings import HOUSE


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSpec:
    """One notebook to run.

    Parameters
    ----------
    notebook
        File to run; it is read, never written.
    executed
        Where the executed copy goes. On failure the partly executed copy goes beside it, with `.failed` in its name.
    output
        Folder for the notebook's values and figures; emptied first.
    parameters
        Values of the declared types; empty runs the committed defaults.
    cell_timeout_s
        Longest time one cell may take, in seconds.
    anew
        Have long computations done anew instead of reading their kept results.
    figures
        Whether figures are drawn and saved; False where only the values are wanted.
    journal
        What figures are drawn for.
    """

    notebook: Path
    executed: Path
    output: Path
    parameters: dict[str, object] = field(default_factory=dict)
    cell_timeout_s: int = 600
    anew: bool = False
    figures: bool = True
    journal: str = HOUSE

    @property
    def name(self) -> str:
        """The notebook's name without ending."""
        return self.notebook.stem

    @property
    def partial(self) -> Path:
        """Where a partly executed copy goes."""
        return self.executed.with_name(f"{self.name}.failed.ipynb")


class FailureKind(StrEnum):
    """Why a notebook did not run to its end."""

    UNREADABLE = "the notebook cannot be read"
    START_FAILED = "its kernel did not start"
    TEMPLATE_DIED = "the process its kernel was forked from died"
    KERNEL_DIED = "its kernel died"
    TIMED_OUT = "a cell took too long"
    RAISED = "a cell raised an error"
    STOPPED = "it stopped before its last cell"
    WORKER_DIED = "the process that ran it died"
    ENVIRONMENT = "the environment is incomplete"
    NOT_WRITTEN = "its outputs could not be written"
    OTHER_INPUTS = "the machine it was sent to has another version of the study"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Where and why a notebook failed.

    Parameters
    ----------
    kind
        What happened.
    detail
        The error's own words, the signal, or the limit.
    cell
        Number of the code cell, counted from 1; None when no cell was running.
    cell_id
        Its id in the file.
    source
        Its first lines.
    partial
        The partly executed copy, where there is one.
    advice
        What to do next, where there is something to do.
    """

    kind: FailureKind
    detail: str = ""
    cell: int | None = None
    cell_id: str = ""
    source: str = ""
    partial: Path | None = None
    advice: str = ""

    @property
    def place(self) -> str:
        """The cell in words, to be put after the kind; empty when no cell was running."""
        if self.cell is None:
            return ""
        return f", code cell {self.cell}" + (f" (id {self.cell_id})" if self.cell_id else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one run.

    Parameters
    ----------
    spec
        What was asked.
    failure
        None when every cell ran.
    source_sha256
        Hash of the bytes of the notebook that ran; empty if it could not be read.
    seconds, cell_seconds
        Wall time of the whole run, and the part of it spent in cells.
    attempts
        How many kernels were started.
    """

    spec: RunSpec
    failure: Failure | None
    source_sha256: str = ""
    seconds: float = 0.0
    cell_seconds: float = 0.0
    attempts: int = 1

    @property
    def ok(self) -> bool:
        """Whether every cell ran."""
        return self.failure is None
