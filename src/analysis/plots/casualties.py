"""Figures of the casualty series: the reconciled running total with every printed figure, and the rate over time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.plots.dates import date_axis, day
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

_BOUND_MARKERS: Final = {"at least": "^", "at most": "v"}
_SMALL: Final = 9.0
_NAMED_DIFFERENCE: Final = 4


@house_style()
def running_total_figure(path: pd.DataFrame, printed: pd.DataFrame, *, message: str, detail: str, note: str) -> Figure:
    """Return the reconciled running total with every printed total, and below it printed minus path.

    Parameters
    ----------
    path
        Table of the reconciled path: date, killed, total and their ranges.
    printed
        Printed totals: date, printed, used, difference, kind, overruled, row_id.
    message, detail, note
        Title, the line under it, and the line of sources below the figure.
    """
    figure, axes = new_figure(
        width_mm=DOUBLE_MM, height_mm=115, rows=2, sharex=True, gridspec_kw={"height_ratios": [2.6, 1]}
    )
    upper, lower = axes
    upper.fill_between(
        path["date"], path["total_low_5"], path["total_high_5"], color=PALETTE["pale"], lw=0, step="post", zorder=1
    )
    upper.plot(path["date"], path["total"], color=PALETTE["blue"], drawstyle="steps-post", zorder=2)
    upper.plot(path["date"], path["killed"], color=PALETTE["black"], drawstyle="steps-post", lw=1.0, zorder=2)
    _printed_marks(upper, printed, "printed")
    _end_label(upper, path["date"].iloc[-1], int(path["total"].iloc[-1]), "killed or injured", PALETTE["blue"])
    _end_label(upper, path["date"].iloc[-1], int(path["killed"].iloc[-1]), "killed", PALETTE["black"])
    upper.set_ylabel("persons since 10 November 2020")
    upper.set_ylim(bottom=0)
    upper.legend(loc="upper left", handletextpad=0.4)
    title(upper, message, detail=detail)
    _differences(lower, printed)
    date_axis(lower, path["date"].iloc[0] - pd.Timedelta(days=45), path["date"].iloc[-1] + pd.Timedelta(days=230))
    source_note(figure, note)
    return figure


@house_style()
def rate_figure(
    intervals: pd.DataFrame, trend: pd.DataFrame, *, message: str, detail: str, note: str, labels: Mapping[str, str]
) -> Figure:
    """Return the casualty rate of each interval with its cluster-aware interval, and the fitted trend with its band.

    Parameters
    ----------
    intervals
        start, end, rate_per_30d, clustered_low, clustered_high, kind, marked.
    trend
        date, rate_per_30d, low, high of the fitted line; empty without a fit.
    message, detail, note
        Title, the line under it, and the line of sources below the figure.
    labels
        Words for the marks: "occurred", "by difference", "registered", "marked", "trend".
    """
    figure, (axis,) = new_figure(width_mm=DOUBLE_MM, height_mm=88)
    if not trend.empty:
        axis.fill_between(trend["date"], trend["low"], trend["high"], color=PALETTE["pale"], lw=0, zorder=1)
        axis.plot(trend["date"], trend["rate_per_30d"], color=PALETTE["black"], lw=1.0, zorder=2, label=labels["trend"])
    groups = (
        ("occurred", (intervals["kind"] == "occurred"), "blue"),
        ("by difference", (intervals["kind"] == "by difference"), "sky"),
        ("registered", (intervals["kind"] == "registered") & ~intervals["marked"], "orange"),
        ("marked", intervals["marked"], "vermilion"),
    )
    for name, chosen, colour in groups:
        _rate_marks(axis, intervals[chosen], colour=PALETTE[colour], label=labels[name], dashed=name == "marked")
    _counts_of_notable(axis, intervals)
    axis.set_ylabel("casualties per 30 days")
    # A little room below, so that a rate of zero is seen.
    axis.set_ylim(bottom=-0.02 * float(intervals["clustered_high"].max()))
    axis.legend(loc="upper right", handlelength=2.2)
    title(axis, message, detail=detail)
    date_axis(
        axis, intervals["start"].iloc[0] - pd.Timedelta(days=20), intervals["end"].iloc[-1] + pd.Timedelta(days=20)
    )
    source_note(figure, note)
    return figure


def _printed_marks(axis: Axes, printed: pd.DataFrame, column: str) -> None:
    """Draw points as circles and bounds as arrows; figures the path overrules are filled."""
    words = {
        (False, "equal"): "printed figure",
        (True, "equal"): "printed figure the path overrules",
        (False, "at least"): "lower bound (more than, possibly stale, dated by month)",
        (False, "at most"): "upper bound (nearly, dated by month)",
    }
    for overruled, colour in ((False, "grey"), (True, "vermilion")):
        for kind, marker in (("equal", "o"), *_BOUND_MARKERS.items()):
            chosen = printed[(printed["overruled"] == overruled) & (printed["kind"] == kind)]
            if chosen.empty:
                continue
            filled = overruled or kind == "equal"
            axis.scatter(
                chosen["date"],
                chosen[column],
                s=_SMALL,
                marker=marker,
                facecolors=PALETTE[colour] if filled else "white",
                edgecolors=PALETTE[colour],
                linewidths=0.5,
                zorder=4 if overruled else 3,
                label=words.get((overruled, kind)),
            )


def _differences(axis: Axes, printed: pd.DataFrame) -> None:
    """Draw printed minus path for points, the overruled ones as stems, the largest with their row named."""
    points = printed[printed["kind"] == "equal"]
    axis.axhline(0, color=PALETTE["blue"], lw=1.0)
    overruled = points[points["overruled"]]
    axis.vlines(overruled["date"], 0, overruled["difference"], color=PALETTE["vermilion"], lw=0.7)
    _printed_marks(axis, points, "difference")
    largest = overruled.reindex(overruled["difference"].abs().sort_values(ascending=False, kind="stable").index)
    named = largest[largest["difference"].abs() >= _NAMED_DIFFERENCE].head(4)
    for date, difference in zip(named["date"], named["difference"], strict=True):
        axis.annotate(
            f"{difference:+d}".replace("-", "\N{MINUS SIGN}"),
            (day(date), difference),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=text_pt(6),
            color=PALETTE["vermilion"],
        )
    reach = max(4.0, float(points["difference"].abs().max()) * 1.2)
    axis.set_ylim(-reach, reach)
    axis.set_ylabel("printed\nminus path")


def _rate_marks(axis: Axes, intervals: pd.DataFrame, *, colour: str, label: str, dashed: bool) -> None:
    """Draw each rate as a horizontal line over its days and its interval as a thin vertical line in the middle."""
    if intervals.empty:
        return
    middle = intervals["start"] + (intervals["end"] - intervals["start"]) / 2
    axis.vlines(middle, intervals["clustered_low"], intervals["clustered_high"], color=colour, lw=0.6, alpha=0.7)
    axis.hlines(
        intervals["rate_per_30d"],
        intervals["start"],
        intervals["end"],
        color=colour,
        lw=2.2,
        linestyles=(0, (1.2, 0.5)) if dashed else "solid",
        label=label,
        zorder=3,
    )


def _counts_of_notable(axis: Axes, intervals: pd.DataFrame) -> None:
    """Write count and days at the longest interval and at the highest of those with a mark."""
    longest = intervals.iloc[int(intervals["days"].to_numpy().argmax())]
    _count(axis, longest, at=longest["end"], offset=(0, 3), align=("right", "bottom"))
    if intervals["marked"].any():
        marked = intervals[intervals["marked"]]
        highest = marked.iloc[int(marked["rate_per_30d"].to_numpy().argmax())]
        # To the left of its line, unless that would leave the panel.
        begun = highest["start"] - intervals["start"].iloc[0]
        if begun > (intervals["end"].iloc[-1] - intervals["start"].iloc[0]) / 5:
            _count(axis, highest, at=highest["start"], offset=(-4, 0), align=("right", "center"))
        else:
            _count(axis, highest, at=highest["end"], offset=(4, 0), align=("left", "center"))


def _count(
    axis: Axes, row: pd.Series, *, at: pd.Timestamp, offset: tuple[float, float], align: tuple[str, str]
) -> None:
    axis.annotate(
        f"{row['casualties']} in {row['days']} days",
        (day(at), float(row["rate_per_30d"])),
        xytext=offset,
        textcoords="offset points",
        ha=align[0],
        va=align[1],
        fontsize=text_pt(6),
    )


def _end_label(axis: Axes, date: pd.Timestamp, value: int, words: str, colour: str) -> None:
    axis.annotate(
        f"{value}\n{words}",
        (day(date), value),
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        fontsize=text_pt(6.5),
        color=colour,
    )
