"""The list of accidents as an official count can hold it: without casualties who were not under its authority."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.evidence import Evidence

# Readings of the notes of the accidents: killed and injured who were not under the authority that counts (of another
# army, of peacekeepers, of the de facto services). With them taken off, killed and injured are the listed_ columns of
# accidents_coverage. Keyed by row and page, so that other evidence cannot match.
_OUTSIDE: Final = {
    ("inc-2020-003", "jam-news-2020-12-10-postwar-mines"): (0, 5),
    ("inc-2020-006", "trend-2020-12-18-shusha-peacekeeper"): (1, 0),
    ("inc-2021-009", "panorama-am-2021-03-29-martakert"): (0, 0),
    ("inc-2021-015", "azvision-2021-07-02-june"): (1, 2),
    ("inc-2021-016", "caucasian-knot-2021-07-search-guide"): (0, 1),
    ("inc-2022-017", "ewm-azerbaijan-country-page"): (0, 1),
    ("inc-2022-019", "azernews-2022-12-20-bayramov-55"): (0, 2),
}


def counted_accidents(evidence: Evidence) -> pd.DataFrame:
    """Return the listed accidents with only those casualties whom the counting authority could count.

    Returns
    -------
    DataFrame
        The columns of the table of accidents. Of a mixed accident the casualties outside the count are taken off;
        an accident outside the count without other casualties is left out. Other accidents that hurt nobody stay.
    """
    accidents = evidence.table("accidents")
    taken = [_OUTSIDE.get(key) for key in zip(accidents["accident_id"], accidents["source_id"], strict=True)]
    counted = accidents.copy()
    for place, outcome in enumerate(("killed", "injured")):
        off = pd.array([0 if one is None else one[place] for one in taken], dtype="Int64")
        counted[outcome] = accidents[outcome] - off
    nobody_left = (counted["killed"].fillna(0) == 0) & (counted["injured"].fillna(0) == 0)
    outside = np.array([one is not None for one in taken], dtype=bool)
    return counted[~(outside & nobody_left.to_numpy(dtype=bool))].reset_index(drop=True)
