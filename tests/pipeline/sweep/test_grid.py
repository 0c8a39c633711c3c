from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import ParameterError, ReproductionError
from analysis.pipeline.sweep.grid import planned_grid
from analysis.pipeline.sweep.request import SweepRequest


@pytest.fixture
def plan(sweeps):
    def planning(*grid: str, **asked):
        return planned_grid(SweepRequest(notebook="study", grid=grid, **asked), sweeps.layout)

    return planning


def given(grid) -> list[dict[str, object]]:
    return [dict(one.given) for one in grid.combinations]


def test_every_combination_once_the_last_parameter_fastest(plan) -> None:
    grid = plan("level=0.8,0.9", "words=,a+b")
    assert given(grid) == [
        {"level": 0.8, "words": []},
        {"level": 0.8, "words": ["a", "b"]},
        {"level": 0.9, "words": []},
        {"level": 0.9, "words": ["a", "b"]},
    ]
    assert grid.combinations[1].parameters == {
        **{parameter.name: parameter.default for parameter in grid.declared},
        "level": 0.8,
        "words": ["a", "b"],
    }
    assert grid.varied == ("level", "words")


def test_combinations_that_ask_for_the_same_are_made_once(plan) -> None:
    # 0.95 and 1 are defaults, so all four are the run with the defaults; 0.5 twice is one more.
    grid = plan("level=0.95,.95,0.5,0.50", "seed=1")
    assert given(grid) == [{"level": 0.95, "seed": 1}, {"level": 0.5, "seed": 1}]
    assert grid.repeats == 2
    assert plan("level=0,-0").repeats == 1


def test_the_name_of_a_run_does_not_depend_on_the_sweep_it_is_in(plan) -> None:
    alone, among = plan("level=0.8"), plan("seed=1,2", "level=0.7,0.8")
    assert alone.combinations[0].run == among.combinations[1].run
    assert len({one.run for one in among.combinations}) == 4


def test_options_combine_with_each_run_of_a_file(plan, tmp_path: Path) -> None:
    file = tmp_path / "runs.yml"
    file.write_text("runs:\n- {level: 1}\n- {words: [a]}\n", encoding="utf-8")
    assert given(plan("seed=1,2", file=file)) == [
        {"level": 1.0, "seed": 1},
        {"level": 1.0, "seed": 2},
        {"words": ["a"], "seed": 1},
        {"words": ["a"], "seed": 2},
    ]
    with pytest.raises(ParameterError, match="level is given twice"):
        plan("level=1", file=file)


def test_all_faults_are_told_at_once_and_each_once(plan, tmp_path: Path) -> None:
    file = tmp_path / "grid.yml"
    file.write_text("grid: {period_end: ['2024-13-01'], nope: [1]}", encoding="utf-8")
    with pytest.raises(ParameterError) as refused:
        plan("seed=1,x,-1,-1", "inexact_rows=maybe", "levle=2", file=file)
    known = "(known: data, level, words, rates, seed, inexact_rows, period_end, switch, ceiling, weights, remark)"
    assert str(refused.value).splitlines() == [
        "a grid that cannot be used; nothing was run:",
        "  grid.yml: period_end: a date is written YYYY-MM-DD, found '2024-13-01'",
        f"  grid.yml: 'nope' is not known {known}",
        "  seed takes int, found 'x' (default 1)",
        "  seed: must be a whole number, zero or more, found -1",
        "  inexact_rows: must be one of 'as printed', 'as bounds', 'leave out', found 'maybe'",
        f"  'levle' is not known; did you mean 'level'? {known}",
    ]


def test_ranges_are_those_of_every_other_command(plan, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"seed: must be a whole number, zero or more, found -1"):
        plan("seed=1,-1")
    with pytest.raises(ParameterError, match=r"data: the evidence folder must exist"):
        plan(f"data={tmp_path / 'nowhere'}")


def test_a_long_list_of_faults_is_cut_and_counted(plan) -> None:
    with pytest.raises(ParameterError, match=r"and 5 more$"):
        plan("seed=" + ",".join(f"x{number}" for number in range(25)))


def test_too_many_combinations_are_refused_before_they_are_made(plan) -> None:
    many = ",".join(map(str, range(900)))
    with pytest.raises(ParameterError, match=r"656100000000 combinations \(900 seed x 900 level x 900 ceiling x 900"):
        plan(f"seed={many}", f"level={many}", f"ceiling={many}", "period_end=" + "," * 899)
    with pytest.raises(ParameterError, match=r"2 combinations \(2 seed\), more than 1; give fewer values, or allow it"):
        plan("seed=1,2", max_runs=1)
    assert len(plan("seed=1,2", max_runs=2).combinations) == 2


def test_nothing_to_vary_and_no_such_notebook(plan, sweeps) -> None:
    with pytest.raises(ParameterError, match=r"give --grid name=a,b or --file; parameters of study: data, level"):
        plan()
    with pytest.raises(ReproductionError, match="no notebook 'stduy'; did you mean study"):
        planned_grid(SweepRequest(notebook="stduy", grid=("level=1",)), sweeps.layout)


def test_an_evidence_folder_is_made_absolute(plan, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    assert given(plan("data=,mine")) == [{"data": ""}, {"data": str(tmp_path / "mine")}]
