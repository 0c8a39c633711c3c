"""Figures of changes of the casualty rate: smooth curves with dated events, the date of one change, and power."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from analysis.plots.dates import date_axis, day
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

_MARGIN: Final = pd.Timedelta(days=20)
_RATIO_ENDS: Final = (0.04, 14.0)
_RATIO_TICKS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0)


@house_style()
def smooth_rate_figure(
    intervals: pd.DataFrame,
    curves: pd.DataFrame,
    windows: pd.DataFrame,
    *,
    message: str,
    detail: str,
    note: str,
    labels: Mapping[str, str],
) -> Figure:
    """Return the rate of each interval, the smooth curves with pointwise bands, and the windows of dated events.

    Parameters
    ----------
    intervals
        start, end, rate_per_30d, clustered_low, clustered_high, marked.
    curves
        criterion ("bic", "aic"), date, rate_per_30d, low, high; empty without a curve.
    windows
        start, end, label (a letter) of each event.
    message, detail, note
        Title, the lines under it, and the line of sources below the figure.
    labels
        Words for the marks: "interval", "marked", "bic", "aic", "window".
    """
    figure, (axis,) = new_figure(width_mm=DOUBLE_MM, height_mm=98)
    _windows(axis, windows, label=labels["window"])
    for criterion, colour, style in (("aic", "sky", "--"), ("bic", "black", "-")):
        _curve(axis, curves[curves["criterion"] == criterion], PALETTE[colour], style, label=labels[criterion])
    for name, chosen, colour in (
        ("interval", ~intervals["marked"].astype(bool), "orange"),
        ("marked", intervals["marked"].astype(bool), "vermilion"),
    ):
        _interval_marks(axis, intervals[chosen], PALETTE[colour], label=labels[name], dashed=name == "marked")
    top = 1.12 * float(intervals["clustered_high"].max())
    axis.set_ylim(-0.02 * top, top)
    axis.set_ylabel("casualties per 30 days")
    # Below, since a window of an event can be anywhere.
    axis.legend(loc="upper left", bbox_to_anchor=(0.0, -0.08), ncols=2, columnspacing=1.6, handlelength=2.2)
    title(axis, message, detail=detail)
    date_axis(axis, intervals["start"].iloc[0] - _MARGIN, intervals["end"].iloc[-1] + _MARGIN)
    source_note(figure, note)
    return figure


@house_style()
def change_profile_figure(
    profile: pd.DataFrame,
    cuts: pd.DataFrame,
    *,
    test: pd.Series,
    message: str,
    detail: str,
    note: str,
    labels: Mapping[str, str],
) -> Figure:
    """Return how well one change fits in each interval with the confidence set of its date, and criteria by changes.

    Parameters
    ----------
    profile
        start, end, deviance_gained (missing where not tried), in_set.
    cuts
        changes, bic, modified_bic of pieces of constant rate.
    test
        Of all intervals: critical (what the best change exceeds in few simulated series without one), and
        dispersion_of_best (by which the deviance gained is divided).
    message, detail, note
        Title, the lines under it, and the line of sources below the figure.
    labels
        Words: "profile", "critical", "set", "bic", "modified_bic", "cuts" (title of the right panel).
    """
    figure, axes = new_figure(width_mm=DOUBLE_MM, height_mm=82, columns=2, gridspec_kw={"width_ratios": [2.3, 1]})
    left, right = axes
    tried = profile[profile["deviance_gained"].notna()]
    if tried.empty:
        left.set_axis_off()
        title(left, message, detail=detail)
        _criteria(right, cuts, labels)
        source_note(figure, note)
        return figure
    critical = float(test["critical"])
    statistic = tried["deviance_gained"] / float(test["dispersion_of_best"])
    left.hlines(statistic, tried["start"], tried["end"], color=PALETTE["blue"], lw=2.0, label=labels["profile"])
    left.axhline(critical, color=PALETTE["black"], lw=0.8, ls=(0, (4, 2)), label=labels["critical"])
    held = tried[tried["in_set"].astype(bool)]
    base = np.full(len(held), -0.06 * critical)
    left.hlines(base, held["start"], held["end"], color=PALETTE["orange"], lw=4.0, label=labels["set"])
    left.set_ylim(-0.13 * critical, 1.5 * max(critical, float(statistic.max())))
    left.set_ylabel("deviance gained / dispersion")
    left.legend(loc="upper right", handlelength=2.2)
    title(left, message, detail=detail)
    date_axis(left, profile["start"].iloc[0] - _MARGIN, profile["end"].iloc[-1] + _MARGIN)
    _criteria(right, cuts, labels)
    source_note(figure, note)
    return figure


@house_style()
def event_power_figure(
    power: pd.DataFrame, *, message: str, detail: str, note: str, labels: Mapping[str, str]
) -> Figure:
    """Return, for each window, the rate ratios that could not be told from no change, with the verdict beside them.

    Parameters
    ----------
    power
        window, lists, detectable_fall, detectable_rise (missing: none of those tried), power_of_halving, verdict; and
        rate_ratio, low, high where the counts can tell.
    message, detail, note
        Title, the lines under it, and the line of sources below the figure.
    labels
        Words: "hidden", "halving", "estimate".
    """
    figure, (axis,) = new_figure(width_mm=DOUBLE_MM, height_mm=34 + 11 * len(power))
    places = np.arange(len(power))[::-1]
    low = power["detectable_fall"].astype(float).fillna(_RATIO_ENDS[0])
    high = power["detectable_rise"].astype(float).fillna(_RATIO_ENDS[1])
    axis.hlines(places, low, high, color=PALETTE["pale"], lw=7, label=labels["hidden"], zorder=1)
    axis.axvline(1.0, color=PALETTE["grey"], lw=0.6, zorder=0)
    axis.axvline(0.5, color=PALETTE["black"], lw=0.8, ls=(0, (4, 2)), label=labels["halving"], zorder=2)
    told = power["rate_ratio"].notna().to_numpy()
    if told.any():
        shown = power[told]
        axis.hlines(places[told], shown["low"], shown["high"], color=PALETTE["blue"], lw=1.0, zorder=3)
        axis.plot(shown["rate_ratio"], places[told], "o", color=PALETTE["blue"], label=labels["estimate"], zorder=4)
    _ratio_axis(axis)
    _power_rows(axis, power, places)
    axis.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3, handlelength=2.2, borderaxespad=0.2)
    title(axis, message, detail=detail + "\n ")
    source_note(figure, note)
    return figure


def _windows(axis: Axes, windows: pd.DataFrame, *, label: str) -> None:
    """Draw windows as grey bands over the whole height, all alike, with letters at the top."""
    for place, row in enumerate(windows.itertuples()):
        start, end = day(row.start), day(row.end) + 1  # type: ignore[arg-type]
        middle, half = (start + end) / 2, max(4.0, (end - start) / 2)
        axis.axvspan(
            middle - half,
            middle + half,
            color=PALETTE["grey"],
            alpha=0.28,
            lw=0,
            zorder=0,
            label=label if place == 0 else None,
        )
        axis.annotate(
            str(row.label),
            (middle, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, -2),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=text_pt(6.5),
        )


def _curve(axis: Axes, curve: pd.DataFrame, colour: str, style: str, *, label: str) -> None:
    if curve.empty:
        return
    axis.fill_between(curve["date"], curve["low"], curve["high"], color=colour, alpha=0.15, lw=0, zorder=1)
    axis.plot(
        curve["date"],
        curve["rate_per_30d"],
        color=colour,
        lw=1.2,
        ls=style,
        zorder=2,
        label=label,
    )


def _interval_marks(axis: Axes, intervals: pd.DataFrame, colour: str, *, label: str, dashed: bool) -> None:
    if intervals.empty:
        return
    middle = intervals["start"] + (intervals["end"] - intervals["start"]) / 2
    axis.vlines(middle, intervals["clustered_low"], intervals["clustered_high"], color=colour, lw=0.6, alpha=0.6)
    axis.hlines(
        intervals["rate_per_30d"],
        intervals["start"],
        intervals["end"],
        color=colour,
        lw=2.2,
        linestyles=(0, (1.2, 0.5)) if dashed else "solid",
        label=label,
        zorder=3,
    )


def _criteria(axis: Axes, cuts: pd.DataFrame, labels: Mapping[str, str]) -> None:
    title(axis, labels["cuts"], detail=labels["cuts_detail"])
    if "bic" not in cuts:
        axis.set_axis_off()
        return
    for name, colour, marker in (("bic", "blue", "o"), ("modified_bic", "vermilion", "s")):
        axis.plot(cuts["changes"], cuts[name], marker=marker, color=PALETTE[colour], lw=0.8, label=labels[name])
        best = cuts[name].to_numpy().argmin()
        axis.plot(
            cuts["changes"].iloc[best],
            cuts[name].iloc[best],
            marker="o",
            ms=8,
            mfc="none",
            mec=PALETTE[colour],
            ls="none",
        )
    axis.set_xlabel("changes")
    axis.set_ylabel("criterion (lower is better)")
    axis.xaxis.set_major_locator(FixedLocator(list(cuts["changes"])))
    axis.legend(loc="upper right")


def _ratio_axis(axis: Axes) -> None:
    axis.set_xscale("log")
    axis.set_xlim(*_RATIO_ENDS)
    axis.xaxis.set_major_locator(FixedLocator(_RATIO_TICKS))
    axis.xaxis.set_minor_locator(NullLocator())
    axis.set_xticklabels([f"{tick:g}" for tick in _RATIO_TICKS])
    axis.set_xlabel("rate after over rate before, trend and season apart")


def _power_rows(axis: Axes, power: pd.DataFrame, places: np.ndarray) -> None:
    """Write who gives the date under each window, and the verdict at the right."""
    axis.set_yticks(places, (power["window"] + "\n" + power["lists"]).tolist())
    axis.set_ylim(-0.6, len(power) - 0.4)
    for place, verdict, halving in zip(places, power["verdict"], power["power_of_halving"].astype(float), strict=True):
        seen = "" if math.isnan(halving) else f"\nhalving seen in {100 * halving:.0f} of 100"
        axis.annotate(
            f"{verdict}{seen}",
            (1, place),
            xycoords=("axes fraction", "data"),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=text_pt(6.5),
        )
