"""A rate over a whole exposure whose spread is judged by parts of it, as a year's density by its printed months."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval, IntervalKind
from analysis.stats.arguments import require_positive, tail_of
from analysis.stats.dispersion import overdispersed_limits, pearson_dispersion

LEAST_PARTS: Final = 3
"""Parts below which their spread about the whole says nothing."""


def dispersion_of_parts(count: float, exposure: float, part_counts: ArrayLike, part_exposures: ArrayLike) -> float:
    """Return the variance over mean of the parts' counts about the rate of the whole.

    The rate comes from the whole and not from the parts, so nothing is fitted to them.

    Raises
    ------
    InsufficientEvidence
        If there are fewer than :data:`LEAST_PARTS` parts, or the whole has a count of 0.

    References
    ----------
    McCullagh, Nelder (1989) Generalized Linear Models, 2nd ed., section 4.5.2.
    """
    require_positive("exposure", exposure)
    counts, exposures = np.asarray(part_counts, dtype=np.float64), np.asarray(part_exposures, dtype=np.float64)
    if counts.size < LEAST_PARTS or count == 0:
        raise InsufficientEvidence(
            f"the spread of {counts.size} parts with {count:g} in the whole says nothing; "
            f"{LEAST_PARTS} parts and a count above 0 are needed"
        )
    return pearson_dispersion(counts, exposures * (count / exposure), parameters=0)


def rate_interval_by_parts(
    count: float, exposure: float, part_counts: ArrayLike, part_exposures: ArrayLike, *, level: float
) -> Interval:
    """Return the interval of the rate of the whole, if its parts were a random sample of like exposure.

    The spread is judged by the parts, so Student's t of as many degrees of freedom as parts stands for the normal law:
    the dispersion is widened by the square of their ratio.

    Raises
    ------
    InsufficientEvidence
        As :func:`dispersion_of_parts`.

    Notes
    -----
    Approximate. How often the interval holds the rate is simulated and
    kept in the table of `analysis.calibration` under "density, if months were a random sample".

    References
    ----------
    As :func:`analysis.stats.dispersion.overdispersed_limits`; Student's t where the dispersion is estimated:
    Tjur (1998) The American Statistician 52:222-227.
    """
    spread = max(1.0, dispersion_of_parts(count, exposure, part_counts, part_exposures))
    tail, parts = tail_of(level), np.size(part_counts)
    wider = float(stats.t.isf(tail, parts) / stats.norm.isf(tail)) ** 2
    low, high = overdispersed_limits(count, exposure, dispersion=spread * wider, level=level)
    return Interval(low=float(low), high=float(high), kind=IntervalKind.CONFIDENCE, level=level)
