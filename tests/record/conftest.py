"""A record of two figures and three values, published without running anything."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from analysis.record.decision import Decision, ExecutedNotebook, decide
from analysis.record.layout import Layout
from analysis.record.manifest import check_record
from analysis.record.publication import publish, publishing, recover
from analysis.record.run_outputs import NotebookOutputs

EVIDENCE = {"table.csv": "e" * 64}


def value_of(number: float) -> dict[str, object]:
    return {
        "value": number,
        "unit": "share",
        "interval": None,
        "method": "typed",
        "n": 3,
        "n_unit": "rows",
        "sources": ["s1"],
        "quantity": "level",
    }


def figure_of(number: float, *, shade: int = 100, caption: str = "c") -> dict[str, bytes]:
    stream = io.BytesIO()
    Image.new("L", (20, 20), shade).save(stream, "png")
    table = f"level\n{number!r}\n".encode()
    facts = {"caption": caption, "source_data": {"sha256": sha256(table).hexdigest()}}
    return {
        ".csv": table,
        ".json": json.dumps(facts).encode(),
        ".pdf": f"%PDF {number!r}".encode(),
        ".png": stream.getvalue(),
        ".svg": f"<svg>{number!r}</svg>".encode(),
    }


def outputs(notebook: str, values: Mapping[str, float], figures: Mapping[str, dict[str, bytes]]) -> NotebookOutputs:
    return NotebookOutputs(
        notebook=notebook,
        parameters={"seed": 1},
        values={f"{notebook}.{key}": value_of(number) for key, number in values.items()},
        figures=figures,
    )


def executed(layout: Layout, name: str, text: str) -> ExecutedNotebook:
    path = layout.notebooks / f"{name}.ipynb"
    return ExecutedNotebook(
        name=name, content=notebook_bytes(text), source_sha256=sha256(path.read_bytes()).hexdigest()
    )


def notebook_bytes(text: str) -> bytes:
    cell = {
        "cell_type": "code",
        "id": "a",
        "execution_count": 1,
        "metadata": {},
        "source": "x",
        "outputs": [{"output_type": "stream", "name": "stdout", "text": text}],
    }
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


class Record:
    """The record of a small repository."""

    def __init__(self, root: Path) -> None:
        self.layout = Layout(root=root)
        for folder in (self.layout.figures, self.layout.notebooks):
            folder.mkdir(parents=True)
        for name in ("alpha", "beta"):
            (self.layout.notebooks / f"{name}.ipynb").write_bytes(notebook_bytes("one"))

    def alpha(self, number: float = 0.5, **drawn: object) -> NotebookOutputs:
        return outputs("alpha", {"main": number, "second": 2}, {"first-figure": figure_of(number, **drawn)})  # type: ignore[arg-type]

    def beta(self, number: float = 0.25) -> NotebookOutputs:
        return outputs("beta", {"main": number}, {"other-figure": figure_of(number)})

    def decide(self, *ran: NotebookOutputs, texts: Mapping[str, str] | None = None, **options: object) -> Decision:
        done = [executed(self.layout, name, text) for name, text in (texts or {}).items()]
        asked = {"everything": True, "evidence": EVIDENCE, **options}
        return decide(self.layout, manifest=check_record(self.layout), outputs=ran, executed=done, **asked)  # type: ignore[arg-type]

    def publish(self, *ran: NotebookOutputs, **options: object) -> Decision:
        with publishing(self.layout):
            recover(self.layout)
            decision = self.decide(*ran, **options)  # type: ignore[arg-type]
            publish(self.layout, decision)
        return decision

    def files(self) -> dict[str, bytes]:
        folders = (self.layout.figures, self.layout.notebooks)
        return {path.name: path.read_bytes() for folder in folders for path in sorted(folder.iterdir())}


@pytest.fixture
def record(tmp_path: Path) -> Record:
    made = Record(tmp_path / "a repository")
    made.publish(made.alpha(), made.beta())
    return made


@pytest.fixture
def figure() -> Callable[..., dict[str, bytes]]:
    """Return the maker of a figure's five files."""
    return figure_of


@pytest.fixture
def value() -> Callable[[float], dict[str, object]]:
    """Return the maker of one entry of values.json."""
    return value_of
