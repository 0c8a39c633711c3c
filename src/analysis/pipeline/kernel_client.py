"""The runner's client of a kernel, which goes on as soon as the kernel is ready."""

from __future__ import annotations

from queue import Empty
from time import monotonic
from typing import Any, Final

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel

_ANSWER_S: Final = 1.0
# Until the kernel's broadcasts arrive, what it says is lost; then it is asked again.
_BROADCAST_S: Final = 0.05


class PromptKernelClient(AsyncKernelClient):
    """Waits for what the kernel says when it is ready; the class it extends then waits for a fifth of a second more.

    That one takes a silence for the end of what was said at the start; the kernel says itself when it is idle.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered and its broadcasts arrive.

        Raises
        ------
        RuntimeError
            When the kernel has died, or has not answered within `timeout` seconds.
        """
        deadline = float("inf") if timeout is None else monotonic() + timeout
        while monotonic() < deadline:
            asked = self.kernel_info()
            reply = await _next(self.shell_channel, _ANSWER_S)
            if reply is not None and reply["msg_type"] == "kernel_info_reply" and await self._is_idle_after(asked):
                self._handle_kernel_info_reply(reply)
                return
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
        raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds")

    async def _is_idle_after(self, asked: str) -> bool:
        """Return whether the kernel is heard to be idle again after a request; what it says until then is let go."""
        while (heard := await _next(self.iopub_channel, _BROADCAST_S)) is not None:
            ours = heard["parent_header"].get("msg_id") == asked
            if ours and heard["msg_type"] == "status" and heard["content"]["execution_state"] == "idle":
                return True
        return False


async def _next(channel: AsyncZMQSocketChannel, timeout: float) -> dict[str, Any] | None:
    try:
        return await channel.get_msg(timeout=timeout)
    except Empty:
        return None
