"""What a run says about the record: which figures, values and notebooks agree with it, and which do not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from analysis.errors import ReproductionError
from analysis.record.images import PIXELS_ALLOWED, pixels_apart
from analysis.record.notebook_outputs import notebook_differences
from analysis.record.tolerance import RELATIVE, Difference, csv_differences, json_differences

_FIGURE: Final = "figure"
_VALUE: Final = "value"
_NOTEBOOK: Final = "notebook"


class Outcome(StrEnum):
    """How one output of a run stands to the record."""

    IDENTICAL = "identical"
    AGREES = "agrees; not bit-identical on this machine"
    CHANGED = "changed"
    NEW = "new"
    GONE = "no longer made"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One output of a run beside the record.

    Parameters
    ----------
    kind, name
        'figure', 'value' or 'notebook', and which.
    outcome
        How it stands to the record.
    differences
        Every place where it differs; empty unless it changed.
    """

    kind: str
    name: str
    outcome: Outcome
    differences: tuple[Difference, ...] = ()


def compare_figure(name: str, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Verdict:
    """Compare one figure, given as bytes by ending; it agrees as a whole or not at all.

    PDF and SVG are judged with the PNG and the numbers drawn: both hold coordinates to the last digit, and
    identifiers computed from them, so that their text differs between machines that draw the same picture.
    """
    if not old:
        return Verdict(kind=_FIGURE, name=name, outcome=Outcome.NEW)
    if not new:
        return Verdict(kind=_FIGURE, name=name, outcome=Outcome.GONE)
    if dict(old) == dict(new):
        return Verdict(kind=_FIGURE, name=name, outcome=Outcome.IDENTICAL)
    if sorted(old) != sorted(new):
        found = [Difference(where="files", old=", ".join(sorted(old)), new=", ".join(sorted(new)))]
    else:
        found = [*_numbers_drawn(old, new), *_facts(old, new), *_pictures(old, new)]
    return _judged(_FIGURE, name, found)


def _numbers_drawn(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[Difference]:
    return csv_differences(*(files.get(".csv", b"").decode("utf-8") for files in (old, new)))


def _facts(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[Difference]:
    return json_differences(*(_without_own_hashes(files) for files in (old, new)))


def _without_own_hashes(files: Mapping[str, bytes]) -> object:
    """Return the figure's JSON with hashes of the figure's own files named instead: they agree when the files do."""
    own = {sha256(content).hexdigest(): f"hash of the figure's {ending}" for ending, content in files.items()}
    text = files.get(".json", b"null").decode("utf-8")
    for value, name in own.items():
        text = text.replace(f'"{value}"', json.dumps(name))
    return json.loads(text)


def _pictures(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[Difference]:
    if ".png" not in old or old[".png"] == new[".png"]:
        return []
    apart = pixels_apart(old[".png"], new[".png"])
    if apart <= PIXELS_ALLOWED:
        return []
    return [Difference(where="picture", old="as committed", new=f"{apart} pixels differ")]


def compare_value(key: str, old: Any | None, new: Any | None, *, relative: float = RELATIVE) -> Verdict:  # noqa: ANN401
    """Compare one value of values.json, given as its JSON tree; None where there is none.

    Parameters
    ----------
    key
        The value's full key.
    old, new
        The record's tree and the run's.
    relative
        The largest relative difference at which its numbers agree.
    """
    if old is None:
        return Verdict(kind=_VALUE, name=key, outcome=Outcome.NEW)
    if new is None:
        return Verdict(kind=_VALUE, name=key, outcome=Outcome.GONE)
    if old == new:
        return Verdict(kind=_VALUE, name=key, outcome=Outcome.IDENTICAL)
    return _judged(_VALUE, key, json_differences(old, new, relative=relative))


def compare_notebook(name: str, old: bytes, new: bytes) -> Verdict:
    """Compare a committed notebook with its executed copy."""
    if old == new:
        return Verdict(kind=_NOTEBOOK, name=name, outcome=Outcome.IDENTICAL)
    return _judged(_NOTEBOOK, name, notebook_differences(old, new))


def _judged(kind: str, name: str, differences: list[Difference]) -> Verdict:
    outcome = Outcome.CHANGED if differences else Outcome.AGREES
    return Verdict(kind=kind, name=name, outcome=outcome, differences=tuple(differences))


def committed_values(content: bytes | None) -> dict[str, Any]:
    """Return the tree of a committed values.json; an empty one when there is none.

    Raises
    ------
    ReproductionError
        When it is not what this package writes.
    """
    if content is None:
        return {"parameters": {}, "values": {}, "tolerances": {}}
    try:
        tree = json.loads(content)
        tolerances = {key: float(relative) for key, relative in tree.get("tolerances", {}).items()}
        return {"parameters": dict(tree["parameters"]), "values": dict(tree["values"]), "tolerances": tolerances}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReproductionError(f"figures/values.json cannot be read: {error}") from error
