"""Who was hit: shares killed, civilian, children and women, at successive dates and in the increments between them."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final

import numpy as np
import pandas as pd

from analysis.casualties.late_registration import PARTS, full_splits
from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.proportions import proportion_interval

SHARES: Final = {
    "killed_share": ("killed", "killed among all casualties"),
    "civilian_share": ("civilian", "civilians among all casualties"),
    "civilian_share_of_killed": ("civilian_killed", "civilians among the killed"),
    "civilian_share_of_injured": ("civilian_injured", "civilians among the injured"),
}
_OF: Final = {
    "killed": "total",
    "civilian": "total",
    "civilian_killed": "killed",
    "civilian_injured": "injured",
}


def clustered_share_interval(successes: int, trials: int, *, dispersion: float, level: float) -> Interval:
    """Return Wilson's interval for a share as if only `trials / dispersion` persons had been seen.

    An upper bound for the effect of accidents in which all persons fare alike.

    References
    ----------
    Kish (1965) Survey Sampling, section 8.2 (design effect); :func:`analysis.stats.proportions.proportion_interval`.
    """
    if dispersion < 1:
        raise ValueError(f"dispersion: 1 or more is needed, got {dispersion}")
    normal = NormalDist()
    # Wilson's interval of n / d persons at one level is that of n persons with the critical value times sqrt(d).
    wider = 2 * normal.cdf(normal.inv_cdf((1 + level) / 2) * dispersion**0.5) - 1
    ends = proportion_interval(successes, trials, level=wider)
    return Interval(low=ends.low, high=ends.high, kind=IntervalKind.CONFIDENCE, level=level)


def splits_by_date(rows: pd.DataFrame, *, minimum_days: int = 0) -> pd.DataFrame:
    """Return the full splits dated to the day, one a date, at least `minimum_days` apart; the last one is kept.

    Where bodies print different splits for one date, the one with the smallest total that most rows print is used.

    Raises
    ------
    InsufficientEvidence
        If no row prints all four parts.
    """
    splits = full_splits(rows[rows["as_of_precision"] == "day"])
    if splits.empty:
        raise InsufficientEvidence("no row dated to the day prints civilian and military, killed and injured")
    printed = rows.groupby(["as_of_last", *PARTS]).size().rename("prints").reset_index()
    ranked = splits.merge(printed, on=["as_of_last", *PARTS], how="left")
    ranked = ranked.sort_values(["as_of_last", "prints", "total"], ascending=[True, False, True])
    daily = ranked.drop_duplicates("as_of_last").reset_index(drop=True)
    daily["civilian"] = daily["civilian_killed"] + daily["civilian_injured"]
    return daily.iloc[_apart(daily["as_of_last"], minimum_days)].reset_index(drop=True)


def composition_table(splits: pd.DataFrame, *, dispersion: float, level: float) -> pd.DataFrame:
    """Return each share at each date, and in each increment between successive dates, with both intervals.

    Totals at successive dates are nested: only the increments are separate groups of people.

    Returns
    -------
    DataFrame
        share, of ("total by date" or "increment"), start (missing for a total), end, successes, n, value, low, high
        (Wilson), clustered_low, clustered_high. Increments without anybody, or in which a part falls, are left out.
    """
    ends = list(splits["as_of_last"])
    rows: list[dict[str, object]] = []
    for name, (part, _) in SHARES.items():
        counts = splits[[part, _OF[part]]].to_numpy(dtype=np.int64)
        for position, end in enumerate(ends):
            line = {"share": name, "of": "total by date", "start": pd.NaT, "end": end}
            rows.append(line | _share(*counts[position], dispersion=dispersion, level=level))
            step = counts[position] - counts[position - 1] if position else np.zeros(2, dtype=np.int64)
            if 0 <= step[0] <= step[1] and step[1] > 0:
                line = {"share": name, "of": "increment", "start": ends[position - 1], "end": end}
                rows.append(line | _share(*step, dispersion=dispersion, level=level))
    return pd.DataFrame(rows)


def children_and_women(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the exact rows that print a number of children or women beside an exact total, in order of date."""
    known = rows[
        (rows["children"].notna() | rows["women"].notna()) & rows["total"].notna() & (rows["comparator"] == "=")
    ]
    columns = ["row_id", "source_id", "originator", "period_start", "as_of", "as_of_last", "total", "children", "women"]
    return known[columns].sort_values(["as_of_last", "row_id"]).reset_index(drop=True)


def _share(successes: int, trials: int, *, dispersion: float, level: float) -> dict[str, object]:
    plain = proportion_interval(int(successes), int(trials), level=level)
    wide = clustered_share_interval(int(successes), int(trials), dispersion=dispersion, level=level)
    return {
        "successes": int(successes),
        "n": int(trials),
        "value": int(successes) / int(trials),
        "low": plain.low,
        "high": plain.high,
        "clustered_low": wide.low,
        "clustered_high": wide.high,
    }


def _apart(dates: pd.Series, minimum_days: int) -> list[int]:
    """Return the positions of dates at least so many days apart, counted back from the last one."""
    kept: list[int] = []
    for position in range(len(dates) - 1, -1, -1):
        if not kept or (dates.iloc[kept[-1]] - dates.iloc[position]).days >= minimum_days:
            kept.append(position)
    return kept[::-1]
