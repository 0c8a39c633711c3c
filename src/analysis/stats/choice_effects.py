"""How much of the spread of a result over a full grid of choices goes back to each of them: exact, without sampling.

Every combination counts alike. The spread is over decisions, not over chance, so it is no variance of an estimator and
its shares are no probabilities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InsufficientEvidence, ParameterError

_RELATIVE_ZERO = 1e-9
"""Differences below this, against the largest value, are of the arithmetic and not of the choices."""

_PART_ZERO = 1e-12
"""The same for parts of the variance."""


def choice_effects(values: NDArray[np.float64], names: Sequence[str]) -> pd.DataFrame:
    """Return the share of the variance over a full grid that each choice carries.

    Parameters
    ----------
    values
        One axis a choice, one place an option.
    names
        Of the choices, in the order of the axes.

    Returns
    -------
    DataFrame
        choice, alone (its main effect), shapley (its main effect and an equal part of every interaction it is in; these
        shares add to 1), with_interactions (its main effect and the whole of every interaction it is in); in the order
        of `names`.

    Raises
    ------
    ParameterError
        If there is not one name an axis.
    InsufficientEvidence
        If a combination has no finite value, or all have the same.

    References
    ----------
    Hoeffding (1948) Annals of Mathematical Statistics 19:293-325 (decomposition); Owen (2014) SIAM/ASA Journal on
    Uncertainty Quantification 2:245-251 (Shapley shares of it).
    """
    if values.ndim != len(names):
        raise ParameterError(f"names: one an axis is needed, found {len(names)} for {values.ndim} axes")
    if not np.isfinite(values).all():
        count = int((~np.isfinite(values)).sum())
        raise InsufficientEvidence(f"{count} of {values.size} combinations have no finite value")
    if np.ptp(values) <= _RELATIVE_ZERO * np.abs(values).max():
        raise InsufficientEvidence(f"all {values.size} combinations have the same value, so there is no spread")
    exact = variance_parts(values)
    whole = sum(exact.values())
    parts = {group: part if part > _PART_ZERO * whole else 0.0 for group, part in exact.items()}
    rows = []
    for axis, name in enumerate(names):
        own = {group: part / whole for group, part in parts.items() if axis in group}
        rows.append(
            {
                "choice": name,
                "alone": own[axis,],
                "shapley": sum(part / len(group) for group, part in own.items()),
                "with_interactions": sum(own.values()),
            }
        )
    return pd.DataFrame(rows)


def variance_parts(values: NDArray[np.float64]) -> Mapping[tuple[int, ...], float]:
    """Return the variance of every main effect and interaction, by the axes it is of; they add to the variance."""
    axes = range(values.ndim)
    groups = [group for size in range(values.ndim + 1) for group in combinations(axes, size)]
    effects: dict[tuple[int, ...], NDArray[np.float64]] = {}
    for group in groups:
        others = tuple(axis for axis in axes if axis not in group)
        smaller = [effect for inner, effect in effects.items() if set(inner) < set(group)]
        effects[group] = np.asarray(values.mean(axis=others, keepdims=True) - sum(smaller))
    return {group: float((effect**2).mean()) for group, effect in effects.items() if group}
