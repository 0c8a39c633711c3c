"""The outlook under other choices, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from analysis.casualties.accidents import accident_sizes
from analysis.casualties.increments import after_first_year, after_first_year_words
from analysis.casualties.outlook import (
    BASELINE,
    COVERED,
    DAMPED,
    HALF_LIFE_DAYS,
    MODELS,
    RUNS,
    Past,
    compound_quantiles,
    drawn_counts,
    past_of,
    quantiles_of,
    steps_of,
)
from analysis.casualties.printed import InexactRows
from analysis.casualties.study import CasualtySeries, Choices, casualty_series, with_other_length
from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence
from analysis.stats.interval_score import central_quantile_levels

_OTHER_LENGTHS: Final = (60, 90)
_OTHER_READINGS: Final[tuple[InexactRows, ...]] = ("as printed", "leave out")
_OTHER_HALF_LIVES: Final = (91.0, 365.0)


def other_outlooks(*, evidence: Evidence, choices: Choices, seed: int) -> pd.DataFrame:
    """Return :func:`outlook_sensitivity` of the series under the choices; for a stage, whose inputs are plain."""
    return outlook_sensitivity(casualty_series(evidence, choices), evidence, seed=seed)


def outlook_sensitivity(series: CasualtySeries, evidence: Evidence, *, seed: int, runs: int = RUNS) -> pd.DataFrame:
    """Return median and 95 % prediction interval of the next 365 days by model, in words, under each choice.

    Returns
    -------
    DataFrame
        choice, one column a model; 'as chosen' where the choice does not concern the model, the reason where there is
        no outlook.
    """
    here = past_of(series, evidence)
    rows = [_row(name, make, seed=seed, runs=runs) for name, make in _alternatives(series, evidence, here).items()]
    for half_life in _OTHER_HALF_LIVES:
        one = _words(here, DAMPED, seed=seed, runs=runs, half_life_days=half_life)
        rows.append({"choice": f"slope halves every {half_life:g} days", **_only(DAMPED, one)})
    rows.append(_compound_row(series, evidence, here, seed=seed, runs=runs))
    return pd.DataFrame(rows)


def _alternatives(series: CasualtySeries, evidence: Evidence, here: Past) -> dict[str, Callable[[], Past]]:
    """Return by name how to make the past under each choice that concerns all models."""
    makers: dict[str, Callable[[], Past]] = {"as chosen": lambda: here}
    for days in _OTHER_LENGTHS:
        makers[f"intervals of at least {days} days"] = partial(_other_length, series, evidence, days)
    choices = series.choices
    for reading in _OTHER_READINGS:
        makers[f"inexact rows: {reading}"] = partial(_other, evidence, replace(choices, inexact_rows=reading))
    for party in sorted(set(series.rows["party"]) - {"unknown"}):
        fewer = replace(choices, exclude_originators=(*choices.exclude_originators, party))
        makers[f"without all of party {party}"] = partial(_other, evidence, fewer)
    makers[after_first_year_words(here.intervals)] = partial(_kept, here, after_first_year(here.intervals))
    makers["every casualty an accident of its own"] = partial(replace, here, dispersion=1.0)
    return makers


def _row(choice: str, make: Callable[[], Past], *, seed: int, runs: int) -> dict[str, str]:
    try:
        past = make()
        return {"choice": choice, **{model: _words(past, model, seed=seed, runs=runs) for model in MODELS}}
    except InsufficientEvidence as reason:
        return {"choice": choice, **dict.fromkeys(MODELS, f"not estimable: {reason}")}


def _compound_row(series: CasualtySeries, evidence: Evidence, past: Past, *, seed: int, runs: int) -> dict[str, str]:
    sizes = accident_sizes(evidence, period=series.period)
    name = "accidents of the sizes listed, instead of NB1"
    if sizes.empty:
        return {"choice": name, **_only(BASELINE, "not estimable: no accident of known size is listed")}
    ends = compound_quantiles(past, sizes, seed=seed, runs=runs)
    return {"choice": name, **_only(BASELINE, _range_words(ends))}


def _words(past: Past, model: str, *, seed: int, runs: int, half_life_days: float = HALF_LIFE_DAYS) -> str:
    rng = np.random.default_rng([seed, MODELS.index(model)])
    # In the steps of the fan, so that the same seed gives the numbers of the headline.
    counts = drawn_counts(past, model=model, window_days=steps_of(), runs=runs, rng=rng, half_life_days=half_life_days)
    return _range_words(quantiles_of(counts.sum(axis=1, keepdims=True), central_quantile_levels(COVERED))[:, 0])


def _range_words(ends: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> str:
    return f"{ends[len(COVERED)]} ({ends[0]} to {ends[-1]})"


def _only(model: str, words: str) -> dict[str, str]:
    return {one: words if one == model else "as chosen" for one in MODELS}


def _other_length(series: CasualtySeries, evidence: Evidence, days: int) -> Past:
    return past_of(with_other_length(series, minimum_interval_days=days), evidence)


def _other(evidence: Evidence, choices: Choices) -> Past:
    return past_of(casualty_series(evidence, choices), evidence)


def _kept(past: Past, intervals: pd.DataFrame) -> Past:
    if len(intervals) == len(past.intervals):
        raise InsufficientEvidence("no interval begins in the first year")
    return replace(past, intervals=intervals)
