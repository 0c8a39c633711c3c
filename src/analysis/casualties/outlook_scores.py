"""How the outlook's models would have done before: rolling origins on windows between printed dates.

The casualties of a window are known only where it begins and ends on a printed date at which all equally good readings
agree, so only such windows are scored, each with the length it has.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.casualties.outlook import (
    BASELINE,
    COVERED,
    FEWEST_INTERVALS,
    MODELS,
    Past,
    drawn_counts,
    past_of,
    quantiles_of,
)
from analysis.casualties.study import CasualtySeries, Choices, casualty_series
from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence
from analysis.stats.interval_score import central_quantile_levels, weighted_interval_score

HORIZONS: Final = {3: 91, 6: 183, 12: 365}
"""Months ahead, in days."""

LEVELS: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
"""Central intervals in the weighted interval score, those of Bracher et al. (2021)."""

WINDOW_TOLERANCE: Final = 0.25
"""A window stands for a horizon if its length is within this share of it."""

RUNS: Final = 4_000


def windows(intervals: pd.DataFrame) -> pd.DataFrame:
    """Return the windows between printed dates that stand for a horizon, one an origin and horizon.

    The end is the printed date nearest to the horizon, if it is within :data:`WINDOW_TOLERANCE` of it; where two are
    equally near the earlier one.

    Returns
    -------
    DataFrame
        horizon_months, origin (last day seen), known (intervals seen), end, days, casualties.
    """
    ends, totals = intervals["end"].reset_index(drop=True), intervals["casualties"].cumsum().to_numpy()
    rows = []
    for months, horizon in HORIZONS.items():
        for known in range(1, len(ends)):
            days = (ends.iloc[known:] - ends.iloc[known - 1]).dt.days
            nearest = int((days - horizon).abs().idxmin())
            if abs(int(days[nearest]) - horizon) <= WINDOW_TOLERANCE * horizon:
                rows.append(
                    {
                        "horizon_months": months,
                        "origin": ends.iloc[known - 1],
                        "known": known,
                        "end": ends[nearest],
                        "days": int(days[nearest]),
                        "casualties": int(totals[nearest] - totals[known - 1]),
                    }
                )
    return pd.DataFrame(rows, columns=["horizon_months", "origin", "known", "end", "days", "casualties"])


def scored_forecasts(*, evidence: Evidence, choices: Choices, seed: int) -> pd.DataFrame:
    """Return :func:`backtest` of the series under the choices; for a stage, whose inputs are plain."""
    return backtest(casualty_series(evidence, choices), evidence, seed=seed)


def backtest(series: CasualtySeries, evidence: Evidence, *, seed: int, runs: int = RUNS) -> pd.DataFrame:
    """Return every scored forecast: each model at each origin and horizon for which all models can be made.

    The intervals before an origin are those reconciled from everything printed to the end of the series, not from what
    was printed by the origin: late registrations and later corrections are in them.

    Returns
    -------
    DataFrame
        The columns of :func:`windows`, model, median, wis, absolute_error and, for each level of :data:`COVERED`,
        whether the count was inside (`inside_50`, ...).

    Raises
    ------
    InsufficientEvidence
        If no window has enough before it.
    """
    rows: list[dict[str, object]] = []
    for record in windows(series.intervals).to_dict("records"):
        window = {str(name): value for name, value in record.items()}
        try:
            past = past_of(series, evidence, intervals=int(record["known"]))
        except InsufficientEvidence:
            continue
        for place, model in enumerate(MODELS):
            # A generator for each forecast: its draws do not depend on which others are made.
            rng = np.random.default_rng([seed, int(record["known"]), int(record["horizon_months"]), place])
            rows.append(window | {"model": model} | _scored(past, model, window, runs=runs, rng=rng))
    if not rows:
        raise InsufficientEvidence(
            f"none of the windows between the {len(series.intervals)} printed dates has {FEWEST_INTERVALS} intervals "
            "and a year before it: no forecast can be scored"
        )
    return pd.DataFrame(rows)


def scores(scored: pd.DataFrame) -> pd.DataFrame:
    """Return what the forecasts of each horizon and model come to.

    Returns
    -------
    DataFrame
        horizon_months, model, windows, without_overlap (largest number of these windows that share no day), mean_wis,
        wis_over_baseline, came_above_median, better_than_baseline (windows with a lower score) and, for each level of
        :data:`COVERED`, how many counts were inside (`inside_50`, ...); these in words, 'k of n': windows overlap, so
        they are no rate of success.
    """
    base = scored[scored["model"] == BASELINE].set_index(["horizon_months", "origin"])["wis"]
    rows = []
    for (months, model), group in scored.groupby(["horizon_months", "model"], sort=False):
        against = base.loc[pd.MultiIndex.from_frame(group[["horizon_months", "origin"]])].to_numpy()
        n, mean = len(group), float(group["wis"].mean())
        row = {"horizon_months": months, "model": model, "windows": n, "without_overlap": without_overlap(group)}
        row |= {"mean_wis": mean, "wis_over_baseline": mean / float(against.mean())}
        row["came_above_median"] = f"{int((group['casualties'] > group['median']).sum())} of {n}"
        row["better_than_baseline"] = "" if model == BASELINE else f"{int((group['wis'] < against).sum())} of {n}"
        for level in COVERED:
            name = f"{100 * level:g}"
            row[f"inside_{name}"] = f"{int(group[f'inside_{name}'].sum())} of {n}"
        rows.append(row)
    order = {model: place for place, model in enumerate(MODELS)}
    table = pd.DataFrame(rows)
    return table.sort_values(["horizon_months", "model"], key=lambda one: one.replace(order)).reset_index(drop=True)


def medians_beside(scored: pd.DataFrame, *, horizon_months: int) -> pd.DataFrame:
    """Return the windows of one horizon with what came and the median of each model, in order of origin."""
    rows = scored[scored["horizon_months"] == horizon_months]
    keys = ["origin", "end", "days", "casualties"]
    wide = rows.pivot_table(index=keys, columns="model", values="median", aggfunc="first").reset_index()
    return wide.rename_axis(columns=None)[[*keys, *MODELS]] if len(wide) else pd.DataFrame(columns=[*keys, *MODELS])


def without_overlap(scored: pd.DataFrame) -> int:
    """Return the largest number of the windows (origin, end] no two of which share a day."""
    count, free_from = 0, pd.Timestamp.min
    # Taking the window that ends first, again and again, gives the most.
    for origin, end in scored[["origin", "end"]].sort_values(["end", "origin"]).itertuples(index=False):
        if origin >= free_from:
            count, free_from = count + 1, end
    return count


def _scored(
    past: Past, model: str, window: dict[str, object], *, runs: int, rng: np.random.Generator
) -> dict[str, object]:
    days, came = np.array([window["days"]], dtype=np.int64), float(str(window["casualties"]))
    counts = drawn_counts(past, model=model, window_days=days, runs=runs, rng=rng)
    ends = quantiles_of(counts, central_quantile_levels(LEVELS))[:, 0]
    middle = len(LEVELS)
    found: dict[str, object] = {
        "median": int(ends[middle]),
        "wis": weighted_interval_score(came, ends, levels=LEVELS),
        "absolute_error": abs(came - float(ends[middle])),
    }
    for level in COVERED:
        reach = LEVELS.index(level) + 1
        found[f"inside_{100 * level:g}"] = bool(ends[middle - reach] <= came <= ends[middle + reach])
    return found
