"""How three published kinds of figure hang together: mines on records, share of records right, accidents outside.

Symbols, all counted in mines, at one moment, with one record entry a mine:

- N: mines laid (all of them, recorded or not).
- k: mines on the records / N. The quotient of route (a); entries count whether right or wrong.
- q: share of record entries at whose place the mine is: the correct share. Only the reading "recorded places where
  mines were found" makes a published 25 per cent a q.
- c: share of the N mines that lie at a recorded place: the coverage share.
- u: share of the N mines that do not: the unrecorded share.
- r: accidents per mine not at a recorded place over accidents per mine at one.
- s: share of accidents on mines not at a recorded place.

Entries that are right: q k N, and these are the mines at a recorded place, so c = q k. A misplaced entry (mine
elsewhere) and an empty one (no mine at all) both leave their place without the mine; mines laid are N either way, so
with misplaced records counted as "outside", u = 1 - q k. If instead a mine counts as recorded whenever an entry for it
exists, however wrong, u = 1 - k (assuming no empty entries). Accidents outside and inside are r u and 1 - u in common
units, so s = r u / (r u + 1 - u), and

    r = s (1 - u) / (u (1 - s)).

So any two of (k, q, s) fix the r at which all three can be true. A small r says: a mine off the records caused few
accidents compared with one on them. None of the routes estimates another's unit: k, q and s are published for mines,
"maps" and accidents, at different dates, and the table shows only what would have to hold.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.maps.identification import printed_outside_shares
from analysis.maps.outcomes import records
from analysis.maps.statements import RIGHT, is_printed_range, is_unverified
from analysis.stats.partial_identification import relative_rate_needed

OUTSIDE_WHEN_MISPLACED: Final = "a misplaced record counts as outside"
INSIDE_WHEN_MISPLACED: Final = "a misplaced record counts as inside"


def coverage_share(mines_recorded_share: float, correct_share: float) -> float:
    """Return c = q k: the share of mines laid that lie at a recorded place.

    Parameters
    ----------
    mines_recorded_share
        k, mines on the records over mines laid, 0 to 1.
    correct_share
        q, share of record entries with the mine at their place, 0 to 1.
    """
    for name, value in (("mines_recorded_share", mines_recorded_share), ("correct_share", correct_share)):
        if not 0 <= value <= 1:
            raise ValueError(f"{name}: a share between 0 and 1 is needed, got {value}")
    return mines_recorded_share * correct_share


def rate_needed(mines_recorded_share: float, correct_share: float, outside_share: float) -> float:
    """Return the r at which k, q and s hold together, misplaced records counted as outside.

    All of c = q k and s must lie strictly between 0 and 1.
    """
    unrecorded = 1 - coverage_share(mines_recorded_share, correct_share)
    return float(relative_rate_needed(outside_share, unrecorded))


def outside_share_expected(mines_recorded_share: float, correct_share: float, relative_rate: float) -> float:
    """Return the s that follows from k, q and r, misplaced records counted as outside: s = r u / (r u + 1 - u)."""
    unrecorded = 1 - coverage_share(mines_recorded_share, correct_share)
    weighted = relative_rate * unrecorded
    return weighted / (weighted + 1 - unrecorded)


def rates_needed(statements: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the r needed for every combination of printed k, q and s, under both ways to count a misplaced record.

    Parameters
    ----------
    statements
        Table of :func:`analysis.maps.statements.as_statements`.
    pairs
        Table of :func:`analysis.maps.mine_coverage.coverage_by_mines`, which gives k.

    Returns
    -------
    DataFrame
        `mines_recorded_share` (k) with `k_from`, `correct_share` (q; 1 where a misplaced record counts as inside) with
        `q_as_stated` (who states it; 'end of a range' and 'unverified' where so) and `q_unverified` (whether only
        statements that their own page calls unverified give it), `outside_share` (s), `convention`, `coverage_share`
        (c), `unrecorded_share` (u), `relative_rate_needed` (r). Figures are taken as printed, whatever their
        comparator; a share printed as a range enters by its two ends, not by the middle that the table holds.

    Raises
    ------
    InsufficientEvidence
        If one of the three kinds of figure is missing.
    """
    if pairs.empty:
        raise InsufficientEvidence("without mines on the records and mines laid there is no k to tie the others to")
    pairs = pairs.drop_duplicates(["on_records", "laid"])
    right = statements[(statements["topic"] == RIGHT) & statements["share"].notna()]
    if right.empty:
        raise InsufficientEvidence("no statement in the selection prints a share of records that is right")
    stated = _as_stated(right).groupby("share", sort=True)
    readings = [
        _Reading(float(q), "; ".join(sorted(set(group["who"]))), bool(group["unverified"].all()))  # type: ignore[arg-type]
        for q, group in stated
    ]
    readings.append(_Reading(1.0, "any", unverified=False, convention=INSIDE_WHEN_MISPLACED))
    outside = sorted(set(printed_outside_shares(statements)["share"]))
    rows = [_row(pair, reading, s) for reading in readings for pair in records(pairs) for s in outside]
    return pd.DataFrame(rows)


def as_grid(table: pd.DataFrame) -> pd.DataFrame:
    """Return the r needed as a grid: one row a q, who states it and convention, one column a k, for the first s."""
    one = table[table["outside_share"] == table["outside_share"].iloc[0]]
    label = np.where(one["convention"] == INSIDE_WHEN_MISPLACED, "inside", "outside")
    shown = one.assign(misplaced=label, k="k = " + one["k_from"])
    grid: pd.DataFrame = shown.pivot_table(
        index=["misplaced", "correct_share", "q_as_stated"], columns="k", values="relative_rate_needed", sort=True
    )
    return grid.rename_axis(columns=None).reset_index()


class _Reading(NamedTuple):
    """One value of q, who gives it, and how a misplaced record counts."""

    share: float
    names: str
    unverified: bool
    convention: str = OUTSIDE_WHEN_MISPLACED


def _as_stated(right: pd.DataFrame) -> pd.DataFrame:
    """Return one row a printed share: `share`, `who` with what is to be known of it, `unverified`."""
    unverified = is_unverified(right)
    is_range = is_printed_range(right)
    who = right["attributed_to"].where(~unverified, right["attributed_to"] + ", unverified, " + right["geography"])
    who = who.where(~is_range, who + ", end of a range")
    table = right.assign(who=who, unverified=unverified)
    ends = [table[is_range].assign(share=right.loc[is_range, end]) for end in ("share_low", "share_high")]
    return pd.concat([table[~is_range], *ends], ignore_index=True)


def _row(pair: dict[str, Any], reading: _Reading, s: float) -> dict[str, object]:
    k, q = float(pair["as_printed"]), reading.share
    covered = coverage_share(k, q)
    return {
        "mines_recorded_share": k,
        "k_from": f"{pair['on_records']:,} / {pair['laid']:,}",
        "correct_share": q,
        "q_as_stated": reading.names,
        "q_unverified": reading.unverified,
        "outside_share": s,
        "convention": reading.convention,
        "coverage_share": covered,
        "unrecorded_share": 1 - covered,
        "relative_rate_needed": rate_needed(k, q, s),
    }
