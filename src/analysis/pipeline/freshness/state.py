"""What is known of the last run of each notebook, one file a notebook in build/up-to-date/.

Each is written whole or not at all, and only while its writer may publish, so that it always speaks of the outputs
that are there. What cannot be read means that the notebook has to run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

from analysis.record.atomic import write_text
from analysis.record.layout import Layout

Parts: TypeAlias = Mapping[str, Mapping[str, str]]
"""Hash by name, by part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the outputs of a notebook were made from, and what they were.

    Parameters
    ----------
    inputs
        Hashes by name, by part, of what the outputs follow from.
    outputs
        Hash by output.
    listing
        Hash of the names of all files of the package.
    """

    inputs: Parts
    outputs: Mapping[str, str]
    listing: str


def state_file(layout: Layout, notebook: str) -> Path:
    """Return the file with what is known of the last run of `notebook`."""
    return layout.build / "up-to-date" / f"{notebook}.json"


def read_state(layout: Layout, notebook: str) -> State | None:
    """Return what is known of the last run of `notebook`; None when nothing is, or nothing that can be read."""
    try:
        tree = json.loads(state_file(layout, notebook).read_bytes())
        inputs, outputs, listing = tree["inputs"], tree["outputs"], tree["listing"]
        if isinstance(listing, str) and all(_is_table(table) for table in (outputs, *inputs.values())):
            return State(inputs=inputs, outputs=outputs, listing=listing)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return None


def write_state(layout: Layout, notebook: str, state: State) -> None:
    """Keep what is known of the run of `notebook` that has just been published; the caller may publish.

    A folder that cannot be written only means that the notebook runs again.
    """
    path = state_file(layout, notebook)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, json.dumps(asdict(state), indent=1, sort_keys=True) + "\n")
    except OSError:
        return


def _is_table(found: object) -> bool:
    return isinstance(found, dict) and all(isinstance(value, str) for value in found.values())
