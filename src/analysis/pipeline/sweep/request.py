"""What a person asked of a sweep."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

MAX_RUNS: Final = 1000
"""Runs a sweep may have unless it is told otherwise; a grid grows faster than one thinks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepRequest:
    """One call of ``analysis sweep``.

    Parameters
    ----------
    notebook
        Name as typed.
    grid
        Parameters with their values as typed, ``name=a,b,c``.
    file
        YAML file with a grid or a list of runs; None without.
    out
        Folder for the outputs; None for the notebook's own in build/sweeps/.
    workers
        Processes of this machine that run notebooks at the same time.
    scheduler
        Address of a dask scheduler whose workers run them instead; empty for none.
    cell_timeout_s
        Longest time one cell may take, in seconds.
    max_runs
        Refuse a grid with more combinations.
    retry_failed
        Run again also what failed by the notebook's own doing.
    keep
        Draw and keep the figures and the executed notebook of every run.
    """

    notebook: str
    grid: tuple[str, ...] = ()
    file: Path | None = None
    out: Path | None = None
    workers: int = 2
    scheduler: str = ""
    cell_timeout_s: int = 600
    max_runs: int = MAX_RUNS
    retry_failed: bool = False
    keep: bool = False
