"""Files that are either the old one or the new one, never half of either."""

from __future__ import annotations

import os
from pathlib import Path


def write_bytes(path: Path, content: bytes) -> None:
    """Replace `path` by `content` in one rename; a failure leaves the old file and no temporary one.

    Raises
    ------
    OSError
        When the folder cannot be written or the disk is full.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_text(path: Path, content: str) -> None:
    """Replace `path` by `content` as UTF-8 with line feeds, in one rename."""
    write_bytes(path, content.encode("utf-8"))
