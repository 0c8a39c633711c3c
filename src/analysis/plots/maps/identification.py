"""What a share of accidents says about mined area: a curve in r, and how exact the share could be."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from analysis.plots.maps.blank import blank
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, title

_RECORDS, _LINE = PALETTE["vermilion"], PALETTE["green"]


@house_style()
def identification_curve(
    records_curve: pd.DataFrame, line_curve: pd.DataFrame, half_widths: pd.DataFrame, *, level: float, note: str
) -> Figure:
    """Return the figure: left, area share against r for two quantities; right, half-width against n.

    Parameters
    ----------
    records_curve, line_curve, half_widths
        Tables of :class:`analysis.maps.coverage_results.CoverageResults`.
    level
        Confidence level of the half-width.
    note
        Line of sources under the figure, with the warning.
    """
    figure, (left, right) = new_figure(
        width_mm=DOUBLE_MM, height_mm=84, columns=2, gridspec_kw={"width_ratios": [1.7, 1]}
    )
    if records_curve.empty and line_curve.empty:
        blank(left, "shares of accidents outside")
    else:
        _curves(left, records_curve, line_curve)
    if half_widths.empty:
        blank(right, "the share outside the records")
    else:
        _half_widths(right, half_widths, level)
    source_note(figure, note)
    return figure


def _curves(axis: Axes, records: pd.DataFrame, line: pd.DataFrame) -> None:
    if not line.empty:
        axis.fill_between(
            line["relative_rate"], 100 * line["area_share_low"], 100 * line["area_share_high"],
            color=_LINE, alpha=0.25, linewidth=0,
        )  # fmt: skip
        # Edges keep a band of no width visible.
        for end in ("area_share_low", "area_share_high"):
            axis.plot(line["relative_rate"], 100 * line[end], color=_LINE, linewidth=0.6)
        _label(axis, line, "area_share_high", 0.64, "beyond the former line\n(another quantity)", _LINE, above=True)
    if not records.empty:
        axis.fill_between(
            records["relative_rate"], 100 * records["area_share_low"], 100 * records["area_share_high"],
            color=_RECORDS, alpha=0.2, linewidth=0,
        )  # fmt: skip
        axis.plot(records["relative_rate"], 100 * records["area_share"], color=_RECORDS, linewidth=1.4)
        _label(axis, records, "area_share_low", 0.30, "outside the records", _RECORDS, above=False)
    table = records if not records.empty else line
    low, high = float(table["relative_rate"].iloc[0]), float(table["relative_rate"].iloc[-1])
    axis.set_xscale("log")
    axis.set_xlim(low, high)
    ticks = [tick for tick in (0.1, 0.2, 0.5, 1, 2, 5, 10) if low <= tick <= high]
    axis.xaxis.set_major_locator(FixedLocator(ticks))
    axis.xaxis.set_minor_locator(NullLocator())
    axis.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axis.set_ylim(0, 100)
    axis.axvline(1, color=PALETTE["grey"], linewidth=0.6, linestyle=(0, (3, 2)))
    axis.set_xlabel("r: accidents per unit of mined area outside, over inside (not observed)")
    axis.set_ylabel("Share of mined area, %")
    ends = (100 * table["area_share"].iloc[0], 100 * table["area_share"].iloc[-1])
    title(
        axis,
        f"The same share of accidents fits {ends[1]:.0f} to {ends[0]:.0f} % of the mined area",
        detail="Bands: range of the wording (records), range of printed shares (line). No sampling interval:\n"
        "the number of accidents behind the share outside the records was not published",
    )


def _label(axis: Axes, curve: pd.DataFrame, column: str, place: float, words: str, colour: str, *, above: bool) -> None:
    row = curve.iloc[int(place * (len(curve) - 1))]
    axis.annotate(
        words,
        xy=(row["relative_rate"], 100 * row[column]),
        xytext=(3, 3) if above else (-3, -3),
        textcoords="offset points",
        ha="left" if above else "right",
        va="bottom" if above else "top",
        color=colour,
    )


def _half_widths(axis: Axes, table: pd.DataFrame, level: float) -> None:
    axis.plot(table["accidents"], 100 * table["half_width"], color=PALETTE["black"])
    for end, align in ((0, "left"), (-1, "right")):
        row = table.iloc[end]
        axis.annotate(
            f"{100 * row['half_width']:.1f} at n = {row['accidents']:.0f}",
            xy=(row["accidents"], 100 * row["half_width"]),
            xytext=(5 if end == 0 else 0, 0 if end == 0 else -6),
            textcoords="offset points",
            ha=align,
            va="center" if end == 0 else "top",
        )
    axis.set_xlim(0, table["accidents"].max() * 1.03)
    axis.set_ylim(0, 100 * table["half_width"].max() * 1.12)
    axis.set_xlabel("Accidents behind the share, if it were known")
    axis.set_ylabel(f"Half-width of a {100 * level:g} % interval, points")
    title(
        axis,
        "How exact the share could be",
        detail="Wilson interval at the printed share outside\nthe records; n itself is not published",
    )
