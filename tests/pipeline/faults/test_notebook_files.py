"""Notebook files that cannot be run are named, with what to do, before anything runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import ParameterError, ReproductionError
from analysis.settings import MAX_MB

OLD = {"metadata": {}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": []}]}
CHECKOUT = r"`git checkout -- notebooks/broken\.ipynb` brings the committed one back"


def directory(path: Path) -> None:
    path.mkdir()


def dangling_link(path: Path) -> None:
    path.symlink_to("nowhere.ipynb")


def holding(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (holding(b""), f"broken.ipynb cannot be read as a notebook .*{CHECKOUT}"),
        (holding(b"{"), f"broken.ipynb cannot be read as a notebook .*JSONDecodeError.*{CHECKOUT}"),
        (holding(b"[]"), f"broken.ipynb cannot be read as a notebook .*{CHECKOUT}"),
        (holding(b"\xff\xfe{"), f"broken.ipynb cannot be read as a notebook .*UnicodeDecodeError.*{CHECKOUT}"),
        (holding(b"[" * 100_000), f"broken.ipynb cannot be read as a notebook .*{CHECKOUT}"),
        (holding(b"<html>\x1b[2J"), f"broken.ipynb cannot be read as a notebook .*{CHECKOUT}"),
        (directory, f"broken.ipynb cannot be read as a notebook .*[Dd]irectory.*{CHECKOUT}"),
        (dangling_link, f"broken.ipynb cannot be read as a notebook .*No such file.*{CHECKOUT}"),
        (
            holding(json.dumps(OLD).encode()),
            "broken.ipynb is in notebook format 3, not 4; open and save it in JupyterL",
        ),
        (holding(b'{"nbformat": 4, "cells": "' + b"x" * 1_000_000 + b'"}'), "at most 1000000 are read.*--max-mb"),
    ],
    ids=["empty", "cut off", "a list", "utf-16", "deep", "a page", "a folder", "a lost link", "format 3", "too large"],
)
def test_a_file_that_is_no_notebook(project, quick, monkeypatch, make: Callable[[Path], None], message: str) -> None:
    monkeypatch.setenv(MAX_MB, "1")
    before = project.committed()
    broken = project.layout.notebooks / "broken.ipynb"
    make(broken)
    with pytest.raises(ReproductionError, match=message):
        project.reproduce()
    assert quick.ran == []
    broken.rmdir() if broken.is_dir() else broken.unlink()
    assert project.committed() == before
    assert project.reproduce().ok
    assert project.committed() == before


def test_without_a_parameters_cell_only_defaults_run(project, quick, make, tmp_path: Path) -> None:
    project.write("plain", make(["1"], parameters=None))
    before = project.committed()
    with pytest.raises(
        ParameterError, match="plain has no parameter 'data' and would run on the repository's evidence"
    ):
        project.reproduce(data=tmp_path)
    with pytest.raises(ParameterError, match=r"'level' is not known .*known: none"):
        project.reproduce("plain", given=("level=0.9",))
    assert quick.ran == []
    assert project.committed() == before
