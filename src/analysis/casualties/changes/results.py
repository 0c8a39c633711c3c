"""The numbers about changes of the rate by key, each with interval, n, method, sources and assumptions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import pandas as pd

from analysis.casualties.changes.dates import days_in_set, tried_words
from analysis.casualties.changes.events import TOLD
from analysis.casualties.changes.smooth import Curves
from analysis.casualties.estimates import COMPLETE_COUNT, LOG_LINEAR, estimate_of
from analysis.casualties.headline import Headline
from analysis.casualties.study import CasualtyTrends
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval, IntervalKind, sorted_union
from analysis.stats.proportions import proportion_interval

SIMULATED: Final = "interval: Monte Carlo error of the simulation alone (Wilson)"
CLUSTERED: Final = (
    "accidents of the listed sizes, in clusters as the residuals ask; the list over-represents large ones"
)

RELATIVE_TOLERANCE: Final = 0.02
"""Simulated shares on another machine may differ by a few replicates whose statistic lies at the limit."""


def results(
    study: CasualtyTrends,
    *,
    curves: Curves | InsufficientEvidence,
    tests: pd.DataFrame,
    profile: pd.DataFrame,
    power: pd.DataFrame,
    replicates: int,
    sources_of_dates: tuple[str, ...],
) -> Headline:
    """Return every number the counts allow, and the reasons for those they do not.

    Parameters
    ----------
    study, curves, tests, profile, power
        The series, and what the other modules of this folder made of it.
    replicates
        Of the tests and of each simulated world of `power`.
    sources_of_dates
        Pages that carry the dates of events.
    """
    made: dict[str, Callable[[], Estimate]] = {
        "smooth_rate_per_30d_at_end": partial(_last_rate, study, curves),
        "p_value_one_change": partial(p_value_one_change, study, tests, replicates),
        "days_in_change_date_set": partial(_days_in_set, study, profile),
        "windows_where_halving_is_seen": partial(_windows_told, study, power, sources_of_dates),
        **{
            f"power_of_halving_{row['key']}": partial(_power, study, row, replicates, sources_of_dates)
            for _, row in power.iterrows()
        },
    }
    found, reasons = {}, {}
    for key, make in made.items():
        try:
            found[key] = make()
        except InsufficientEvidence as reason:
            reasons[key] = reason
    return Headline(estimates=found, not_estimable=reasons)


def _last_rate(study: CasualtyTrends, curves: Curves | InsufficientEvidence) -> Estimate:
    if isinstance(curves, InsufficientEvidence):
        raise curves
    curve, level = curves["bic"], study.choices.confidence_level
    rate, low, high = (float(ends[-1]) for ends in curve.band_per_30d(level=level))
    return estimate_of(
        study,
        quantity="casualties per 30 days on the last day, by the smooth curve whose penalty BIC chooses",
        value=rate,
        unit="casualties per 30 days",
        interval=Interval(low=low, high=high, kind=IntervalKind.CONFIDENCE, level=level),
        method=f"penalised composite link model, {curve.effective_parameters:.3g} effective parameters, dispersion "
        f"{curve.dispersion:.3g}; pointwise band",
        n=len(study.intervals),
        n_unit="intervals",
        sources=study.sources,
        assumptions=(COMPLETE_COUNT, "the log of the rate is smooth; the choice of the penalty is not in the band"),
    )


def p_value_one_change(study: CasualtyTrends, tests: pd.DataFrame, replicates: int) -> Estimate:
    """Return the p value of the first of the tests, or raise why there is none."""
    row = tests.iloc[0]
    if "p_value" not in tests or pd.isna(row["p_value"]):
        raise InsufficientEvidence(str(row["not_estimated"]))
    value = float(row["p_value"])
    return estimate_of(
        study,
        quantity="p value of no change of level against one, at an unknown date, on top of a log-linear decline",
        value=value,
        unit="probability",
        interval=_monte_carlo(value, replicates),
        method=f"largest gain in deviance over its dispersion, parametric bootstrap with {replicates} replicates; "
        + SIMULATED,
        n=len(study.intervals),
        n_unit="intervals",
        sources=study.sources,
        assumptions=(COMPLETE_COUNT, LOG_LINEAR, CLUSTERED),
    )


def _days_in_set(study: CasualtyTrends, profile: pd.DataFrame) -> Estimate:
    if profile.empty:
        raise InsufficientEvidence("too few intervals for the date of a change")
    held, tried = days_in_set(profile)
    level = study.choices.confidence_level
    return estimate_of(
        study,
        quantity=f"days in the {100 * level:g} % confidence set of the date of one change of level, if there was one, "
        f"of {tried} days in intervals tried",
        value=float(held),
        unit="days",
        method="intervals in which a change is not rejected by a bootstrap likelihood ratio; never finer than an "
        f"interval; tried: {tried_words(profile)}",
        n=len(profile),
        n_unit="intervals",
        sources=study.sources,
        assumptions=(COMPLETE_COUNT, LOG_LINEAR, CLUSTERED),
    )


def _windows_told(study: CasualtyTrends, power: pd.DataFrame, sources: tuple[str, ...]) -> Estimate:
    return estimate_of(
        study,
        quantity=f"event windows, of {len(power)}, in which these counts would show a halving of the rate with 80 "
        f"% power",
        value=float((power["verdict"] == TOLD).sum()),
        unit="windows",
        method="simulated power of a quasi-Poisson test of a change of level on trend and season, at the stated type I "
        "error also where the rate has waves; two whole intervals on each side",
        n=len(power),
        n_unit="windows",
        sources=sorted_union(study.sources, sources),
        assumptions=(COMPLETE_COUNT, CLUSTERED),
    )


def _power(study: CasualtyTrends, row: pd.Series, replicates: int, sources: tuple[str, ...]) -> Estimate:
    if pd.isna(row["power_of_halving"]):
        raise InsufficientEvidence(str(row["why"]))
    value = float(row["power_of_halving"])
    return estimate_of(
        study,
        quantity=f"power to see a halving of the rate at {row['window']} in these counts",
        value=value,
        unit="share of simulated series",
        interval=_monte_carlo(value, replicates),
        method=f"{replicates} simulated series with a halving, trend and season as fitted; {SIMULATED}",
        n=replicates,
        n_unit="simulated series",
        sources=sorted_union(study.sources, sources),
        assumptions=(COMPLETE_COUNT, LOG_LINEAR, CLUSTERED),
    )


def _monte_carlo(value: float, replicates: int) -> Interval:
    return proportion_interval(round(value * replicates), replicates, level=0.95, method="wilson")
