"""Figures of counts that stand side by side: years by counting body, and who was hit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from matplotlib.ticker import MaxNLocator, PercentFormatter

from analysis.plots.dates import date_axis, day
from analysis.plots.fitting import POINTS_PER_INCH
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

FIRST_YEAR: Final = 1999
_MARGIN_YEARS: Final = 0.7
_PANELS_OF_WIDTH: Final = 0.92  # of the figure, the rest are the labels of the axis

BODY_STYLES: Final = (
    ("anama", "o", "blue"),
    ("azcbl", "s", "vermilion"),
    ("prosecutor_general", "D", "green"),
    ("landmine_monitor", "v", "orange"),
    ("halo_trust", "o", "purple"),
    ("landmine_impact_survey", "s", "sky"),
    ("chde", "o", "black"),
    ("unknown", "X", "grey"),
)
OTHER_STYLE: Final = ("P", "grey")


@house_style()
def annual_figure(
    counts: pd.DataFrame, registered: pd.DataFrame, *, names: Mapping[str, str], message: str, detail: str, note: str
) -> Figure:
    """Return casualties by calendar year as each body counted them, one panel an area, never summed.

    Parameters
    ----------
    counts
        year, area, originator, total, killed, injured, comparator; a row with a total is drawn, one without it stands
        in words in a year that has no total.
    registered
        year, low, high: what running totals gained in the year, drawn as bars in the panel of Azerbaijan.
    names
        Name of each originator in words.
    message, detail, note
        Title, the line under it, and the line of sources below the figure.
    """
    panels = (
        ("Azerbaijan (to 2019 without Nagorno-Karabakh)", ("Azerbaijan without Nagorno-Karabakh", "Azerbaijan")),
        ("Nagorno-Karabakh", ("Nagorno-Karabakh",)),
        ("Armenia", ("Armenia",)),
    )
    figure, axes = new_figure(
        width_mm=DOUBLE_MM, height_mm=125, rows=3, sharex=True, gridspec_kw={"height_ratios": [2.2, 1, 1]}
    )
    first, last = FIRST_YEAR, int(max([*counts["year"], *registered["year"]]))
    for axis, (name, areas) in zip(axes, panels, strict=True):
        here = counts[counts["area"].isin(areas)]
        shown = here[here["total"].notna()]
        gains = registered if "Azerbaijan" in areas else registered.iloc[:0]
        _empty_years(axis, here, gains, first, last)
        _bars(axis, gains)
        _bodies(axis, shown, names)
        top = float(max([*shown["total"].astype(float), *gains["high"], 5.0]))
        axis.set_ylim(-0.05 * top, (1.18 if len(gains) else 1.5) * top)
        axis.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        axis.text(0.005, 0.97, name, transform=axis.transAxes, va="top", fontsize=text_pt(7), fontweight="bold")
        beside = max(_legend_start(set(shown["year"]), first, last), 0.15, _share_of_width(figure, name) + 0.03)
        axis.legend(loc="upper left", bbox_to_anchor=(beside, 1.02), handletextpad=0.4)
        axis.set_ylabel("casualties a year")
    axes[-1].set_xlim(first - _MARGIN_YEARS, last + _MARGIN_YEARS)
    axes[-1].xaxis.set_major_locator(MaxNLocator(nbins=14, integer=True))
    title(axes[0], message, detail=detail)
    source_note(figure, note)
    return figure


@house_style()
def composition_figure(
    table: pd.DataFrame, *, shares: Mapping[str, str], message: str, detail: str, note: str
) -> Figure:
    """Return two shares over time: totals by date as points, increments between the dates as lines over their days.

    Parameters
    ----------
    table
        share, of, start, end, value, clustered_low, clustered_high, n.
    shares
        The shares to draw, one panel each, with their names.
    message, detail, note
        Title, the line under it, and the line of sources below the figure.
    """
    figure, axes = new_figure(width_mm=DOUBLE_MM, height_mm=80, columns=len(shares), sharey=True)
    for axis, (share, name) in zip(axes, shares.items(), strict=True):
        rows = table[table["share"] == share]
        if rows.empty:
            continue
        _increments(axis, rows[rows["of"] == "increment"])
        totals = rows[rows["of"] == "total by date"]
        axis.errorbar(
            totals["end"],
            totals["value"],
            yerr=[totals["value"] - totals["clustered_low"], totals["clustered_high"] - totals["value"]],
            fmt="o",
            color=PALETTE["blue"],
            elinewidth=0.7,
            markersize=3.5,
            zorder=4,
            label="all to the date (its n at the foot)",
        )
        _numbers_at_foot(axis, totals)
        axis.text(0.02, 0.98, name, transform=axis.transAxes, va="top", fontsize=text_pt(7), fontweight="bold")
        axis.set_ylim(0, 1.08)
        axis.yaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0, symbol=" %"))
        date_axis(axis, rows["end"].min() - pd.Timedelta(days=40), rows["end"].max() + pd.Timedelta(days=60))
    axes[0].set_ylabel("share of casualties")
    axes[0].legend(loc="upper right", bbox_to_anchor=(1.0, 0.93))
    title(axes[0], message, detail=detail)
    source_note(figure, note)
    return figure


def _share_of_width(figure: Figure, name: str) -> float:
    """Return which share of the panels' width the name of one takes."""
    drawn = TextPath((0, 0), name, size=text_pt(7), prop=FontProperties(weight="bold")).get_extents().width
    return float(drawn / (POINTS_PER_INCH * _PANELS_OF_WIDTH * figure.get_figwidth()))


