"""What tests decided in simulated worlds, in the form of trials: a decision has no width, so it is 0."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.calibration.settings import LEVEL
from analysis.calibration.trials import Trials
from analysis.calibration.worlds import FloatArray


def kept(p_values: FloatArray) -> Trials:
    """Return the trials of a hypothesis that is true: held where it is not rejected; NaN without an answer."""
    return _decided(p_values, p_values > 1 - LEVEL)


def rejected(p_values: FloatArray) -> Trials:
    """Return the trials of a hypothesis that is not true: held where it is rejected; NaN without an answer."""
    return _decided(p_values, p_values <= 1 - LEVEL)


def _decided(p_values: FloatArray, right: NDArray[np.bool_]) -> Trials:
    return Trials(covered=np.where(np.isnan(p_values), np.nan, right)[:, None], width=np.zeros(p_values.size))
