"""Starting and ending a template, and telling other processes of this run where it is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from analysis.pipeline.private_folder import PrivateFolder, remove_left_folders
from analysis.settings import plain_kernels

ADDRESS_VARIABLE: Final = "ANALYSIS_WARM_KERNELS"
"""Environment variable with the template's socket, for the processes of one run."""

_GRACE_S: Final = 5.0


def offered() -> Path | None:
    """Return the socket of the template of this run; None when kernels are to be plain."""
    address = os.environ.get(ADDRESS_VARIABLE, "")
    return Path(address) if address and not plain_kernels() else None


@contextmanager
def warm_kernels(environment: Mapping[str, str]) -> Iterator[None]:
    """Offer warm kernels to this process and those it starts, until the block is left.

    Parameters
    ----------
    environment
        As a kernel's, apart from what each kernel has of its own.

    Notes
    -----
    The folders that killed runs left are removed, whatever kernels there will be.

    Nothing is offered outside Linux, when plain kernels are asked for, or when there is a template already.
    """
    remove_left_folders()
    if sys.platform != "linux" or plain_kernels() or os.environ.get(ADDRESS_VARIABLE):
        yield
        return
    folder = PrivateFolder()
    private = folder.path
    try:
        template = _started(private, environment)
        if template is None:
            yield
            return
        os.environ[ADDRESS_VARIABLE] = str(private / "template")
        try:
            yield
        finally:
            os.environ.pop(ADDRESS_VARIABLE, None)
            _end(template)
    finally:
        folder.remove()


def _started(private: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes] | None:
    """Start a template on a socket in `private`; None where the system does not allow it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        try:
            listener.bind(str(private / "template"))  # refused for a path of more than about 100 bytes
            listener.listen(64)
            return subprocess.Popen(  # noqa: S603 - our own file
                [sys.executable, str(Path(__file__).with_name("ipykernel_template.py")), str(listener.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=private,
                env=dict(environment),
                pass_fds=(listener.fileno(),),
                start_new_session=True,
            )
        except OSError:
            return None


def _end(template: subprocess.Popen[bytes]) -> None:
    """Close the template's input, on which it ends its kernels and itself."""
    if template.stdin is not None:
        template.stdin.close()
    try:
        template.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        template.kill()
        template.wait()
