"""Every headline with each originator left out, then with each party, as one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from analysis.claims.left_out.headlines import HEADLINES
from analysis.claims.left_out.studies import STUDIES, Asked, Attempt, headlines_of
from analysis.estimate import Estimate
from analysis.evidence import Evidence

NOBODY, ORIGINATOR, PARTY = "nobody", "originator", "party"
"""What is left out in a row."""
_COLUMNS: Final = [
    *("key", "what", "left_out", "value", "low", "high", "interval_kind", "unit"),
    *("start", "end", "why_not", "sources"),
]


def left_out_table(evidence: Evidence, *, replicates: int, draws: int, seed: int) -> pd.DataFrame:
    """Return each headline as it is, then without each originator and each party whose pages it rests on.

    All evidence rows of the originator or party are left out of every table, and the study is run on what remains.
    Originators on whose pages a study's headlines do not rest are not tried for it.

    Parameters
    ----------
    evidence
        The loaded evidence.
    replicates, draws, seed
        As for :class:`analysis.claims.left_out.studies.Asked`.

    Returns
    -------
    DataFrame
        key; what is left out (nobody, originator, party) and its name; value, low, high, interval_kind, unit; start and
        end of the estimate's period; why_not (the reason where it is not estimable, and then numbers are missing);
        sources (pages behind the estimate, joined by a space).
    """
    asked = Asked(evidence=evidence, replicates=replicates, draws=draws, seed=seed)
    rows: list[dict[str, object]] = []
    # Studies that leave the same originators out share what is left and what they start from; a party of one originator
    # leaves out what that originator does.
    without: dict[frozenset[str], Asked] = {}
    members = _members(evidence)
    for name in STUDIES:
        whole = headlines_of(name, asked)
        rows += _rows(whole, what=NOBODY, left_out="")
        found: dict[frozenset[str], Mapping[str, Attempt]] = {}
        for what, names in _speakers(whole, evidence).items():
            for left_out in names:
                gone = members.get(left_out, frozenset([left_out]))
                if gone not in found:
                    found[gone] = headlines_of(name, without.setdefault(gone, replace(asked, left_out=(left_out,))))
                rows += _rows(found[gone], what=what, left_out=left_out)
    order = list(HEADLINES)
    table = pd.DataFrame(rows, columns=_COLUMNS).sort_values("key", key=lambda one: one.map(order.index), kind="stable")
    return table.reset_index(drop=True)


def _members(evidence: Evidence) -> dict[str, frozenset[str]]:
    """Return the originators of each party."""
    known = evidence.table("originators")
    return {str(party): frozenset(one) for party, one in known.groupby("party")["originator_id"]}


def _speakers(found: Mapping[str, Attempt], evidence: Evidence) -> dict[str, list[str]]:
    """Return the originators and the parties of the pages behind the headlines of a study, each sorted."""
    pages = sorted({page for one in found.values() if isinstance(one, Estimate) for page in one.sources})
    known = evidence.sources.loc[pages]
    return {ORIGINATOR: sorted({*known["originator"]}), PARTY: sorted({*known["party"]} - {"unknown"})}


def _rows(found: Mapping[str, Attempt], *, what: str, left_out: str) -> list[dict[str, object]]:
    return [{"key": key, "what": what, "left_out": left_out, **_cells(one)} for key, one in found.items()]


def _cells(one: Attempt) -> dict[str, object]:
    missing = float("nan")
    if not isinstance(one, Estimate):
        empty = dict.fromkeys(("interval_kind", "unit", "start", "end", "sources"), "")
        return {**dict.fromkeys(("value", "low", "high"), missing), **empty, "why_not": str(one)}
    interval = one.interval
    return {
        "value": float(one.value),
        "low": missing if interval is None else float(interval.low),
        "high": missing if interval is None else float(interval.high),
        "interval_kind": "" if interval is None else str(interval.kind),
        "unit": one.unit,
        "start": one.period.start.isoformat(),
        "end": one.period.end.isoformat(),
        "why_not": "",
        "sources": " ".join(one.sources),
    }
