"""Sobol indices of the inputs on the time and cost of both models."""

from __future__ import annotations

from textwrap import wrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title


@house_style()
def search_figure(indices: pd.DataFrame, *, note: str) -> Figure:
    """Return the figure: one panel an outcome, one bar an input.

    Parameters
    ----------
    indices
        Of :func:`analysis.contamination.horizon_search.indices_by_model`.
    note
        Lines under the figure.
    """
    outcomes = list(dict.fromkeys(indices["outcome"])) or ["not estimable from this selection"]
    longest = max((int((indices["outcome"] == outcome).sum()) for outcome in outcomes), default=1)
    figure, axes = new_figure(width_mm=DOUBLE_MM, height_mm=48 + 5.2 * longest, columns=len(outcomes))
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        engine.set(w_pad=0.1)  # inches; the long names of inputs would else touch the edge
    for axis, outcome in zip(axes, outcomes, strict=True):
        _bars(axis, indices[indices["outcome"] == outcome], outcome, longest)
    handles, labels = axes[0].get_legend_handles_labels()
    if len(indices):
        figure.legend(handles, labels, loc="outside upper right", ncols=2, columnspacing=1.5)
    source_note(figure, note)
    return figure


def _bars(axis: Axes, own: pd.DataFrame, outcome: str, rows: int) -> None:
    places = np.arange(len(own))
    axis.barh(places - 0.18, own["total"], height=0.36, color=PALETTE["sky"], label="with interactions (total)")
    axis.barh(places + 0.18, own["first_order"].clip(lower=0), height=0.36, color=PALETTE["blue"], label="alone")
    ends = [(own["total"] - own["total_margin"]).clip(lower=0), own["total"] + own["total_margin"]]
    axis.hlines(places - 0.18, ends[0], ends[1], color=PALETTE["black"], lw=0.7)
    axis.set_yticks(places, [_name(name) for name in own["input"]])
    axis.tick_params(axis="y", length=0, labelsize=text_pt(6.0))
    axis.set_ylim(rows - 0.4, -0.6)
    axis.set_xlim(0, 1.05)
    axis.set_xlabel("Share of the spread")
    model, _, what = outcome.partition(": ")
    # Two lines in every panel: the long one would else take the room of the bars.
    detail = "\n".join([*wrap(what, 22), ""][:2])
    title(axis, f"{model[0].upper()}{model[1:]}", detail=detail)


def _name(name: str) -> str:
    words = name.replace("_", " ").replace("usd", "USD")
    return "\n".join(wrap(words, 18))
