"""The clearance record: months with their status, years printed against the sum of months, running totals by group."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.contamination.clearance_record import RECORD_START, ClearanceRecord, MonthStatus
from analysis.contamination.coverage import ALL, ANAMA
from analysis.contamination.results import MINISTRY, PEACEKEEPERS, ContaminationStudy
from analysis.plots.contamination.time_axis import day_number, limit_days, tick_years
from analysis.plots.style import PALETTE, house_style, new_figure, source_note, text_pt, title

_COLOURS: Final = {
    ALL: PALETTE["blue"],
    ANAMA: PALETTE["orange"],
    MINISTRY: PALETTE["green"],
    PEACEKEEPERS: PALETTE["grey"],
}
_TOP: Final = 12_500.0  # ha; ranges without a smaller upper end are cut here and marked


@house_style()
def record_figure(study: ContaminationStudy) -> Figure:
    """Return the months above, years and running totals below."""
    figure, axes = new_figure(height_mm=128, rows=2, columns=2, height_ratios=[1.25, 1.0], width_ratios=[1.0, 1.15])
    months = _joined(figure, axes[0], axes[1])
    _months(months, study)
    _years(axes[2], study.records[ALL])
    _totals(axes[3], study)
    used = sum(len(record.statements) for record in study.records.values())
    source_note(
        figure,
        f"Source: figures of ANAMA, the Cabinet of Ministers, the State Statistical Committee and the ministries named,"
        f" on pages listed with the figure; n = {used} areas, as of {study.last_date}.\n"
        "Groups are never added or joined. Bars: range that all figures of the group allow together (bound, not a"
        " confidence interval).\n"
        f"Arrow: at least this; nothing below {_TOP:,.0f} ha bounds it above. No mark: the range begins at 0 and runs"
        f" beyond {_TOP:,.0f} ha.\nSquare: the page prints no year, which is placed by its context. Cross: a total set"
        " aside from the record, since it names what was done to the land. Most\npages do not (cleared, reduced or"
        " cancelled). "
        "Not for navigation, entry or release decisions; the national authority decides.",
    )
    return figure


def _joined(figure: Figure, first: Axes, second: Axes) -> Axes:
    """Replace the two axes of the first row by one across both columns."""
    place = first.get_subplotspec()
    first.remove()
    second.remove()
    if place is None:
        raise ValueError("the axes are not part of a grid")
    return figure.add_subplot(place.get_gridspec()[0, :])


def _months(axis: Axes, study: ContaminationStudy) -> None:
    coverage = study.coverage
    if coverage is not None:
        for before, after, text in (
            (coverage.last_narrow, coverage.months_widen, "monthly figures widen\nto all operators"),
            (coverage.last_wide, coverage.weeks_widen, "weekly figures\nwiden too"),
        ):
            # From the end of the last month of one kind to the start of the first of the other.
            start, end = day_number(before) + before.days_in_month, day_number(after)
            axis.axvspan(start, end, color=PALETTE["pale"], lw=0, zorder=0)
            axis.text(end + 8, _TOP * 0.99, text, fontsize=text_pt(6.5), va="top", ha="left", color="#4D4D4D")
    for group, offset in ((ANAMA, -3), (ALL, 3)):
        if group in study.records:
            _month_marks(axis, study.records[group], colour=_COLOURS[group], offset=pd.Timedelta(days=15 + offset))
    axis.set_ylim(0, _TOP)
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    whole = study.records[ALL].months
    counts = whole["status"].value_counts()
    implied = counts.get(MonthStatus.IMPLIED, 0)
    message = f"All operators: an area is printed for {counts.get(MonthStatus.OBSERVED, 0)} of {len(whole)} months"
    message += f", {implied} more follow from other figures" if implied else "; the others are known as ranges at best"
    title(axis, message, detail="Area reported as worked, ha a month, regained districts")
    first, last = whole["month"].iloc[0], whole["month"].iloc[-1]
    limit_days(axis, first, last, before=10, after=40)
    tick_years(axis, range(first.year + 1, last.year + 1))
    handles = [
        Line2D([], [], marker="o", ls="", color=PALETTE["black"], label="observed: printed for the month"),
        Line2D([], [], marker="s", ls="", color=PALETTE["black"], label="observed, year inferred"),
        Line2D([], [], marker="o", ls="", color=PALETTE["black"], mfc="white", label="implied by other figures"),
        Line2D([], [], color=PALETTE["black"], lw=2.2, alpha=0.35, label="unknown: range allowed"),
        Patch(color=_COLOURS[ALL], label=ALL),
        Patch(color=_COLOURS[ANAMA], label=ANAMA),
    ]
    axis.legend(handles=handles, loc="upper left", ncols=1, borderpad=0.2, labelspacing=0.3, bbox_to_anchor=(0.0, 0.99))


def _month_marks(axis: Axes, record: ClearanceRecord, *, colour: str, offset: pd.Timedelta) -> None:
    months = record.months
    place = months["month"] + offset
    observed = months["status"] == MonthStatus.OBSERVED
    implied = months["status"] == MonthStatus.IMPLIED
    # A range from 0 to beyond the axis says nothing and is not drawn; of one that begins above 0 the low end is.
    beyond = months["high_ha"] > _TOP
    unknown = months["status"] == MonthStatus.UNKNOWN
    ranged, open_ended = unknown & ~beyond, unknown & beyond & (months["low_ha"] > 0)
    axis.vlines(place[ranged], months["low_ha"][ranged], months["high_ha"][ranged], color=colour, lw=2.2, alpha=0.35)
    axis.plot(place[open_ended], months["low_ha"][open_ended], "_", color=colour, ms=4.5, mew=1.0)
    for dated, marker in ((~months["year_inferred"], "o"), (months["year_inferred"], "s")):
        axis.plot(place[observed & dated], months["printed_ha"][observed & dated], marker, color=colour, ms=3.4)
    middle = (months["low_ha"] + months["high_ha"]) / 2
    axis.plot(place[implied], middle[implied], "o", color=colour, mfc="white", mew=0.9, ms=3.4)
    at_least = observed & months["comparator"].isin([">", ">="])
    for chosen, column in ((at_least, "printed_ha"), (open_ended, "low_ha")):
        for x, y in zip(place[chosen], months[column][chosen], strict=True):
            arrow = {"arrowstyle": "<-", "color": colour, "lw": 0.7, "shrinkA": 0, "shrinkB": 0.5}
            axis.annotate("", (x, y), xytext=(0, 9), textcoords="offset points", arrowprops=arrow)


def _years(axis: Axes, record: ClearanceRecord) -> None:
    years = record.years[record.years["printed_ha"].notna()]
    places = [float(place) for place in range(len(years))]
    axis.bar(places, years["months_sum_ha"], width=0.62, color=_COLOURS[ALL], label="in printed months")
    axis.bar(
        places,
        years["rest_ha"],
        bottom=years["months_sum_ha"],
        width=0.62,
        color=_COLOURS[ALL],
        alpha=0.25,
        lw=0,
        label="in months without a printed area",
    )
    for place, total, part, share in zip(
        places, years["printed_ha"], years["months_sum_ha"], years["share_in_months"], strict=True
    ):
        axis.text(place, total, f"{total:,.0f}", ha="center", va="bottom", fontsize=text_pt(6.5))
        if pd.notna(share):  # a printed year of 0 ha has none
            axis.text(
                place, part / 2, f"{100 * share:.0f} %", ha="center", va="center", fontsize=text_pt(6.5), color="white"
            )
    axis.set_xticks(places, [str(year) for year in years["year"]])
    axis.set_ylim(0, 1.32 * float(years["printed_ha"].max()) if len(years) else 1.0)
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axis.legend(loc="upper left", borderpad=0.1, labelspacing=0.3)
    if years["share_in_months"].notna().any():
        low, high = years["share_in_months"].min(), years["share_in_months"].max()
        message = f"Printed months hold {100 * low:.0f} to {100 * high:.0f} % of the year"
        title(axis, message, detail="All operators, printed years, ha")


def _totals(axis: Axes, study: ContaminationStudy) -> None:
    ends = {}
    for group, record in study.records.items():
        rows = record.statements[
            (record.statements["period_kind"] == "cumulative") & (record.statements["gap_ha"] == 0)
        ]
        rows = rows.sort_values(["end", "area_ha"])
        axis.plot(rows["end"], rows["area_ha"], "o-", ms=2.2, lw=0.8, color=_COLOURS[group])
        if len(rows):
            ends[group] = rows.iloc[-1]
    apart = study.aside[study.aside["start"] == pd.Timestamp(RECORD_START)]
    for name, rows in apart.groupby("compared_with"):
        axis.plot(rows["end"], rows["area_ha"], "x", ms=4.5, mew=1.1, color=_COLOURS[str(name)])
    for group, row in ends.items():
        above = group == ALL
        axis.annotate(
            f"{group}, {row['area_ha']:,.0f} ha" if above else f"{group}\n{row['area_ha']:,.0f} ha",
            (row["end"], row["area_ha"]),
            xytext=(2, 6) if above else (4, 0),
            textcoords="offset points",
            ha="right" if above else "left",
            va="bottom" if above else "center",
            fontsize=text_pt(6.5),
            color=_COLOURS[group],
        )
    axis.set_yscale("log")
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axis.set_ylim(50, 600_000)
    tick_years(axis, range(2021, study.last_date.year + 1))
    detail = "Running totals since November 2020, ha, logarithmic scale"
    current = sum(row["end"].year >= study.origin.year for row in ends.values())
    title(axis, f"{current} of {len(ends)} running totals reaches the end of {study.origin.year - 1}", detail=detail)
