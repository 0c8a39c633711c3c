"""Past projections of land left, of two countries, against the areas reported later."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title


@house_style()
def projections_figure(areas: pd.DataFrame, scored: pd.DataFrame) -> Figure:
    """Return the figure: one panel a country.

    Parameters
    ----------
    areas
        Of :func:`analysis.contamination.elsewhere.stated_areas`.
    scored
        Of :func:`analysis.contamination.past_projections.projections_scored`.
    """
    countries = list(dict.fromkeys(areas["country"]))
    figure, axes = new_figure(width_mm=DOUBLE_MM, height_mm=76, columns=len(countries))
    for axis, country in zip(axes, countries, strict=True):
        _panel(axis, areas[areas["country"] == country], scored[scored["country"] == country], country)
    axes[0].set_ylabel("Area left, km2")
    source_note(
        figure,
        "Sources: Landmine Monitor profiles 2010 to 2019 and HINA 2006, listed in the notebook. Kinds of area differ"
        " between years (suspected; confirmed and suspected).\nOther countries, for comparison only.",
    )
    return figure


def _panel(axis: Axes, areas: pd.DataFrame, scored: pd.DataFrame, country: str) -> None:
    axis.plot(areas["as_of"], areas["area_km2"], "o-", color=PALETTE["blue"], label="reported")
    for place, (_, row) in enumerate(scored.iterrows()):
        axis.plot(
            row["for_day"], row["projected_km2"], "D", label="projected" if place == 0 else None,
            color=PALETTE["vermilion"], mfc="white", clip_on=False, zorder=4,
        )  # fmt: skip
        axis.plot(
            [row["for_day"], row["reported_day"]], [row["projected_km2"], row["reported_km2"]],
            color=PALETTE["grey"], lw=0.8, ls=(0, (2, 2)),
        )  # fmt: skip
        _name(axis, row, lines_below=len(scored) - 1 - place)
    axis.set_ylim(bottom=0)
    axis.yaxis.set_major_formatter("{x:,.0f}")
    axis.margins(x=0.12)
    axis.legend(loc="upper right")
    worst = scored["difference_km2"].max()
    title(axis, country, detail=f"Projections were up to {worst:,.0f} km2 below what was reported")


def _name(axis: Axes, row: pd.Series, *, lines_below: int) -> None:
    """Write at a projection what was projected and reported; where names stand one under another, with a line to it."""
    low = row["projected_km2"] == 0  # at the foot of the panel: the text goes above it
    more = "more" if row["difference_km2"] >= 0 else "less"
    late = f"\n{row['days_late'] / 365.25:.1f} years later" if row["days_late"] else ""
    line = {"arrowstyle": "-", "lw": 0.5, "color": "#4D4D4D", "relpos": (0, 1), "shrinkA": 0, "shrinkB": 4}
    axis.annotate(
        f"{row['projected_km2']:,.0f} projected\n{abs(row['difference_km2']):,.0f} km2 {more} reported{late}",
        (row["for_day"], row["projected_km2"]),
        xytext=(-6, 8) if low else (5, -6 - 34 * lines_below),
        textcoords="offset points",
        ha="right" if low else "left",
        va="bottom" if low else "top",
        fontsize=text_pt(6.0),
        color="#4D4D4D",
        arrowprops=line if lines_below else None,
    )
