"""Fitting a rule to matched points so that pairs far off the rest do not pull it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InsufficientEvidence

Array = NDArray[np.float64]

_ROUNDS: Final = 100
_TUKEY: Final = 4.685  # 95 % efficiency under normal errors


class PlaneRule(Protocol):
    """Anything that takes points of the plane to points of the plane."""

    def apply(self, xy: ArrayLike) -> Array:
        """Return the transformed points, one row each."""
        ...


Rule = TypeVar("Rule", bound=PlaneRule)


def reweighted(start: Array, end: Array, *, first: Rule, fit: Callable[[Array], Rule]) -> Rule:
    """Return the rule fitted with Tukey's biweight, from a first one that wrong pairs did not pull.

    Parameters
    ----------
    start, end
        Matched points, one row a pair.
    first
        Where it begins.
    fit
        Fits a rule to the pairs with one weight each.

    References
    ----------
    Holland, Welsch (1977) Communications in Statistics A 6:813-827 (iteratively reweighted least squares).
    """
    fitted, weights = first, np.ones(len(start))
    for _ in range(_ROUNDS):
        errors = np.hypot(*(end - fitted.apply(start)).T)
        scale = 1.4826 * float(np.median(errors))
        if scale == 0:
            break
        before, weights = weights, np.clip(1 - (errors / (_TUKEY * scale)) ** 2, 0, None) ** 2
        fitted = fit(weights)
        if np.allclose(before, weights, rtol=0, atol=1e-12):
            break
    return fitted


def left_out_errors(source: ArrayLike, target: ArrayLike, *, fit: Callable[[ArrayLike, ArrayLike], PlaneRule]) -> Array:
    """Return, for each pair, target less the position the other pairs predict; never the residual of its own fit."""
    start, end = np.asarray(source, dtype=np.float64), np.asarray(target, dtype=np.float64)
    kept = [np.arange(len(start)) != left_out for left_out in range(len(start))]
    errors = [end[~keep][0] - fit(start[keep], end[keep]).apply(start[~keep])[0] for keep in kept]
    return np.array(errors, dtype=np.float64).reshape(-1, 2)


def matched_pairs(source: ArrayLike, target: ArrayLike, *, needed: int, words: str) -> tuple[Array, Array]:
    """Return both sides of the pairs as arrays.

    Raises
    ------
    InsufficientEvidence
        With fewer than `needed` pairs; `words` say what needs how many.
    """
    start, end = np.asarray(source, dtype=np.float64), np.asarray(target, dtype=np.float64)
    if start.ndim != 2 or start.shape[1] != 2 or start.shape != end.shape:
        raise ValueError("source, target: two columns and one row a pair are needed in each")
    if len(start) < needed:
        raise InsufficientEvidence(f"{words}, got {len(start)}")
    return start, end
