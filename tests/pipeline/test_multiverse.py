"""The stored tables hold: what is on record is their first row, and some specifications run again give the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.multiverse.choice import Multiverse
from analysis.multiverse.register import MULTIVERSES
from analysis.multiverse.table import RESULT, columns, read_made_from, store, stored_table
from analysis.paths import FIGURES
from analysis.pipeline.multiverse import all_runs, changed_since, difference_explained, run_specifications, table_rows
from analysis.pipeline.sweep.store import StoredRun
from analysis.record.layout import repository

TOLERANCE = 1e-6
NUMBERS = ["value", "low", "high"]

each = pytest.mark.parametrize("multiverse", MULTIVERSES, ids=lambda one: one.notebook)


def numbers(tree: Mapping[str, Any]) -> list[float]:
    interval = tree["interval"] or {"low": "nan", "high": "nan"}
    return [float(tree["value"]), float(interval["low"]), float(interval["high"])]


def stored_run(name: str, values: Mapping[str, Any]) -> StoredRun:
    return StoredRun(name=name, key="", inputs="", failure="", kind="", seconds=1, kept=False, values=values)


@each
def test_the_first_specification_is_what_is_on_record(multiverse: Multiverse) -> None:
    record = json.loads((FIGURES / "values.json").read_bytes())["values"]
    table = stored_table(multiverse)
    for headline in multiverse.headlines:
        first = table.of(headline.key).iloc[0]
        expected = pytest.approx(numbers(record[headline.key]), rel=TOLERANCE, nan_ok=True)
        assert first[NUMBERS].tolist() == expected, difference_explained(multiverse, repository())


@pytest.mark.slow
@pytest.mark.notebooks
@each
def test_a_specification_run_again_gives_what_is_stored(multiverse: Multiverse, tmp_path: Path) -> None:
    """One of each study is run: that which takes the last option of every choice."""
    runs = all_runs(multiverse)
    place = len(multiverse.specifications()) - 1
    layout = repository()
    report = run_specifications(multiverse, [runs[place]], layout, folder=tmp_path, workers=1)
    assert report.ok, report.rows[0][1].failure
    found = pd.DataFrame(table_rows(multiverse, [runs[place]], [report.rows[0][1]])).set_index("key")
    stored = stored_table(multiverse).rows
    own = stored[stored["run"] == found["run"].iloc[0]].set_index("key").loc[found.index]
    assert found["unit"].tolist() == own["unit"].tolist()
    for key, numbers_now in found[NUMBERS].replace("", "nan").astype(float).iterrows():
        expected = pytest.approx(own.loc[key, NUMBERS].astype(float).tolist(), rel=TOLERANCE, nan_ok=True)
        assert numbers_now.tolist() == expected, difference_explained(multiverse, layout)


@each
def test_the_evidence_of_the_table_is_that_of_the_repository(multiverse: Multiverse) -> None:
    """Values that hold on changed evidence are no error, but the table should be made anew: said as a skipped test."""
    changed = [one for one in changed_since(multiverse, repository()) if one.startswith("evidence ")]
    if changed:
        pytest.skip(f"the table of {multiverse.notebook} is older than {', '.join(changed)}: make multiverse")
    assert read_made_from()[multiverse.notebook]["runs"] == len(all_runs(multiverse))


def test_a_value_that_a_run_does_not_have_stays_empty(tmp_path: Path) -> None:
    multiverse = MULTIVERSES[0]
    key = multiverse.headlines[0].key
    tree = {"value": 3.0, "unit": "persons", "interval": {"low": 1, "high": "inf", "kind": "bound", "level": None}}
    runs = all_runs(multiverse)
    done = [stored_run(f"r{place}", {key: tree}) for place in range(len(runs))]
    rows = [*table_rows(multiverse, runs, done)]
    assert len(rows) == len(runs) * len(multiverse.headlines)
    assert {**rows[0]}.items() >= {"run": "r0", "mistake": "", "value": "3", "low": "1", "high": "inf"}.items()
    assert [rows[1][name] for name in RESULT] == [multiverse.headlines[1].key, "", "", "", "", "", ""]
    assert rows[-1]["mistake"] == multiverse.mistakes[-1].name
    store(multiverse, rows, {"evidence": {}}, tmp_path)
    assert list(stored_table(multiverse, tmp_path).rows.columns) == columns(multiverse)


def test_a_difference_is_explained_with_what_to_do(tmp_path: Path) -> None:
    said = difference_explained(MULTIVERSES[0], repository(), tmp_path)
    assert said == (
        "the stored table of casualty_trends does not hold here; changed since: there is no table yet; "
        "run `make multiverse`, then `make reproduce`"
    )
