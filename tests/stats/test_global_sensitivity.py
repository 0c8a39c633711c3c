"""Sobol indices: the Ishigami function, whose indices are known, and an additive toy."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.global_sensitivity import sobol_indices


def ishigami(inputs):
    return np.sin(inputs["x1"]) + 7 * np.sin(inputs["x2"]) ** 2 + 0.1 * inputs["x3"] ** 4 * np.sin(inputs["x1"])


def test_ishigami_function() -> None:
    # Ishigami, Homma (1990) ISUMA'90 proceedings, 398-403, with a = 7 and b = 0.1. V = a^2/8 + b pi^4/5 + b^2 pi^8/18
    # + 1/2 = 13.845; V1 = (1 + b pi^4/5)^2 / 2 = 4.346; V2 = a^2/8 = 6.125; V13 = b^2 pi^8 (1/18 - 1/50) = 3.374:
    # first order 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437
    ranges = dict.fromkeys(("x1", "x2", "x3"), (-math.pi, math.pi))
    found = sobol_indices(ishigami, ranges, base_samples=4096, seed=1).set_index("input")
    assert found.loc[["x1", "x2", "x3"], "first_order"].tolist() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert found.loc[["x1", "x2", "x3"], "total"].tolist() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


def test_a_sum_shares_out_its_variance_and_a_fixed_input_has_none() -> None:
    # variance of 2 x is 4 / 12, of y 1 / 12: shares 0.8 and 0.2, nothing by interaction
    ranges = {"x": (0.0, 1.0), "y": (0.0, 1.0), "z": (5.0, 5.0)}
    found = sobol_indices(lambda v: 2 * v["x"] + v["y"] + v["z"], ranges, base_samples=1024, seed=3)
    assert found["input"].tolist() == ["x", "y", "z"]
    assert found["first_order"].tolist() == pytest.approx([0.8, 0.2, 0.0], abs=0.01)
    assert found["total"].tolist() == pytest.approx([0.8, 0.2, 0.0], abs=0.01)


def test_the_same_seed_gives_the_same_table_and_another_does_not() -> None:
    ranges = {"x": (0.0, 1.0), "y": (0.0, 1.0)}
    first, again, other = (
        sobol_indices(lambda v: v["x"] * v["y"], ranges, base_samples=64, seed=seed) for seed in (5, 5, 6)
    )
    pd.testing.assert_frame_equal(first, again)
    assert not first["total"].equals(other["total"])


def test_what_cannot_be_searched_is_said() -> None:
    with pytest.raises(InsufficientEvidence, match="no input has a range"):
        sobol_indices(lambda v: v["x"], {"x": (1.0, 1.0)}, base_samples=8, seed=1)
    with pytest.raises(InsufficientEvidence, match="same over all ranges"):
        sobol_indices(lambda v: 0 * v["x"], {"x": (0.0, 1.0)}, base_samples=8, seed=1)
    with pytest.raises(ValueError, match="power of 2 is needed, got 12"):
        sobol_indices(lambda v: v["x"], {"x": (0.0, 1.0)}, base_samples=12, seed=1)
    with pytest.raises(ValueError, match="use the inverse where a result can have no end"):
        sobol_indices(lambda v: v["x"] + np.inf, {"x": (0.0, 1.0)}, base_samples=8, seed=1)
