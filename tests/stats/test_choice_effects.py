"""Sharing out the spread over a full grid of choices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.errors import InsufficientEvidence, ParameterError
from analysis.stats.choice_effects import choice_effects, variance_parts


def test_two_choices_by_hand() -> None:
    # Values 1 2 / 3 8: mean 3.5; row means 1.5, 5.5 (effects -2, 2: variance 4); column means 2, 5 (-1.5, 1.5: 2.25);
    # interaction 1 - 3.5 + 2 + 1.5 = 1 in each cell with sign: variance 1. Sum 7.25 = variance of 1, 2, 3, 8.
    table = choice_effects(np.array([[1.0, 2.0], [3.0, 8.0]]), ["row", "column"]).set_index("choice")
    assert table["alone"].to_dict() == pytest.approx({"row": 4 / 7.25, "column": 2.25 / 7.25})
    assert table["shapley"].to_dict() == pytest.approx({"row": 4.5 / 7.25, "column": 2.75 / 7.25})
    assert table["with_interactions"].to_dict() == pytest.approx({"row": 5 / 7.25, "column": 3.25 / 7.25})


def test_product_of_two_signs_is_shared_equally() -> None:
    # f = x y with x, y in -1, 1: no main effect, all variance in the interaction (Owen 2014, section 3).
    table = choice_effects(np.outer([-1.0, 1.0], [-1.0, 1.0]), ["x", "y"])
    assert table["alone"].tolist() == pytest.approx([0, 0])
    assert table["shapley"].tolist() == pytest.approx([0.5, 0.5])
    assert table["with_interactions"].tolist() == pytest.approx([1, 1])


def test_ishigami_like_sum_of_three() -> None:
    # f = x + 2 y + 0 z on {-1, 1}: variances 1, 4, 0, no interaction.
    x, y, z = np.meshgrid([-1.0, 1.0], [-1.0, 1.0], [-1.0, 1.0], indexing="ij")
    table = choice_effects(x + 2 * y + 0 * z, ["x", "y", "z"])
    for column in ("alone", "shapley", "with_interactions"):
        assert table[column].tolist() == pytest.approx([0.2, 0.8, 0], abs=1e-12)


@given(arrays(np.float64, (2, 3, 2), elements=st.floats(-100, 100)))
def test_parts_add_to_the_variance(values: np.ndarray) -> None:
    parts = variance_parts(values)
    assert sum(parts.values()) == pytest.approx(float(values.var()), rel=1e-9, abs=1e-9)
    assert min(parts.values()) >= 0


@given(arrays(np.float64, (2, 2, 3), elements=st.integers(-9, 9).map(float)))
def test_shares_add_to_one_and_follow_their_axis(values: np.ndarray) -> None:
    if np.ptp(values) == 0:
        return
    table = choice_effects(values, ["a", "b", "c"]).set_index("choice")
    turned = choice_effects(values.transpose(2, 0, 1), ["c", "a", "b"]).set_index("choice")
    assert table["shapley"].sum() == pytest.approx(1)
    assert (table["alone"] <= table["shapley"] + 1e-9).all()
    assert (table["shapley"] <= table["with_interactions"] + 1e-9).all()
    assert turned["shapley"].to_dict() == pytest.approx(table["shapley"].to_dict(), abs=1e-9)


def test_refusals() -> None:
    with pytest.raises(InsufficientEvidence, match="all 4 combinations have the same value"):
        choice_effects(np.full((2, 2), 0.3), ["a", "b"])
    with pytest.raises(InsufficientEvidence, match="1 of 4 combinations have no finite value"):
        choice_effects(np.array([[1.0, np.inf], [2.0, 3.0]]), ["a", "b"])
    with pytest.raises(ParameterError, match="one an axis is needed, found 1 for 2 axes"):
        choice_effects(np.zeros((2, 2)), ["a"])
