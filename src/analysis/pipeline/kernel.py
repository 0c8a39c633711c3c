"""One kernel of this very interpreter, reachable from this machine only, with everything of its own in one folder.

It is forked from a template where one is offered (:mod:`analysis.pipeline.warm`), and started from nothing otherwise.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import ipykernel.kernelspec
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager

from analysis.pipeline.warm.provisioner import NAME, register
from analysis.pipeline.warm.template import offered

# Socket names longer than this are refused by the system; the kernel appends '-1' to '-5'.
_LONGEST_SOCKET = 100


class OwnKernelSpec(KernelSpecManager):
    """Gives the kernel of the running interpreter, whatever 'python3' a person has registered elsewhere."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002
        """Return the specification of ipykernel in this environment; `kernel_name` is not looked up."""
        own = ipykernel.kernelspec.get_kernel_dict()
        if offered() is not None:
            register()
            own["metadata"] = {**own.get("metadata", {}), "kernel_provisioner": {"provisioner_name": NAME}}
        return self.kernel_spec_class(resource_dir=ipykernel.kernelspec.RESOURCES, **own)


class OwnKernelManager(KernelManager):
    """Ends a kernel without interrupting it first, on which it would print an error to our standard error."""

    async def _async_interrupt_kernel(self) -> None:
        """Interrupt the kernel, unless it is being ended."""
        if not self.shutting_down:
            await super()._async_interrupt_kernel()


def kernel_manager(private: Path, *, client_class: str) -> KernelManager:
    """Return the manager of a kernel that is not started yet.

    Parameters
    ----------
    private
        Folder only this user can enter; holds the sockets and the connection file.
    client_class
        Full name of the client class: asynchronous for papermill, blocking for nbval.
    """
    manager = OwnKernelManager(
        kernel_name="python3",
        kernel_spec_manager=OwnKernelSpec(),
        client_class=client_class,
        connection_file=str(private / "kernel.json"),
    )
    socket = str(private / "k")
    if os.name == "posix" and len(os.fsencode(socket)) + 2 <= _LONGEST_SOCKET:
        # Ports of kernels started at the same time can collide; names in a folder of one's own cannot.
        manager.transport = "ipc"
        manager.ip = socket
    else:
        manager.ip = "127.0.0.1"  # said, not looked up: the address by which no other machine can reach it
    return manager


@contextmanager
def started_kernel(*, cwd: Path, environment: Mapping[str, str], private: Path) -> Iterator[KernelManager]:
    """Start a kernel and end it at once when the block is left.

    Parameters
    ----------
    cwd
        Working directory of the kernel.
    environment
        Its whole environment.
    private
        As for :func:`kernel_manager`.
    """
    manager = kernel_manager(private, client_class="analysis.pipeline.kernel_client.PromptKernelClient")
    try:
        manager.start_kernel(
            cwd=str(cwd), env=dict(environment), extra_arguments=["--HistoryManager.hist_file=:memory:"]
        )
        yield manager
    finally:
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


def lost_template(manager: KernelManager) -> bool:
    """Return whether a warm kernel ended only because its template did."""
    return bool(getattr(getattr(manager.provisioner, "process", None), "template_died", False))


def exit_status(manager: KernelManager) -> int | None:
    """Return how the kernel's process ended (negative: by that signal), or None while it runs or if unknown."""
    process = getattr(manager.provisioner, "process", None)
    status = None if process is None else process.poll()
    return status if isinstance(status, int) else None
