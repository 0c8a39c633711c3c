"""Figures of the outlook: what may come, and how such forecasts would have done before."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.plots.dates import date_axis, day
from analysis.plots.style import DOUBLE_MM, PALETTE, house_style, new_figure, source_note, text_pt, title

_SHADES: Final = ((95, "#DCE9F2"), (80, "#AFCFE4"), (50, "#6FA9CF"))

_HALF_BAR_DAYS: Final = 11.0
_BAR_STEP: Final = pd.Timedelta(days=108)
_NAME_WIDTH: Final = 12  # characters of a line over a bar: with the largest text a longer one reaches the next bar

_ROOM_FOR_WORDS: Final = 1.95  # width of the panel over the largest score; the words stand in what is left

_MARKERS: Final = (("o", "black"), ("s", "blue"), ("^", "vermilion"))


@house_style()
def fan_figure(
    seen: pd.DataFrame, ahead: pd.DataFrame, *, labels: Mapping[str, str], message: str, detail: str, note: str
) -> Figure:
    """Return what the last year brought, the fan of the first model for the next one, and each model's end as bars.

    Parameters
    ----------
    seen
        date, casualties (cumulated from 0 a year before the origin; the last date is the origin).
    ahead
        model, date, median, low_50, high_50, low_80, high_80, low_95, high_95, cumulated from the origin on.
    labels
        The models to draw, in order, with their names in words; the first has the fan.
    message, detail, note
        Title, the line under it, and the line of sources below the figure.
    """
    figure, (axis,) = new_figure(width_mm=DOUBLE_MM, height_mm=92)
    origin, end = seen["date"].iloc[-1], ahead["date"].max()
    main = next(iter(labels))
    _fan(axis, ahead[ahead["model"] == main], origin, name=labels[main])
    axis.step(
        seen["date"], seen["casualties"], where="post", color=PALETTE["black"], lw=1.2, label="registered, last year"
    )
    axis.axvline(origin, color=PALETTE["grey"], lw=0.6, ls=":")
    for place, (model, name) in enumerate(labels.items()):
        _end_bar(axis, ahead[ahead["model"] == model].iloc[-1], end=end, place=place, name=name)
    axis.set_ylim(0, 1.15 * float(max(ahead["high_95"].max(), seen["casualties"].max())))
    date_axis(axis, seen["date"].iloc[0], end + _BAR_STEP * (len(labels) + 0.6))
    axis.set_xticks([tick for tick in axis.get_xticks() if tick <= day(end)])
    axis.set_ylabel("casualties, counted from zero")
    axis.legend(loc="upper left")
    title(axis, message, detail=detail)
    source_note(figure, note)
    return figure


@house_style()
def scores_figure(
    scored: pd.DataFrame, score: pd.DataFrame, *, labels: Mapping[str, str], message: str, detail: str, note: str
) -> Figure:
    """Return the score of every window by model, one panel a horizon, with means and coverage in words.

    Parameters
    ----------
    scored
        horizon_months, origin, model, wis: one row a forecast.
    score
        horizon_months, model, windows, without_overlap, mean_wis, inside_50, inside_95.
    labels
        The models in order, with their names in words.
    message, detail, note
        Title, the line under it, and the line of sources below the figure.
    """
    horizons = sorted(set(score["horizon_months"]))
    figure, axes = new_figure(width_mm=DOUBLE_MM, height_mm=44 + 24 * len(horizons), rows=len(horizons), sharex=True)
    for axis, months in zip(axes, horizons, strict=True):
        group = score[score["horizon_months"] == months].set_index("model")
        for place, (model, name) in enumerate(labels.items()):
            _model_scores(axis, scored, group.loc[model], model=model, months=months, place=place, name=name)
        first = group.iloc[0]
        words = f"{months} months: {first['windows']} windows, {first['without_overlap']} without overlap"
        axis.text(0.0, 1.0, words, transform=axis.transAxes, va="bottom", fontsize=text_pt(7), fontweight="bold")
        axis.set_yticks(range(len(labels)), [""] * len(labels))
        axis.set_ylim(len(labels) - 0.4, -0.6)
        axis.tick_params(axis="y", length=0)
    axes[-1].set_xlabel("weighted interval score, casualties (lower is better); one mark a window, bar: mean")
    largest = float(scored["wis"].max())
    axes[-1].set_xticks([tick for tick in MaxNLocator(nbins=6).tick_values(0, largest) if tick <= largest])
    axes[-1].set_xlim(0, _ROOM_FOR_WORDS * largest)
    title(axes[0], message, detail=f"{detail}\n ")
    source_note(figure, note)
    return figure


def _fan(axis: Axes, rows: pd.DataFrame, origin: pd.Timestamp, *, name: str) -> None:
    dates = [origin, *rows["date"]]
    for level, shade in _SHADES:
        axis.fill_between(
            dates,
            [0, *rows[f"low_{level}"]],
            [0, *rows[f"high_{level}"]],
            color=shade,
            lw=0,
            label=f"{level} % prediction interval",
        )
    axis.plot(dates, [0, *rows["median"]], color=PALETTE["blue"], lw=1.4, label=f"median; {name}")


def _end_bar(axis: Axes, row: pd.Series, *, end: pd.Timestamp, place: int, name: str) -> None:
    """Draw one model's intervals at the end of the year as a bar, with its name below and its numbers above."""
    middle = day(end + _BAR_STEP * (place + 0.75))
    for level, shade in _SHADES:
        axis.bar(
            middle,
            row[f"high_{level}"] - row[f"low_{level}"],
            bottom=row[f"low_{level}"],
            width=2 * _HALF_BAR_DAYS,
            color=shade,
            lw=0,
        )
    axis.hlines(row["median"], middle - _HALF_BAR_DAYS, middle + _HALF_BAR_DAYS, color=PALETTE["blue"], lw=1.6)
    words = f"{fill(name, _NAME_WIDTH)}\n{row['median']} ({row['low_95']} to {row['high_95']})"
    axis.annotate(
        words,
        (middle, float(row["high_95"])),
        xytext=(0, 3),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=text_pt(6.3),
        fontweight="bold",
    )


def _model_scores(
    axis: Axes, scored: pd.DataFrame, row: pd.Series, *, model: str, months: int, place: int, name: str
) -> None:
    marker, colour = _MARKERS[place % len(_MARKERS)]
    rows = scored[(scored["horizon_months"] == months) & (scored["model"] == model)]
    axis.plot(
        rows["wis"],
        np.full(len(rows), place),
        marker=marker,
        ls="none",
        ms=3.5,
        mfc="none",
        mec=PALETTE[colour],
        mew=0.7,
        alpha=0.8,
    )
    axis.plot([row["mean_wis"]] * 2, [place - 0.32, place + 0.32], color=PALETTE[colour], lw=2.2)
    words = f"{name}: mean {row['mean_wis']:.3g}; inside 50 %: {row['inside_50']}, 95 %: {row['inside_95']}"
    axis.annotate(
        words,
        (1.06 / _ROOM_FOR_WORDS, place),
        xycoords=axis.get_yaxis_transform(),
        ha="left",
        va="center",
        fontsize=text_pt(6.3),
        color=PALETTE[colour],
    )
