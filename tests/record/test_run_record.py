"""A run keeps its values and figures as they are made."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import ParameterError, ReproductionError
from analysis.estimate import Estimate, Period
from analysis.record.run_record import FigureFacts, RunRecord

ESTIMATE = Estimate(
    quantity="casualties",
    value=5.0,
    unit="casualties",
    interval=None,
    method="count as reported",
    n=5,
    n_unit="casualties",
    period=Period(start=date(2024, 1, 1), end=date(2024, 1, 2)),
    geography="Azerbaijan",
    sources=("s-2",),
)
FACTS = FigureFacts(name="one-dot", caption="One dot.", alt="A dot.", sources=("s-1",), estimates=("count",))


@pytest.fixture
def run(tmp_path: Path) -> RunRecord:
    return RunRecord(notebook="study", folder=tmp_path, parameters={"seed": 1}, checksums={"a.csv": "00"})


def test_values_are_on_disk_as_soon_as_they_are_recorded(run: RunRecord) -> None:
    run.add_value("count", ESTIMATE)
    tree = json.loads((run.folder / "values.json").read_text())
    assert tree["notebook"] == "study"
    assert tree["parameters"] == {"seed": 1}
    assert tree["values"]["count"]["value"] == 5.0
    assert tree["values"]["count"]["sources"] == ["s-2"]


def test_a_cell_run_again_replaces_its_value(run: RunRecord) -> None:
    run.add_value("count", ESTIMATE)
    run.add_value("count", replace(ESTIMATE, value=6.0))
    assert json.loads((run.folder / "values.json").read_text())["values"]["count"]["value"] == 6.0


def test_a_key_cannot_stand_for_two_quantities(run: RunRecord) -> None:
    run.add_value("count", ESTIMATE)
    with pytest.raises(ReproductionError, match="'count' of study already stands for 'casualties'"):
        run.add_value("count", replace(ESTIMATE, quantity="accidents"))


def test_a_key_is_a_plain_name(run: RunRecord) -> None:
    with pytest.raises(ParameterError, match="value name"):
        run.add_value("../x", ESTIMATE)


def test_a_figure_is_written_with_what_it_was_made_from(run: RunRecord) -> None:
    run.add_value("count", ESTIMATE)
    run.add_figure(FACTS, images={"png": b"picture"}, drawn=pd.DataFrame({"x": [0.5]}))
    table = (run.folder / "one-dot.csv").read_bytes()
    assert table == b"x\n0.5\n"
    assert (run.folder / "one-dot.png").read_bytes() == b"picture"
    facts = json.loads((run.folder / "one-dot.json").read_text())
    assert facts["sources"] == ["s-1", "s-2"]  # the figure's own and its estimate's
    assert facts["source_data"] == {"file": "one-dot.csv", "sha256": sha256(table).hexdigest()}
    assert facts["evidence"] == {"a.csv": "00"}
    assert facts["parameters"] == {"seed": 1}
    assert list(facts["estimates"]) == ["study.count"]


def test_a_figure_draws_only_recorded_estimates(run: RunRecord) -> None:
    with pytest.raises(ReproductionError, match="record the values count before drawing them"):
        run.add_figure(FACTS, images={}, drawn=pd.DataFrame({"x": [0.5]}))


def test_a_value_may_state_its_own_tolerance(run: RunRecord) -> None:
    run.add_value("count", ESTIMATE, tolerance=1e-3)
    assert json.loads((run.folder / "values.json").read_text())["tolerances"] == {"count": 1e-3}
    run.add_value("count", ESTIMATE)
    assert "tolerances" not in json.loads((run.folder / "values.json").read_text())


@pytest.mark.parametrize("tolerance", [0.0, -1.0, 1.0, float("nan"), float("inf")])
def test_a_tolerance_that_would_let_everything_or_nothing_pass_is_refused(run: RunRecord, tolerance: float) -> None:
    with pytest.raises(ReproductionError, match="a tolerance lies between 0 and 1"):
        run.add_value("count", ESTIMATE, tolerance=tolerance)
