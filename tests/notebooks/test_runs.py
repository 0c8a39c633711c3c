"""Every notebook runs with other parameters, and under bare papermill; neither touches what is committed."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from analysis.parameters import Parameter
from analysis.paths import FIGURES, NOTEBOOKS
from analysis.pipeline.notebook_file import read_parameters
from analysis.pipeline.result import RunSpec
from analysis.pipeline.run_one import run_one

FILES = sorted(NOTEBOOKS.glob("*.ipynb"))

pytestmark = [pytest.mark.slow, pytest.mark.notebooks]


def committed() -> dict[str, str]:
    files = [path for folder in (FIGURES, NOTEBOOKS) for path in sorted(folder.glob("*.*"))]
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in files}


OTHERS: dict[str, tuple[object, ...]] = {
    "confidence_level": (0.8,),
    "inexact_rows": ("as bounds", "as printed"),
    "seed": (7, 8),
}


def another(parameter: Parameter) -> object:
    """Return another sensible value of a parameter, or its default where another one needs knowledge of the data."""
    others = OTHERS.get(parameter.name, ())
    return next((value for value in others if value != parameter.default), parameter.default)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_other_parameters(path: Path, tmp_path: Path) -> None:
    before = committed()
    declared = read_parameters(path)
    parameters = {one.name: another(one) for one in declared if another(one) != one.default}
    assert parameters, "no parameter this test knows another value for"
    spec = RunSpec(notebook=path, executed=tmp_path / path.name, output=tmp_path / path.stem, parameters=parameters)
    result = run_one(spec)
    assert result.ok, result.failure
    used = json.loads((spec.output / "values.json").read_bytes())["parameters"]
    assert {name: used[name] for name in parameters} == parameters
    assert committed() == before


@pytest.mark.skipif(not FILES, reason="there is no notebook yet")
def test_bare_papermill(tmp_path: Path) -> None:
    path = min(FILES, key=lambda one: one.stat().st_size)
    before = committed()
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", path.name, str(tmp_path / "out.ipynb")]
    done = subprocess.run(command, cwd=NOTEBOOKS, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    cells = json.loads((tmp_path / "out.ipynb").read_bytes())["cells"]
    assert all(cell["execution_count"] for cell in cells if cell["cell_type"] == "code")
    assert committed() == before
