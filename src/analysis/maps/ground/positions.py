"""Error of the records' positions from things measured again, and what a fitted transform would leave of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InsufficientEvidence
from analysis.stats.affine import fit_robust_affine
from analysis.stats.positional_accuracy import PositionalError, positional_error
from analysis.stats.robust_fit import PlaneRule, left_out_errors
from analysis.stats.similarity import fit_robust

FIT, CHECK = "fit", "check"
_Fit = Callable[[ArrayLike, ArrayLike], PlaneRule]
_RULES: Final[dict[str, _Fit]] = {
    "a similarity": fit_robust,
    "an affine map": fit_robust_affine,
}
_NUMBERS: Final = ("checks", "mean_east_m", "mean_north_m", "rmse_m", "ce90_m", "ce95_m", "blunders")


def recorded_errors(pairs: pd.DataFrame | None) -> PositionalError:
    """Return the error of the pairs as recorded.

    Raises
    ------
    InsufficientEvidence
        Without pairs, or with fewer than the standard asks for.
    """
    recorded, true = _positions(_required(pairs))
    return _judged(recorded - true)


def control_errors(pairs: pd.DataFrame | None) -> pd.DataFrame:
    """Return the error as recorded, and after a robust similarity or affine map fitted to all other pairs.

    The latter are errors at pairs that had no part in the fit, one left out at a time; the residual of the fit is
    smaller and is not shown. Pairs set aside as check points have no part in any fit. Where a fit cannot be had or
    judged, its row says why in the column `rule`.

    Raises
    ------
    InsufficientEvidence
        Without pairs, or with fewer than the standard asks for.
    """
    pairs = _required(pairs)
    fitted = _used_to(pairs, FIT)
    rows = {"as recorded": _row(recorded_errors(pairs))}
    for name, fit in _RULES.items():
        rows[f"after {name} fitted to the other pairs"] = _row_or_reason(partial(_left_out, fit, fitted))
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("positions")


def check_point_errors(pairs: pd.DataFrame | None) -> pd.DataFrame:
    """Return the error at independent check points, as recorded and after transforms fitted to the other pairs.

    Where a fit cannot be had, its row says why in the column `rule`.

    Raises
    ------
    InsufficientEvidence
        Without pairs set aside as check points, or with fewer than the standard asks for.
    """
    pairs = _required(pairs)
    checks = _used_to(pairs, CHECK)
    if checks.empty:
        raise InsufficientEvidence("no pair is set aside as a check point: a column 'use' says fit or check")
    fitted = _used_to(pairs, FIT)
    rows = {"check points, as recorded": _row(recorded_errors(checks))}
    for name, fit in _RULES.items():
        rows[f"check points, after {name}"] = _row_or_reason(partial(_at_checks, fit, fitted, checks))
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("positions")


def _required(pairs: pd.DataFrame | None) -> pd.DataFrame:
    if pairs is None:
        raise InsufficientEvidence(
            "no positions measured again were brought; they have to be independent of the records"
        )
    return pairs


def _used_to(pairs: pd.DataFrame, use: str) -> pd.DataFrame:
    """Return the pairs of one use; without that column all are there to be fitted."""
    told = pairs["use"] if "use" in pairs else pd.Series(FIT, index=pairs.index)
    return pairs[told == use]


def _positions(pairs: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    recorded = pairs[["recorded_x", "recorded_y"]].to_numpy(dtype=np.float64)
    return recorded, pairs[["true_x", "true_y"]].to_numpy(dtype=np.float64)


def _left_out(fit: _Fit, fitted: pd.DataFrame) -> NDArray[np.float64]:
    if fitted.empty:
        raise InsufficientEvidence("all pairs are set aside as check points, so none is left to be fitted")
    return -left_out_errors(*_positions(fitted), fit=fit)


def _at_checks(fit: _Fit, fitted: pd.DataFrame, checks: pd.DataFrame) -> NDArray[np.float64]:
    recorded, true = _positions(checks)
    return fit(*_positions(fitted)).apply(recorded) - true


def _judged(errors: NDArray[np.float64]) -> PositionalError:
    return positional_error(errors[:, 0], errors[:, 1])


def _row(found: PositionalError) -> dict[str, object]:
    return {name: getattr(found, name) for name in (*_NUMBERS, "rule")}


def _row_or_reason(errors: Callable[[], NDArray[np.float64]]) -> dict[str, object]:
    """Return the row of the errors, or one without numbers that says why there are none."""
    try:
        return _row(_judged(errors()))
    except InsufficientEvidence as reason:
        return {**dict.fromkeys(_NUMBERS), "rule": f"not estimable: {reason}"}
