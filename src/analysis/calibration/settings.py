"""What a calibration consists of: methods, the worlds they are tried in, and the rule coverage is held against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.calibration.trials import Trials

Rule = Literal["exact", "approximate"]
Verdict = Literal["meets", "conservative", "falls short"]
Simulate = Callable[[np.random.Generator, int], Trials]

LEVEL = 0.95
APPROXIMATE_MARGIN = 0.4
"""Of the error probability: 93 to 97 % at 95 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One world in which a method is tried.

    Parameters
    ----------
    name
        The parameters of the world in words; unique within the method.
    world
        Law the data are drawn from, in words.
    simulate
        Draws this many runs and returns what the method did in them; can be sent to another process.
    runs, quick_runs
        Of the full calibration, and of the small one in the test suite (0: left out there).
    level
        Nominal coverage.
    """

    name: str
    world: str
    simulate: Simulate
    runs: int = 4000
    quick_runs: int = 200
    level: float = LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """An interval, a band or a set, and everything it is tried in.

    Parameters
    ----------
    name
        Unique; what :func:`analysis.calibration.coverage_of` is asked for.
    rule
        "exact": coverage is never below the level, less two Monte Carlo standard errors, in the method's own world;
        "approximate": within 0.4 of the error probability around the level (93 to 97 % at 95 %). The same rule is
        applied in worlds that are not the method's own, so that its failures are printed.
    modules
        Modules that hold the method; their source, and that of all they import, is what the table is of.
    settings
        At least one.
    """

    name: str
    rule: Rule
    modules: tuple[str, ...]
    settings: tuple[Setting, ...]


def verdict(coverage: float, *, monte_carlo_se: float, level: float, rule: Rule) -> Verdict:
    """Return how a simulated coverage stands to its level under the rule of the method."""
    margin = 2 * monte_carlo_se if rule == "exact" else APPROXIMATE_MARGIN * (1 - level)
    if coverage < level - margin:
        return "falls short"
    return "conservative" if coverage > level + margin else "meets"
