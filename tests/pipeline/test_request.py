from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import ParameterError, ReproductionError
from analysis.paths import DATA
from analysis.pipeline.execution import checked_evidence
from analysis.pipeline.request import Plan, Request, planned


def test_all_notebooks_in_order_of_name(project) -> None:
    plan = planned(Request(), project.layout)
    assert [path.stem for path in plan.notebooks] == ["alpha", "beta"]
    assert plan.everything
    assert plan.evidence == project.layout.data
    assert plan.parameters == {"alpha": {}, "beta": {}}


@pytest.mark.parametrize("name", ["beta", "beta.ipynb", "notebooks/beta.ipynb"])
def test_a_notebook_by_name_or_path(project, monkeypatch, name: str) -> None:
    monkeypatch.chdir(project.layout.root)
    plan = planned(Request(notebooks=(name,)), project.layout)
    assert [path.stem for path in plan.notebooks] == ["beta"]
    assert not plan.everything


def test_a_misspelt_notebook_gets_the_nearest_and_the_list(project) -> None:
    with pytest.raises(ReproductionError) as caught:
        planned(Request(notebooks=("alhpa", "beta", "/etc/passwd", "../beta")), project.layout)
    message = str(caught.value)
    assert "no notebook 'alhpa'; did you mean alpha?" in message
    assert "no notebook '/etc/passwd'" in message
    assert "no notebook '../beta'" in message
    assert "notebooks here: alpha, beta" in message


def test_parameters_become_typed_values_for_each_notebook(project) -> None:
    plan = planned(Request(given=("level=0.9", "words=a,b")), project.layout)
    assert plan.parameters == {name: {"level": 0.9, "words": ["a", "b"]} for name in ("alpha", "beta")}


def test_a_parameter_goes_to_the_notebooks_that_have_it(project, make) -> None:
    project.write("gamma", make(["1"], parameters="other: int = 1  # x\n"))
    plan = planned(Request(given=("other=2",)), project.layout)
    assert plan.parameters == {"alpha": {}, "beta": {}, "gamma": {"other": 2}}
    assert plan.ignored_by == {"other": ("alpha", "beta")}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("levle=0.9", "'levle' is not known; did you mean 'level'? (known: data, level, words, seed)"),
        ("level", "'level': write name=value"),
        ("seed=-1", "seed: must be a whole number, zero or more, found -1"),
        ("seed=1.5", "seed takes int, found '1.5' (default 1)"),
        ("data=/nowhere", "data: the evidence folder must exist"),
    ],
)
def test_wrong_parameters_are_refused(project, given: str, message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        planned(Request(given=(given,)), project.layout)
    assert message in str(caught.value)


def test_problems_of_all_notebooks_are_reported_together(project) -> None:
    with pytest.raises(ParameterError) as caught:
        planned(Request(given=("seed=x",)), project.layout)
    assert "alpha.ipynb" in str(caught.value)
    assert "beta.ipynb" in str(caught.value)


def test_the_evidence_folder_is_made_absolute(project, monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    for request in (Request(data=Path("mine")), Request(given=("data=mine",))):
        plan = planned(request, project.layout)
        assert plan.evidence == tmp_path / "mine"
        assert plan.parameters["alpha"] == {"data": str(tmp_path / "mine")}
        assert not request.is_for_the_record


def test_data_given_twice_or_to_a_notebook_that_ignores_it(project, make, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="given twice"):
        planned(Request(data=tmp_path, given=(f"data={tmp_path}",)), project.layout)
    project.write("gamma", make(["1"], parameters=None))
    with pytest.raises(
        ParameterError, match="gamma has no parameter 'data' and would run on the repository's evidence"
    ):
        planned(Request(data=tmp_path), project.layout)


def test_rewrite_is_for_the_record_only(project) -> None:
    with pytest.raises(ReproductionError, match="--rewrite writes the record"):
        planned(Request(rewrite=True, given=("level=0.9",)), project.layout)


def test_a_parameters_cell_that_cannot_be_read_is_named(project, make) -> None:
    project.write("gamma", make(["1"], parameters="seed = 1\n"))
    with pytest.raises(ParameterError, match=r"gamma\.ipynb: the parameters cell cannot be read:\n  line 1: only"):
        planned(Request(), project.layout)


def test_two_parameters_cells_are_refused(project, make) -> None:
    made = make(["1"])
    made.cells[2].metadata["tags"] = ["parameters"]
    project.write("gamma", made)
    with pytest.raises(ParameterError, match=r"gamma\.ipynb has 2 cells tagged"):
        planned(Request(), project.layout)


def test_an_unreadable_notebook_is_named_with_advice(project) -> None:
    (project.layout.notebooks / "gamma.ipynb").write_text("{")
    with pytest.raises(ReproductionError, match=r"gamma\.ipynb cannot be read as a notebook .*git checkout"):
        planned(Request(), project.layout)


def test_no_notebooks(bare) -> None:
    with pytest.raises(ReproductionError, match="there is no notebook in"):
        planned(Request(), bare.layout)


def test_every_originator_to_leave_out_is_known_before_anything_runs(tmp_path: Path) -> None:
    plan = Plan(
        notebooks=(),
        parameters={"a": {"exclude_originators": ["azcbl"]}, "b": {"exclude_originators": ["anama", "azcbl"]}},
        everything=True,
        evidence=tmp_path,
    )
    assert plan.excluded_originators == ("anama", "azcbl")
    with pytest.raises(ParameterError, match="'anma' is neither an originator_id"):
        checked_evidence(DATA, excluded=["azcbl", "anma"])