def _legend_start(counted: set[int], first: int, last: int) -> float:
    """Return where the longest run of years with a count begins, as a share of the width: no shading lies right of it.

    Of runs of one length the later one is taken; 0 without any count.
    """
    runs = [0]
    for year in range(first, last + 1):
        runs.append(runs[-1] + 1 if year in counted else 0)
    longest = max(runs)
    if longest == 0:
        return 0.0
    end = max(place for place, length in enumerate(runs) if length == longest)
    return (end - longest + _MARGIN_YEARS - 0.5) / (last - first + 2 * _MARGIN_YEARS)


def _empty_years(axis: Axes, counts: pd.DataFrame, gains: pd.DataFrame, first: int, last: int) -> None:
    """Shade the years of which no body printed a count of all casualties.

    A count of the killed or the injured only stands in words; the longest run of years without any count says so.
    """
    partial = counts[counts["total"].isna()]
    counted = set(counts.loc[counts["total"].notna(), "year"])
    runs: list[list[int]] = []
    for year in range(first, last + 1):
        if year in counted:
            continue
        axis.axvspan(year - 0.5, year + 0.5, color="#F2F2F2", lw=0, zorder=0)
        words = partial[partial["year"] == year]
        if len(words):
            _partial_counts(axis, year, words, above=float(max([0, *gains.loc[gains["year"] == year, "high"]])))
        elif runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    if runs:
        longest = max(runs, key=len)
        axis.text(
            (longest[0] + longest[-1]) / 2,
            0.12,
            "no counterpart\npublished",
            transform=axis.get_xaxis_transform(),
            ha="center",
            fontsize=text_pt(6),
            color=PALETTE["grey"],
        )


def _partial_counts(axis: Axes, year: int, rows: pd.DataFrame, *, above: float) -> None:
    """Write the counts of a year that are of the killed or the injured only upwards, above the bar of the year."""
    names = [
        f"{'at least ' if row['comparator'] == '>=' else ''}{row[outcome]} {outcome}"
        for row in rows.to_dict("records")
        for outcome in ("killed", "injured")
        if not pd.isna(row[outcome])
    ]
    axis.annotate(
        "; ".join(names),
        (year, above),
        xytext=(0, 5),
        textcoords="offset points",
        ha="center",
        va="bottom",
        rotation=90,
        fontsize=text_pt(6),
        color="#4D4D4D",
    )


