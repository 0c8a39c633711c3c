"""Whatever is typed, and whatever links somebody left in a folder: a run reads what it was given and writes its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.errors import EvidenceError, ParameterError, ReproductionError
from analysis.pipeline.execution import checked_evidence
from analysis.pipeline.notebook_file import find_notebooks
from analysis.pipeline.request import Request, planned
from analysis.pipeline.run_folder import MARKER
from analysis.record.run_record import FigureFacts, RunRecord


@pytest.mark.parametrize("data", ["../..", "/", "/etc", ".", "~"])
def test_a_folder_without_a_package_is_no_evidence(project, data: str, monkeypatch) -> None:
    monkeypatch.chdir(project.layout.notebooks)
    try:
        plan = planned(Request(given=(f"data={data}",)), project.layout)
    except ParameterError as error:
        assert "the evidence folder must exist" in str(error)  # noqa: PT017
        return
    assert plan.evidence == Path(data).resolve()
    with pytest.raises(EvidenceError, match="holds no data package"):
        checked_evidence(plan.evidence)


@pytest.mark.parametrize(
    "name",
    ["../alpha", "../../etc/passwd", "/etc/passwd", "notebooks/../../alpha", "alpha/../../x", "..", ".", "\0", "a\nb"],
)
def test_a_notebook_elsewhere_is_not_run(project, name: str, monkeypatch) -> None:
    monkeypatch.chdir(project.layout.root)
    shutil.copy(project.layout.notebooks / "alpha.ipynb", project.layout.root.parent / "alpha.ipynb")
    shutil.copy(project.layout.notebooks / "alpha.ipynb", project.layout.root / "alpha.ipynb")
    with pytest.raises(ReproductionError, match="no notebook"):
        find_notebooks(project.layout.notebooks, [name])


@pytest.mark.parametrize("name", ["../figure", "a/b", "/etc/x", "a\\b", "..", "", "a\0", "A", "con:x", "x" + "/" * 200])
def test_a_figure_s_name_is_a_name(tmp_path: Path, name: str) -> None:
    run = RunRecord(notebook="study", folder=tmp_path / "run", parameters={}, checksums={})
    with pytest.raises(ParameterError, match="figure name"):
        run.add_figure(FigureFacts(name=name, caption="c", alt="a", sources=("s",)), images={"png": b""}, drawn=None)
    assert not [*tmp_path.rglob("*")]


@pytest.mark.usefixtures("quick")
def test_links_in_the_folder_for_outputs_lead_nowhere(project, tmp_path: Path) -> None:
    precious, out = tmp_path / "precious", tmp_path / "out"
    (precious / "folder").mkdir(parents=True)
    for path in (precious / "file", precious / "folder" / "file"):
        path.write_text("precious")
    out.mkdir()
    (out / MARKER).write_text("ours")
    for name in ("values.json", "values.tex", "run.json", ".gitignore", "alpha.ipynb", "beta.failed.ipynb"):
        (out / name).symlink_to(precious / "file")
    for name in ("alpha", "beta", ".part-1"):
        (out / name).symlink_to(precious / "folder")
    report = project.reproduce(out=out)
    assert report.ok
    assert (precious / "file").read_text() == "precious"
    assert [path.name for path in (precious / "folder").iterdir()] == ["file"]
    for name in ("values.json", "values.tex", "run.json", ".gitignore", "alpha.ipynb", "alpha", "beta"):
        assert not (out / name).is_symlink()
    assert (out / ".gitignore").read_text() == "*\n"
    assert (out / "alpha" / "values.json").is_file()
