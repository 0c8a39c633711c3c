"""Sizes of accidents: blank is unknown, zero is printed."""

from __future__ import annotations

import pandas as pd

from analysis.evidence.accident_sizes import casualties_per_accident


def test_a_blank_cell_makes_the_size_unknown_and_not_smaller():
    rows = pd.DataFrame(
        {
            "killed": pd.array([1, 1, None, 0, None], dtype="Int64"),
            "injured": pd.array([2, None, 3, 0, None], dtype="Int64"),
        },
        index=[7, 3, 5, 1, 9],
    )
    sizes = casualties_per_accident(rows)
    # 1 + 2 = 3 and 0 + 0 = 0; one killed with the injured blank is not an accident of one.
    assert sizes.dropna().to_dict() == {7: 3, 1: 0}
    assert sizes.index.tolist() == [7, 3, 5, 1, 9]
    assert sizes.dtype == "Int64"
