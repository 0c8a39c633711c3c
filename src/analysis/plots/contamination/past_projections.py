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
        label = "projected" if place == 0 else None
        low = row["projected_km2"] == 0  # at the foot of the panel: the text goes above it
        axis.plot(
            row["for_day"],
            row["projected_km2"],
            "D",
            color=PALETTE["vermilion"],
            mfc="white",
            label=label,
            clip_on=False,
        )
        axis.plot(
            [row["for_day"], row["reported_day"]], [row["projected_km2"], row["reported_km2"]],
            color=PALETTE["grey"], lw=0.8, ls=(0, (2, 2)),
        )  # fmt: skip
        axis.annotate(
            f"{row['projected_km2']:,.0f} projected\n{row['difference_km2']:+,.0f} km2 reported"
            + (f", {row['days_late'] / 365.25:.1f} years later" if row["days_late"] else ""),
            (row["for_day"], row["projected_km2"]),
            xytext=(-6, 8) if low else (5, -6 - 34 * (len(scored) - 1 - place)),
            textcoords="offset points",
            ha="right" if low else "left",
            va="bottom" if low else "top",
            fontsize=text_pt(6.0),
            color="#4D4D4D",
        )
    axis.set_ylim(bottom=0)
    axis.margins(x=0.12)
    axis.legend(loc="upper right")
    worst = scored["difference_km2"].max()
    title(axis, country, detail=f"Projections were up to {worst:,.0f} km2 below what was reported")
