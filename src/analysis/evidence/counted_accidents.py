"""The list of accidents as an official count can hold it: without casualties who were not under its authority.

Who is outside is read from the notes of the accidents and stands in ``accidents_outside_count.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.errors import Fault

if TYPE_CHECKING:
    from analysis.evidence.package import Evidence

OUTSIDE_COUNT: Final = "accidents_outside_count"
"""Table of casualties of listed accidents whom the official counts do not hold; evidence without it has none."""

_ACCIDENTS: Final = "accidents"
_OUTCOMES: Final = ("killed", "injured")


def counted_accidents(evidence: Evidence) -> pd.DataFrame:
    """Return the listed accidents with only those casualties whom the counting authority could count.

    Returns
    -------
    DataFrame
        The columns of the table of accidents. Of a mixed accident the casualties outside the count are taken off;
        an accident outside the count without other casualties is left out. Other accidents that hurt nobody stay.
    """
    accidents = evidence.table(_ACCIDENTS)
    if OUTSIDE_COUNT not in evidence.names:
        return accidents
    outside = evidence.table(OUTSIDE_COUNT).set_index("accident_id")
    counted = accidents.copy()
    for outcome in _OUTCOMES:
        taken = accidents["accident_id"].map(outside[outcome]).astype("Int64").fillna(0)
        counted[outcome] = accidents[outcome] - taken
    nobody_left = (counted["killed"].fillna(0) == 0) & (counted["injured"].fillna(0) == 0)
    return counted[~(counted["accident_id"].isin(outside.index) & nobody_left)].reset_index(drop=True)


def outside_count_faults(tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    """Yield a fault for each accident of which more casualties are outside the count than were reported.

    Parameters
    ----------
    tables
        The tables as used; without one of the two there is nothing to compare.
    """
    if OUTSIDE_COUNT not in tables or _ACCIDENTS not in tables:
        return
    pairs = tables[OUTSIDE_COUNT].merge(
        tables[_ACCIDENTS][["accident_id", *_OUTCOMES]], on="accident_id", suffixes=("", "_reported")
    )
    for row in pairs.to_dict("records"):
        for outcome in _OUTCOMES:
            reported = row[f"{outcome}_reported"]
            if row[outcome] > (0 if pd.isna(reported) else reported):
                rule = (
                    f"no more can be outside the count than accidents.csv reports as {outcome} in {row['accident_id']}"
                )
                file = f"{OUTSIDE_COUNT}.csv"
                yield Fault(file=file, row=int(row["line"]), column=outcome, rule=rule, value=str(row[outcome]))
