"""A kernel forked by a template, with the methods jupyter_client expects of a started process."""

from __future__ import annotations

import contextlib
import json
import select
import signal
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any, Final

# A template that imports answers within a second; one that does not answer is not waited for.
_ANSWER_TIMEOUT_S: Final = 30.0


class Refused(Exception):
    """The template cannot give this kernel as a plain one would be, or is gone."""


class WarmProcess:
    """Stands for :class:`subprocess.Popen`; the kernel is the template's child, and is spoken of over its connection.

    Parameters
    ----------
    connection
        Connection of this one kernel to its template.
    pid
        The kernel's process id.
    """

    stdin = None
    stdout = None
    stderr = None

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self._connection = connection
        self.pid = pid
        self.returncode: int | None = None
        self.template_died = False

    @classmethod
    def start(
        cls, address: Path, arguments: Sequence[str], *, cwd: str, env: Mapping[str, str], descriptors: Sequence[int]
    ) -> WarmProcess:
        """Ask the template for a kernel.

        Parameters
        ----------
        address
            Socket of the template.
        arguments
            The kernel's arguments, after the name of the launcher.
        cwd, env
            Its working directory and its whole environment.
        descriptors
            Its standard input, output and error.

        Raises
        ------
        Refused
            When there is no template or it refuses.
        """
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        asked = json.dumps({"arguments": list(arguments), "cwd": cwd, "env": dict(env)}).encode() + b"\n"
        try:
            connection.settimeout(_ANSWER_TIMEOUT_S)
            connection.connect(str(address))
            sent = socket.send_fds(connection, [asked], list(descriptors))
            connection.sendall(asked[sent:])
            answer = _line(connection)
        except (OSError, ValueError) as error:
            connection.close()
            raise Refused(str(error)) from error
        if "pid" not in answer:
            connection.close()
            raise Refused(str(answer.get("refused", "no process id")))
        return cls(connection, int(answer["pid"]))

    def poll(self) -> int | None:
        """Return how the kernel ended (negative: by that signal), or None while it runs."""
        self._listen(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the kernel's end and return how it ended.

        Raises
        ------
        subprocess.TimeoutExpired
            When it still runs after `timeout` seconds.
        """
        self._listen(timeout)
        if self.returncode is None:
            raise TimeoutExpired("kernel", timeout or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and its children, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(OSError):  # the template is gone, and the kernel with it
                self._connection.sendall(json.dumps({"signal": int(number)}).encode() + b"\n")

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)

    def _listen(self, timeout: float | None) -> None:
        """Hear what the template says, for at most `timeout` seconds."""
        if self.returncode is not None or not select.select([self._connection], [], [], timeout)[0]:
            return
        try:
            answer = _line(self._connection)
            self.returncode = int(answer["status"])
        except (OSError, ValueError, KeyError):
            self.template_died = True  # its kernels are killed with it
            self.returncode = -int(signal.SIGKILL)
        self._connection.close()


def _line(connection: socket.socket) -> dict[str, Any]:
    """Return the next message; each is small and answers or ends something, so one never follows another unread.

    Raises
    ------
    ValueError
        When the connection ends instead.
    """
    received = b""
    while not received.endswith(b"\n"):
        more = connection.recv(1)
        if not more:
            raise ValueError("the template closed the connection")
        received += more
    message = json.loads(received)
    return message if isinstance(message, dict) else {}