def _bars(axis: Axes, registered: pd.DataFrame) -> None:
    if registered.empty:
        return
    axis.bar(
        registered["year"],
        registered["high"] - registered["low"] + 1,
        bottom=registered["low"] - 0.5,
        width=0.5,
        color=PALETTE["pale"],
        edgecolor=PALETTE["grey"],
        lw=0.4,
        label="gain of the running totals in the year (range)",
        zorder=1,
    )


def _bodies(axis: Axes, shown: pd.DataFrame, names: Mapping[str, str]) -> None:
    """Draw each body's counts, a little apart so that equal counts of two bodies are both seen."""
    bodies, known = sorted(set(shown["originator"])), [style[0] for style in BODY_STYLES]
    others = [(body, *OTHER_STYLE) for body in bodies if body not in known]
    present = [*(style for style in BODY_STYLES if style[0] in bodies), *others]
    for position, (originator, marker, colour) in enumerate(present):
        offset = 0.22 * (position - (len(present) - 1) / 2)
        rows = shown[shown["originator"] == originator]
        _body(
            axis,
            rows.assign(place=rows["year"] + offset),
            name="body not named" if originator == "unknown" else short_name(names.get(originator, originator)),
            marker=marker,
            colour=PALETTE[colour],
        )


def _body(axis: Axes, rows: pd.DataFrame, *, name: str, marker: str, colour: str) -> None:
    """Draw one body's counts; different prints for one year are joined, a lower bound has an upward arrow."""
    exact = rows[rows["comparator"] == "="]
    spread = exact.groupby("place")["total"].agg(["min", "max"])
    wide = spread[spread["min"] < spread["max"]].astype(float)
    axis.vlines(wide.index, wide["min"], wide["max"], color=colour, lw=0.8)
    axis.plot(
        exact["place"],
        exact["total"].astype(float),
        marker=marker,
        ls="none",
        ms=3.5,
        mfc="white",
        mec=colour,
        mew=0.9,
        label=name,
        zorder=3,
        clip_on=False,
    )
    least = rows[rows["comparator"] == ">="]
    axis.plot(
        least["place"], least["total"].astype(float), marker="^", ls="none", ms=3.5, mfc=colour, mec=colour, zorder=3
    )


def short_name(name: str) -> str:
    """Return the abbreviation a name carries in brackets, else the name without what it has in brackets."""
    found = re.search(r"\(([A-Za-z]{2,8})\)", name)
    return found.group(1) if found else re.sub(r"\s*\([^)]*\)", "", name)


def _numbers_at_foot(axis: Axes, totals: pd.DataFrame) -> None:
    """Write the n of each total by date at the foot of the panel, below its point."""
    for end, n in zip(totals["end"], totals["n"], strict=True):
        axis.annotate(
            f"{n}",
            (day(end), 0),
            xycoords=axis.get_xaxis_transform(),
            xytext=(0, 1.5),
            textcoords="offset points",
            ha="center",
            fontsize=text_pt(5.5),
            color=PALETTE["blue"],
        )


def _increments(axis: Axes, rows: pd.DataFrame) -> None:
    middle = rows["start"] + (rows["end"] - rows["start"]) / 2
    axis.vlines(middle, rows["clustered_low"], rows["clustered_high"], color=PALETTE["orange"], lw=0.7)
    axis.hlines(
        rows["value"],
        rows["start"],
        rows["end"],
        color=PALETTE["orange"],
        lw=2.2,
        label="added between two dates",
        zorder=3,
    )
    for middle_date, high, n in zip(middle, rows["clustered_high"], rows["n"], strict=True):
        axis.annotate(
            f"n = {n}",
            (day(middle_date), high),
            xytext=(0, 1.5),
            textcoords="offset points",
            ha="center",
            fontsize=text_pt(5.5),
            color="#4D4D4D",
        )
