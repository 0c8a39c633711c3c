"""Python imports this at its start wherever this folder is on PYTHONPATH: no process may reach beyond this machine.

Each process says that it is guarded, and each attempt is refused and told, in the file that ANALYSIS_NETWORK_LOG
names. An audit hook sees what any library does with Python's sockets, and cannot be taken away again. ZeroMQ has
sockets of its own; where those listen is looked at in tests/pipeline/test_kernel_channels.py.
"""

from __future__ import annotations

import json
import os
import socket
import sys

# Event: place of the address among its arguments.
_REACHING = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.bind": 1}
_ASKING = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
_HERE = (None, "", "localhost", "127.0.0.1", "::1", b"localhost", b"127.0.0.1")
_LOG = os.environ.get("ANALYSIS_NETWORK_LOG", "")


def _tell(**fact: object) -> None:
    if not _LOG:
        return
    line = os.open(_LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(line, (json.dumps(fact) + "\n").encode())
    os.close(line)


def _stays_here(event: str, arguments: tuple[object, ...]) -> bool:
    if event in _ASKING:
        return arguments[0] in _HERE
    if getattr(arguments[0], "family", None) == getattr(socket, "AF_UNIX", None):
        return True
    address = arguments[_REACHING[event]]
    return address is None or (isinstance(address, tuple) and address[0] in _HERE)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _REACHING and event not in _ASKING:
        return
    if not _stays_here(event, arguments):
        _tell(attempt=event, arguments=repr(arguments), command=sys.orig_argv)
        raise PermissionError(f"no network in tests: {event} {arguments!r}")


sys.addaudithook(_refuse)
_tell(guarded=sys.orig_argv)
