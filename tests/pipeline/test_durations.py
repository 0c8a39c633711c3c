from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.pipeline.durations import keep_durations, longest_first
from analysis.pipeline.result import Failure, FailureKind, Result, RunSpec
from analysis.record.layout import Layout


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    (tmp_path / "notebooks").mkdir()
    for name, size in (("a", 10), ("b", 30), ("c", 20), ("d", 20)):
        (tmp_path / "notebooks" / f"{name}.ipynb").write_bytes(b" " * size)
    return Layout(root=tmp_path)


def order(layout: Layout) -> str:
    return "".join(path.stem for path in longest_first(sorted(layout.notebooks.iterdir()), layout))


def ran(layout: Layout, name: str, seconds: float, failure: Failure | None = None) -> Result:
    spec = RunSpec(notebook=layout.notebooks / f"{name}.ipynb", executed=layout.build / name, output=layout.build)
    return Result(spec=spec, failure=failure, seconds=seconds)


def test_without_a_run_the_larger_file_starts_first_and_the_name_decides_between_equals(layout) -> None:
    assert order(layout) == "bcda"


def test_what_took_longest_starts_first_after_what_never_ran(layout) -> None:
    keep_durations([ran(layout, "a", 9.0), ran(layout, "b", 1.0)], layout)
    assert order(layout) == "cdab"
    keep_durations([ran(layout, "c", 5.0), ran(layout, "d", 10.0)], layout)  # the others are kept
    assert order(layout) == "dacb"


def test_a_notebook_that_failed_says_nothing_of_how_long_it_takes(layout) -> None:
    keep_durations([ran(layout, "a", 9.0), ran(layout, "d", 8.0)], layout)
    keep_durations([ran(layout, "a", 0.1, Failure(kind=FailureKind.RAISED))], layout)
    assert order(layout) == "bcad"


@pytest.mark.parametrize("text", ["", "[1]", '{"a": "x"}', '{"a": {}}', "[" * 100_000], ids=lambda text: text[:9])
def test_a_file_that_cannot_be_read_costs_only_the_order(layout, text: str) -> None:
    layout.build.mkdir()
    (layout.build / "durations.json").write_text(text)
    assert order(layout) == "bcda"
    keep_durations([ran(layout, "a", 9.0)], layout)
    assert json.loads((layout.build / "durations.json").read_text()) == {"a": 9.0}


def test_a_folder_that_cannot_be_written_costs_only_the_order(layout) -> None:
    layout.build.write_text("in the way")
    keep_durations([ran(layout, "a", 9.0)], layout)
    assert order(layout) == "bcda"
