"""What the counts could detect at dated windows under other choices, one at a time."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.casualties.changes.event_dates import Window
from analysis.casualties.changes.events import event_power
from analysis.casualties.changes.smooth import curve_facts, smooth_curves, wavy_means
from analysis.casualties.study import CasualtySeries
from analysis.errors import InsufficientEvidence

_COLUMNS: Final = ["type_1_held", "detectable_fall", "detectable_rise", "power_of_halving", "verdict"]


def event_sensitivity(
    intervals: pd.DataFrame,
    windows: tuple[Window, ...],
    *,
    size_dispersion: float,
    sizes: tuple[int, ...],
    level: float,
    replicates: int,
    seed: int,
) -> pd.DataFrame:
    """Return power and verdict of each window without marked intervals, and with a log-quadratic trend.

    Returns
    -------
    DataFrame
        choice, window, lists, type_1_held, detectable_fall, detectable_rise, power_of_halving, verdict; as
        :func:`analysis.casualties.changes.events.event_power` defines them.
    """
    without = intervals[~intervals["marked"]].reset_index(drop=True)
    choices = {
        "without intervals marked for late registration": (without, 1),
        "log-quadratic trend": (intervals, 2),
    }
    seeds = np.random.SeedSequence(seed).generate_state(len(choices))
    pieces = []
    for (name, (sample, degree)), one in zip(choices.items(), seeds, strict=True):
        curves = smooth_curves(sample, dispersion=size_dispersion)
        power = event_power(
            sample,
            windows,
            curved_means=wavy_means(curves, sample),
            sizes=sizes,
            level=level,
            replicates=replicates,
            seed=int(one),
            trend_degree=degree,
        )
        pieces.append(power.assign(choice=name)[["choice", "window", "lists", *_COLUMNS]])
    return pd.concat(pieces, ignore_index=True)


def smooth_sensitivity(series: CasualtySeries) -> pd.DataFrame:
    """Return penalty and effective parameters of the smooth rate for all intervals and without marked ones."""
    marked = series.intervals["marked"]
    samples = {"all intervals": series.intervals, "without marked intervals": series.intervals[~marked]}
    pieces = []
    for name, sample in samples.items():
        curves = smooth_curves(sample, dispersion=series.size_dispersion)
        if isinstance(curves, InsufficientEvidence):
            pieces.append(pd.DataFrame({"not estimated": [str(curves)]}).assign(intervals=name))
        else:
            pieces.append(curve_facts(curves).assign(intervals=name))
    return pd.concat(pieces, ignore_index=True).set_index("intervals")
