"""When a kernel counts as ready: it has answered, and its broadcasts are heard."""

from __future__ import annotations

import asyncio
from queue import Empty

import pytest

from analysis.pipeline.kernel_client import PromptKernelClient

REPLY = {"msg_type": "kernel_info_reply", "parent_header": {}, "content": {"protocol_version": "5.3"}}


def status(state: str, asked: str) -> dict[str, object]:
    return {"msg_type": "status", "parent_header": {"msg_id": asked}, "content": {"execution_state": state}}


class Channel:
    """Gives what it holds, a silence for None, and silence when nothing is left."""

    def __init__(self, *messages: object) -> None:
        self.messages = list(messages)

    async def get_msg(self, *, timeout: float) -> object:
        await asyncio.sleep(min(timeout, 0.001))
        if not self.messages or (message := self.messages.pop(0)) is None:
            raise Empty
        return message


class Client(PromptKernelClient):
    """A client of a kernel that says what the test gives it."""

    shell_channel = None
    iopub_channel = None

    def __init__(self, shell: Channel, iopub: Channel, *, alive: bool = True) -> None:
        super().__init__()
        self.shell_channel, self.iopub_channel, self.alive, self.asked = shell, iopub, alive, 0

    def kernel_info(self, reply: bool = False, timeout: float | None = None) -> str:  # noqa: ARG002
        self.asked += 1
        return f"request {self.asked}"

    async def is_alive(self) -> bool:
        return self.alive


def test_ready_once_it_says_that_it_is_idle_and_what_it_said_before_is_let_go() -> None:
    iopub = Channel(status("starting", "nobody"), status("busy", "request 1"), status("idle", "request 1"), "the next")
    client = Client(Channel(REPLY), iopub)
    asyncio.run(client.wait_for_ready(timeout=5))
    assert client.asked == 1
    assert iopub.messages == ["the next"]


def test_asked_again_while_its_broadcasts_do_not_arrive() -> None:
    client = Client(Channel(REPLY, REPLY), Channel(None, status("busy", "request 2"), status("idle", "request 2")))
    asyncio.run(client.wait_for_ready(timeout=5))
    assert client.asked == 2


def test_the_idle_of_another_request_is_not_its_own() -> None:
    client = Client(Channel(REPLY, REPLY), Channel(status("idle", "another"), None, status("idle", "request 2")))
    asyncio.run(client.wait_for_ready(timeout=5))
    assert client.asked == 2


def test_a_dead_kernel_and_one_that_says_nothing_are_told_apart() -> None:
    with pytest.raises(RuntimeError, match="died before"):
        asyncio.run(Client(Channel(), Channel(), alive=False).wait_for_ready(timeout=5))
    with pytest.raises(RuntimeError, match=r"respond in 0\.05 seconds"):
        asyncio.run(Client(Channel(), Channel()).wait_for_ready(timeout=0.05))
