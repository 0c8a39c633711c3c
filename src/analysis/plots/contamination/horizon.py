"""Years to release the rest: every scenario, the range for each stated area, and published statements located."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.contamination.horizon import LEFT, WHOLE
from analysis.contamination.results import ContaminationStudy
from analysis.contamination.time_statements import longest_statement
from analysis.plots.style import PALETTE, house_style, new_figure, source_note, text_pt, title

_COLOURS: Final = {WHOLE: PALETTE["blue"], LEFT: PALETTE["orange"]}
_MIDDLE: Final = 18.0  # years; statements beyond have their text on the left
_PAPER: Final = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # keeps text readable across a line
_CLASSES: Final = {"high": "high class", "medium": "medium class", "medium_and_low": "medium and low"}


@house_style()
def horizon_figure(study: ContaminationStudy) -> Figure:
    """Return one row a stated area, with both readings of it."""
    ranges = study.ranges
    rows = _rows(ranges)
    said = study.located
    count = len(rows) + len(said)
    figure, (axis,) = new_figure(height_mm=44 + 8.2 * max(count, 1))
    heights = list(range(count - 1, -1, -1))
    for y, (_, row) in zip(heights[: len(rows)], rows.iterrows(), strict=True):
        _draw_row(axis, study, row, y=y)
    for y, (_, claim) in zip(heights[len(rows) :], said.iterrows(), strict=True):
        _draw_statement(axis, claim, y=y)
    labels = [_label(study, row) for _, row in rows.iterrows()] + [
        _statement_label(claim) for _, claim in said.iterrows()
    ]
    axis.set_yticks(heights, labels)
    if not count:
        axis.text(0.5, 0.4, "not estimable from this selection", ha="center", transform=axis.transAxes)
    axis.tick_params(axis="y", length=0)
    axis.spines["left"].set_visible(False)
    _longest_statement(axis, said, top=count - 0.5)
    axis.set_ylim(-0.6, count + 0.7)
    axis.set_xlim(-0.6, 36)
    axis.spines["bottom"].set_bounds(0, 36)
    start = f"{study.origin.day} {study.origin:%B %Y}"
    axis.set_xlabel(f"Years from {start} until the rest is reported as released, at each published rate")
    totals = ranges[ranges["category"] == "total"] if len(ranges) else ranges
    if len(totals):
        low, high = totals["years_low"].min(), totals["years_high"].max()
        message = f"Published areas and rates give {low:.0f} to {high:.0f} years for all classes"
        detail = "Stated area of the regained districts, by date and who said it"
        title(axis, f"{message}: a range of scenarios, not a forecast", detail=detail)
    _legend(axis)
    source_note(
        figure,
        f"Sources: pages listed with the figure; n = {len(study.rates)} rates (printed years, and increments between"
        f" running totals, which carry the season), as of {study.last_date}.\n"
        "Scenario range, not a confidence interval: published totals have no sampling error. Nothing is added to the"
        " task, no further share is released by\nsurvey. Release by class is not published: from none to all of it is"
        " allowed for. Not for navigation, entry or release decisions; the national\nauthority decides.",
    )
    return figure


def _rows(ranges: pd.DataFrame) -> pd.DataFrame:
    if ranges.empty:
        return ranges
    rows = ranges.drop_duplicates(["category", "as_of", "stated_ha"])
    order = rows["category"].map({"total": 0, "medium_and_low": 1, "medium": 2, "high": 3}).fillna(4)
    return rows.assign(order=order).sort_values(["order", "stated_ha"], ascending=[True, False], kind="stable")


def _draw_row(axis: Axes, study: ContaminationStudy, row: pd.Series, *, y: float) -> None:
    own = study.scenarios[
        (study.scenarios["category"] == row["category"])
        & (study.scenarios["stated_ha"] == row["stated_ha"])
        & (study.scenarios["as_of"] == row["as_of"])
    ]
    for baseline, shift in ((WHOLE, 0.16), (LEFT, -0.16)):
        part = own[own["baseline"] == baseline]
        colour = _COLOURS[baseline]
        axis.hlines(y + shift, part["years_low"].min(), part["years_high"].max(), color=colour, lw=1.0, alpha=0.6)
        if row["category"] == "total":
            for kind, size, alpha in (("increment", 2.2, 0.6), ("year", 4.2, 1.0)):
                dots = part[part["rate_kind"] == kind]
                middle = (dots["years_low"] + dots["years_high"]) / 2
                axis.plot(middle, [y + shift] * len(dots), "o", color=colour, ms=size, alpha=alpha, mew=0)
        low, high = part["years_low"].min(), part["years_high"].max()
        axis.annotate(
            f"{low:.0f} to {high:.0f}" if low >= 1 else f"{low:.0f} to {high:.1f}",
            (high, y + shift),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=text_pt(6.0),
            color=colour,
            bbox=_PAPER,
        )


def _draw_statement(axis: Axes, claim: pd.Series, *, y: float) -> None:
    low, high = claim["years_left_low"], claim["years_left_high"]
    axis.plot([low, high], [y, y], "D-", color=PALETTE["black"], ms=3.0, lw=0.9)
    state = f"{high:.1f} years left" if low == high else f"{low:.1f} to {high:.1f} years left"
    right = high < _MIDDLE
    axis.annotate(
        f"{claim['attributed_to']}:\n{claim['statement'].rstrip('.')}; {state}",
        (high if right else low, y),
        xytext=(6 if right else -6, 0),
        textcoords="offset points",
        ha="left" if right else "right",
        va="center",
        fontsize=text_pt(6.0),
        color="#4D4D4D",
        bbox=_PAPER,
    )


def _longest_statement(axis: Axes, located: pd.DataFrame, *, top: float) -> None:
    if located.empty:
        return
    left = longest_statement(located)["years_left_high"]
    axis.plot([left, left], [-0.6, top], color=PALETTE["black"], lw=0.9, ls=(0, (4, 2)), zorder=0.5)


def _statement_label(claim: pd.Series) -> str:
    low, high = claim["years_stated_low"], claim["years_stated_high"]
    span = f"{low:.0f}" if low == high else f"{low:.0f} to {high:.0f}"
    return f"statement of {claim['as_of']}:\n{span} years"


def _label(study: ContaminationStudy, row: pd.Series) -> str:
    name = study.labels.get(row["originator"], row["originator"])
    kind = _CLASSES.get(row["category"], "all classes")
    return f"{row['stated_ha']:,.0f} ha, {kind}\n{name}, {row['as_of']}"


def _legend(axis: Axes) -> None:
    handles = [
        Line2D([], [], color=_COLOURS[WHOLE], lw=2, label="stated area is the whole task since November 2020"),
        Line2D([], [], color=_COLOURS[LEFT], lw=2, label="stated area was left at its date"),
        Line2D([], [], marker="o", ls="", ms=4.2, color=PALETTE["black"], label="rate of a printed year"),
        Line2D([], [], marker="o", ls="", ms=2.2, color=PALETTE["black"], label="rate between running totals"),
    ]
    axis.legend(handles=handles, loc="upper left", ncols=2, borderpad=0.0, labelspacing=0.3, columnspacing=1.5)
