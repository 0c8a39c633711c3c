"""Results of long computations, kept in build/stages/ so that nothing is computed twice for the same inputs."""

from __future__ import annotations

import os
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from time import time
from typing import Any, Final, TypeVar

import pandas as pd

from analysis.errors import ReproductionError
from analysis.paths import PACKAGE
from analysis.record.destination import STAGES_VARIABLE
from analysis.record.frame_tree import frame_from, frame_tree
from analysis.record.kept_results import as_bytes, from_bytes, keep_result, kept_result, result_file
from analysis.reporting.stage_key import stage_inputs, stage_key

Tables = TypeVar("Tables")
"""A DataFrame, or a frozen dataclass whose fields are all DataFrames."""

_STARTED_AT: Final = time()


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
    file = result_file(folder, name=inputs["function"].removeprefix(f"{PACKAGE.name}."), key=key)
    # A kernel goes on with the code it has loaded; the file on disk, and with it the key, may be of another day.
    current = not _edited_since_start(inputs["code"])
    if current and not os.environ.get(STAGES_VARIABLE):
        known = kept_result(file, key=key)
        if known is not None:
            return _restored(kind, known)
    payload = as_bytes(_trees(function(**arguments), kind))
    if current:
        keep_result(file, payload, key=key, title=title, inputs=inputs)
    return _restored(kind, from_bytes(payload))  # by the same way as from the file, so that both are the same


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
        """Return when a file was last changed; infinity for one that cannot be looked at."""
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
