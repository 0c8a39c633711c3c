"""Running everything: kept results, other methods' lines, workers, and what changed after its table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.calibration import recovery
from analysis.calibration.campaign import calibrate, calibrate_recovery, chosen
from analysis.calibration.provenance import changes_since, provenance_of
from analysis.calibration.register import METHODS, methods_named
from analysis.calibration.table import coverage_of, outdated, stored_coverage
from analysis.errors import ParameterError

RATE, RATIO = "rate, Garwood", "ratio of rates, score"


def made(folder: Path, *names: str, workers: int = 1, runs: int = 20) -> list[str]:
    told: list[str] = []
    kept, table = folder / "kept", folder / "table"
    calibrate(methods_named(names), kept=kept, tell=told.append, workers=workers, runs=runs, folder=table)
    return told


def test_a_second_run_reads_what_the_first_kept(tmp_path: Path):
    settings = methods_named([RATE])[0].settings
    assert len(made(tmp_path, RATE)) == len(settings)
    first = (tmp_path / "table" / "coverage.csv").read_bytes()
    assert made(tmp_path, RATE) == []
    assert (tmp_path / "table" / "coverage.csv").read_bytes() == first
    # Another number of runs is another result.
    assert len(made(tmp_path, RATE, runs=30)) == len(settings)


def test_lines_of_other_methods_stay_and_the_order_is_that_of_the_register(tmp_path: Path):
    made(tmp_path, RATIO)
    before = coverage_of(RATIO, folder=tmp_path / "table")
    made(tmp_path, RATE)
    lines = stored_coverage(tmp_path / "table")
    assert list(dict.fromkeys(line.method for line in lines)) == [RATE, RATIO]
    assert coverage_of(RATIO, folder=tmp_path / "table").equals(before)
    assert set(json.loads((tmp_path / "table" / "coverage.json").read_text())["methods"]) == {RATE, RATIO}


def test_results_do_not_depend_on_the_number_of_workers(tmp_path: Path):
    made(tmp_path / "one", RATIO)
    made(tmp_path / "two", RATIO, workers=2)
    assert stored_coverage(tmp_path / "one" / "table") == stored_coverage(tmp_path / "two" / "table")


def test_a_table_is_outdated_by_its_source_or_its_evidence_and_says_which(tmp_path: Path):
    made(tmp_path, RATE, RATIO)
    assert outdated(tmp_path / "table") == {}
    (method,) = methods_named([RATE])
    origin = provenance_of(method, seed=1)
    assert changes_since({RATE: {**origin, "source": "other"}}) == {RATE: "its source"}
    assert changes_since({RATE: {**origin, "evidence": "other"}}) == {RATE: "the evidence its worlds are drawn from"}
    # Of worlds that take nothing from the evidence only the source counts.
    (other,) = methods_named(["quotient, Fieller"])
    alone = provenance_of(other, seed=1)
    assert alone["evidence"] == ""
    assert changes_since({other.name: alone}) == {}
    assert changes_since({other.name: {**alone, "source": "other"}}) == {other.name: "its source"}
    gone = {**origin, "modules": [*origin["modules"], "analysis.stats.no_such_module"]}
    assert changes_since({RATE: gone}) == {RATE: "its source"}


def test_names_of_methods_are_checked_and_tables_of_their_own_are_among_them(tmp_path: Path):
    tables = ("reconciliation of running totals", "records against the ground")
    assert chosen([]) == (METHODS, tables)
    for name in tables:
        assert chosen([name]) == ((), (name,))
    assert chosen([RATE]) == (methods_named([RATE]), ())
    with pytest.raises(ParameterError, match=r"method: 'rates' is not calibrated; calibrated are: share, wilson; "):
        chosen(["rates"])
    with pytest.raises(ParameterError, match=r"'rate, Garwood' has no stored coverage; the table has: nothing"):
        coverage_of(RATE, folder=tmp_path)


def test_the_reconciliation_has_a_table_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recovery, "SETTINGS", dict(list(recovery.SETTINGS.items())[:2]))
    told: list[str] = []
    lines = calibrate_recovery(kept=tmp_path / "kept", tell=told.append, runs=1, folder=tmp_path / "table")
    assert len(told) == len(lines)
    assert (tmp_path / "table" / "recovery.csv").exists()
    assert told[0].startswith("[1/2] reconciliation of running totals; none, 0 of rows: true total held at 1.0000")
