"""Results on what was handed over and said: both sides' accounts, meanings of 25 per cent, benchmarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate
from analysis.maps import benchmarks, coincidences, definitions, handovers, said_estimates
from analysis.maps.coverage_results import STATED_SHARE
from analysis.maps.outcomes import attempt
from analysis.maps.scope import MapRows
from analysis.maps.statements import printed_share


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SaidResults:
    """Tables are empty where the evidence does not allow them; `reasons` says why.

    Parameters
    ----------
    accounts, side_by_side
        Handovers: one row an account; one row a date with both sides' accounts.
    timeline
        Statements in order of time with their lane and the share as printed.
    definitions
        Meanings in which 25 per cent was stated.
    coincidences
        Close figures of different quantities.
    benchmark_shares, benchmark_others
        Other countries.
    estimates, reasons
        Estimates by key; what is not estimable here.
    """

    accounts: pd.DataFrame
    side_by_side: pd.DataFrame
    timeline: pd.DataFrame
    definitions: pd.DataFrame
    coincidences: pd.DataFrame
    benchmark_shares: pd.DataFrame
    benchmark_others: pd.DataFrame
    estimates: Mapping[str, Estimate]
    reasons: Mapping[str, InsufficientEvidence]


def said_results(rows: MapRows) -> SaidResults:
    """Return the results for one selection of rows."""
    said, reasons = rows.statements, dict[str, InsufficientEvidence]()
    announced = attempt(reasons, "mines stated for transfers", lambda: handovers.mines_announced(rows.handovers))
    meanings = attempt(
        reasons, "meanings of 25 per cent", lambda: definitions.definitions_in_use(said, share=STATED_SHARE)
    )
    shares = attempt(reasons, "benchmark shares", lambda: benchmarks.benchmark_shares(rows.benchmarks))
    counted = said_estimates.count_estimates(
        announced, handovers.forms_stated(rows.handovers), definitions.stating(said, STATED_SHARE), rows.period
    )
    return SaidResults(
        accounts=handovers.accounts(rows.handovers),
        side_by_side=handovers.side_by_side(rows.handovers),
        timeline=said.assign(
            lane=handovers.lane(said["party"]), as_printed=[printed_share(row) for _, row in said.iterrows()]
        ),
        definitions=meanings,
        coincidences=coincidences.coincidences(said),
        benchmark_shares=shares,
        benchmark_others=benchmarks.other_benchmarks(rows.benchmarks),
        estimates=counted,
        reasons=reasons,
    )
