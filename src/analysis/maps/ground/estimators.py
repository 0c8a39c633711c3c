"""Bias and coverage of every estimator in made-up worlds where the truth is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

import numpy as np
import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval
from analysis.maps.ground.eligible import eligible_points
from analysis.maps.ground.sample import AREA, CORRECT, COVERED, sample_accuracy
from analysis.maps.ground.world import World, WorldSettings, made_up_world
from analysis.stats.overlay import Ground
from analysis.stats.proportions import proportion_interval
from analysis.stats.spatial_blocks import block_interval, block_labels

MISUSED: Final = "the same, read as coverage share of area (misuse)"
ACCIDENTS: Final = "inside share of accidents, block bootstrap"
_SIMULATION_LEVEL: Final = 0.95
"""Level of the interval that a finite number of worlds leaves for the coverage."""
_TARGETS: Final = {CORRECT: "correct share", COVERED: "coverage share", AREA: "mined share"}


def estimator_study(*, worlds: int, block_m: float, level: float, seed: int, repeats: int = 199) -> pd.DataFrame:
    """Return bias, spread and coverage of each estimator over made-up worlds of the default settings.

    Parameters
    ----------
    worlds
        Number of worlds.
    block_m
        Side of the blocks of the bootstrap, m.
    level
        Nominal level of the intervals.
    seed
        Start of the chance; each world has a stream of its own.
    repeats
        Resamplings of blocks in each world.
    """
    rows = []
    for stream in np.random.SeedSequence(seed).spawn(worlds):
        rng = np.random.default_rng(stream)
        world = made_up_world(WorldSettings(), rng)
        rows += [*_from_points(world, block_m, level, repeats, rng), *_from_sample(world, level)]
    table = pd.DataFrame(rows)
    return pd.DataFrame([_summary(str(name), own) for name, own in table.groupby("estimator", sort=False)])


def settings_table() -> pd.DataFrame:
    """Return what the made-up worlds are like."""
    return pd.DataFrame({"setting": list(asdict(WorldSettings())), "value": list(asdict(WorldSettings()).values())})


def _from_points(
    world: World, block_m: float, level: float, repeats: int, rng: np.random.Generator
) -> Iterator[dict[str, object]]:
    xy = eligible_points(world.points, world.records).xy
    inside = Ground(world.records.shapes).inside(xy)
    blocks = block_labels(xy, size_m=block_m)
    interval = block_interval(inside, blocks, level=level, repeats=repeats, rng=rng)
    yield _row(ACCIDENTS, float(inside.mean()), interval, world.truth["inside share of accidents"])
    yield _row(MISUSED, float(inside.mean()), interval, world.truth["coverage share"])


def _from_sample(world: World, level: float) -> Iterator[dict[str, object]]:
    measures, _ = sample_accuracy(world.sample, level=level)
    for name, target in _TARGETS.items():
        truth = world.truth[target]
        if name not in measures.index:
            yield {"estimator": name, "truth": truth, "estimate": np.nan, "covered": np.nan}
            continue
        share, low, high = (float(measures[column][name]) for column in ("share", "low", "high"))
        yield {"estimator": name, "truth": truth, "estimate": share, "covered": float(low <= truth <= high)}


def _row(name: str, estimate: float, interval: Interval, truth: float) -> dict[str, object]:
    covered = float(interval.low <= truth <= interval.high)
    return {"estimator": name, "truth": truth, "estimate": estimate, "covered": covered}


def _summary(name: str, own: pd.DataFrame) -> dict[str, object]:
    known = own.dropna(subset=["estimate"])
    if known.empty:
        raise InsufficientEvidence(f"{name}: no made-up world allows it")
    error = known["estimate"] - known["truth"]
    held = int(known["covered"].sum())
    chance = proportion_interval(held, len(known), level=_SIMULATION_LEVEL, method="wilson")
    return {
        "estimator": name,
        "truth": float(known["truth"].mean()),
        "estimate": float(known["estimate"].mean()),
        "bias": float(error.mean()),
        "bias_se": float(error.std(ddof=1) / np.sqrt(len(error))),
        "spread": float(error.std(ddof=1)),
        "coverage": held / len(known),
        "coverage_low": chance.low,
        "coverage_high": chance.high,
        "worlds": len(known),
        "not_estimable": len(own) - len(known),
    }
