"""Error of the records' positions from things measured again, and what a fitted transform would leave of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.stats.positional_accuracy import PositionalError, positional_error
from analysis.stats.similarity import leave_one_out_errors


def control_errors(pairs: pd.DataFrame | None) -> pd.DataFrame:
    """Return the error as recorded, and after a robust similarity fitted to all other pairs.

    The second is the error at pairs that had no part in the fit, one left out at a time; the residual of the fit is
    smaller and is not shown.

    Raises
    ------
    InsufficientEvidence
        Without pairs, or with fewer than the standard asks for.
    """
    if pairs is None:
        raise InsufficientEvidence(
            "no positions measured again were brought; they have to be independent of the records"
        )
    recorded = pairs[["recorded_x", "recorded_y"]].to_numpy(dtype=np.float64)
    true = pairs[["true_x", "true_y"]].to_numpy(dtype=np.float64)
    rows = {
        "as recorded": _row(recorded - true),
        "after a similarity fitted to the other pairs": _row(-leave_one_out_errors(recorded, true)),
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("positions")


def _row(errors: np.ndarray) -> dict[str, object]:
    found: PositionalError = positional_error(errors[:, 0], errors[:, 1])
    names = ("checks", "mean_east_m", "mean_north_m", "rmse_m", "ce90_m", "ce95_m", "blunders", "rule")
    return {name: getattr(found, name) for name in names}
