"""The casualty rate as a smooth curve, with the penalty chosen by two criteria side by side."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.casualties.increments import day_numbers
from analysis.casualties.scope import COUNT_START
from analysis.errors import InsufficientEvidence
from analysis.stats.smooth_intensity import Criterion, SmoothIntensity, smooth_intensities

CRITERIA: Final[tuple[Criterion, ...]] = ("bic", "aic")
"""The first is the headline: with few intervals AIC follows single intervals."""

_STEP_DAYS: Final = 10
_DAY_ZERO: Final = pd.Timestamp(COUNT_START) - pd.Timedelta(days=1)

Curves = dict[Criterion, SmoothIntensity]


def smooth_curves(intervals: pd.DataFrame, *, dispersion: float) -> Curves | InsufficientEvidence:
    """Return the smooth rate by each criterion, or why there is none.

    Parameters
    ----------
    intervals
        Of a series; some may be left out.
    dispersion
        Variance over mean by which the deviance is divided when the penalty is chosen: what listed accident sizes
        imply, which the curve itself cannot change.
    """
    try:
        found = smooth_intensities(
            intervals["casualties"].to_numpy(),
            day_numbers(intervals["start"]),
            day_numbers(intervals["end"]),
            dispersion=max(1.0, dispersion),
        )
    except InsufficientEvidence as reason:
        return reason
    return {criterion: found[criterion] for criterion in CRITERIA}


def curve_table(curves: Curves | InsufficientEvidence, *, level: float) -> pd.DataFrame:
    """Return the curves every ten days: criterion, date, rate_per_30d, low, high (pointwise band)."""
    columns = ["criterion", "date", "rate_per_30d", "low", "high"]
    if isinstance(curves, InsufficientEvidence):
        return pd.DataFrame(columns=columns)
    pieces = []
    for criterion, curve in curves.items():
        rate, low, high = curve.band_per_30d(level=level)
        dates = _DAY_ZERO + pd.to_timedelta(curve.days, unit="D")
        whole = pd.DataFrame({"date": dates, "rate_per_30d": rate, "low": low, "high": high})
        kept = whole[(whole.index % _STEP_DAYS == 0) | (whole.index == len(whole) - 1)]
        pieces.append(kept.assign(criterion=criterion)[columns])
    return pd.concat(pieces, ignore_index=True)


def penalty_table(curves: Curves | InsufficientEvidence, *, every: int = 4) -> pd.DataFrame:
    """Return what was tried: penalty, effective_parameters, deviance, aic, bic, chosen (by which criterion).

    Every `every`-th penalty is listed, and those chosen.
    """
    if isinstance(curves, InsufficientEvidence):
        return pd.DataFrame({"not estimated": [str(curves)]})
    first = next(iter(curves.values()))
    table = pd.DataFrame(first.table, columns=["penalty", "effective_parameters", "deviance", "aic", "bic"])
    chosen = [
        " and ".join(name for name, curve in curves.items() if curve.penalty == penalty) for penalty in table["penalty"]
    ]
    table["chosen"] = chosen
    return table[(table.index % every == 0) | (table["chosen"] != "")].reset_index(drop=True)


def curve_facts(curves: Curves | InsufficientEvidence) -> pd.DataFrame:
    """Return one row a criterion: penalty, effective_parameters, both dispersions, remark."""
    if isinstance(curves, InsufficientEvidence):
        return pd.DataFrame({"not estimated": [str(curves)]})
    return pd.DataFrame(
        [
            {
                "criterion": name,
                "penalty": curve.penalty,
                "effective_parameters": curve.effective_parameters,
                "dispersion_of_accident_sizes": curve.selection_dispersion,
                "dispersion_in_the_band": curve.dispersion,
                "remark": curve.at_the_end,
            }
            for name, curve in curves.items()
        ]
    )


def wavy_means(curves: Curves | InsufficientEvidence, intervals: pd.DataFrame) -> tuple[float, ...]:
    """Return the expected counts by the curve with more waves; the intervals' own counts where there is no curve."""
    if isinstance(curves, InsufficientEvidence):
        return tuple(float(count) for count in intervals["casualties"])
    return tuple(float(mean) for mean in curves["aic"].fitted)
