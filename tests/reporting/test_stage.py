"""Stages are functions of a small package made for each test; only counting its calls tells what was computed."""

from __future__ import annotations

import json
import os
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis.errors import ReproductionError
from analysis.evidence import load_evidence
from analysis.record import kept_results
from analysis.record.destination import STAGES_VARIABLE
from analysis.reporting import stage, stage_key
from analysis.reporting.stage import stage_result

MADE = """
from dataclasses import dataclass
import numpy as np
import pandas as pd
from analysis.beside import FACTOR

calls = []

@dataclass(frozen=True)
class Two:
    one: pd.DataFrame
    other: pd.DataFrame

def drawn(*, runs: int, seed: int) -> pd.DataFrame:
    calls.append(runs)
    rng = np.random.default_rng(seed)
    return pd.DataFrame({"share": rng.random(runs) * FACTOR, "run": pd.Categorical(["a"] * runs)})

def scaled(*, frame: pd.DataFrame, by: float = 2) -> pd.DataFrame:
    calls.append(by)
    return frame * by

def two() -> Two:
    calls.append("two")
    return Two(one=pd.DataFrame({"a": [1.5]}), other=pd.DataFrame({"b": ["x"]}))

def sized(*, count: int) -> pd.DataFrame:
    return pd.DataFrame({"n": [count]})

def any_argument(*, value: object) -> pd.DataFrame:
    calls.append("any")
    return pd.DataFrame({"n": [1]})

def unsaid(*, runs):
    return pd.DataFrame()

def wrong() -> pd.DataFrame:
    return 5

def outer() -> object:
    def inner() -> pd.DataFrame:
        return pd.DataFrame()
    return inner
"""


class Stages:
    """The small package, and how a notebook would call it."""

    def __init__(self, package: Path, folder: Path) -> None:
        self.package, self.folder = package, folder
        self.checksums = {"table.csv": "e" * 64}
        self.module: ModuleType = self.loaded()

    def loaded(self) -> ModuleType:
        spec = spec_from_file_location("analysis.made", self.package / "made.py")
        assert spec is not None
        assert spec.loader is not None
        self.module = sys.modules["analysis.made"] = module_from_spec(spec)
        spec.loader.exec_module(self.module)
        return self.module

    def __call__(self, name: str, **arguments: object):
        function = getattr(self.module, name)
        return stage_result(function, arguments, folder=self.folder, checksums=self.checksums, title="a title")

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*"))

    @property
    def calls(self) -> list[object]:
        return self.module.calls


@pytest.fixture
def stages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stages:
    package = tmp_path / "analysis"
    package.mkdir()
    for name, text in (("__init__", ""), ("made", MADE), ("beside", "FACTOR = 1\n"), ("unrelated", "")):
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    beside = ModuleType("analysis.beside")
    beside.FACTOR = 1  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "analysis.beside", beside)
    monkeypatch.setitem(sys.modules, "analysis.made", beside)  # put back as it was, which is not there
    for module in (stage, stage_key):
        monkeypatch.setattr(module, "PACKAGE", package)
    monkeypatch.setattr(stage, "_STARTED_AT", float("inf"))
    monkeypatch.delenv(STAGES_VARIABLE, raising=False)
    return Stages(package, tmp_path / "build" / "stages")


def test_what_is_read_is_what_was_computed_to_the_last_bit(stages: Stages) -> None:
    computed = stages("drawn", runs=50, seed=7)
    read = stages("drawn", runs=50, seed=7)
    assert stages.calls == [50]
    assert_frame_equal(computed, read, check_exact=True)
    assert computed["share"].to_numpy().tobytes() == read["share"].to_numpy().tobytes()
    assert str(read["run"].dtype) == "category"
    read.loc[0, "share"] = 9.0  # a copy of one's own
    assert stages("drawn", runs=50, seed=7).loc[0, "share"] != 9.0


def test_other_arguments_are_other_results(stages: Stages) -> None:
    stages("drawn", runs=5, seed=7)
    stages("drawn", runs=5, seed=8)
    stages("drawn", runs=6, seed=7)
    stages("drawn", runs=5, seed=7)
    assert stages.calls == [5, 5, 6]
    assert len(stages.files) == 3
    assert stages.files[0].name.startswith("made.drawn-")


@pytest.mark.parametrize("values", [(1, 1.0), (1, True), ([1], (1,)), ("1", 1), (None, ""), ({"a": 1}, {"a": 2})])
def test_values_that_look_alike_are_told_apart(stages: Stages, values: tuple[object, object]) -> None:
    for value in values:
        stages("any_argument", value=value)
    assert stages.calls == ["any", "any"]


def test_a_table_counts_by_its_content(stages: Stages) -> None:
    frame = pd.DataFrame({"a": [1.0, 2.0]})
    assert stages("scaled", frame=frame)["a"].tolist() == [2.0, 4.0]
    stages("scaled", frame=frame.copy())
    assert stages.calls == [2]
    stages("scaled", frame=frame.astype("float32"))
    stages("scaled", frame=frame.iloc[::-1])
    assert stages.calls == [2, 2, 2]


def test_the_evidence_counts_by_its_hashes(stages: Stages) -> None:
    stages("any_argument", value=load_evidence())
    stages("any_argument", value=load_evidence())
    assert stages.calls == ["any"]
    stages.checksums = {"table.csv": "f" * 64}
    stages("any_argument", value=load_evidence())
    assert stages.calls == ["any", "any"]


