"""Kernels for nbval that are the runner's: same environment, trailing semicolons honoured, a dead one noticed at once.

nbval runs cells without history, where a trailing ``;`` does not silence a cell as it does for papermill, and waits for
a killed kernel until the time limit of the cell.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Final

import nbval.plugin
from nbval.kernel import RunningKernel

from analysis.pipeline.environment import kernel_environment
from analysis.pipeline.font_list import make_font_list
from analysis.pipeline.kernel import exit_status, kernel_manager
from analysis.pipeline.private_folder import PrivateFolder
from analysis.pipeline.warm.template import warm_kernels

CELL_TIMEOUT_S: Final = 600.0
_POLL_S: Final = 0.5


class NotebookKernel(RunningKernel):  # type: ignore[misc]
    """A kernel in the runner's environment; outputs go to build/ because no folder is named for them."""

    def __init__(self, kernel_name: str, cwd: str | None = None, startup_timeout: float = 60) -> None:  # noqa: ARG002
        self._folder = PrivateFolder()
        private = self._folder.path
        self.km = kernel_manager(private, client_class="jupyter_client.blocking.BlockingKernelClient")
        environment = kernel_environment(None, private=private)
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            self.km.start_kernel(cwd=cwd, env=environment, stderr=nowhere)
        self.kc = self.km.client()
        self.kc.start_channels()
        try:
            self.kc.wait_for_ready(timeout=startup_timeout)
            self._ensure_iopub_up()
        except RuntimeError:
            self.stop()
            raise

    def execute_cell_input(self, cell_input: str, allow_stdin: bool | None = None) -> str:
        """Run a cell as papermill does, with history, and return the id of the request."""
        request: str = self.kc.execute(cell_input, store_history=True, allow_stdin=allow_stdin, stop_on_error=False)
        return request

    def await_reply(self, msg_id: str, timeout: float | None = None) -> None:
        """Wait for the cell's reply.

        Raises
        ------
        RuntimeError
            When the kernel died.
        queue.Empty
            When the time is up.
        """
        end = monotonic() + (CELL_TIMEOUT_S if timeout is None else timeout)
        while monotonic() < end:
            try:
                message = self.get_message(stream="shell", timeout=_POLL_S)
            except Empty:
                if not self.km.is_alive():
                    status = exit_status(self.km)
                    self.stop()  # nbval stops living kernels only
                    raise RuntimeError(f"the kernel died in this cell (exit status {status})") from None
                continue
            if message["parent_header"].get("msg_id") == msg_id:
                return
        raise Empty

    def stop(self) -> None:
        """End the kernel at once and remove what it left."""
        self.kc.stop_channels()
        if self.km.has_kernel:
            self.km.shutdown_kernel(now=True)
        self.km.cleanup_resources()
        self._folder.remove()
        del self.km


def use_for_nbval() -> None:
    """Let nbval start these kernels."""
    nbval.plugin.RunningKernel = NotebookKernel


def offer_warm_kernels() -> Callable[[], None]:
    """Start the template of this test run and return what ends it; the workers of the run find it by themselves."""
    offer = ExitStack()
    # The folder stands for one that every kernel has of its own; it is never used.
    environment = kernel_environment(None, private=Path(os.devnull))
    make_font_list(environment)
    offer.enter_context(warm_kernels(environment))
    return offer.close
