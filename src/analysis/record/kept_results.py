"""Results of long computations as files that are read only when every byte is as it was written.

The first line of a file says what the result was made from and the hash of the rest; the rest is JSON. A file cut
short, changed by hand or written for other inputs counts as none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from analysis.record.atomic import write_bytes

MOST_RESULTS: Final = 100
"""So many results of one name are kept, the ones used last."""
MOST_BYTES: Final = 256 * 1024 * 1024
"""And so many bytes of them; the newest result is kept whatever its size."""

_HASH_SHOWN: Final = 16


def result_file(folder: Path, *, name: str, key: str) -> Path:
    """Return the file of the result `name` made from inputs whose hash is `key`."""
    return folder / f"{name}-{key[:_HASH_SHOWN]}.json"


def as_bytes(trees: Mapping[str, Any]) -> bytes:
    """Return a result as it is kept."""
    return json.dumps(trees).encode("utf-8")


def from_bytes(payload: bytes) -> dict[str, Any]:
    """Return the result that :func:`as_bytes` made `payload` from."""
    trees: dict[str, Any] = json.loads(payload)
    return trees


def kept_result(file: Path, *, key: str) -> dict[str, Any] | None:
    """Return the result in `file`; None when there is none that is whole and of these inputs."""
    try:
        head, _, payload = file.read_bytes().partition(b"\n")
        stated = json.loads(head)
        if (stated["key"], stated["sha256"]) != (key, sha256(payload).hexdigest()):
            return None
        os.utime(file)  # what was used last is kept longest
        return from_bytes(payload)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def keep_result(file: Path, payload: bytes, *, key: str, **facts: object) -> None:
    """Write a result, and remove the oldest ones of the same name beyond the limits.

    Parameters
    ----------
    file
        As :func:`result_file` names it. A folder that cannot be written only means that nothing is kept.
    payload
        The result.
    key
        Hash of its inputs.
    **facts
        What it is and what it was made from, for people who look into the file.
    """
    head = json.dumps({"key": key, **facts, "sha256": sha256(payload).hexdigest()})
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(file, head.encode("utf-8") + b"\n" + payload)
        _remove_oldest(file)
    except OSError:
        return  # the result is at hand all the same; the next run computes it again


def _remove_oldest(newest: Path) -> None:
    name = newest.stem[:-_HASH_SHOWN]
    known = [path for path in newest.parent.glob(f"{name}*.json") if len(path.stem) == len(newest.stem)]
    states = sorted(((path.stat().st_mtime, path) for path in known if path != newest), reverse=True)
    total = newest.stat().st_size
    for number, (_, path) in enumerate(states, start=1):
        total += path.stat().st_size
        if number >= MOST_RESULTS or total > MOST_BYTES:
            path.unlink(missing_ok=True)
