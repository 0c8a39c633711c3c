"""Shares outside the former line of contact with what they rest on, and the counts that cannot follow each other."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from analysis.maps.outcomes import records
from analysis.plots.dates import date_axis
from analysis.plots.maps.blank import blank
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

_COLOURS: Final = {"accident": PALETTE["blue"], "casualty": PALETTE["vermilion"]}
_NEAR_DAYS: Final = 75
_PLURAL: Final = {"accident": "accidents", "casualty": "casualties"}


@house_style()
def shares_with_n(
    counts: pd.DataFrame, shares_only: pd.DataFrame, increments: pd.DataFrame, *, level: float, note: str
) -> Figure:
    """Return the figure: left, shares with intervals; right, the number on the line at each count.

    Parameters
    ----------
    counts, shares_only, increments
        Tables of :class:`analysis.maps.line_results.LineResults`.
    level
        Confidence level of the intervals in `counts`.
    note
        Line of sources under the figure.
    """
    figure, (left, right) = new_figure(
        width_mm=DOUBLE_MM, height_mm=86, columns=2, gridspec_kw={"width_ratios": [1.25, 1]}
    )
    if counts.empty:
        blank(left, "shares with a number of accidents")
        blank(right, "numbers on the line")
    else:
        _shares(left, counts, shares_only, level)
        _on_line(right, counts, increments)
    source_note(figure, note)
    return figure


def _shares(axis: Axes, counts: pd.DataFrame, shares_only: pd.DataFrame, level: float) -> None:
    labels: list[str] = []
    for unit in ("accident", "casualty"):
        for row in records(counts[counts["unit"] == unit]):
            height, colour = -len(labels), _COLOURS[unit]
            axis.plot([100 * row["low"], 100 * row["high"]], [height] * 2, color=colour, linewidth=1.4)
            if unit == "casualty":
                ends = [100 * row["naive_low"], 100 * row["naive_high"]]
                axis.plot(ends, [height] * 2, color=colour, linewidth=4.0, alpha=0.35, solid_capstyle="butt")
            axis.plot([100 * row["share"]], [height], marker="o", color=colour, markersize=4.5)
            _value(axis, 100 * row["share"], 100 * row["high"], height)
            labels.append(f"{row['outside']} of {row['total']} {_PLURAL[unit]}, {_day(row['as_of'])}")
    for row in records(shares_only):
        height = -len(labels)
        share = 100 * float(row["share"])
        axis.plot([share], [height], marker="o", color=_COLOURS[row["unit_counted"]], markerfacecolor="white")
        _value(axis, share, share + 1.2, height, about=row["comparator"] == "~")
        speaker = str(row["attributed_to"]).split(" (")[0]
        labels.append(f"no count, {_day(row['as_of'])} ({speaker})")
    axis.set_yticks([-height for height in range(len(labels))], labels)
    axis.tick_params(axis="y", length=0)
    axis.set_ylim(-len(labels) + 0.4, 0.6)
    axis.set_xlim(40, 92)
    axis.set_xlabel("Share outside the former line of contact, %")
    title(
        axis,
        "Counts put most accidents outside the former line" if _most(counts) else "Shares outside the former line",
        detail=f"Lines: {100 * level:g} % Wilson intervals, for casualties widened for\n"
        "clustering (pale bar: not widened). Open: printed without\ncounts, so no interval can be given",
    )


def _on_line(axis: Axes, counts: pd.DataFrame, increments: pd.DataFrame) -> None:
    impossible = increments[~increments["possible"].astype(bool)]
    for unit in ("accident", "casualty"):
        rows = counts[counts["unit"] == unit]
        if rows.empty:
            continue
        colour, moments = _COLOURS[unit], [float(date2num(day)) for day in rows["as_of"]]  # type: ignore[no-untyped-call]
        axis.plot(moments, rows["on_line"], color=colour, marker="o", markersize=4.5, linewidth=0.9)
        for place, (moment, number) in enumerate(zip(moments, rows["on_line"], strict=True)):
            axis.annotate(
                str(number),
                xy=(moment, number),
                xytext=(0, 5),
                textcoords="offset points",
                ha=_alignment(moments, place),
                color=colour,
            )
        axis.annotate(
            _PLURAL[unit],
            xy=(moments[-1], rows["on_line"].iloc[-1]),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            color=colour,
        )
    first, last = counts["as_of"].min(), counts["as_of"].max()
    span = max((last - first).days, 200)
    date_axis(axis, first - pd.Timedelta(days=0.1 * span), last + pd.Timedelta(days=0.38 * span))
    axis.set_ylim(0, 1.18 * counts["on_line"].max())
    axis.set_ylabel("Number on the former line (total less outside)")
    message = "Numbers on the former line"
    if len(impossible):
        row = impossible.iloc[0]
        message = f"Counts on the line cannot fall;\none falls by {-int(row['more_on_line'])}"
    title(axis, message, detail="Complete counts by one body since November\n2020, each containing the one before it")


def _alignment(moments: list[float], place: int) -> str:
    """Keep the labels of two points close in time apart."""
    if place + 1 < len(moments) and moments[place + 1] - moments[place] < _NEAR_DAYS:
        return "right"
    if place > 0 and moments[place] - moments[place - 1] < _NEAR_DAYS:
        return "left"
    return "center"


def _value(axis: Axes, share: float, right: float, height: int, *, about: bool = False) -> None:
    text = f"about {share:.0f}" if about else f"{share:.1f}"
    axis.annotate(
        text, xy=(right, height), xytext=(3, 0), textcoords="offset points", va="center", fontsize=text_pt(6.5)
    )


def _most(counts: pd.DataFrame) -> bool:
    accidents = counts.loc[counts["unit"] == "accident", "low"]
    return len(accidents) > 0 and bool((accidents > 0.5).all())


def _day(moment: object) -> str:
    day = pd.Timestamp(str(moment))
    return f"{day.day} {day:%b %Y}"
