"""Changes of the casualty rate at times the counts themselves point to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from analysis.casualties.increments import DAYS_OF_RATE, after_first_year, after_first_year_words, day_numbers
from analysis.errors import InsufficientEvidence
from analysis.stats.change_points import ChangeScan, change_date_p_values, change_test, power_of_step, scan_change
from analysis.stats.segmentation import Segmentation, best_segmentations, chosen_by, poisson_costs

MOST_CHANGES: Final = 6
MINIMUM_DAYS: Final = 90
"""A change is tried only at places with so many days in whole intervals on both sides."""

IN_SET: Final = {True: "yes", False: "no"}
NOT_TRIED: Final = "not tried"
_ONE_END: Final = ("only at its end", "only at its start")


def segmentation_table(intervals: pd.DataFrame, *, dispersion: float) -> pd.DataFrame:
    """Return the best cut of the series into pieces of constant rate, for 0 to 6 changes.

    A series that declines smoothly is cut too: a change here is no sign of one beyond the decline.

    Parameters
    ----------
    intervals
        Of the series.
    dispersion
        Variance over mean of persons, by which deviances are divided in the criteria.

    Returns
    -------
    DataFrame
        changes, begins (first day of each piece but the first), rates_per_30d (of each piece), deviance, bic,
        modified_bic, chosen (by which criterion); or one row that says why there is none.
    """
    try:
        costs = poisson_costs(intervals["casualties"].to_numpy(), intervals["days"].to_numpy())
    except InsufficientEvidence as reason:
        return pd.DataFrame({"not estimated": [str(reason)]})
    cuts = best_segmentations(costs, most_changes=MOST_CHANGES)
    size = len(intervals)
    table = pd.DataFrame([_cut_row(cut, intervals, size=size, dispersion=dispersion) for cut in cuts])
    picked = {name: chosen_by(table[name]) for name in ("bic", "modified_bic")}
    table["chosen"] = [" and ".join(name for name, row in picked.items() if row == place) for place in table.index]
    return table


def change_tests(
    intervals: pd.DataFrame,
    *,
    sizes: tuple[int, ...],
    others: Mapping[str, pd.DataFrame],
    level: float,
    replicates: int,
    seed: int,
) -> pd.DataFrame:
    """Return the test of no change against one, under a log-linear decline, on several selections of intervals.

    Parameters
    ----------
    intervals
        Of the series; also taken without those begun in the first year and, where marked, without marked ones.
    sizes
        Persons per listed accident.
    others
        Further selections by name, for example merged to other lengths.
    level
        1 less the type I error of `critical`.
    replicates, seed
        Of the bootstrap; each selection has a generator of its own.

    Returns
    -------
    DataFrame
        intervals (which), n, from, to (days in which the best change lies), rate_ratio (after over before, trend
        apart), statistic, critical, p_value, monte_carlo_error, power_of_halving (how often the test would find one in
        the middle of the time), dispersion (of the simulated series), dispersion_of_best (of the fit with the best
        change), or not_estimated.
    """
    samples = {"all": intervals, after_first_year_words(intervals): after_first_year(intervals)}
    if "marked" in intervals:
        samples["without marked intervals"] = intervals[~intervals["marked"]]
    samples |= others
    sources = np.random.default_rng(seed).spawn(len(samples))
    rows = [
        {"intervals": name, "n": len(sample)}
        | _test_row(sample, sizes=sizes, level=level, replicates=replicates, rng=rng)
        for (name, sample), rng in zip(samples.items(), sources, strict=True)
    ]
    return pd.DataFrame(rows)


def change_profile(
    intervals: pd.DataFrame, *, sizes: tuple[int, ...], level: float, replicates: int, seed: int
) -> pd.DataFrame:
    """Return how well one change fits in each interval, and which intervals the confidence set of its date holds.

    The set is for the date of one change if there was one; it is never finer than an interval.

    Returns
    -------
    DataFrame
        start, end, days, casualties, deviance_gained (against no change; missing where too few days lie on a side),
        p_value (of "the change lies in this interval or at its ends"), in_set. Empty where none can be looked for.
    """
    columns = ["start", "end", "days", "casualties", "deviance_gained", "p_value", "in_set"]
    try:
        scan = _scan(intervals)
    except InsufficientEvidence:
        return pd.DataFrame({name: pd.Series(dtype="float64") for name in columns})
    p_values = change_date_p_values(scan, sizes=sizes, replicates=replicates, rng=np.random.default_rng(seed))
    gained = np.where(np.isfinite(scan.deviance_by_interval), scan.deviance_without - scan.deviance_by_interval, np.nan)
    return (
        intervals[["start", "end", "days", "casualties"]]
        .reset_index(drop=True)
        .assign(deviance_gained=gained, p_value=p_values, in_set=p_values > 1 - level)[columns]
    )


def days_in_set(profile: pd.DataFrame) -> tuple[int, int]:
    """Return the days in intervals of the confidence set, and in all intervals that were tried."""
    tried = profile[profile["p_value"].notna()]
    return int(tried.loc[tried["in_set"].astype(bool), "days"].sum()), int(tried["days"].sum())


def profile_table(profile: pd.DataFrame) -> pd.DataFrame:
    """Return the profile to print: where in each interval a change was tried, and `in_set` as yes, no or not tried."""
    missing = profile["p_value"].isna()
    return profile.assign(
        tried=_places_tried(profile["days"]), in_set=profile["in_set"].map(IN_SET).mask(missing, NOT_TRIED)
    )


def tried_words(profile: pd.DataFrame) -> str:
    """Return how many intervals and days were tried, which of them only at one end, and what was not tried."""
    tried = profile["p_value"].notna()
    places = _places_tried(profile["days"])
    ends = [f"{number} {place}" for place, number in places[places.isin(_ONE_END)].value_counts(sort=False).items()]
    words = (
        f"{tried.sum()} of {len(profile)} intervals, {profile.loc[tried, 'days'].sum():,} of "
        f"{profile['days'].sum():,} days"
    )
    return f"{words} (of these intervals {', '.join(ends)})" if ends else words


def _places_tried(days: pd.Series) -> pd.Series:
    """Return in words where in each interval there are enough days on both sides."""
    before, after = days.cumsum() - days, days[::-1].cumsum()[::-1] - days
    left, right = before >= MINIMUM_DAYS, after >= MINIMUM_DAYS
    at_start = left & (days + after >= MINIMUM_DAYS)
    at_end = right & (days + before >= MINIMUM_DAYS)
    words = np.select([left & right, at_end, at_start], ["inside and at its ends", *_ONE_END], default=NOT_TRIED)
    return pd.Series(words, index=days.index)


def _scan(intervals: pd.DataFrame) -> ChangeScan:
    return scan_change(
        intervals["casualties"].to_numpy(),
        day_numbers(intervals["start"]),
        day_numbers(intervals["end"]),
        minimum_days=MINIMUM_DAYS,
    )


def _cut_row(cut: Segmentation, intervals: pd.DataFrame, *, size: int, dispersion: float) -> dict[str, object]:
    starts = (0, *cut.ends[:-1])
    pieces = [intervals.iloc[first:last] for first, last in zip(starts, cut.ends, strict=True)]
    rates = [piece["casualties"].sum() / piece["days"].sum() * DAYS_OF_RATE for piece in pieces]
    return {
        "changes": cut.changes,
        "begins": ", ".join(str(piece["start"].iloc[0].date()) for piece in pieces[1:]),
        "rates_per_30d": ", ".join(f"{rate:.3g}" for rate in rates),
        "deviance": cut.cost,
        "bic": cut.bic(size, dispersion=dispersion),
        "modified_bic": cut.modified_bic(size, dispersion=dispersion),
    }


def _test_row(
    intervals: pd.DataFrame, *, sizes: tuple[int, ...], level: float, replicates: int, rng: np.random.Generator
) -> dict[str, object]:
    try:
        scan = _scan(intervals)
    except InsufficientEvidence as reason:
        return {"not_estimated": str(reason)}
    test = change_test(scan, sizes=sizes, level=level, replicates=replicates, rng=rng)
    halving = power_of_step(scan, test, ratio=0.5, sizes=sizes, rng=rng)
    first, last = scan.best_intervals
    return {
        "from": intervals["start"].iloc[first].date().isoformat(),
        "to": intervals["end"].iloc[last].date().isoformat(),
        "rate_ratio": scan.rate_ratio,
        "statistic": test.statistic,
        "critical": test.critical,
        "p_value": test.p_value,
        "monte_carlo_error": test.monte_carlo_error,
        "power_of_halving": halving,
        "dispersion": test.dispersion,
        "dispersion_of_best": scan.dispersion,
        "not_estimated": "",
    }
