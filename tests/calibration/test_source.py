"""A table is of a source: any change of code is noticed, a change of words is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.calibration.source import code_lines, module_closure, source_hash
from analysis.paths import PACKAGE


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "analysis"
    shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__", "*.ttf"))
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_closure_holds_what_is_imported_and_no_more():
    found = module_closure(["analysis.stats.dispersed_proportions"])
    assert found == (
        "analysis.errors",
        "analysis.estimate",
        "analysis.stats.arguments",
        "analysis.stats.dispersed_proportions",
    )


def test_code_is_what_is_neither_docstring_nor_comment_nor_blank():
    source = '"""Words."""\n\n# why\nX = "a"  # kept\n\n\ndef f():\n    """More\n    words."""\n    return X\n'
    assert code_lines(source) == ['X = "a"  # kept', "def f():", "    return X"]


def test_a_changed_line_anywhere_in_the_closure_is_noticed_and_a_changed_word_is_not(copy: Path):
    modules = module_closure(["analysis.stats.rates"], package=copy)
    before = source_hash(modules, package=copy)
    change(copy / "stats" / "dispersion.py", "Return low and high ends for each rate", "Return the two ends")
    assert source_hash(modules, package=copy) == before
    change(copy / "stats" / "dispersion.py", "groups + 1) * scale", "groups + 2) * scale")
    assert source_hash(modules, package=copy) != before
