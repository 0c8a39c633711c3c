from __future__ import annotations

from pathlib import Path

import pytest

from analysis.pipeline.environment import kernel_environment
from analysis.record.destination import OUTPUT_VARIABLE, STAGES_VARIABLE
from analysis.settings import JOURNAL


def test_what_the_caller_has_set_for_outputs_and_stages_does_not_reach_a_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OUTPUT_VARIABLE, "/elsewhere")
    monkeypatch.setenv(STAGES_VARIABLE, "1")
    environment = kernel_environment(None, private=tmp_path)
    assert OUTPUT_VARIABLE not in environment
    assert STAGES_VARIABLE not in environment


def test_a_run_that_computes_anew_tells_its_kernel(tmp_path: Path) -> None:
    environment = kernel_environment(tmp_path, private=tmp_path, anew=True)
    assert environment[STAGES_VARIABLE]
    assert environment[OUTPUT_VARIABLE] == str(tmp_path)


def test_a_journal_is_what_the_run_is_for_and_never_what_the_caller_has_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(JOURNAL, "plos")
    assert JOURNAL not in kernel_environment(tmp_path, private=tmp_path)
    assert kernel_environment(tmp_path, private=tmp_path, journal="nature")[JOURNAL] == "nature"