@pytest.mark.parametrize(("file", "times"), [("made", 2), ("beside", 2), ("unrelated", 1)])
def test_only_source_it_depends_on_counts(stages: Stages, file: str, times: int) -> None:
    stages("drawn", runs=3, seed=1)
    with (stages.package / f"{file}.py").open("a", encoding="utf-8") as stream:
        stream.write("# another line\n")
    calls = stages.calls
    stages("drawn", runs=3, seed=1)
    assert calls == [3] * times


def test_code_edited_after_the_kernel_started_neither_reads_nor_leaves_a_result(stages: Stages, monkeypatch) -> None:
    monkeypatch.setattr(stage, "_STARTED_AT", 0.0)
    stages("drawn", runs=3, seed=1)
    stages("drawn", runs=3, seed=1)
    assert stages.calls == [3, 3]
    assert stages.files == []


def test_verify_computes_anew_and_leaves_the_same_file(stages: Stages, monkeypatch) -> None:
    stages("drawn", runs=3, seed=1)
    before = [path.read_bytes() for path in stages.files]
    monkeypatch.setenv(STAGES_VARIABLE, "1")
    stages("drawn", runs=3, seed=1)
    assert stages.calls == [3, 3]
    assert [path.read_bytes() for path in stages.files] == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-5],
        lambda content: content[: content.index(b"\n")],
        lambda content: content.replace(b"0.", b"1.", 1),
        lambda _: b"",
        lambda _: b"[]\n{}",
        lambda _: b"\xff\xfe" * 100,
        lambda content: b'{"key": 1}\n' + content.partition(b"\n")[2],
    ],
    ids=["cut short", "head only", "a digit changed", "empty", "another tree", "no text", "another head"],
)
def test_a_damaged_file_is_as_good_as_none(stages: Stages, damage) -> None:
    computed = stages("drawn", runs=3, seed=1)
    (file,) = stages.files
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert_frame_equal(stages("drawn", runs=3, seed=1), computed, check_exact=True)
    assert stages.calls == [3, 3]
    assert file.read_bytes() == whole


def test_a_dataclass_of_tables_comes_back(stages: Stages) -> None:
    computed, read = stages("two"), stages("two")
    assert stages.calls == ["two"]
    for made in (computed, read):
        assert type(made) is stages.module.Two
        assert made.one["a"].tolist() == [1.5]
        assert made.other["b"].tolist() == ["x"]


def test_the_file_says_what_it_was_made_from(stages: Stages) -> None:
    stages("drawn", runs=3, seed=1)
    (file,) = stages.files
    head = json.loads(file.read_bytes().partition(b"\n")[0])
    assert head["title"] == "a title"
    assert head["inputs"]["arguments"] == {"runs": 3, "seed": 1}
    assert sorted(head["inputs"]["code"]) == ["analysis/__init__.py", "analysis/beside.py", "analysis/made.py"]


def test_the_results_used_last_are_kept(stages: Stages, monkeypatch) -> None:
    monkeypatch.setattr(kept_results, "MOST_RESULTS", 3)
    for count in range(3):
        stages("sized", count=count)
        (newest,) = [path for path in stages.files if path.stat().st_mtime > 1e9]
        os.utime(newest, (1000 + count, 1000 + count))
    stages("two")  # of another function
    stages("sized", count=0)  # read, so it is the one used last
    stages("sized", count=3)
    kept = [json.loads(path.read_bytes().partition(b"\n")[0])["inputs"]["arguments"] for path in stages.files]
    assert kept.count({}) == 1
    assert sorted(one["count"] for one in kept if one) == [0, 2, 3]
    monkeypatch.setattr(kept_results, "MOST_BYTES", 1)
    stages("sized", count=4)
    assert len(stages.files) == 2


def test_a_folder_that_cannot_be_written_costs_the_cache_and_nothing_else(stages: Stages) -> None:
    stages.folder.parent.mkdir()
    stages.folder.write_text("a file is in the way", encoding="utf-8")
    assert len(stages("drawn", runs=3, seed=1)) == 3
    assert len(stages("drawn", runs=3, seed=1)) == 3
    assert stages.calls == [3, 3]


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("unsaid", {"runs": 1}, "must be annotated to return a DataFrame"),
        ("wrong", {}, "should return DataFrame returned int"),
        ("any_argument", {"value": object()}, "argument 'value' of a stage .* takes `seed`, an integer"),
        ("any_argument", {"value": [{"a": {1, 2}}]}, "set has no exact text"),
    ],
)
def test_what_cannot_be_a_stage_is_refused(stages: Stages, name: str, arguments: dict, said: str) -> None:
    with pytest.raises(ReproductionError, match=said):
        stages(name, **arguments)
    assert stages.files == []


def test_a_function_of_elsewhere_is_refused(stages: Stages) -> None:
    def here() -> pd.DataFrame:
        return pd.DataFrame()

    for function in (here, stages.module.outer(), pd.read_csv):
        with pytest.raises(ReproductionError, match="cannot be a stage"):
            stage_result(function, {}, folder=stages.folder, checksums={})  # type: ignore[type-var]
