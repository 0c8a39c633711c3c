"""Accuracy and area from a probability sample of checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.maps.ground.inputs import MINED, ProbabilitySample
from analysis.stats.map_accuracy import (
    Measured,
    StratifiedChecks,
    area_share,
    confidence_interval,
    overall_accuracy,
    producers_accuracy,
    users_accuracy,
)

CORRECT: Final = "correct share (user's accuracy)"
COVERED: Final = "coverage share (producer's accuracy)"
AREA: Final = "mined share of the area"
OVERALL: Final = "overall accuracy"

_MEASURES: Final[dict[str, Callable[[StratifiedChecks], Measured]]] = {
    CORRECT: lambda checks: users_accuracy(checks, MINED),
    COVERED: lambda checks: producers_accuracy(checks, MINED),
    AREA: lambda checks: area_share(checks, MINED),
    OVERALL: overall_accuracy,
}


def sample_accuracy(sample: ProbabilitySample, *, level: float) -> tuple[pd.DataFrame, dict[str, InsufficientEvidence]]:
    """Return each measure with its standard error and interval, and the reasons for those that cannot be had.

    Shares are of area. Overall accuracy is high wherever little land is mined, whatever the records are worth.

    References
    ----------
    Olofsson et al. (2013, 2014); Stehman (2014), see :mod:`analysis.stats.map_accuracy`.
    """
    rows, reasons = {}, {}
    for name, measure in _MEASURES.items():
        try:
            measured = measure(sample.checks)
            interval = confidence_interval(measured, level=level)
        except InsufficientEvidence as reason:
            reasons[f"{name}, {sample.name}"] = reason
            continue
        rows[name] = {
            "share": measured.share,
            "standard_error": measured.standard_error,
            "low": interval.low,
            "high": interval.high,
            "checks": len(sample.checks.stratum),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("measure"), reasons
