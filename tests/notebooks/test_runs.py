"""Every notebook runs with other parameters, and under bare papermill; neither touches what is committed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from analysis.parameters import Parameter
from analysis.paths import FIGURES, NOTEBOOKS, REPOSITORY
from analysis.pipeline.durations import longest_first
from analysis.pipeline.execution import kernels_offered
from analysis.pipeline.notebook_file import read_parameters
from analysis.pipeline.result import Result, RunSpec
from analysis.pipeline.warm.template import ADDRESS_VARIABLE
from analysis.pipeline.workers import run_all
from analysis.record.layout import Layout

TESTS = Path(__file__).resolve().parents[1]
FILES = sorted(NOTEBOOKS.glob("*.ipynb"))

pytestmark = [pytest.mark.slow, pytest.mark.notebooks]


def committed() -> dict[str, str]:
    files = [path for folder in (FIGURES, NOTEBOOKS) for path in sorted(folder.glob("*.*"))]
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in files}


OTHERS: dict[str, tuple[object, ...]] = {
    "confidence_level": (0.8,),
    "inexact_rows": ("as bounds", "as printed"),
    "replicates": (100,),
    "magnitude_factor": (1.25,),
    "seed": (7, 8),
    "worlds": (5,),
    "about_tolerance": (0.2,),
    "other_coverages": ([0.5, 0.9],),
    "unacceptable_units": (10,),
}


def another(parameter: Parameter) -> object:
    """Return another sensible value of a parameter, or its default where another one needs knowledge of the data."""
    others = OTHERS.get(parameter.name, ())
    return next((value for value in others if value != parameter.default), parameter.default)


def other_parameters(path: Path) -> dict[str, object]:
    return {one.name: another(one) for one in read_parameters(path) if another(one) != one.default}


@pytest.fixture(scope="module")
def network_log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep workers and kernels from reaching beyond this machine; return the file in which they tell of attempts."""
    log = tmp_path_factory.mktemp("network") / "log"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(ADDRESS_VARIABLE, raising=False)  # a template from before is not guarded
        patch.setenv("ANALYSIS_NETWORK_LOG", str(log))
        patch.setenv("PYTHONPATH", str(TESTS / "no_network"), prepend=os.pathsep)
        yield log


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, network_log: Path) -> dict[str, Result]:  # noqa: ARG001
    """Return the result of every notebook with other parameters, run two at a time, what took long first."""
    folder = tmp_path_factory.mktemp("runs")
    specs = [
        RunSpec(
            notebook=path,
            executed=folder / path.name,
            output=folder / path.stem,
            parameters=other_parameters(path),
        )
        for path in longest_first(FILES, Layout(root=REPOSITORY))
    ]
    before = committed()
    with kernels_offered():
        results = run_all(specs, workers=2, on_cell=lambda _: None, on_start=lambda _: None, on_wait=lambda: None)
        by_name = {result.spec.name: result for result in results}
    assert committed() == before
    return by_name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_other_parameters(path: Path, runs: dict[str, Result]) -> None:
    asked = other_parameters(path)
    assert asked, "no parameter this test knows another value for"
    result = runs[path.stem]
    assert result.ok, result.failure
    # A notebook without values has figures; both say with which parameters they were made.
    written = min(result.spec.output.glob("*.json"), key=lambda one: (one.name != "values.json", one.name))
    used = json.loads(written.read_bytes())["parameters"]
    assert {name: used[name] for name in asked} == asked


@pytest.mark.usefixtures("runs")
def test_no_study_reaches_beyond_this_machine(network_log: Path) -> None:
    told = [json.loads(line) for line in network_log.read_text(encoding="utf-8").splitlines()]
    assert [one for one in told if "attempt" in one] == []
    kernels = [one for one in told if any("ipykernel" in word for word in one["guarded"])]
    # One that is forked has the guard of the process it is forked from, the template.
    forked = any("ipykernel_template" in word for one in kernels for word in one["guarded"])
    assert forked or len(kernels) >= len(FILES)


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
