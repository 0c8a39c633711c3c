from __future__ import annotations

import sys
from pathlib import Path

import matplotlib.font_manager
import pytest
from nbformat.v4 import new_output

from analysis.errors import ReproductionError
from analysis.pipeline import font_list
from analysis.pipeline.environment import kernel_environment
from analysis.pipeline.font_list import VARIABLE, make_font_list
from analysis.pipeline.normalise import as_text
from analysis.pipeline.result import RunSpec
from analysis.pipeline.run_one import run_one
from analysis.pipeline.standard_error import refuse_standard_error
from analysis.pipeline.warm.template import warm_kernels
from analysis.record.decision import ExecutedNotebook


def executed(make, *outputs) -> ExecutedNotebook:
    made = make(["1"])
    made.cells[-1].outputs = list(outputs)
    return ExecutedNotebook(name="alpha", content=as_text(made).encode("utf-8"), source_sha256="")


def test_text_of_standard_error_is_refused_with_its_cell(make) -> None:
    warned = executed(make, new_output("stream", name="stderr", text="mkdir -p failed\nfor path /x\n"))
    found = r"alpha, code cell 2 \(id cell-0\): mkdir -p failed\n +for path /x"
    with pytest.raises(ReproductionError, match=found):
        refuse_standard_error([warned])


def test_printed_text_is_a_result(make) -> None:
    refuse_standard_error([executed(make, new_output("stream", name="stdout", text="5\n"))])


@pytest.mark.notebooks
@pytest.mark.faults
def test_a_run_whose_cell_warns_publishes_nothing(project, make_study) -> None:
    project.write("alpha", make_study("alpha", more=["import sys; print('no home', file=sys.stderr)"]))
    before = project.committed()
    with pytest.raises(ReproductionError, match=r"alpha, code cell 4 .*: no home"):
        project.reproduce("alpha")
    assert project.committed() == before


@pytest.mark.skipif(sys.platform != "linux", reason="nobody can write to /proc there")
@pytest.mark.notebooks
@pytest.mark.faults
@pytest.mark.parametrize("warm", [False, True])
def test_a_home_that_cannot_be_written_leaves_no_trace_in_a_notebook(
    tmp_path: Path, make, monkeypatch: pytest.MonkeyPatch, warm: bool
) -> None:
    for variable in (VARIABLE, "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "ANALYSIS_WARM_KERNELS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", "/proc/1")
    source = tmp_path / "drawn.ipynb"
    source.write_text(as_text(make(["import matplotlib.pyplot as plt", "plt.plot([1, 2]);"])), encoding="utf-8")
    spec = RunSpec(
        notebook=source, executed=tmp_path / "out.ipynb", output=tmp_path / "out", parameters={}, cell_timeout_s=60
    )
    if warm:
        with warm_kernels(kernel_environment(None, private=tmp_path)):
            result = run_one(spec)
    else:
        result = run_one(spec)
    assert result.ok, result.failure
    text = spec.executed.read_text(encoding="utf-8")
    assert "image/png" in text
    assert "stderr" not in text


def test_the_list_of_fonts_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font_list, "BUILD", tmp_path)
    environment = kernel_environment(None, private=tmp_path)
    assert Path(environment[VARIABLE]).parent == tmp_path / "matplotlib"
    make_font_list(environment)
    (made,) = Path(environment[VARIABLE]).glob("fontlist*.json")
    assert matplotlib.font_manager.FontManager.__version__ in made.name
    written = made.stat().st_mtime_ns
    make_font_list(environment)
    assert made.stat().st_mtime_ns == written


def test_where_the_folder_cannot_be_made_matplotlib_looks_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "file").touch()
    monkeypatch.setattr(font_list, "BUILD", tmp_path / "file")
    assert VARIABLE not in kernel_environment(None, private=tmp_path)
