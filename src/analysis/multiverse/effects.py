"""Which choices move a headline: the spread over all specifications, shared out exactly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InsufficientEvidence
from analysis.multiverse.choice import Headline
from analysis.multiverse.table import StoredTable
from analysis.stats.choice_effects import choice_effects

PARTS: Final = {"value": "value", "low": "lower end", "high": "upper end"}
_ZERO: Final = 1e-9
_SEEN: Final = 1e-4
"""A smaller spread, as a share of the largest number, is not shared out: it would show in no printed digit."""
Grid = NDArray[np.float64]


def effects(tables: Sequence[StoredTable]) -> pd.DataFrame:
    """Return, for each headline, the share of the spread of its value and of each end of its interval by choice.

    Returns
    -------
    DataFrame
        study, headline, part (value, lower end, upper end), without (the option left out, where the headline is not
        estimable with it and with others), range (largest less smallest over the specifications looked at),
        choice, alone, shapley, with_interactions; see :func:`analysis.stats.choice_effects.choice_effects`. Parts
        that are the same in every specification to a ten-thousandth, or not finite in one, have no rows: see
        :func:`without_effects`.
    """
    found = []
    for table, headline, part in _parts(tables):
        grid, without = _complete_grid(table, headline, part)
        try:
            shares = _shared_out(grid, table)
        except InsufficientEvidence:
            continue
        start = {"study": table.multiverse.notebook, "headline": headline.label, "part": PARTS[part]}
        found.append(shares.assign(**start, without=without, range=float(np.ptp(grid))))
    columns = ["study", "headline", "part", "without", "range", "choice", "alone", "shapley", "with_interactions"]
    return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)


def without_effects(tables: Sequence[StoredTable]) -> dict[str, InsufficientEvidence]:
    """Return why the spread of a value or of an end of an interval is not shared out, by headline and part."""
    reasons = {}
    for table, headline, part in _parts(tables):
        try:
            _shared_out(_complete_grid(table, headline, part)[0], table)
        except InsufficientEvidence as reason:
            reasons[f"{headline.label}: {PARTS[part]}"] = reason
    return reasons


def shares_by_choice(shares: pd.DataFrame, study: str) -> pd.DataFrame:
    """Return the Shapley shares of one study with a column a choice.

    Parameters
    ----------
    shares
        Table of :func:`effects`.
    study
        Notebook of the study.

    Returns
    -------
    DataFrame
        headline, part, without, range, a column a choice, in_interactions (share of the spread none carries alone).
    """
    own = shares[shares["study"] == study]
    keys = ["headline", "part", "without", "range"]
    wide = own.pivot_table(index=keys, columns="choice", values="shapley", sort=False)
    wide["in_interactions"] = (1 - own.groupby(keys, sort=False)["alone"].sum()).where(lambda rest: rest > _ZERO, 0.0)
    wide.columns.name = None
    return wide.reset_index()


def moved_most(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the choice with the largest Shapley share of each part of each headline, in the order of `effects`."""
    if shares.empty:
        return shares
    largest = shares.groupby(["study", "headline", "part"], sort=False)["shapley"].idxmax()
    return shares.loc[largest].reset_index(drop=True)


def _parts(tables: Sequence[StoredTable]) -> list[tuple[StoredTable, Headline, str]]:
    return [(table, headline, part) for table in tables for headline in table.multiverse.headlines for part in PARTS]


def _shared_out(grid: Grid, table: StoredTable) -> pd.DataFrame:
    """Return the effects of the choices; refuse a spread that no printed digit shows."""
    spread = float(np.ptp(grid)) if np.isfinite(grid).all() else math.inf
    if 0 < spread < _SEEN * float(np.abs(grid).max()):
        raise InsufficientEvidence(f"all {grid.size} combinations are within {spread:.1g} of each other")
    return choice_effects(grid, [choice.name for choice in table.multiverse.choices])


def _complete_grid(table: StoredTable, headline: Headline, part: str) -> tuple[Grid, str]:
    """Return the numbers with an axis a choice, and the option left out so that every combination is estimable.

    The rows of a table stand in the order of the full grid. The first option, from the first choice on, without which
    no combination lacks a value is left out, never one the study takes; nothing where no single option will do.
    """
    choices = table.multiverse.choices
    shape = tuple(len(choice.options) for choice in choices)
    rows = table.of(headline.key)
    missing = rows["value"].isna().to_numpy().reshape(shape)
    grid = rows[part].to_numpy(dtype=np.float64).reshape(shape)
    if not missing.any():
        return grid, ""
    for axis, choice in enumerate(choices):
        for place, option in enumerate(choice.options[1:], start=1):
            if not np.delete(missing, place, axis=axis).any():
                return np.delete(grid, place, axis=axis), f"{choice.name}: {option.label}"
    return grid, ""
