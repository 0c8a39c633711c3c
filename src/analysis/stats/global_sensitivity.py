"""How much of the spread of a result each input carries, over the whole range of all inputs at once: Sobol indices.

The ranges are taken as uniform and independent. That is a way to search them, not a belief about them, so the spread is
no distribution of the result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InsufficientEvidence

Inputs = Mapping[str, NDArray[np.float64]]


def sobol_indices(
    result: Callable[[Inputs], NDArray[np.float64]],
    ranges: Mapping[str, tuple[float, float]],
    *,
    base_samples: int,
    seed: int,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return first-order and total Sobol indices of each input.

    Parameters
    ----------
    result
        Of arrays of inputs by name; an array of finite numbers as long.
    ranges
        Lowest and highest value of each input; an input with both alike is left out of the search and has index 0.
    base_samples
        A power of 2; the result is evaluated base_samples x (inputs + 2) times.
    seed
        Of the scrambled sequence and of the bootstrap of the indices.
    level
        Of the bootstrap margin.

    Returns
    -------
    DataFrame
        `input`, `low`, `high`, `first_order` (share of the variance the input carries alone), `first_order_margin`,
        `total` (with all its interactions), `total_margin` (half-widths by bootstrap), in order of `total`, then name.

    Raises
    ------
    InsufficientEvidence
        If the result is the same everywhere, so that there is no spread to share out.

    References
    ----------
    Sobol (2001) Mathematics and Computers in Simulation 55:271-280; Saltelli et al. (2010) Computer Physics
    Communications 181:259-270; Herman, Usher (2017) Journal of Open Source Software 2(9):97 (SALib).
    """
    from SALib.analyze import sobol as analysis_of  # slow to import, and needed here only

    searched = _searched(ranges, base_samples)
    problem = {"num_vars": len(searched), "names": list(searched), "bounds": [list(ends) for ends in searched.values()]}
    values = _evaluated(result, ranges, problem, base_samples=base_samples, seed=seed)
    found = analysis_of.analyze(problem, values, calc_second_order=False, conf_level=level, seed=seed)
    names = {"S1": "first_order", "S1_conf": "first_order_margin", "ST": "total", "ST_conf": "total_margin"}
    indices = pd.DataFrame({"input": list(searched)} | {name: found[of_salib] for of_salib, name in names.items()})
    lows, highs = zip(*ranges.values(), strict=True)
    every = pd.DataFrame({"input": list(ranges), "low": lows, "high": highs})
    joined = every.merge(indices, on="input", how="left", validate="one_to_one").fillna(0.0)
    return joined.sort_values(["total", "input"], ascending=[False, True], ignore_index=True)


def _searched(ranges: Mapping[str, tuple[float, float]], base_samples: int) -> dict[str, tuple[float, float]]:
    """Return the inputs that have a range."""
    if base_samples < 2 or base_samples & (base_samples - 1):
        raise ValueError(f"base_samples: a power of 2 is needed, got {base_samples}")
    if any(low > high for low, high in ranges.values()):
        raise ValueError("ranges: a low end at or below the high end is needed")
    searched = {name: ends for name, ends in ranges.items() if ends[0] < ends[1]}
    if not searched:
        raise InsufficientEvidence("no input has a range, so there is no spread to share out")
    return searched


def _evaluated(
    result: Callable[[Inputs], NDArray[np.float64]],
    ranges: Mapping[str, tuple[float, float]],
    problem: Mapping[str, Any],
    *,
    base_samples: int,
    seed: int,
) -> NDArray[np.float64]:
    """Return the result at every point of the search; inputs without a range stay where they are."""
    from SALib.sample import sobol as sample_of  # slow to import, and needed here only

    drawn = sample_of.sample(problem, base_samples, calc_second_order=False, seed=seed)
    inputs = {name: np.full(len(drawn), low) for name, (low, _) in ranges.items()}
    values = result(inputs | {name: drawn[:, place] for place, name in enumerate(problem["names"])})
    if not np.isfinite(values).all():
        raise ValueError("result: finite numbers are needed; use the inverse where a result can have no end")
    if np.ptp(values) == 0:
        raise InsufficientEvidence("the result is the same over all ranges, so there is no spread to share out")
    return values
