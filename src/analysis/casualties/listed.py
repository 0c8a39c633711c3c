"""The list of single accidents against official totals: how much of what is counted is listed, by outcome and kind.

Casualties whom the counting authority does not count are taken off the list first
(:mod:`analysis.evidence.counted_accidents`). The list is gathered from news reports. Its ratio to a total says how
well news reports cover what an office counted, not how good the office's count is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.casualties.composition import clustered_share_interval, splits_by_date
from analysis.casualties.scope import COUNT_START
from analysis.errors import InsufficientEvidence
from analysis.estimate import Interval
from analysis.evidence import Evidence
from analysis.evidence.counted_accidents import counted_accidents
from analysis.stats.cluster_bootstrap import bootstrap_sums

SUBSET: Final = "subset assumption: every listed casualty is among those the office counted"
"""Only under it is the ratio the probability that a counted casualty is listed."""

KINDS: Final = {
    "military": ("military", "border_guard"),
    "not military": ("civilian", "deminer", "police"),
}
"""Kinds of victim in the list for each part of an official split; mixed, unknown and peacekeepers in neither."""

RUNS: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialCount:
    """One official number of a period."""

    start: pd.Timestamp
    end: pd.Timestamp
    kind: str
    outcome: str
    count: int
    source_id: str


def official_counts(evidence: Evidence, rows: pd.DataFrame) -> list[OfficialCount]:
    """Return the official numbers the list can be held against: of all kinds by period, then by kind from splits.

    Parameters
    ----------
    rows
        Running totals of the study; the last split, and those at the end of a period of all kinds, are used.
    """
    covered = evidence.table("accidents_coverage").to_dict("records")
    found = [
        _official(
            row["period_start_first"],
            row["period_end_last"],
            "all",
            outcome,
            row[f"official_{outcome}"],
            row["source_id"],
        )
        for row in covered
        for outcome in ("killed", "injured")
        if not pd.isna(row[f"official_{outcome}"])
    ]
    return found + _splits(rows, [row["period_end_last"] for row in covered])


def listed_against_official(evidence: Evidence, rows: pd.DataFrame, *, level: float, seed: int) -> pd.DataFrame:
    """Return listed over official casualties by period, kind and outcome, with a bootstrap of whole accidents.

    Returns
    -------
    DataFrame
        start, end, kind, outcome, official, listed, accidents (listed ones of the kind in the period), ratio, low and
        high (percentile interval over resampled accidents, the official number taken as it is; missing with fewer than
        two accidents), probability (in words: the ratio with Wilson's interval at one accident's dispersion, under
        :data:`SUBSET`, or why not), source_id.
    """
    accidents = counted_accidents(evidence)
    lines = [
        _line(official, accidents, level=level, rng=np.random.default_rng([seed, place]))
        for place, official in enumerate(official_counts(evidence, rows))
    ]
    if not lines:
        raise InsufficientEvidence("no official number of a period covered by the list of accidents is left")
    order = ["start", "end", "kind", "outcome", "official", "listed", "accidents", "ratio", "low", "high"]
    return pd.DataFrame(lines)[[*order, "probability", "source_id"]]


def outcome_ratio(evidence: Evidence, *, level: float, seed: int) -> pd.DataFrame:
    """Return by how much deaths are better listed than injuries: ratio of the two ratios, by period of all kinds.

    Returns
    -------
    DataFrame
        start, end, ratio, low, high (percentile interval; the two sums are resampled together), source_id.
    """
    accidents = counted_accidents(evidence)
    lines = []
    for place, row in enumerate(evidence.table("accidents_coverage").to_dict("records")):
        if pd.isna(row["official_killed"]) or pd.isna(row["official_injured"]):
            continue
        start, end = row["period_start_first"], row["period_end_last"]
        clusters = _within(accidents, start, end)[["killed", "injured"]].fillna(0).to_numpy(dtype=float)
        sums = bootstrap_sums(clusters, runs=RUNS, rng=np.random.default_rng([seed, 1000 + place]))
        scale = float(row["official_injured"]) / float(row["official_killed"])
        ratios = sums[:, 0] / np.where(sums[:, 1] > 0, sums[:, 1], np.nan) * scale
        low, high = np.nanquantile(ratios, [(1 - level) / 2, (1 + level) / 2])
        value = clusters[:, 0].sum() / clusters[:, 1].sum() * scale
        lines.append(
            {"start": start, "end": end, "ratio": value, "low": low, "high": high, "source_id": row["source_id"]}
        )
    return pd.DataFrame(lines, columns=["start", "end", "ratio", "low", "high", "source_id"])


def _line(
    official: OfficialCount, accidents: pd.DataFrame, *, level: float, rng: np.random.Generator
) -> dict[str, object]:
    rows = _within(accidents, official.start, official.end)
    if official.kind != "all":
        rows = rows[rows["victim_type"].isin(KINDS[official.kind])]
    sizes = rows[official.outcome].fillna(0).to_numpy(dtype=float)
    listed = int(sizes.sum())
    try:
        sums = bootstrap_sums(sizes[:, None], runs=RUNS, rng=rng)[:, 0] / official.count
        low, high = (float(end) for end in np.quantile(sums, [(1 - level) / 2, (1 + level) / 2]))
    except InsufficientEvidence:
        low, high = float("nan"), float("nan")
    return {
        "start": official.start,
        "end": official.end,
        "kind": official.kind,
        "outcome": official.outcome,
        "official": official.count,
        "listed": listed,
        "accidents": len(rows),
        "ratio": listed / official.count,
        "low": low,
        "high": high,
        "probability": _probability(listed, official.count, sizes, level=level),
        "source_id": official.source_id,
    }


def _probability(listed: int, official: int, sizes: NDArray[np.float64], *, level: float) -> str:
    if listed > official:
        return f"none: {listed} listed of {official} counted, so the subset assumption cannot hold"
    dispersion = max(1.0, float(np.sum(sizes**2) / np.sum(sizes))) if listed else 1.0
    ends: Interval = clustered_share_interval(listed, official, dispersion=dispersion, level=level)
    return f"{100 * listed / official:.0f} % ({100 * ends.low:.0f} to {100 * ends.high:.0f} %)"


def _within(accidents: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    return accidents[(accidents["date_first"] >= start) & (accidents["date_last"] <= end)]


def _splits(rows: pd.DataFrame, ends: list[pd.Timestamp]) -> list[OfficialCount]:
    """Return killed and injured by kind, from the start of the count to the dates of splits that are used."""
    try:
        splits = splits_by_date(rows)
    except InsufficientEvidence:
        return []
    used = splits[splits["as_of_last"].isin(ends) | (splits.index == splits.index[-1])]
    start = pd.Timestamp(COUNT_START)
    return [
        _official(start, row["as_of_last"], kind, outcome, row[f"{part}_{outcome}"], row["source_id"])
        for row in used.to_dict("records")
        for kind, part in (("not military", "civilian"), ("military", "military"))
        for outcome in ("killed", "injured")
        if row[f"{part}_{outcome}"] > 0
    ]


def _official(
    start: pd.Timestamp, end: pd.Timestamp, kind: str, outcome: str, count: object, source_id: object
) -> OfficialCount:
    return OfficialCount(
        start=start, end=end, kind=kind, outcome=outcome, count=int(str(count)), source_id=str(source_id)
    )
