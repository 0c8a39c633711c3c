"""Stated hazardous areas and numbers of mines over time, with who said it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.contamination.results import ContaminationStudy
from analysis.contamination.stated import MINES, OLDER, RECORDS, REGAINED, older_lines
from analysis.plots.contamination.time_axis import tick_years, year_start
from analysis.plots.style import PALETTE, house_style, new_figure, source_note, text_pt, title

_SPEAKERS: Final = ("anama", "azcbl", "president_azerbaijan", "mfa_azerbaijan")
_COLOURS: Final = {
    "anama": PALETTE["blue"],
    "azcbl": PALETTE["orange"],
    "president_azerbaijan": PALETTE["purple"],
    "mfa_azerbaijan": PALETTE["green"],
}
_OTHER: Final = PALETTE["grey"]
_CLASS_MARKERS: Final = {"total": "o", "high": "^", "medium": "s", "medium_and_low": "s", "unknown": "x"}
_OLDER: Final = dict(zip(OLDER, (PALETTE["blue"], PALETTE["vermilion"], PALETTE["green"]), strict=True))
_OLDER_MARKERS: Final = {"total": "o", "suspected_hazardous": "^", "confirmed_hazardous": "s"}


@house_style()
def stated_figure(study: ContaminationStudy) -> Figure:
    """Return three panels: regained districts, numbers of mines, and the older series beside them."""
    figure, (areas, mines, older) = new_figure(height_mm=88, columns=3, width_ratios=[1.0, 1.0, 1.05])
    _regained(areas, study)
    _mines(mines, study)
    _older(older, study)
    source_note(
        figure,
        f"Sources: pages listed with the figure; n = {len(study.areas)} stated areas and {len(study.mines)} stated"
        f" numbers of mines, as of {study.last_date}. Statements, not measurements; no interval is computed.\n"
        "Arrow: stated as 'more than' or 'at least' (up), 'up to' (down). Cross: an area of no stated class of"
        " hazard. Lines join statements of one kind (total,\nsuspected or confirmed), which are never added, and do not"
        " say what was true between them; bars are printed ranges.\n"
        "Not for navigation, entry or release decisions; the national authority decides.",
    )
    return figure


def _regained(axis: Axes, study: ContaminationStudy) -> None:
    own = study.areas[(study.areas["series"] == REGAINED) & study.areas["as_of_first"].notna()]
    for category, marker in _CLASS_MARKERS.items():
        _dots(axis, own[own["category"] == category], marker=marker, scale=1e-6)
    totals = own[own["category"] == "total"].sort_values(["as_of_first", "row_id"])
    if len(totals):
        first, largest = totals["value"].iloc[0], totals["value"].max()
        message = f"Stated area rose from {first / 1e6:.2g} to {largest / 1e6:.3g} million ha"
        title(axis, _wrapped(message), detail="Regained districts, million ha")
    for category, text in (
        ("total", "all classes"),
        ("medium", "medium, or\nmedium and low"),
        ("high", "high"),
        ("unknown", "no class"),
    ):
        rows = own[own["category"] == category].sort_values(["as_of_first", "row_id"])
        if len(rows):
            row = rows.iloc[0]
            up = category not in ("high", "unknown")
            axis.annotate(
                text,
                (row["as_of_first"] + (row["as_of_last"] - row["as_of_first"]) / 2, row["value"] / 1e6),
                xytext=(0, 5 if up else -5),
                textcoords="offset points",
                ha="center",
                va="bottom" if up else "top",
                fontsize=text_pt(6.5),
            )
    axis.set_ylim(0, 1.35)
    _years(axis, own)
    _speaker_legend(axis, study.labels, own["originator"], y=0.3)


def _mines(axis: Axes, study: ContaminationStudy) -> None:
    own = study.mines[study.mines["series"].isin([REGAINED, RECORDS])]
    own = own[own["as_of_first"].notna()]
    _dots(axis, own[own["scope"] == MINES], marker="o", scale=1e-6)
    _dots(axis, own[own["scope"] != MINES], marker="D", scale=1e-6)
    said = own[own["series"] == REGAINED]["value"]
    if len(said):
        values = " or ".join(f"{value / 1e6:.2g}" for value in sorted(said.unique()))
        title(
            axis,
            _wrapped(f"Stated number of mines: {values} million, none measured"),
            detail="Regained districts, million",
        )
    records = own[own["series"] == RECORDS]
    if len(records):
        last = records.iloc[-1]
        axis.annotate(
            "on the minefield records\nhanded over",
            (last["as_of_first"], last["value"] / 1e6),
            xytext=(0, -6),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=text_pt(6.5),
        )
    axis.set_ylim(0, 1.85)
    _years(axis, own)
    shapes = [
        Line2D([], [], marker="o", ls="", color=PALETTE["black"], mfc="none", label="mines"),
        Line2D([], [], marker="D", ls="", color=PALETTE["black"], mfc="none", label="mines and other devices"),
    ]
    axis.add_artist(axis.legend(handles=shapes, loc="upper left", borderpad=0.1, handletextpad=0.2))
    _speaker_legend(axis, study.labels, own["originator"], y=0.39)


def _older(axis: Axes, study: ContaminationStudy) -> None:
    lines = older_lines(study.areas)
    for _, rows in lines.groupby("line", sort=False):
        row = rows.iloc[0]
        colour, marker = _OLDER[row["series"]], _OLDER_MARKERS.get(row["category"], "D")
        axis.plot(rows["as_of_first"], rows["value"], marker=marker, ms=2.6, lw=0.8, color=colour, mfc="white")
    own = study.areas[study.areas["series"].isin(list(_OLDER)) & study.areas["as_of_first"].notna()]
    ranges = own[(own["category"] != "battle_area") & ~own["row_id"].isin(lines["row_id"])]
    for series, rows in ranges.groupby("series"):
        axis.vlines(rows["as_of_first"], rows["low"], rows["high"], color=_OLDER[str(series)], lw=1.6)
    axis.set_yscale("log")
    axis.set_ylim(100, 1e6)
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axis.set_xlim(year_start(2001), year_start(2027))
    tick_years(axis, range(2005, 2026, 5))
    _name_older(axis, lines, ranges)
    steps = lines["rose"].notna()
    title(
        axis,
        _wrapped(f"Areas of one kind rose in {int(lines['rose'].sum())} of {int(steps.sum())} steps"),
        detail="Other series, ha, logarithmic scale",
    )
    shapes = [
        Line2D([], [], marker=marker, ls="", color=PALETTE["black"], mfc="white", ms=3, label=category.split("_")[0])
        for category, marker in _OLDER_MARKERS.items()
        if (lines["category"] == category).any()
    ]
    axis.legend(handles=shapes, loc="upper right", borderpad=0.1, handletextpad=0.2, labelspacing=0.25)


def _name_older(axis: Axes, lines: pd.DataFrame, ranges: pd.DataFrame) -> None:
    """Name each series beside one of its own points: the largest, or the last."""
    largest = lines.sort_values(["value", "row_id"], ascending=[False, True])
    de_facto = lines["party"] == "nagorno_karabakh_de_facto"
    smallest = lines[(lines["series"] == "Nagorno-Karabakh") & ~de_facto & (lines["category"] == "total")]
    places = (
        (largest[largest["series"] == "Azerbaijan excluding Nagorno-Karabakh"], "Azerbaijan\nexcluding NK", 5, "left"),
        (lines[(lines["series"] == "Armenia") & (lines["category"] == "total")].iloc[::-1], "Armenia", 5, "center"),
        (smallest.sort_values(["value", "row_id"]), "Nagorno-\nKarabakh (NK)", -5, "center"),
        (lines[de_facto], "NK, de facto", 4, "center"),
        (
            ranges[ranges["series"] == "Nagorno-Karabakh"].assign(value=lambda rows: rows["high"]),
            "ANAMA on NK",
            5,
            "left",
        ),
    )
    for rows, text, up, side in places:
        if len(rows):
            row = rows.iloc[0]
            axis.annotate(
                text,
                (row["as_of_first"], row["value"]),
                xytext=(0, up),
                textcoords="offset points",
                ha=side,
                va="bottom" if up > 0 else "top",
                fontsize=text_pt(6.5),
                color=_OLDER[row["series"]],
            )


def _dots(axis: Axes, rows: pd.DataFrame, *, marker: str, scale: float) -> None:
    for _, row in rows.iterrows():
        colour = _COLOURS.get(row["originator"], _OTHER)
        x, y = row["as_of_first"], row["value"] * scale
        if row["as_of_last"] > x:
            axis.plot([x, row["as_of_last"]], [y, y], color=colour, lw=0.7, solid_capstyle="butt")
            x += (row["as_of_last"] - x) / 2
        axis.plot([x], [y], marker=marker, ls="", color=colour, mfc="white", mew=1.0, ms=4)
        if row["comparator"] in (">", ">=", "<", "<="):
            way = 1 if row["comparator"].startswith(">") else -1
            axis.annotate(
                "",
                (x, y),
                xytext=(0, 11 * way),
                textcoords="offset points",
                arrowprops={"arrowstyle": "<-", "color": colour, "lw": 0.7, "shrinkA": 0, "shrinkB": 2.5},
            )


def _years(axis: Axes, rows: pd.DataFrame) -> None:
    if rows.empty:
        return
    first, last = rows["as_of_first"].min().year, rows["as_of_last"].max().year
    axis.set_xlim(year_start(first) - 60, year_start(last + 1) + 30)
    tick_years(axis, range(first, last + 2))


def _speaker_legend(axis: Axes, labels: Mapping[str, str], spoken: pd.Series, *, y: float) -> None:
    present = [name for name in _SPEAKERS if (spoken == name).any()]
    handles = [Line2D([], [], color=_COLOURS[name], lw=2.5, label=_name(labels, name)) for name in present]
    if (~spoken.isin(_SPEAKERS)).any():
        handles.append(Line2D([], [], color=_OTHER, lw=2.5, label="others"))
    axis.legend(
        handles=handles, loc="center left", bbox_to_anchor=(0.0, y), handlelength=0.8, labelspacing=0.3, borderpad=0.1
    )


def _name(labels: Mapping[str, str], originator: str) -> str:
    short = {"mfa_azerbaijan": "Foreign Ministry", "president_azerbaijan": "President of Azerbaijan"}
    return short.get(originator, labels.get(originator, originator))


def _wrapped(message: str, *, width: int = 34) -> str:
    return "\n".join(textwrap.wrap(message, width=width))
