"""The families of the trend side by side: what each assumes, and how its interval did where that does not hold."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from analysis.calibration.table import FOLDER, stored_coverage
from analysis.calibration.worlds import WORLD_WORDS
from analysis.casualties.trend import FAMILIES
from analysis.stats.interval_counts import Family

STUDY_DESIGN: Final = "the study's intervals and rate"

CONDITIONS: Final[dict[Family, str]] = {
    "quasi-poisson": "variance a multiple of the mean, at any length of the intervals; no more is assumed",
    "poisson": "variance equal to the mean: every casualty an accident of its own",
    "nb1": "variance a multiple of the mean, at any length of the intervals; counts negative binomial",
    "nb2": "variance = mean + alpha mean^2, at these lengths of the intervals only; counts negative binomial",
}


def families_compared(folder: Path = FOLDER) -> pd.DataFrame:
    """Return the families of the trend with their condition and the coverage of their interval in every world.

    Only the study's own intervals, rate and trend count here. The variance of every world is a multiple of its mean,
    the same at every length of the intervals, so none of them is one that NB2 assumes.

    Returns
    -------
    DataFrame
        family, condition, then a column a world: share of the answered runs that held the truth, their number and the
        verdict in words; "not tried" where the table has no line of it.
    """
    lines = {(line.method, line.setting): line for line in stored_coverage(folder)}
    rows = []
    for family in FAMILIES:
        row = {"family": family, "condition": CONDITIONS[family]}
        for words in WORLD_WORDS.values():
            line = lines.get((f"change per year, {family}", f"{STUDY_DESIGN}, {words}"))
            row[words] = "not tried" if line is None else f"{line.coverage:.3f} of {line.answered:,}: {line.verdict}"
        rows.append(row)
    return pd.DataFrame(rows)
