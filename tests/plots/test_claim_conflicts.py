"""The figures of conflicts and of numbers that travel draw what they are given."""

from __future__ import annotations

import pandas as pd

from analysis.plots.claim_conflicts import conflicts_figure
from analysis.plots.number_journeys import journeys_figure


def test_one_mark_a_conflict_and_one_row_a_group() -> None:
    marks = pd.DataFrame(
        {
            "topic": ["area", "area", "mines"],
            "group": [0, 0, 0],
            "these": ["800,000 ha", "800,000 ha", "about 1,000,000 mines"],
            "and": ["900,000 ha", "1,166,702 ha", "1,500,000 mines"],
            "change": [-0.1, -0.3, 0.25],
            "parties": [1, 2, 2],
            "source_ids": ["a", "b", "c"],
        }
    )
    (axis,) = conflicts_figure(marks, note="A note.").axes
    drawn = [line for line in axis.lines if line.get_marker() in ("o", "D")]
    assert sum(len(line.get_xdata()) for line in drawn) == 3
    assert "3 smallest conflicts in 2 groups" in axis.get_title(loc="left")


def test_a_panel_for_each_number_with_filled_and_open_marks() -> None:
    marks = pd.DataFrame(
        {
            "number": ["55 per cent", "55 per cent", "30 years"],
            "lane": ["Ministry", "Agency", "President"],
            "party": ["azerbaijan_authorities", "azerbaijan_authorities", "unknown"],
            "date": pd.to_datetime(["2022-12-02", "2022-10-26", "2022-10-15"]),
            "figure": ["55", "55.3", "30"],
            "repeats": [True, False, True],
            "of": ["accidents", "casualties", "years"],
            "source_id": ["a", "b", "c"],
        }
    )
    axes = journeys_figure(marks, note="A note.").axes
    assert [axis.get_title(loc="left") for axis in axes] == [
        "55 per cent: 1 dated prints by 1 voice",
        "30 years: 1 dated prints by 1 voice",
    ]
    faces = [line.get_markerfacecolor() for line in axes[0].lines if line.get_marker() == "o"]
    assert faces.count("white") == 1
