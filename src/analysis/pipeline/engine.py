"""The papermill engine of this project: it keeps hold of the notebook and the cell while they run.

papermill's own engine leaves neither behind when a kernel dies or a cell takes too long, and looks up the kernel by a
name that a reader may have given to another interpreter.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

from jupyter_client.manager import KernelManager
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

from analysis.pipeline.kernel import exit_status, lost_template, started_kernel

ENGINE: Final = "analysis"
_START_TIMEOUT_S: Final = 60
# Large pictures can still be on their way when the cell has replied.
_OUTPUT_TIMEOUT_S: Final = 60

for _name in ("papermill", "papermill.translators", "traitlets"):
    # Failures are reported once, by this package; a logger without a handler prints to standard error.
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False


@dataclass(slots=True, kw_only=True)
class Watch:
    """What is known about a run while it goes on.

    Parameters
    ----------
    cwd, environment, private
        As for the kernel.
    cell_timeout_s
        Longest time one cell may take, in seconds.
    on_cell
        Called with the number of the code cell that starts, from 1, and their count.
    """

    cwd: Path
    environment: Mapping[str, str]
    private: Path
    cell_timeout_s: int
    on_cell: Callable[[int, int], None]
    notebook: NotebookNode | None = None
    cell: int | None = None
    exit_status: int | None = None
    lost_template: bool = False
    ready: bool = False
    cell_seconds: float = 0.0
    _started_at: float = 0.0

    def code_cells(self) -> list[NotebookNode]:
        """Return the cells that have code to run."""
        cells = [] if self.notebook is None else self.notebook.cells
        return [cell for cell in cells if cell.cell_type == "code" and cell.source.strip()]

    def cell_starts(self, *, cell: NotebookNode, cell_index: int) -> None:  # noqa: ARG002
        """Note the cell that is about to run."""
        cells = self.code_cells()
        self.ready = True
        self.cell = next(number for number, one in enumerate(cells, start=1) if one is cell)
        self._started_at = perf_counter()
        self.on_cell(self.cell, len(cells))

    def cell_ended(self, *, cell: NotebookNode, cell_index: int, execute_reply: object) -> None:  # noqa: ARG002
        """Note that the cell has run."""
        self.cell_seconds += perf_counter() - self._started_at


class StudyEngine(NBClientEngine):  # type: ignore[misc]
    """Runs a prepared notebook in a kernel of this interpreter."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,  # noqa: ARG003
        *,
        watch: Watch,
        **options: object,  # noqa: ARG003
    ) -> None:
        """Run the cells of `nb_man`, telling `watch`; papermill's other options do not apply."""
        watch.notebook = nb_man.nb
        with started_kernel(cwd=watch.cwd, environment=watch.environment, private=watch.private) as manager:
            _run_cells(nb_man, manager, watch)


def _run_cells(nb_man: NotebookExecutionManager, manager: KernelManager, watch: Watch) -> None:
    client = PapermillNotebookClient(
        nb_man,
        km=manager,
        timeout=watch.cell_timeout_s,
        startup_timeout=_START_TIMEOUT_S,
        iopub_timeout=_OUTPUT_TIMEOUT_S,
        record_timing=False,
        coalesce_streams=True,
        log=logging.getLogger("papermill"),
        on_cell_execute=watch.cell_starts,
        on_cell_executed=watch.cell_ended,
    )
    try:
        client.execute()
    finally:
        watch.exit_status = exit_status(manager)
        watch.lost_template = lost_template(manager)
        if client.kc is not None:
            client.kc.stop_channels()


papermill_engines.register(ENGINE, StudyEngine)
