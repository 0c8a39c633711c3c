"""The figure of verdicts by party draws every count."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.claims.verdict import Verdict
from analysis.plots.verdict_counts import verdict_counts_figure


def test_bars_add_up_to_the_statements_of_each_party() -> None:
    counts = pd.DataFrame(0, index=["one", "two"], columns=["statements", *map(str, Verdict)])
    counts.loc["one", ["agrees", "differs"]] = [2, 1]
    counts.loc["two", "not a quantity"] = 4
    counts["statements"] = counts.drop(columns="statements").sum(axis=1)
    (axis,) = verdict_counts_figure(counts, names={"one": "Party one"}, note="A note.").axes
    assert sum(bar.get_width() for bar in axis.patches) == pytest.approx(7)
    assert {label.get_text() for label in axis.get_yticklabels()} == {"Party one", "two"}
    assert "7 statements" in axis.get_title(loc="left")
