"""Folders for sockets and settings that only this user can enter, and the end of those that killed runs left."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

PREFIX: Final = "analysis-run-"
_JUST_MADE_S: Final = 60.0
"""A folder as young as this may be held a moment later."""


class PrivateFolder:
    """A new folder that this process holds until it is removed or the process ends."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._held = _held(self.path)

    def remove(self) -> None:
        """Remove the folder with everything in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._held is not None:
            os.close(self._held)
            self._held = None


def remove_left_folders() -> None:
    """Remove the folders of processes that were killed: ours by name and owner, and held by nobody."""
    if os.name != "posix":
        return
    for folder in sorted(Path(tempfile.gettempdir()).glob(f"{PREFIX}*")):
        try:
            facts = folder.lstat()
        except OSError:
            continue  # removed meanwhile by another run
        if facts.st_uid != os.getuid() or folder.is_symlink() or not folder.is_dir():
            continue
        if time.time() - facts.st_mtime < _JUST_MADE_S:
            continue
        held = _held(folder)
        if held is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(held)


def _held(folder: Path) -> int | None:
    """Hold a folder and return the descriptor that does; None where another process does or the system cannot.

    The system lets go of it when the process ends, however it ends.
    """
    try:
        import fcntl

        descriptor = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
