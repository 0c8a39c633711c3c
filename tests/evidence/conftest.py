"""The evidence, and a copy of it that a test may damage."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import EvidenceError, Fault
from analysis.evidence import Evidence, load_evidence
from analysis.paths import DATA


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    """The repository's own evidence, loaded once."""
    return load_evidence()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the evidence folder that may be damaged."""
    folder = tmp_path / "copy"
    shutil.copytree(DATA, folder)
    return folder


@pytest.fixture
def faults_of() -> Callable[[Path], tuple[Fault, ...]]:
    """Load a folder that must be refused and return its faults."""

    def load(folder: Path, **options: Any) -> tuple[Fault, ...]:
        with pytest.raises(EvidenceError) as caught:
            load_evidence(folder, **options)
        return caught.value.faults

    return load


@pytest.fixture
def edit() -> Callable[..., int]:
    """Set one cell of a table, found by the text of its key column, and return its line in the file."""

    def set_cell(path: Path, key: str, column: str, value: str) -> int:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        line = next(number for number, row in enumerate(rows) if row[0] == key)
        rows[line][rows[0].index(column)] = value
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        path.write_text(text.getvalue(), encoding="utf-8")
        return line + 1

    return set_cell
