"""The template for a new study: it runs as it is, and what it leaves passes every test of form."""

from __future__ import annotations

import importlib.util
import json
import re
import types
from pathlib import Path

import pytest

from analysis.paths import NOTEBOOKS, REPOSITORY
from analysis.pipeline.normalise import normalised_text
from analysis.pipeline.notebook_file import find_notebooks
from analysis.pipeline.result import Result, RunSpec
from analysis.pipeline.workers import run_all

TEMPLATE = NOTEBOOKS / "templates" / "new_study.ipynb"

pytestmark = [pytest.mark.slow, pytest.mark.notebooks]


def form_tests() -> types.ModuleType:
    spec = importlib.util.spec_from_file_location("form_tests", Path(__file__).with_name("test_form.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FORM = form_tests()
RULES = sorted(name for name in vars(FORM) if name.startswith("test_"))


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("template")
    spec = RunSpec(notebook=TEMPLATE, executed=folder / TEMPLATE.name, output=folder / "new_study", parameters={})
    (made,) = run_all([spec], workers=1, on_cell=lambda _: None, on_start=lambda _: None, on_wait=lambda: None)
    return made


def test_it_runs_as_it_is_and_draws_its_figure(result: Result) -> None:
    assert result.ok, result
    assert (result.spec.output / "new-study.pdf").is_file()
    values = json.loads((result.spec.output / "values.json").read_text(encoding="utf-8"))["values"]
    assert 0 < values["killed_share"]["value"] < 1


@pytest.mark.parametrize("rule", RULES)
def test_what_it_leaves_has_the_form_of_a_study(rule: str, result: Result) -> None:
    assert result.ok
    getattr(FORM, rule)(result.spec.executed)


def test_it_is_no_study_and_holds_no_results() -> None:
    assert TEMPLATE.stem not in [path.stem for path in find_notebooks(NOTEBOOKS)]
    text = TEMPLATE.read_text(encoding="utf-8")
    assert normalised_text(text) == text
    code = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    assert [cell["outputs"] for cell in code] == [[]] * len(code)
    assert {cell["execution_count"] for cell in code} == {None}


def test_the_guide_leads_to_it() -> None:
    guide = (REPOSITORY / "docs" / "guide.md").read_text(encoding="utf-8")
    assert "notebooks/templates/new_study.ipynb" in guide
    named = re.findall(r"`((?:src|tests|notebooks|docs|data)/[\w./-]+)`", guide)
    made_in_it = ("killed_in_karabakh", "killed_counts")
    missing = [path for path in named if not path_is_there(path) and not any(name in path for name in made_in_it)]
    assert missing == []


def path_is_there(path: str) -> bool:
    return (REPOSITORY / path).exists()
