"""The template: imports what every study imports, then forks a kernel for whoever asks on its socket.

Run as a file, never imported by the package, and imports nothing of `analysis` itself: what it has imported, every
kernel has. It ends when its standard input is closed, and its kernels with it.

One connection is one kernel. The client sends a line of JSON (`arguments`, `cwd`, `env`) with three file descriptors,
and gets a line with the kernel's `pid`, or with why it was `refused`. A line with a `signal` is passed on to the
kernel's process group. When the kernel has ended, a line with its `status` follows; when the client closes the
connection first, the kernel is killed.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import random
import runpy
import selectors
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NoReturn

# What all notebooks have imported when they end, by the modules that bring in the rest; in the order of first use.
MODULES: Final = (
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "numpy",
    "pandas",
    "IPython.display",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "PIL.PngImagePlugin",
    "scipy.special",
    "scipy.optimize",
    "scipy.stats",
    "fontTools.subset",
    "fontTools.ttLib.tables",
)
STUDIED: Final = "analysis"
# Beginnings of names that may differ between the template and a kernel: nothing reads them while it is imported.
PER_KERNEL: Final = ("ANALYSIS_", "COLUMNS", "IPYTHONDIR", "LINES", "PYTEST_")
LAUNCHER: Final = "ipykernel_launcher"

_REQUEST_TIMEOUT_S: Final = 10.0
_PR_SET_PDEATHSIG: Final = 1


class Request:
    """One kernel that is asked for, and its connection."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.descriptors: list[int] = []
        self.arguments: list[str] = []
        self.cwd = ""
        self.env: dict[str, str] = {}

    def read(self) -> None:
        """Receive the request; raises ValueError or OSError when it is none."""
        self.connection.settimeout(_REQUEST_TIMEOUT_S)
        received, self.descriptors, _, _ = socket.recv_fds(self.connection, 1 << 16, 3)
        while not received.endswith(b"\n"):
            more = self.connection.recv(1 << 16)
            if not more:
                raise ValueError("the request broke off")
            received += more
        asked = json.loads(received)
        self.arguments, self.cwd, self.env = list(asked["arguments"]), asked["cwd"], dict(asked["env"])

    def close(self) -> None:
        """Close what came with it."""
        for descriptor in self.descriptors:
            os.close(descriptor)
        self.connection.close()


