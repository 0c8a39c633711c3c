"""The declared choices: values pass their notebook's checks, options have reasons, the first is the default."""

from __future__ import annotations

import pytest

from analysis.errors import ParameterError
from analysis.evidence import load_evidence
from analysis.multiverse.choice import Multiverse
from analysis.multiverse.mistakes import REPRINTS, TOTAL, joined_months, mistakes_table
from analysis.multiverse.register import MULTIVERSES, multiverses_named
from analysis.multiverse.tables import stored_tables
from analysis.parameters.checks import range_problems
from analysis.paths import NOTEBOOKS
from analysis.pipeline.multiverse import all_runs
from analysis.pipeline.notebook_file import read_parameters

MOST_RUNS = 100

each = pytest.mark.parametrize("multiverse", MULTIVERSES, ids=lambda one: one.notebook)


@each
def test_every_run_passes_the_checks_of_its_notebook(multiverse: Multiverse) -> None:
    declared = {one.name: one for one in read_parameters(NOTEBOOKS / f"{multiverse.notebook}.ipynb")}
    defaults = {name: one.default for name, one in declared.items()}
    runs = all_runs(multiverse)
    assert len(runs) <= MOST_RUNS
    for _, run in runs:
        assert [name for name, value in run.parameters.items() if not declared[name].kind.accepts(value)] == []
        assert range_problems({**defaults, **run.parameters}) == []


@each
def test_the_first_option_of_every_choice_is_what_the_study_does(multiverse: Multiverse) -> None:
    defaults = {one.name: one.default for one in read_parameters(NOTEBOOKS / f"{multiverse.notebook}.ipynb")}
    first = multiverse.specifications()[0].parameters
    assert {name: defaults[name] for name in first} == dict(first)


@each
def test_choices_are_told_apart_and_every_option_has_a_reason(multiverse: Multiverse) -> None:
    names = [choice.name for choice in multiverse.choices]
    assert len({*names}) == len(names)
    for choice in multiverse.choices:
        labels = [option.label for option in choice.options]
        assert len({*labels}) == len(labels) >= 2
        assert all(len(option.reason.split()) >= 6 for option in choice.options)
        assert len({tuple(option.parameters) for option in choice.options}) == 1
    every = [name for choice in multiverse.choices for name in choice.options[0].parameters]
    assert len({*every}) == len(every), "two choices decide one parameter"
    assert all(len(mistake.why.split()) >= 6 for mistake in multiverse.mistakes)


@each
def test_a_known_mistake_is_no_option(multiverse: Multiverse) -> None:
    options = [dict(option.parameters) for choice in multiverse.choices for option in choice.options]
    assert [mistake.name for mistake in multiverse.mistakes if dict(mistake.parameters) in options] == []


def test_an_unknown_study_is_named_with_those_there_are() -> None:
    with pytest.raises(ParameterError, match="'weather' has no multiverse; these have one: casualty_trends, map_rel"):
        multiverses_named(["weather"])


def test_mistakes_are_computed_from_the_evidence() -> None:
    evidence = load_evidence("")
    table = mistakes_table(stored_tables(), evidence)
    reprints = table[(table["mistake"] == REPRINTS) & (table["key"] == TOTAL)]
    assert len(reprints) == 1
    assert (reprints["low"] <= reprints["value"]).all()
    assert (reprints["value"] <= reprints["high"]).all()
    months = joined_months(evidence)
    assert (months["joined_ha"] == months["months_all_operators_ha"] + months["months_anama_only_ha"]).all()
    assert (months["months_anama_only_ha"] > 0).any()
