from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import ParameterError
from analysis.pipeline.sweep.grid_file import read_grid_file


@pytest.fixture
def read(declared, tmp_path: Path):
    def reading(text: str):
        path = tmp_path / "grid.yml"
        path.write_text(text, encoding="utf-8")
        return read_grid_file(path, declared)

    return reading


def test_a_grid_and_a_list_of_runs(read) -> None:
    grid = "grid:\n  level: [0.9, 1]\n  words: [[], [a, 'b,c']]\n  period_end: ['', 2024-12-31]\n  ceiling: [null, 2]\n"
    assert read(grid) == (
        {"level": [0.9, 1], "words": [[], ["a", "b,c"]], "period_end": ["", "2024-12-31"], "ceiling": [None, 2]},
        [],
    )
    assert read("runs:\n- {level: 0.9}\n- {}\n- {words: [a], switch: true}\n") == (
        {},
        [{"level": 0.9}, {}, {"words": ["a"], "switch": True}],
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "write either `grid:`"),
        ("- 1", "write either `grid:`"),
        ("grid: {level: [1]}\nruns: []", "write either `grid:`"),
        ("grid: {}", "write either `grid:`"),
        ("runs: {}", "write either `grid:`"),
        ("grid: {level: 0.9}", "grid.yml: level: write a list of values, [a, b]"),
        ("grid: {words: [a]}", "words takes list[str], found 'a'"),
        (
            "grid: {period_end: [2024]}",
            "period_end takes str, found 2024 (default ''); a text that looks like a number",
        ),
        ("grid: {switch: [1]}", "switch takes bool, found 1"),
        ("grid: {level: [.nan, .inf]}", "level takes float, found nan"),
        ("grid: {level: [x], nope: [1], seed: [1.5]}", "grid.yml: 'nope' is not known"),
        ("grid: {level: [x], nope: [1], seed: [1.5]}", "grid.yml: seed takes int, found 1.5"),
        ("runs:\n- {level: x}\n- 3", "grid.yml: run 1: level takes float, found 'x'"),
        ("runs:\n- {level: x}\n- 3", "grid.yml: run 2: write parameters with their values"),
        ("grid:\n  level: [1]\n  level: [2]", "line 2: level stands there twice"),
        ("runs:\n- {level: 1, level: 2}", "line 2: level stands there twice"),
        ("grid: {1: [1]}", "'1' is not known"),
    ],
)
def test_what_cannot_be_used_is_told(read, text: str, said: str) -> None:
    with pytest.raises(ParameterError) as refused:
        read(text)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("grid: !!python/object/apply:os.system ['touch owned']", "cannot be read as YAML"),
        ("grid: {level: [!!python/name:os.system ]}", "cannot be read as YAML"),
        ("a: &a [x, x]\nb: &b [*a, *a]\ngrid: {words: [*b]}", "anchors and aliases"),
        ("[" * 5000 + "]" * 5000, "nested too deeply"),
        ("grid: {level: [1]", "cannot be read as YAML"),
        ("grid: \x00", "cannot be read as YAML"),
        ("a: 1\n---\nb: 2", "cannot be read as YAML"),
        ("#" * 1_000_001, "more than 1000000 bytes"),
    ],
)
def test_a_hostile_file_is_refused(read, text: str, said: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ParameterError) as refused:
        read(text)
    assert said in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["grid.yml"]


def test_a_file_that_is_no_text_or_not_there(declared, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="cannot be read as YAML"):
        read_grid_file(tmp_path / "nowhere.yml", declared)
    (tmp_path / "binary.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ParameterError, match="cannot be read as YAML"):
        read_grid_file(tmp_path / "binary.yml", declared)
