"""Everything the notebook on sources prints, computed once from the series: bodies, list, all-time totals."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.casualties import all_time, all_time_conflicts, bodies, listed, together
from analysis.casualties.scope import all_time_totals, party_words
from analysis.casualties.study import CasualtyTrends
from analysis.casualties.tables import annual_series
from analysis.evidence import Evidence


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SourceStudy:
    """Sources against each other.

    Parameters
    ----------
    series
        The casualty series of the running totals.
    counts
        Counts of whole years by body.
    pairs
        Pairs of bodies with bounds of both lists together; see :func:`bodies.agreement` and :func:`bodies.unions`.
    listed, outcomes
        See :func:`listed.listed_against_official` and :func:`listed.outcome_ratio`.
    base
        Row of the total to 10 November 2020.
    identity, identity_without_day
        See :func:`all_time.identity` and :func:`all_time.identity_without_day`.
    stated, contradictions
        See :func:`all_time.statements` and :func:`all_time_conflicts.contradictions`.
    set_aside
        See :func:`all_time_conflicts.set_aside`.
    implied
        See :func:`together.implied_before`, of totals.
    gap
        See :func:`together.between`.
    """

    series: CasualtyTrends
    counts: pd.DataFrame
    pairs: pd.DataFrame
    listed: pd.DataFrame
    outcomes: pd.DataFrame
    base: pd.Series
    identity: pd.DataFrame
    identity_without_day: pd.DataFrame
    stated: pd.DataFrame
    contradictions: pd.DataFrame
    implied: pd.DataFrame
    set_aside: pd.DataFrame
    gap: together.Between

    @property
    def base_total(self) -> int:
        """The printed total to 10 November 2020."""
        return int(self.base["total"])


def source_study(evidence: Evidence, series: CasualtyTrends, *, seed: int) -> SourceStudy:
    """Return the sources against each other, under the choices of the series.

    Raises
    ------
    InsufficientEvidence
        If the total to 10 November 2020 is missing, or no total since the early 1990s or no official number is left.
    """
    counts = annual_series(evidence, series)
    excluded, end = series.choices.exclude_originators, series.period.end
    base = all_time.baseline_row(evidence.table("casualties_running_total"))
    totals = all_time_totals(evidence, period_end=end, exclude_originators=excluded)
    stated = all_time.statements(evidence, period_end=end, exclude_originators=excluded)
    contradictions = all_time_conflicts.contradictions(stated)
    return SourceStudy(
        series=series,
        counts=counts,
        pairs=pairs_of_bodies(evidence, counts),
        listed=listed.listed_against_official(evidence, series.rows, level=series.choices.confidence_level, seed=seed),
        outcomes=listed.outcome_ratio(evidence, level=series.choices.confidence_level, seed=seed),
        base=base,
        identity=all_time.identity(totals, base=int(base["total"]), registered=series.registered),
        identity_without_day=all_time.identity_without_day(
            totals, base=int(base["total"]), registered=series.registered
        ),
        stated=stated,
        contradictions=contradictions,
        set_aside=all_time_conflicts.set_aside(contradictions),
        implied=together.implied_before(stated, series.registered, quantity="total"),
        gap=together.between(stated, counts, base=int(base["total"])),
    )


def pairs_of_bodies(evidence: Evidence, counts: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of bodies with bounds of both lists together, which need no total since the early 1990s."""
    parties = evidence.table("originators").set_index("originator_id")["party"]
    pairs = bodies.agreement(counts, parties)
    return pairs.join(bodies.unions(pairs)[["low", "high", "what"]])


def whose_sentence(study: SourceStudy, evidence: Evidence) -> str:
    """Return what share of the numbers compared here comes from one party's authorities, and what remains without."""
    table = evidence.table("originators").set_index("originator_id")["party"]
    bodies_named = pd.concat([study.counts["originator"], study.stated["originator"], study.series.rows["originator"]])
    parties = bodies_named.map(table).fillna("unknown").value_counts()
    first, rows = str(parties.index[0]), int(parties.iloc[0])
    rest = ", ".join(f"{count} from {party_words(str(name))}" for name, count in parties.iloc[1:].items())
    return (
        f"{rows} of {len(bodies_named)} numbers compared here ({100 * rows / len(bodies_named):.0f} %) come from "
        f"{party_words(first)}; without them there remain {rest or 'none'}."
    )


def contradictions_by_statement(study: SourceStudy) -> pd.DataFrame:
    """Return for each earlier statement the later ones it cannot hold with: how many, and the span of their values."""
    found = study.contradictions
    keys = ["quantity", "earlier", "earlier_by", "earlier_date", "earlier_row"]
    grouped = found.groupby(keys, sort=False)
    table = grouped.agg(
        later_statements=("later_row", "size"),
        by=("later_by", lambda names: ", ".join(sorted(set(names)))),
        least_gap=("too_low_by", "min"),
        largest_gap=("too_low_by", "max"),
    ).reset_index()
    return table.sort_values(
        ["later_statements", "quantity", "earlier_row"], ascending=[False, True, True]
    ).reset_index(drop=True)
