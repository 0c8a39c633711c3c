"""Bias and coverage of every estimator in made-up worlds where the truth is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Final

import numpy as np
import pandas as pd

from analysis.maps.ground.shift import ShiftSettings
from analysis.maps.ground.world import WorldSettings, made_up_world
from analysis.maps.ground.world_answers import Answer, Asked, answers
from analysis.stats.proportions import proportion_interval

_SIMULATION_LEVEL: Final = 0.95
"""Level of the interval that a finite number of worlds leaves for the coverage."""
SEARCH: Final = ShiftSettings(reach_m=250.0, step_m=50.0, matching_m=100.0, block_m=1000.0, repeats=99)
ASKED: Final = Asked(level=0.95, repeats=199, misplacement_m=200.0, shift=SEARCH)
"""How the estimators are asked unless said otherwise."""


def estimator_study(*, worlds: int, block_m: float, level: float, seed: int) -> pd.DataFrame:
    """Return :func:`summary` over made-up worlds of the default settings.

    Parameters
    ----------
    worlds
        Number of worlds.
    block_m
        Side of the blocks of the bootstrap and of the search, m.
    level
        Nominal level of the intervals.
    seed
        Start of the chance; each world has a stream of its own.
    """
    asked = replace(ASKED, level=level, shift=replace(SEARCH, block_m=block_m))
    return summary(simulated_answers(WorldSettings(), asked, np.random.SeedSequence(seed).spawn(worlds)))


def simulated_answers(
    settings: WorldSettings, asked: Asked, streams: Sequence[np.random.SeedSequence]
) -> list[list[Answer]]:
    """Return the answers of every estimator in one world a stream of chance."""
    found = []
    for stream in streams:
        rng = np.random.default_rng(stream)
        world = made_up_world(settings, rng)
        found.append(answers(world, settings, asked, rng))
    return found


def summary(worlds: Sequence[Sequence[Answer]]) -> pd.DataFrame:
    """Return bias, spread and coverage of each estimator over worlds.

    Returns
    -------
    DataFrame
        `estimator`; `kind` (what its range is); `worlds`; `answered` (worlds in which it gave an answer); mean of
        `truth` over all worlds, of `estimate` over those that answered; over these too, `bias` with its standard error
        and `spread` (standard deviation of the error); `held` (answers whose range holds the truth), `coverage` (that
        over the answers) with `coverage_low` and `coverage_high`, the Wilson interval of so many
        worlds. Missing where there is no answer or no range.
    """
    table = pd.DataFrame([asdict(answer) for world in worlds for answer in world])
    return pd.DataFrame([_summary(str(name), own) for name, own in table.groupby("estimator", sort=False)])


def settings_table() -> pd.DataFrame:
    """Return what the made-up worlds are like."""
    return pd.DataFrame({"setting": list(asdict(WorldSettings())), "value": list(asdict(WorldSettings()).values())})


def _summary(name: str, own: pd.DataFrame) -> dict[str, object]:
    known = own.dropna(subset=["estimate"])
    error = known["estimate"] - known["truth"]
    spread = float(error.std(ddof=1)) if len(error) > 1 else np.nan
    ranged = known.dropna(subset=["low"])
    held = int(((ranged["low"] <= ranged["truth"]) & (ranged["truth"] <= ranged["high"])).sum())
    return {
        "estimator": name,
        "kind": own["kind"].iloc[0],
        "worlds": len(own),
        "answered": len(known),
        "truth": float(own["truth"].mean()),
        "estimate": float(known["estimate"].mean()),
        "bias": float(error.mean()),
        "bias_se": spread / np.sqrt(len(error)) if len(error) else np.nan,
        "spread": spread,
        "held": held,
        **coverage(held, len(ranged)),
    }


def coverage(held: int, ranges: int) -> dict[str, float]:
    """Return the share of ranges that hold the truth with its Wilson interval; missing without a range."""
    if ranges == 0:
        return {"coverage": np.nan, "coverage_low": np.nan, "coverage_high": np.nan}
    chance = proportion_interval(held, ranges, level=_SIMULATION_LEVEL, method="wilson")
    return {"coverage": held / ranges, "coverage_low": chance.low, "coverage_high": chance.high}
