"""The provisioner: a warm kernel where a template is offered and can give one, a plain kernel otherwise."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import IO, Any, Final

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.pipeline.warm.process import Refused, WarmProcess
from analysis.pipeline.warm.template import offered

NAME: Final = "analysis-warm"
_LAUNCHER: Final = "ipykernel_launcher"
_POLL_S: Final = 0.01


class WarmProvisioner(LocalProvisioner):
    """Forks the kernel from the template; everything after the start is as for a plain kernel."""

    process: Any

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ANN401
        """Launch the kernel and return how to reach it."""
        address = offered()
        if address is None or _LAUNCHER not in cmd:
            return await super().launch_kernel(cmd, **kwargs)
        arguments = cmd[cmd.index(_LAUNCHER) + 1 :]
        try:
            self.process = _forked(address, arguments, kwargs)
        except Refused as why:
            self.log.debug("a plain kernel, because: %s", why)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.process.pid
        self.pgid = None  # signals go through the template, which knows whether the number is still this kernel's
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the kernel's end and return how it ended; looked at ten times as often as for a plain one."""
        while self.process is not None and await self.poll() is None:
            await asyncio.sleep(_POLL_S)
        return await super().wait()


def _forked(address: Path, arguments: list[str], options: Mapping[str, Any]) -> WarmProcess:
    with Path(os.devnull).open("rb") as nothing:
        descriptors = [nothing.fileno(), _descriptor(options.get("stdout"), 1), _descriptor(options.get("stderr"), 2)]
        cwd = str(options.get("cwd") or Path.cwd())
        return WarmProcess.start(address, arguments, cwd=cwd, env=options["env"], descriptors=descriptors)


def _descriptor(stream: int | IO[Any] | None, own: int) -> int:
    """Return the file descriptor of what a process would be started with; None stands for our own."""
    if stream is None:
        return own
    descriptor = stream if isinstance(stream, int) else stream.fileno()
    if descriptor < 0:
        raise Refused("a pipe is asked for")
    return descriptor


def register() -> None:
    """Make the provisioner known to jupyter_client under its name, as an installed entry point would."""
    group = KernelProvisionerFactory.GROUP_NAME
    KernelProvisionerFactory.provisioners[NAME] = EntryPoint(NAME, f"{__name__}:WarmProvisioner", group)