class Template:
    """Waits for requests, signals and the end of kernels; imports while there is nothing to do."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.own = dict(os.environ)
        self.pids: dict[socket.socket, int] = {}
        self.selector = selectors.DefaultSelector()
        woken, wakes = socket.socketpair()
        for end in (woken, wakes):
            end.setblocking(False)
        self.wakeup = (woken, wakes)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes our input
        signal.signal(signal.SIGCHLD, _noted)
        signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
        self.selector.register(listener, selectors.EVENT_READ)
        self.selector.register(woken, selectors.EVENT_READ)
        self.selector.register(sys.stdin.fileno(), selectors.EVENT_READ)

    def serve(self) -> Request:
        """Return in each kernel, with the request it was forked for; in the template itself never."""
        waiting = list(MODULES)
        while True:
            events = self.selector.select(0 if waiting else None)
            if not events:
                self._import(waiting.pop(0), last=not waiting)
            for key, _ in events:
                if key.fileobj is self.listener:
                    request = self._accept()
                    if request is not None:
                        return request
                elif key.fileobj is self.wakeup[0]:
                    self._reap()
                elif isinstance(key.fileobj, socket.socket):
                    self._hear(key.fileobj)
                else:  # standard input has nothing to say: it was closed
                    self._end()

    def _import(self, module: str, *, last: bool) -> None:
        with contextlib.suppress(ImportError):  # the cell that needs it will say so
            importlib.import_module(module)
        if last:
            gc.collect()
            gc.freeze()  # the garbage collector of a kernel need not copy what all share

    def _accept(self) -> Request | None:
        """Fork the kernel that is asked for; return its request in the kernel, None in the template."""
        connection, _ = self.listener.accept()
        request = Request(connection)
        try:
            request.read()
            why = self._refusal(request)
            if why:
                _say(connection, {"refused": why})
                request.close()
                return None
            pid = os.fork()
        except (OSError, ValueError, KeyError, TypeError):
            request.close()
            return None
        if pid == 0:
            self._leave_to_parent()
            return request
        for descriptor in request.descriptors:
            os.close(descriptor)
        connection.setblocking(False)
        self.pids[connection] = pid
        self.selector.register(connection, selectors.EVENT_READ)
        _say(connection, {"pid": pid})
        return None

    def _refusal(self, request: Request) -> str:
        """Return why this kernel would differ from a plain one; empty when it would not."""
        own, asked = _kept(self.own), _kept(request.env)
        differing = [name for name in sorted({**own, **asked}) if own.get(name) != asked.get(name)]
        if differing:
            return f"another {differing[0]} in the environment"
        if STUDIED in sys.modules:
            return f"{STUDIED} is imported"
        if len(list(Path("/proc/self/task").iterdir())) > 1:
            return "threads are running"
        # A plain kernel would find these first, or read this file of settings.
        found = {path.name.partition(".")[0] for path in Path(request.cwd).iterdir()}
        shadowing = sorted(found & {"matplotlibrc", *(name for name in sys.modules if "." not in name)})
        return f"the kernel's folder has {shadowing[0]}" if shadowing else ""

    def _leave_to_parent(self) -> None:
        """Close, in a kernel, what belongs to the template."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.selector.close()
        for one in (self.listener, *self.wakeup, *self.pids):
            one.close()

    def _reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self.wakeup[0].recv(1 << 10)
        for connection, pid in list(self.pids.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                _say(connection, {"status": os.waitstatus_to_exitcode(status)})
                self._forget(connection)

    def _forget(self, connection: socket.socket) -> None:
        self.selector.unregister(connection)
        del self.pids[connection]
        connection.close()

    def _hear(self, connection: socket.socket) -> None:
        """Pass a signal on; kill the kernel when nobody is left at the other end."""
        pid = self.pids.get(connection)
        if pid is None:  # ended and forgotten a moment ago
            return
        try:
            heard = connection.recv(1 << 10)
        except BlockingIOError:
            return
        except OSError:
            heard = b""
        if not heard:
            _signal(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            self._forget(connection)
            return
        for line in heard.splitlines():
            _signal(pid, json.loads(line)["signal"])

    def _end(self) -> NoReturn:
        for pid in self.pids.values():
            _signal(pid, signal.SIGKILL)
        for pid in self.pids.values():
            os.waitpid(pid, 0)
        os._exit(0)


def become_kernel(request: Request, *, template: int) -> None:
    """Turn this copy of the template into the kernel that was asked for, and run it to its end."""
    import setproctitle

    command = [sys.executable, "-m", LAUNCHER, *request.arguments]
    setproctitle.setproctitle(" ".join(command))  # before the environment moves: it looks for it where it began
    os.setsid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != template:
        os._exit(1)  # it died before we asked to be told
    for descriptor, standard in zip(request.descriptors, (0, 1, 2), strict=True):
        os.dup2(descriptor, standard)
    request.close()
    os.chdir(request.cwd)
    os.environ.clear()
    os.environ.update(request.env, JPY_PARENT_PID=str(template))
    sys.path_importer_cache.clear()
    importlib.invalidate_caches()
    sys.path.insert(0, request.cwd)  # as after `python -m`; the launcher takes it out
    _reseed()
    sys.orig_argv[:] = command
    sys.argv[:] = [LAUNCHER, *request.arguments, f"--IPKernelApp.parent_handle={template}"]
    runpy.run_module(LAUNCHER, run_name="__main__", alter_sys=True)


def _reseed() -> None:
    """Give this process random numbers of its own, as a process started from nothing has."""
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


def _kept(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if not name.startswith(PER_KERNEL)}


def _say(connection: socket.socket, message: Mapping[str, Any]) -> None:
    with contextlib.suppress(OSError):  # whoever asked may have left
        connection.sendall(json.dumps(message).encode() + b"\n")


def _signal(pid: int, number: int) -> None:
    """Send a signal to a kernel that was not reaped yet, and to its own children."""
    try:
        os.killpg(pid, number)
    except OSError:  # it has not made its session yet
        with contextlib.suppress(OSError):
            os.kill(pid, number)


def _noted(number: int, frame: object) -> None:
    """Let the wake-up descriptor tell; a handler must be there for it to be written."""


def main() -> None:
    """Serve on the listening socket whose file descriptor is the first argument."""
    if Path(sys.path[0]).resolve() == Path(__file__).resolve().parent:
        del sys.path[0]  # no module of this folder may hide one of a library
    template = os.getpid()
    request = Template(socket.socket(fileno=int(sys.argv[1]))).serve()
    become_kernel(request, template=template)


if __name__ == "__main__":
    main()
