"""Results of long computations, kept in build/stages/ so that nothing is computed twice for the same inputs.

A result is one file, named after the function and the hash of its inputs. Its first line says what it was made from
and the hash of the rest; the rest is JSON. It is read only when every byte is as it was written, so that a file cut
short, changed by hand or of another version counts as none.
"""

from __future__ import annotations

import json
import os
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Any, Final, TypeVar

import pandas as pd

from analysis.errors import ReproductionError
from analysis.paths import PACKAGE
from analysis.record.atomic import write_bytes
from analysis.record.destination import STAGES_VARIABLE
from analysis.record.frame_tree import frame_from, frame_tree
from analysis.reporting.stage_key import stage_inputs, stage_key

Tables = TypeVar("Tables")
"""A DataFrame, or a frozen dataclass whose fields are all DataFrames."""

MOST_RESULTS: Final = 100
"""So many results of one function are kept, the ones used last."""
MOST_BYTES: Final = 256 * 1024 * 1024
"""And so many bytes of them; the newest result is kept whatever its size."""

_STARTED_AT: Final = time()
_HASH_SHOWN: Final = 16


def stage_result(
    function: Callable[..., Tables],
    arguments: Mapping[str, object],
    *,
    folder: Path,
    checksums: Mapping[str, str],
    title: str = "",
) -> Tables:
    """Return ``function(**arguments)``, read from `folder` when it was computed before from the same inputs.

    Parameters
    ----------
    function
        As for :meth:`analysis.reporting.study.Study.stage`.
    arguments
        What it is called with.
    folder
        Where results are kept; a folder that cannot be written only means that nothing is kept.
    checksums
        SHA-256 by evidence file.
    title
        What the result is, for people who look into the file.

    Raises
    ------
    ReproductionError
        For a function or an argument that a stage cannot have, and for a result that has no exact text.
    """
    inputs = stage_inputs(function, arguments, checksums)
    kind = _result_kind(function)
    key = stage_key(inputs)
    name = inputs["function"].removeprefix(f"{PACKAGE.name}.")
    file = folder / f"{name}-{key[:_HASH_SHOWN]}.json"
    # A kernel goes on with the code it has loaded; the file on disk, and with it the key, may be of another day.
    current = not _edited_since_start(inputs["code"])
    if current and not os.environ.get(STAGES_VARIABLE):
        known = _read(file, key)
        if known is not None:
            return _restored(kind, known)
    payload = json.dumps(_trees(function(**arguments), kind)).encode("utf-8")
    if current:
        head = {"key": key, "title": title, "inputs": inputs, "sha256": sha256(payload).hexdigest()}
        _keep(file, json.dumps(head).encode("utf-8") + b"\n" + payload, name=name)
    return _restored(kind, json.loads(payload))  # by the same way as from the file, so that both are the same


def _result_kind(function: Callable[..., Tables]) -> type[Tables]:
    """Return the type a function says that it returns."""
    stated = {"__annotations__": {"return": function.__annotations__.get("return")}, "__module__": function.__module__}
    kind = typing.get_type_hints(type("Stated", (), stated))["return"]  # those of its arguments may not be imported
    if kind is pd.DataFrame:
        return typing.cast("type[Tables]", kind)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        if all(hints[one.name] is pd.DataFrame for one in fields(kind)):
            return typing.cast("type[Tables]", kind)
    raise ReproductionError(
        f"{function.__module__}.{function.__qualname__} cannot be a stage: it must be annotated to return a DataFrame, "
        "or a dataclass of nothing but DataFrames"
    )


def _edited_since_start(code: Mapping[str, str]) -> bool:
    def changed_at(file: str) -> float:
        try:
            return (PACKAGE.parent / file).stat().st_mtime
        except OSError:
            return float("inf")

    return any(changed_at(file) > _STARTED_AT for file in code)


def _trees(result: object, kind: type[Any]) -> dict[str, Any]:
    if not isinstance(result, kind):
        raise ReproductionError(f"a stage that should return {kind.__name__} returned {type(result).__name__}")
    if isinstance(result, pd.DataFrame):
        return {"": frame_tree(result)}
    return {one.name: frame_tree(getattr(result, one.name)) for one in fields(kind)}


def _restored(kind: type[Tables], trees: Mapping[str, Any]) -> Tables:
    frames = {name: frame_from(tree) for name, tree in trees.items()}
    return typing.cast("Tables", frames[""]) if issubclass(kind, pd.DataFrame) else kind(**frames)


def _read(file: Path, key: str) -> dict[str, Any] | None:
    """Return the trees of a kept result; None when there is none that is whole."""
    try:
        head, _, payload = file.read_bytes().partition(b"\n")
        stated = json.loads(head)
        if (stated["key"], stated["sha256"]) != (key, sha256(payload).hexdigest()):
            return None
        os.utime(file)  # what was used last is kept longest
        trees: dict[str, Any] = json.loads(payload)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return trees


def _keep(file: Path, content: bytes, *, name: str) -> None:
    """Write the result and remove the oldest ones of this function beyond the limits."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(file, content)
        length = len(name) + 1 + _HASH_SHOWN
        known = [path for path in file.parent.glob(f"{name}-*.json") if len(path.stem) == length and path != file]
        states = sorted(((path.stat().st_mtime, path.stat().st_size, path) for path in known), reverse=True)
        total = len(content)
        for number, (_, size, path) in enumerate(states, start=1):
            total += size
            if number >= MOST_RESULTS or total > MOST_BYTES:
                path.unlink(missing_ok=True)
    except OSError:
        return  # the result is at hand all the same; the next run computes it again
