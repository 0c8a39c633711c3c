"""Every headline from any evidence, study by study, by the functions the notebooks call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

import numpy as np
import pandas as pd

from analysis.casualties import outlook, outlook_estimates
from analysis.casualties.accidents import accident_sizes
from analysis.casualties.changes import dates
from analysis.casualties.changes.results import p_value_one_change
from analysis.casualties.headline import headline as casualty_headline
from analysis.casualties.source_estimates import pairs_headline, source_headline
from analysis.casualties.source_study import pairs_of_bodies, source_study
from analysis.casualties.study import CasualtyTrends, Choices, casualty_trends
from analysis.casualties.tables import annual_series
from analysis.claims.basis import basis_of
from analysis.claims.headline import headline as audit_headline
from analysis.claims.left_out.headlines import HEADLINES
from analysis.contamination import fixed_scenarios, horizon_parts
from analysis.contamination.estimates import missing_estimates, study_estimates
from analysis.contamination.study import study_contamination
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate
from analysis.evidence import Evidence
from analysis.maps.study import map_reliability

Attempt = Estimate | InsufficientEvidence
"""A headline, or why it is not estimable."""
Found = dict[str, Attempt]
_NOTHING_LEFT: Final = "nothing that remains prints what it is made from"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """From what, without whom and how the headlines are computed; what several studies start from is computed once.

    Parameters
    ----------
    evidence
        The whole evidence.
    left_out
        Originators or parties whose rows are left out.
    replicates, draws, seed
        Of the simulated test of one step, and of the walks of capacity.
    """

    evidence: Evidence
    left_out: tuple[str, ...] = ()
    replicates: int
    draws: int
    seed: int

    @cached_property
    def rest(self) -> Evidence:
        """What is left of the evidence."""
        return self.evidence.without(self.left_out)

    @cached_property
    def series(self) -> CasualtyTrends:
        """The casualty series of what is left, with the choices of its notebook."""
        return casualty_trends(self.rest, Choices())


def headlines_of(name: str, asked: Asked) -> Found:
    """Return the headlines of one of :data:`STUDIES`, and the reason for each that what is left does not allow."""
    keys = [key for key in HEADLINES if key.split(".")[0] in name.split()]
    try:
        found = STUDIES[name](asked)
    except InsufficientEvidence as reason:
        found = dict.fromkeys(keys, reason)
    return {key: found.get(key, InsufficientEvidence(_NOTHING_LEFT)) for key in keys}


def _casualties(asked: Asked) -> Found:
    evidence, seed = asked.rest, asked.seed
    series = asked.series
    numbers = casualty_headline(evidence, series, rng=np.random.default_rng(seed))
    found = _named("casualty_trends", numbers.estimates, numbers.not_estimable)
    parts = {
        "casualty_outlook": partial(_ahead, evidence, series, seed),
        "casualty_changes": partial(_one_step, evidence, series, asked),
    }
    for name, part in parts.items():
        try:
            found |= part()
        except InsufficientEvidence as reason:
            found |= {key: reason for key in HEADLINES if key.startswith(f"{name}.")}
    return found


def _ahead(evidence: Evidence, series: CasualtyTrends, seed: int) -> Found:
    """Return the predictions; the scores that stand beside them in the notebook are no headlines."""
    past = outlook.past_of(series, evidence)
    unscored = pd.DataFrame(columns=["horizon_months", "model"])
    ahead = outlook.fan(past, seed=seed)
    numbers = outlook_estimates.outlook_headline(series, ahead, unscored, dispersion=past.dispersion)
    return _named("casualty_outlook", numbers.estimates, numbers.not_estimable)


def _one_step(evidence: Evidence, series: CasualtyTrends, asked: Asked) -> Found:
    sizes = tuple(int(size) for size in accident_sizes(evidence, period=series.period))
    level = series.choices.confidence_level
    tests = dates.change_tests(
        series.intervals, sizes=sizes, others={}, level=level, replicates=asked.replicates, seed=asked.seed
    )
    return {"casualty_changes.p_value_one_change": p_value_one_change(series, tests, asked.replicates)}


def _sources(asked: Asked) -> Found:
    """Return the numbers of pairs of bodies, and those that need the total to 10 November 2020 too, or why not."""
    try:
        numbers = source_headline(source_study(asked.rest, asked.series, seed=asked.seed))
    except InsufficientEvidence as reason:
        numbers = pairs_headline(pairs_of_bodies(asked.rest, annual_series(asked.rest, asked.series)))
        others: Found = {key: reason for key in HEADLINES if key.startswith("casualty_sources.")}
        return others | _named("casualty_sources", numbers.estimates, numbers.not_estimable)
    return _named("casualty_sources", numbers.estimates, numbers.not_estimable)


def _maps(asked: Asked) -> Found:
    result = map_reliability(asked.rest)
    return _named("map_reliability", result.estimates, result.reasons)


def _area(asked: Asked) -> Found:
    evidence = asked.rest
    result = study_contamination(evidence)
    found = _named("contamination", study_estimates(result), missing_estimates(result))
    whole = result.records["all operators"]
    targets = fixed_scenarios.targets_against_reports(evidence.table("claims"), whole)
    walks = horizon_parts.walks_or_nothing(
        horizon_parts.plain(result.ranges),
        horizon_parts.plain(result.rates),
        origin_year=result.origin.year,
        draws=asked.draws,
        seed=asked.seed,
    )
    horizon = horizon_parts.horizon_estimates(result, walks, targets)
    return found | _named("horizon", horizon, horizon_parts.reasons(result))


def _audit(asked: Asked) -> Found:
    """Return the audit's headline; the statement whose date it is made for stays, whoever is left out."""
    basis = basis_of(asked.evidence, exclude_originators=asked.left_out)
    return _named("claims_audit", *audit_headline(basis))


def _named(notebook: str, estimates: Mapping[str, Estimate], reasons: Mapping[str, InsufficientEvidence]) -> Found:
    return {f"{notebook}.{key}": one for key, one in (dict(reasons) | dict(estimates)).items()}


STUDIES: Final[Mapping[str, Callable[[Asked], Found]]] = {
    "casualty_trends casualty_changes casualty_outlook": _casualties,
    "casualty_sources": _sources,
    "map_reliability": _maps,
    "contamination horizon": _area,
    "claims_audit": _audit,
}
"""By the notebooks whose headlines each makes."""
