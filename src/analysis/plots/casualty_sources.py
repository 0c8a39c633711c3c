"""Figures of sources against each other: bodies for one year, totals since the early 1990s, a list against totals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.plots.casualty_counts import BODY_STYLES, OTHER_STYLE, short_name
from analysis.plots.dates import date_axis
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

_STYLES: Final = {body: (marker, PALETTE[colour]) for body, marker, colour in BODY_STYLES}
_OUTCOMES: Final = {"killed": ("o", "vermilion"), "injured": ("s", "blue")}
_STATEMENTS: Final = (
    (False, "o", "blue", "can hold together"),
    (True, "D", "vermilion", "set aside, the others can hold"),
)
_RECENT: Final = pd.Timestamp("2021-01-01")
"""First day of the panel on a scale of its own: totals since then lie close together."""


@house_style()
def agreement_figure(pairs: pd.DataFrame, *, names: Mapping[str, str], message: str, detail: str, note: str) -> Figure:
    """Return the two counts of each pair of bodies on one line, with the bounds of both lists together.

    Parameters
    ----------
    pairs
        year, area, originator_1, originator_2, total_1, total_2, ratio, low, high (bounds of both lists together;
        missing where refused); one line each, from the top.
    names
        Name of each originator in words.
    message, detail, note
        Title, the line under it, and the line of sources below the figure.
    """
    figure, (axis,) = new_figure(width_mm=DOUBLE_MM, height_mm=34 + 6.5 * len(pairs))
    drawn: set[str] = set()
    for place, row in enumerate(pairs.to_dict("records")):
        if not pd.isna(row["low"]):
            axis.barh(place, row["high"] - row["low"], left=row["low"], height=0.62, color="#E6E6E6", zorder=1)
        axis.hlines(place, row["total_1"], row["total_2"], color=PALETTE["grey"], lw=1.0, zorder=2)
        for side, offset in (("1", -0.13), ("2", 0.13)):
            body = str(row[f"originator_{side}"])
            marker, colour = _STYLES.get(body, (OTHER_STYLE[0], PALETTE[OTHER_STYLE[1]]))
            axis.plot(
                row[f"total_{side}"],
                place + (offset if row["total_1"] == row["total_2"] else 0),
                marker=marker,
                ls="none",
                ms=4.5,
                mfc="white",
                mec=colour,
                mew=1.0,
                zorder=3,
                clip_on=False,
                label=None if body in drawn else short_name(names.get(body, body)),
            )
            drawn.add(body)
        axis.annotate(
            _ratio_words(row),
            (1.0, place),
            xycoords=axis.get_yaxis_transform(),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=text_pt(6.3),
            color="#4D4D4D",
        )
    axis.barh(np.nan, 1, color="#E6E6E6", label="both lists together: at least to at most")
    axis.set_yticks(range(len(pairs)), [str(year) for year in pairs["year"]])
    axis.set_ylim(len(pairs) - 0.4, -0.6)
    axis.set_xlim(-1, 1.05 * float(max(pairs["total_1"].max(), pairs["total_2"].max(), pairs["high"].max(), 1)))
    axis.set_xlabel("casualties of the year")
    axis.legend(loc="upper left", bbox_to_anchor=(0.0, -0.1), ncols=3, columnspacing=1.2, handletextpad=0.4)
    title(axis, message, detail=detail)
    source_note(figure, note)
    return figure


@house_style()
def all_time_figure(
    stated: pd.DataFrame, implied: pd.DataFrame, *, base: int, message: str, detail: str, note: str
) -> Figure:
    """Return totals since the early 1990s over time, the last years anew, and what each leaves for the time to 2020.

    Parameters
    ----------
    stated
        date, value, bound ('equal', 'at least', 'at most'), contradicted (cannot hold with another total).
    implied
        date, before_low, before_high, contradicted.
    base
        The printed total to 10 November 2020.
    message, detail, note
        Title, the line under it, and the line of sources below the figure.
    """
    figure, (upper, middle, lower) = new_figure(
        width_mm=DOUBLE_MM, height_mm=150, rows=3, gridspec_kw={"height_ratios": [1, 1.25, 1.1]}
    )
    _all_stated(upper, stated)
    _recent(middle, stated)
    _left_for_2020(lower, implied, base=base)
    recent = pd.concat([implied["date"], stated.loc[stated["date"] >= _RECENT, "date"]])
    for axis, dates in ((upper, stated["date"]), (middle, recent), (lower, recent)):
        margin = (dates.max() - dates.min()) / 30 + pd.Timedelta(days=1)
        date_axis(axis, dates.min() - margin, dates.max() + margin)
        axis.yaxis.set_major_formatter("{x:,.0f}")
    title(upper, message, detail=detail)
    source_note(figure, note)
    return figure


def _all_stated(axis: Axes, stated: pd.DataFrame) -> None:
    """Draw every total, and the key to the marks."""
    _stated_marks(axis, stated, named=True)
    axis.plot([], [], marker="^", ls="none", ms=4, color=PALETTE["grey"], label="stated as 'more than'")
    axis.plot([], [], marker="v", ls="none", ms=4, color=PALETTE["grey"], label="stated as 'nearly'")
    axis.legend(loc="lower right", ncols=2, columnspacing=1.2)
    axis.set_ylabel("killed or injured since\nthe early 1990s, as stated")
    axis.set_ylim(0, 1.15 * float(stated["value"].max()))


def _recent(axis: Axes, stated: pd.DataFrame) -> None:
    """Draw the totals of the last years anew, on a scale on which they are seen apart."""
    recent = stated[stated["date"] >= _RECENT]
    _stated_marks(axis, recent, named=False)
    axis.set_ylabel(f"the same from {_RECENT.year} on,\nanother scale")
    if len(recent):
        low, high = float(recent["value"].min()), float(recent["value"].max())
        room = max(10.0, 0.12 * (high - low))
        axis.set_ylim(low - room, high + room)


def _stated_marks(axis: Axes, stated: pd.DataFrame, *, named: bool) -> None:
    """Draw totals by whether they can hold together: exact ones open, bounds as filled triangles."""
    for contradicted, marker, colour, name in _STATEMENTS:
        rows = stated[stated["contradicted"] == contradicted]
        for bound, shape in (("equal", marker), ("at least", "^"), ("at most", "v")):
            here = rows[rows["bound"] == bound]
            axis.plot(
                here["date"],
                here["value"],
                marker=shape,
                ls="none",
                ms=4,
                mfc="white" if bound == "equal" else PALETTE[colour],
                mec=PALETTE[colour],
                mew=0.9,
                label=name if named and bound == "equal" else None,
            )


def _left_for_2020(axis: Axes, implied: pd.DataFrame, *, base: int) -> None:
    """Draw what each total leaves for the time up to November 2020, beside what is printed for it."""
    for contradicted, marker, colour, _ in _STATEMENTS:
        _implied(axis, implied[implied["contradicted"] == contradicted], marker=marker, colour=PALETTE[colour])
    axis.axhline(base, color=PALETTE["black"], lw=0.8, ls="--")
    axis.annotate(
        f"{base:,} printed for 10 November 2020",
        (1.0, base),
        xycoords=axis.get_yaxis_transform(),
        xytext=(0, -3),
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize=text_pt(6.3),
    )
    axis.set_ylabel("the total less the running\ntotal at its date")
    low, high = float(min(implied["before_low"].min(), base)), float(max(implied["before_high"].max(), base))
    room = max(20.0, 0.15 * (high - low))
    axis.set_ylim(low - room, high + room)


@house_style()
def listed_figure(listed: pd.DataFrame, *, message: str, detail: str, note: str) -> Figure:
    """Return listed over official casualties as points with intervals, one line a period, kind and outcome.

    Parameters
    ----------
    listed
        label (of the line), outcome, ratio, low, high (missing without an interval), listed, official.
    message, detail, note
        Title, the line under it, and the line of sources below the figure.
    """
    figure, (axis,) = new_figure(width_mm=DOUBLE_MM, height_mm=32 + 5.6 * len(listed))
    for place, row in enumerate(listed.to_dict("records")):
        marker, colour = _OUTCOMES[str(row["outcome"])]
        if not pd.isna(row["low"]):
            axis.hlines(place, row["low"], row["high"], color=PALETTE[colour], lw=1.0)
        axis.plot(row["ratio"], place, marker=marker, ls="none", ms=4, color=PALETTE[colour], zorder=3)
        axis.annotate(
            f"{row['listed']} of {row['official']}",
            (1.0, place),
            xycoords=axis.get_yaxis_transform(),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=text_pt(6.3),
            color="#4D4D4D",
        )
    for outcome, (marker, colour) in _OUTCOMES.items():
        axis.plot([], [], marker=marker, ls="none", ms=4, color=PALETTE[colour], label=outcome)
    axis.axvline(1.0, color=PALETTE["grey"], lw=0.7, ls=":")
    axis.set_yticks(range(len(listed)), list(listed["label"]))
    axis.set_ylim(len(listed) - 0.4, -0.6)
    axis.set_xlim(0, 1.05 * float(np.nanmax([*listed["high"], *listed["ratio"], 1.0])))
    axis.set_xlabel("listed casualties over official ones")
    axis.legend(loc="lower right")
    title(axis, message, detail=detail)
    source_note(figure, note)
    return figure


def _implied(axis: Axes, rows: pd.DataFrame, *, marker: str, colour: str) -> None:
    axis.vlines(rows["date"], rows["before_low"], rows["before_high"], color=colour, lw=1.4)
    middle = (rows["before_low"] + rows["before_high"]) / 2
    axis.plot(rows["date"], middle, marker=marker, ls="none", ms=4, mfc="white", mec=colour, mew=0.9)


def _ratio_words(row: Mapping[object, object]) -> str:
    ratio = "same number" if row["total_1"] == row["total_2"] else f"ratio {row['ratio']:.2g}"
    return f"{ratio}; {row['area']}"
