"""A small repository with one notebook, and runs of it that need no kernel."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from analysis.parameters import Parameter, parse_cell
from analysis.pipeline.result import Failure, Result, RunSpec
from analysis.pipeline.sweep import local
from analysis.pipeline.sweep.progress import SweepProgress
from analysis.pipeline.sweep.request import SweepRequest
from analysis.pipeline.sweep.sweep import SweepReport, sweep
from analysis.record.layout import Layout
from analysis.record.manifest import file_hash
from analysis.record.serialise import as_json

CELL = """\
data: str = ""  # evidence folder
level: float = 0.95  # a number
words: list[str] = []  # words
rates: list[float] = []  # numbers
seed: int = 1  # start of chance
inexact_rows: str = "as bounds"  # one of three
period_end: str = ""  # last day
switch: bool = False  # on or off
ceiling: float | None = None  # highest
weights: dict[str, float] = {}  # by name
remark: str = ""  # any text
"""


@pytest.fixture
def declared() -> dict[str, Parameter]:
    """Return one parameter of each kind, by name."""
    return {parameter.name: parameter for parameter in parse_cell(CELL)}


def estimate(value: float, *, low: float | str | None = None) -> dict[str, object]:
    interval = None if low is None else {"low": low, "high": "inf", "kind": "confidence", "level": 0.9}
    return {
        "quantity": "level, doubled",
        "value": value,
        "unit": "share",
        "interval": interval,
        "method": "typed",
        "n": 3,
        "n_unit": "rows",
        "period": {"start": "2020-01-01", "end": "2020-12-31"},
        "geography": "nowhere",
        "sources": ["s1"],
        "assumptions": [],
    }


class Sweeps:
    """The small repository, and what stands for its kernels: each run 'computes' twice its level."""

    def __init__(self, layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
        self.layout = layout
        self.said = io.StringIO()
        self.ran: list[RunSpec] = []
        self.happens: Callable[[RunSpec], Failure | None] = lambda _: None
        self.order: Callable[[list[RunSpec]], list[RunSpec]] = lambda specs: specs
        (layout.data / "table.csv").write_text("row_id\n", encoding="utf-8")
        monkeypatch.setattr(local, "run_all", self._run_all)

    @property
    def folder(self) -> Path:
        return self.layout.build / "sweeps" / "study"

    def sweep(self, *grid: str, **asked: object) -> SweepReport:
        self.ran.clear()
        return sweep(
            SweepRequest(notebook="study", grid=grid, **asked),  # type: ignore[arg-type]
            self.layout,
            check_evidence=lambda folder: {path.name: file_hash(path) or "" for path in sorted(folder.iterdir())},
            progress=SweepProgress(stream=self.said),
        )

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def _run_all(self, specs: Sequence[RunSpec], **_: object) -> Iterator[Result]:
        for spec in self.order(list(specs)):
            self.ran.append(spec)
            failure = self.happens(spec)
            if failure is None:
                self._compute(spec)
            yield Result(spec=spec, failure=failure, seconds=1.0)

    def _compute(self, spec: RunSpec) -> None:
        spec.output.mkdir(parents=True)
        level = spec.parameters.get("level", 0.95)
        values = {"doubled": estimate(2 * level, low="-inf"), "plain": estimate(level)}  # type: ignore[operator]
        tree = {"notebook": "study", "parameters": spec.parameters, "values": values}
        (spec.output / "values.json").write_text(as_json(tree), encoding="utf-8")
        spec.executed.write_text("{}", encoding="utf-8")


@pytest.fixture
def sweeps(bare, make, monkeypatch: pytest.MonkeyPatch) -> Sweeps:
    """Return the small repository with its notebook `study`."""
    bare.write("study", make(["from analysis.estimate import Period\nprint(level)"], parameters=CELL))
    return Sweeps(bare.layout, monkeypatch)


@pytest.fixture
def rows() -> Callable[[str], list[dict[str, str]]]:
    """Return the reader of a table: one dict a row."""
    import csv

    return lambda text: list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def stored() -> Callable[[Path], dict[str, object]]:
    """Return the reader of a JSON file."""
    return lambda path: json.loads(path.read_bytes())
