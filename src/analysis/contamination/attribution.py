"""Whose figures the study rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

PARTY_LABELS: Mapping[str, str] = {
    "azerbaijan_authorities": "authorities of Azerbaijan",
    "azerbaijan_civil_society": "civil society of Azerbaijan",
    "armenia_authorities": "authorities of Armenia",
    "armenia_civil_society": "civil society of Armenia",
    "nagorno_karabakh_de_facto": "de facto authorities of Nagorno-Karabakh",
    "international_ngo": "international non-governmental organisations",
    "international_organisation": "international organisations",
    "independent": "independent authors and surveys",
    "russia": "authorities of Russia",
    "other_state": "other states",
    "unknown": "not known",
}


def originator_labels(originators: pd.DataFrame) -> dict[str, str]:
    """Return a short printed name by originator: the abbreviation where the name has one."""
    return {str(key): _short(str(name)) for key, name in originators[["originator_id", "name"]].itertuples(index=False)}


def rows_by_party(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the number and share of rows by party over all tables.

    Returns
    -------
    DataFrame
        Index `party` in words; a column of counts for each table, `rows` and `share`; largest first, ties by name.
    """
    counts = pd.DataFrame({name: frame["party"].value_counts() for name, frame in tables.items()}).fillna(0).astype(int)
    counts["rows"] = counts.sum(axis=1)
    counts["share"] = counts["rows"] / counts["rows"].sum()
    counts.index = pd.Index([PARTY_LABELS.get(str(party), str(party)) for party in counts.index], name="party")
    return counts.reset_index().sort_values(["rows", "party"], ascending=[False, True]).set_index("party")


def rows_by_method(clearance: pd.DataFrame) -> pd.DataFrame:
    """Return how many rows with an area say what was done: cleared, reduced, cancelled, released, or unspecified."""
    counts = clearance.loc[clearance["area_ha"].notna(), "method"].value_counts()
    frame = pd.DataFrame({"rows": counts, "share": counts / counts.sum()})
    frame.index.name = "method"
    return frame.reset_index().sort_values(["rows", "method"], ascending=[False, True]).set_index("method")


def _short(name: str) -> str:
    abbreviation = re.search(r"\(([A-Z][A-Za-z]{1,6})\)", name)
    if abbreviation:
        return abbreviation.group(1)
    return re.sub(r"^The ", "", name)
