"""What made-up minefield worlds show, read from the stored simulation where it was made as asked, else simulated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from analysis.calibration.minefields import DEFAULT, ERRORS_M, RECORDED_SHARES, WORLD
from analysis.calibration.settings import LEVEL
from analysis.maps.ground.estimators import ASKED, SEARCH, estimator_study
from analysis.maps.ground.frontier import shift_frontier

_NOTHING: Final = pd.DataFrame({"setting": ["no simulation is stored: analysis calibrate"]})
_SHORT: Final = {
    "inside share of accidents, block bootstrap": "inside share",
    "the same, read as coverage share of area (misuse)": "inside share read as land",
    "correct share (user's accuracy)": "correct share",
    "coverage share (producer's accuracy)": "coverage share",
    "mined share of the area": "mined share",
    "overall accuracy": "overall accuracy",
    "omission among accidents, as bounds": "omission (bounds)",
    "RMSE of the records' positions, m": "RMSE, m",
    "CE95 of the records' positions, m": "CE95, m",
    "common shift east, where identified, m": "shift east, m",
}


def frontier_of(
    *,
    stored: pd.DataFrame,
    recorded_shares: Sequence[float],
    errors_m: Sequence[float],
    points: int,
    worlds: int,
    reach_m: float,
    step_m: float,
    matching_m: float,
    block_m: float,
    level: float,
    seed: int,
) -> pd.DataFrame:
    """Return the frontier of the common shift: the stored one if it is of this search and number of points.

    Parameters
    ----------
    stored
        Table of :func:`analysis.calibration.minefields.stored_frontier`.
    recorded_shares, errors_m, points, worlds, reach_m, step_m, matching_m, block_m, level, seed
        As for :func:`analysis.maps.ground.frontier.shift_frontier`; `worlds` and `seed` have no part in what is stored.
    """
    asked = (tuple(recorded_shares), tuple(errors_m), points, reach_m, step_m, matching_m, block_m)
    kept = (RECORDED_SHARES, ERRORS_M, WORLD.points, SEARCH.reach_m, SEARCH.step_m, SEARCH.matching_m, SEARCH.block_m)
    if asked == kept and not stored.empty:
        return stored
    return shift_frontier(
        recorded_shares=recorded_shares,
        errors_m=errors_m,
        points=points,
        worlds=worlds,
        reach_m=reach_m,
        step_m=step_m,
        matching_m=matching_m,
        block_m=block_m,
        level=level,
        seed=seed,
    )


def estimators_of(*, stored: pd.DataFrame, worlds: int, block_m: float, level: float, seed: int) -> pd.DataFrame:
    """Return bias and coverage of the estimators: the stored ones if they were asked with this level and block.

    Parameters
    ----------
    stored
        Table of :func:`analysis.calibration.minefields.stored_estimators`.
    worlds, block_m, level, seed
        As for :func:`analysis.maps.ground.estimators.estimator_study`; `worlds` and `seed` have no part in what is
        stored.
    """
    if (block_m, level) == (SEARCH.block_m, ASKED.level) and not stored.empty:
        lines = stored[stored["setting"] == DEFAULT]
        return lines.drop(columns=["setting", "verdict"]).reset_index(drop=True)
    return estimator_study(worlds=worlds, block_m=block_m, level=level, seed=seed)


def bias_by_setting(stored: pd.DataFrame) -> pd.DataFrame:
    """Return the mean error of each estimator in each kind of world, with its Monte Carlo standard error, as text."""
    if stored.empty:
        return _NOTHING
    text = stored.apply(lambda one: f"{one['bias']:.2g} ± {one['bias_se']:.1g}", axis=1)
    return _by_setting(stored, text.where(stored["answered"] > 0, "no answer"))


def coverage_by_setting(stored: pd.DataFrame) -> pd.DataFrame:
    """Return how often each range holds the truth in each kind of world, in per cent, with Wilson limits, as text.

    An asterisk marks intervals of confidence that fall short, below 93 % at 95 %, by more than the chance of so many
    worlds explains: the Wilson limits of their coverage lie below 95 % as well. The stored verdict looks at the
    coverage alone.
    """
    if stored.empty:
        return _NOTHING
    text = stored.apply(_coverage, axis=1)
    with_range = stored.groupby("estimator")["coverage"].transform("count") > 0
    return _by_setting(stored[with_range], text[with_range])


def false_alarms(without_shift: pd.DataFrame) -> str:
    """Return the sentence on worlds without a common shift in which one was claimed all the same."""
    if without_shift.empty:
        return "Worlds without a common shift have not been simulated."
    claimed = without_shift["found_share"] + without_shift["wrong_share"]
    return (
        f"Where no shift was put in, one is claimed in {100 * claimed.mean():.2g} % of worlds on average and in "
        f"at most {100 * claimed.max():.2g} % in any cell ({int(without_shift['worlds'].iloc[0])} worlds a cell)."
    )


def _coverage(one: pd.Series) -> str:
    if pd.isna(one["coverage"]):
        return "no range" if one["answered"] else "no answer"
    mark = "*" if one["verdict"] == "falls short" and one["coverage_high"] < LEVEL else ""
    return f"{100 * one['coverage']:.0f}{mark} ({100 * one['coverage_low']:.0f} to {100 * one['coverage_high']:.0f})"


def _by_setting(stored: pd.DataFrame, text: pd.Series) -> pd.DataFrame:
    named = stored.assign(text=text, short=stored["estimator"].map(_SHORT)).dropna(subset=["short"])
    wide = named.pivot_table(index="setting", columns="short", values="text", aggfunc="first", sort=False)
    return wide.rename_axis(columns=None).reset_index()
