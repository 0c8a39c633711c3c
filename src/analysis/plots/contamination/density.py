"""Devices found per hectare by year, over the months behind them."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from seaborn import stripplot

from analysis.contamination.results import ContaminationStudy
from analysis.plots.style import PALETTE, SINGLE_MM, house_style, new_figure, source_note, text_pt, title

_KINDS: Final = {
    "uxo": ("unexploded\nordnance", PALETTE["vermilion"], -0.16),
    "mines": ("mines (AP, AT)", PALETTE["blue"], 0.0),
}


@house_style()
def density_figure(study: ContaminationStudy) -> Figure:
    """Return density by year for mines and for unexploded ordnance, with the printed months as small dots."""
    figure, (axis,) = new_figure(width_mm=SINGLE_MM, height_mm=92)
    spans = sorted(study.by_year.loc[study.by_year["kind"].isin(list(_KINDS)), "span"].unique())
    for kind, (text, colour, shift) in _KINDS.items():
        _draw_kind(axis, study, kind=kind, spans=spans, colour=colour, shift=shift, text=text)
    axis.set_yscale("log")
    axis.set_yticks([0.05, 0.1, 0.2, 0.5, 1, 2, 4], ["0.05", "0.1", "0.2", "0.5", "1", "2", "4"])
    axis.minorticks_off()
    axis.set_xticks(range(len(spans)), [span.replace("-", "\u2013") for span in spans])
    axis.set_xlim(-0.5, len(spans) + 0.2)
    if not spans:
        axis.text(0.5, 0.5, "not estimable from this selection", ha="center", transform=axis.transAxes)
    mines = study.by_year[(study.by_year["kind"] == "mines") & study.by_year["months"].notna()]
    if len(mines) > 1:
        first, last = mines.iloc[0], mines.iloc[-1]
        ratio = last["per_ha"] / first["per_ha"]
        message = f"Mines found per hectare in {last['span']} were\n{100 * ratio:.0f} % of those in {first['span']}"
        title(axis, message, detail="Devices per ha reported, all operators, logarithmic scale")
    months = int((study.by_month["kind"] == "mines").sum())
    source_note(
        figure,
        f"Source: ANAMA and State Statistical Committee of Azerbaijan; n = {len(mines)} years\n"
        f"and {months} months, as of {study.last_date}. Large dots: printed years; the first joins\n"
        "the mines printed for 2020 and 2021 to the area that later totals leave for\n"
        "them. Small dots: printed months. Counts by one body, not samples: no\n"
        "confidence interval. AP, antipersonnel; AT, antitank.",
    )
    return figure


def _draw_kind(
    axis: Axes, study: ContaminationStudy, *, kind: str, spans: list[str], colour: str, shift: float, text: str
) -> None:
    rows = study.by_year[study.by_year["kind"] == kind] if len(study.by_year) else pd.DataFrame()
    if rows.empty:
        return
    places = np.array([spans.index(span) for span in rows["span"]], dtype=float)
    months = study.by_month[study.by_month["kind"] == kind]
    own = months[months["month"].dt.year.astype(str).isin(spans)]
    at = np.array([spans.index(str(month.year)) for month in own["month"]], dtype=float)
    stripplot(
        x=at + shift + 0.08, y=own["per_ha"].to_numpy(), ax=axis, native_scale=True, jitter=False,
        color=colour, alpha=0.45, size=2.0, linewidth=0,
    )  # fmt: skip
    axis.set(xlabel="", ylabel="")
    axis.plot(places + shift, rows["per_ha"], "o-", color=colour, lw=0.9, ms=4.5)
    before = np.nan
    for place, value in zip(places, rows["per_ha"], strict=True):
        shift_points, side, height = _label_place(kind, before, value)
        axis.annotate(
            f"{value:.2f}",
            (place + shift, value),
            xytext=shift_points,
            textcoords="offset points",
            ha=side,
            va=height,
            fontsize=text_pt(6.5),
            color=colour,
        )
        before = value
    axis.annotate(
        text,
        (places[-1] + shift, rows["per_ha"].iloc[-1]),
        xytext=(9, 0 if kind == "uxo" else -6),
        textcoords="offset points",
        ha="left",
        va="center",
        fontsize=text_pt(6.5),
        color=colour,
    )


def _label_place(kind: str, before: float, value: float) -> tuple[tuple[float, float], str, str]:
    """Return offset, side and height of a label: clear of the months, right of the dot, and of the line that comes in.

    Mines have it right of the months. Ordnance has it left of the dot, on the side the line does not come from.
    """
    if kind == "mines":
        return (7.0, 1.0), "left", "bottom"
    if np.isnan(before):
        return (-4.0, -4.0), "right", "top"
    return ((-3.5, 3.0), "right", "bottom") if value > before else ((-1.0, 5.0), "center", "bottom")
