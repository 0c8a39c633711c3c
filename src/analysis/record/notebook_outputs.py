"""Whether two executed notebooks say the same: cells equal, printed text by tolerance, pictures by pixels."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from analysis.errors import ReproductionError
from analysis.record.images import pictures_agree
from analysis.record.tolerance import Difference, json_differences, shown_apart, texts_agree

_PICTURE = "image/png"


def notebook_differences(old: bytes, new: bytes) -> list[Difference]:
    """Return where two notebook files differ: in cells, in printed text, in pictures.

    Raises
    ------
    ReproductionError
        When one of them is not a notebook.
    """
    one, other = _parsed(old), _parsed(new)
    if [cell.get("source") for cell in one["cells"]] != [cell.get("source") for cell in other["cells"]]:
        return [Difference(where="cells", old="as committed", new="other text or code")]
    found = json_differences(_frame(one), _frame(other))
    for place, (cell, again) in enumerate(zip(one["cells"], other["cells"], strict=True), start=1):
        found += _output_differences(cell.get("outputs", []), again.get("outputs", []), f"cell {place}")
    return found


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        tree: dict[str, Any] = json.loads(content)
        if not isinstance(tree["cells"], list):
            raise TypeError("cells is not a list")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ReproductionError(f"a notebook file cannot be read: {error}") from error
    return tree


def _frame(tree: dict[str, Any]) -> dict[str, Any]:
    """Return everything but sources and outputs."""
    cells = [{name: cell[name] for name in cell if name not in {"outputs", "source"}} for cell in tree["cells"]]
    return {**tree, "cells": cells}


def _output_differences(old: list[Any], new: list[Any], where: str) -> list[Difference]:
    if len(old) != len(new):
        return [Difference(where=f"{where}, number of outputs", old=str(len(old)), new=str(len(new)))]
    found = []
    for place, (one, other) in enumerate(zip(old, new, strict=True), start=1):
        spot = f"{where}, output {place}"
        frames = [{name: output[name] for name in output if name not in {"data", "text"}} for output in (one, other)]
        found += json_differences(*frames, where=spot)
        found += _content_differences(_content(one), _content(other), spot)
    return found


def _content(output: dict[str, Any]) -> dict[str, Any]:
    return {**output.get("data", {}), **({"text": output["text"]} if "text" in output else {})}


def _content_differences(old: dict[str, Any], new: dict[str, Any], where: str) -> list[Difference]:
    if sorted(old) != sorted(new):
        return [Difference(where=f"{where}, kinds", old=", ".join(sorted(old)), new=", ".join(sorted(new)))]
    return [difference for kind in sorted(old) for difference in _one_content(old[kind], new[kind], f"{where}, {kind}")]


def _one_content(old: object, new: object, where: str) -> list[Difference]:
    if old == new:
        return []
    one, other = _joined(old), _joined(new)
    if one is None or other is None:
        return json_differences(old, new, where=where)
    if where.endswith(_PICTURE):
        agree = pictures_agree(_decoded(one), _decoded(other))
        return [] if agree else [Difference(where=where, old="a picture", new="another picture")]
    if texts_agree(one, other):
        return []
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    first = next(((a, b) for a, b in pairs if not texts_agree(a, b)), ("shorter", "longer"))
    stripped = (first[0].strip(), first[1].strip())
    shown = shown_apart(*(stripped if stripped[0] != stripped[1] else map(repr, first)))
    return [Difference(where=where, old=shown[0], new=shown[1])]


def _joined(content: object) -> str | None:
    """Return text that is stored whole or as a list of lines; None for a tree."""
    if isinstance(content, str):
        return content
    if isinstance(content, list) and all(isinstance(line, str) for line in content):
        return "".join(content)
    return None


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except binascii.Error as error:
        raise ReproductionError(f"a picture inside a notebook cannot be read: {error}") from error
