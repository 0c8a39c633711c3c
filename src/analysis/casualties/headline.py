"""The numbers the study stands on, by key, each with interval, n, method, sources and assumptions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from analysis.casualties import accident_estimates, composition, composition_estimates, estimates
from analysis.casualties.increments import after_first_year, after_first_year_words, last_year
from analysis.casualties.study import CasualtyTrends
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate
from analysis.evidence import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """Estimates by key, and by key the reason why one is not estimated."""

    estimates: dict[str, Estimate]
    not_estimable: dict[str, InsufficientEvidence]


def headline(evidence: Evidence, study: CasualtyTrends, *, rng: np.random.Generator) -> Headline:
    """Return every headline estimate the evidence allows, and the reasons for those it does not.

    Parameters
    ----------
    evidence, study
        The evidence and the series made from it.
    rng
        For the bootstrap of accident sizes.
    """
    found: dict[str, Estimate] = {}
    reasons: dict[str, InsufficientEvidence] = {}
    for key, make in (_casualties(study) | _accidents(evidence, study, rng) | _composition(study)).items():
        try:
            found[key] = make()
        except InsufficientEvidence as reason:
            reasons[key] = reason
    return Headline(estimates=found, not_estimable=reasons)


_Makers = dict[str, Callable[[], Estimate]]


def _casualties(study: CasualtyTrends) -> _Makers:
    intervals = study.intervals
    without_marked = intervals[~intervals["marked"]]
    change = partial(estimates.change_per_year, study)
    return {
        **{
            f"{name}_registered": partial(estimates.registered_count, study, name)
            for name in ("total", "killed", "injured")
        },
        "rate_per_30d_first_interval": lambda: estimates.rate(study, intervals.iloc[:1], "first interval"),
        "rate_per_30d_last_365_days": lambda: estimates.rate(
            study, last_year(intervals), "last intervals that cover a year"
        ),
        "change_per_year": lambda: change(intervals, "all intervals"),
        "change_per_year_after_first_12_months": lambda: change(
            after_first_year(intervals), after_first_year_words(intervals)
        ),
        "change_per_year_without_marked": lambda: change(
            without_marked, "without intervals marked for late registration"
        ),
        "dispersion_of_residuals": lambda: estimates.residual_dispersion(study),
        "registered_beyond_closed_count": lambda: estimates.registered_beyond_closed_count(study),
    }


def _accidents(evidence: Evidence, study: CasualtyTrends, rng: np.random.Generator) -> _Makers:
    return {
        "accidents_registered": lambda: accident_estimates.accidents_registered(evidence, study),
        "accidents_per_30d_last_interval": lambda: accident_estimates.last_accident_rate(evidence, study),
        "accidents_change_per_year": lambda: accident_estimates.accident_change_per_year(evidence, study),
        "dispersion_of_accident_sizes": lambda: estimates.accident_size_dispersion(evidence, study, rng),
    }


def _composition(study: CasualtyTrends) -> _Makers:
    return {
        "civilians_registered": partial(composition_estimates.registered_group, study, "civilian"),
        "military_registered": partial(composition_estimates.registered_group, study, "military"),
        **{name: partial(composition_estimates.latest_share, study, name) for name in composition.SHARES},
        "children_share": partial(composition_estimates.share_as_printed, study, "children"),
        "women_share": partial(composition_estimates.share_as_printed, study, "women"),
    }
