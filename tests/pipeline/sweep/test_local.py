from __future__ import annotations

import sys

import pytest

from analysis.pipeline.sweep import local
from analysis.pipeline.warm.template import ADDRESS_VARIABLE, offered
from analysis.settings import PLAIN_KERNELS


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")
@pytest.mark.parametrize("plain", ["", "1"])
def test_runs_are_offered_warm_kernels_unless_plain_ones_are_asked_for(monkeypatch, plain: str) -> None:
    monkeypatch.delenv(ADDRESS_VARIABLE, raising=False)
    monkeypatch.setenv(PLAIN_KERNELS, plain)
    monkeypatch.setattr(local, "run_all", lambda *_, **__: iter([offered()]))
    (address,) = local.run_here([], workers=1, on_wait=lambda: None)
    assert (address is None) == bool(plain)
    assert offered() is None
