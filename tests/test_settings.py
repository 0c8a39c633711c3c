"""What holds for a whole run is a number in its range, the default, or a complaint."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from analysis.__main__ import main
from analysis.errors import ParameterError
from analysis.settings import COORDINATE_DECIMALS, MAX_MB, MAX_ROWS, coordinate_decimals, hold_for_this_run, size_limits


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (MAX_MB, MAX_ROWS, COORDINATE_DECIMALS):
        monkeypatch.setenv(name, "")  # put back after the test, whatever it sets


def test_the_defaults() -> None:
    assert (size_limits().file_bytes, size_limits().table_rows, coordinate_decimals()) == (200_000_000, 5_000_000, 2)


def test_options_hold_for_this_process_and_those_it_starts() -> None:
    hold_for_this_run({MAX_MB: 3, MAX_ROWS: None, "other": "x"})
    assert size_limits().file_bytes == 3_000_000
    assert os.environ[MAX_ROWS] == ""
    code = "from analysis.settings import size_limits; print(size_limits().file_bytes)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"3000000\n"


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5", "1_0", "٣", "9" * 5000, "1000001"])
def test_other_values_are_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MAX_MB, text)
    with pytest.raises(ParameterError, match="ANALYSIS_MAX_MB must be a whole number from 1 to 1000000, found"):
        size_limits()


def test_the_command_line_sets_them(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--max-rows", "10", str(tmp_path)]) == 1
    assert os.environ[MAX_ROWS] == "10"
    capsys.readouterr()
    assert main(["check", "--max-rows", "10"]) == 1
    said = capsys.readouterr().err
    assert "casualties_period.csv, line 12: a table may have at most 10 rows; if this is meant, raise the limit" in said
    assert main(["reproduce", "--coordinate-decimals", "9"]) == 1
    assert "ANALYSIS_COORDINATE_DECIMALS must be a whole number from 0 to 7, found '9'" in capsys.readouterr().err
