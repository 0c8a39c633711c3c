"""What the result of a long computation depends on, as one hash: code, arguments, evidence, package versions."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

import pandas as pd

from analysis.errors import ReproductionError
from analysis.evidence import Evidence
from analysis.paths import LOCK, PACKAGE
from analysis.record.frame_tree import Tree, frame_tree, plain_tree
from analysis.record.manifest import file_hash
from analysis.record.source_closure import SourceTree


def stage_inputs(
    function: Callable[..., object], arguments: Mapping[str, object], checksums: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the result of `function` depends on, as a tree for JSON.

    Parameters
    ----------
    function
        A function at the top of a module of this package.
    arguments
        What it is called with.
    checksums
        SHA-256 by evidence file.

    Raises
    ------
    ReproductionError
        For another kind of function, and for an argument that cannot be told apart from others by its content.
    """
    tree = SourceTree(folder=PACKAGE.parent)
    return {
        "function": _checked_name(function),
        "arguments": {name: _argument(value, f"argument {name!r}") for name, value in sorted(arguments.items())},
        "code": tree.hashes(tree.closure([function.__module__])),
        "evidence": dict(checksums),
        "lock": file_hash(LOCK) or "",
        "interpreter": ".".join(map(str, sys.version_info[:3])),
    }


def stage_key(inputs: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the inputs."""
    return sha256(json.dumps(inputs, sort_keys=True).encode("utf-8")).hexdigest()


def _checked_name(function: Callable[..., object]) -> str:
    module, name = function.__module__, function.__qualname__
    if not module.startswith(f"{PACKAGE.name}.") or getattr(sys.modules[module], name, None) is not function:
        raise ReproductionError(
            f"{module}.{name} cannot be a stage: a stage is a function at the top of a module of {PACKAGE.name}, "
            "because its source is part of what tells results apart"
        )
    return f"{module}.{name}"


def _argument(value: object, where: str) -> Tree:
    if isinstance(value, pd.DataFrame):
        return {"table": sha256(json.dumps(frame_tree(value)).encode("utf-8")).hexdigest()}
    if isinstance(value, Evidence):
        return {"evidence": dict(value.checksums)}
    if is_dataclass(value) and not isinstance(value, type):
        content = {one.name: _argument(getattr(value, one.name), f"{where}, {one.name}") for one in fields(value)}
        return {"type": f"{type(value).__module__}.{type(value).__qualname__}", "fields": content}
    if isinstance(value, (tuple, list)):
        kind = "tuple" if isinstance(value, tuple) else "list"
        return {kind: [_argument(item, where) for item in value]}
    if isinstance(value, Mapping):
        return {"dict": [[plain_tree(key, where), _argument(item, where)] for key, item in value.items()]}
    return plain_tree(value, f"{where} of a stage (a stage that draws at random takes `seed`, an integer)")
