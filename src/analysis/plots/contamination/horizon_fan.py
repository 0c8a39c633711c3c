"""Fan of remaining area if capacity walks, with fixed scenarios and the end of the longest statement."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.contamination.capacity import NO_DRIFT, CapacityWalks
from analysis.contamination.horizon import BASELINES, LEFT, WHOLE
from analysis.contamination.results import ContaminationStudy
from analysis.contamination.time_statements import longest_statement
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

_SHOWN_YEARS: Final = 40
_TITLES: Final = {WHOLE: "Stated area read as the whole task", LEFT: "Stated area read as left at its date"}
_LINES: Final = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (4, 1.5, 1, 1.5)), (0, (8, 2)), (0, (2, 3)))
_COLOURS: Final = ("black", "green", "orange", "vermilion", "purple", "grey")


@house_style()
def fan_figure(study: ContaminationStudy, walks: CapacityWalks, fixed: pd.DataFrame) -> Figure:
    """Return the figure: one panel a reading of the largest stated total.

    Parameters
    ----------
    study
        For its origin, dates and statements.
    walks
        Of :func:`analysis.contamination.capacity.capacity_walks`.
    fixed
        Of :func:`analysis.contamination.fixed_scenarios.fixed_scenarios`.
    """
    figure, axes = new_figure(width_mm=DOUBLE_MM, height_mm=96, columns=2, sharey=True)
    for axis, baseline in zip(axes, BASELINES, strict=True):
        _panel(axis, study, walks, fixed, baseline)
    axes[0].set_ylabel("Remaining area, thousand ha")
    axes[0].yaxis.set_major_formatter("{x:,.0f}")
    if len(walks.fan):
        handles, labels = axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper left", ncols=3, columnspacing=1.5)
    source_note(
        figure,
        f"Sources: pages listed with the figure; n = {int((study.rates['kind'] == 'year').sum())} printed years, as of"
        f" {study.last_date}. Scenario quantiles, not a confidence interval: that capacity goes on stepping as it did\n"
        "is assumed. Nothing is released by further survey. Not for navigation, entry or release decisions; the"
        " national authority decides.",
    )
    return figure


def _panel(axis: Axes, study: ContaminationStudy, walks: CapacityWalks, fixed: pd.DataFrame, baseline: str) -> None:
    fan = (
        walks.fan[(walks.fan["walk"] == NO_DRIFT) & (walks.fan["baseline"] == baseline)]
        if len(walks.fan)
        else walks.fan
    )
    if fan.empty:
        axis.text(0.5, 0.5, "not estimable from this selection", ha="center", transform=axis.transAxes)
        return
    fan = fan[fan["stated_ha"] == fan["stated_ha"].max()]
    table = fan.pivot_table(index="year", columns="quantile", values="remaining_ha") / 1000
    ends = table.index + 1  # the end of a year is the start of the next
    low, quarter, middle, three_quarters, high = (table[name] for name in sorted(table.columns))
    axis.fill_between(ends, low, high, color=PALETTE["sky"], alpha=0.25, lw=0, label="5 to 95 of 100 walks")
    axis.fill_between(ends, quarter, three_quarters, color=PALETTE["sky"], alpha=0.5, lw=0, label="25 to 75")
    axis.plot(ends, middle, color=PALETTE["blue"], label="middle walk")
    own = fixed[fixed["baseline"] == baseline]
    for place, (_, row) in enumerate(own.iterrows()):
        _line(axis, row, start=study.origin.year, place=place)
    if len(study.located):
        _statement(axis, study)
    axis.set_xlim(study.origin.year, study.origin.year + _SHOWN_YEARS)
    axis.set_ylim(0, 1.3 * float(middle.iloc[0]))
    axis.set_xlabel("Start of the year")
    row = walks.years[
        (walks.years["walk"] == NO_DRIFT)
        & (walks.years["baseline"] == baseline)
        & (walks.years["stated_ha"] == fan["stated_ha"].max())
    ].iloc[0]
    title(
        axis,
        f"{_TITLES[baseline]}: {row['years_05']:.0f} to {_end(row['years_95'])}",
        detail=f"{row['stated_ha']:,.0f} ha stated, {row['remaining_ha']:,.0f} ha remaining; 5 to 95 of 100 walks",
    )


def _line(axis: Axes, row: pd.Series, *, start: int, place: int) -> None:
    area = (row["remaining_low_ha"] + row["remaining_high_ha"]) / 2
    net = row["ha_per_year"] - row["added_ha_per_year"]
    years = min(area / net, _SHOWN_YEARS) if net > 0 else float(_SHOWN_YEARS)
    ends = [area / 1000, (area - net * years) / 1000]
    colour, dashes = PALETTE[_COLOURS[place % len(_COLOURS)]], _LINES[place % len(_LINES)]
    axis.plot([start, start + years], ends, color=colour, ls=dashes, lw=0.9, label=row["scenario"])


def _statement(axis: Axes, study: ContaminationStudy) -> None:
    claim = longest_statement(study.located)
    end = study.origin.year + float(claim["years_left_high"])
    axis.axvline(end, color=PALETTE["black"], lw=0.9, ls=(0, (4, 2)))
    axis.annotate(
        f"'{claim['years_stated_high']:.0f} years' said\n{claim['as_of']} ends here",
        (end, 0.98),
        xycoords=("data", "axes fraction"),
        xytext=(4, 0),
        textcoords="offset points",
        fontsize=text_pt(6.0),
        color="#4D4D4D",
        va="top",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
    )


def _end(years: float) -> str:
    return f"{years:.0f} years" if np.isfinite(years) else "no end"
