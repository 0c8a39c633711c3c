"""What the figure of left-out sources draws and says, every number in it computed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.left_out.headlines import HEADLINES
from analysis.claims.left_out.table import NOBODY, PARTY
from analysis.claims.left_out.tables import left_out_estimates, pages_behind, party_with_most
from analysis.evidence import Evidence
from analysis.maps.scope import party_words

_NOT_FOR = "Not for navigation, clearance or any decision on safety."


def marks(table: pd.DataFrame) -> pd.DataFrame:
    """Return the marks of the figure: each value with somebody left out over the headline's value.

    Returns
    -------
    DataFrame
        headline, what (originator, party), left_out, value, value_of_all, ratio (missing where not estimable).
        Headlines that are 0 or not estimable from all the evidence have no ratio and no marks.
    """
    first = table[table["what"] == NOBODY].set_index("key")["value"]
    usable = [key for key in HEADLINES if pd.notna(first[key]) and first[key] != 0]
    rows = table[(table["what"] != NOBODY) & table["key"].isin(usable)]
    whole = first.loc[rows["key"]].to_numpy()
    return pd.DataFrame(
        {
            "headline": rows["key"].map(HEADLINES),
            "what": rows["what"],
            "left_out": rows["left_out"],
            "value": rows["value"],
            "value_of_all": whole,
            "ratio": rows["value"] / whole,
        }
    ).reset_index(drop=True)


def figure_words(table: pd.DataFrame, evidence: Evidence) -> dict[str, str]:
    """Return the message, the party drawn apart and the note, for the figure function."""
    made = left_out_estimates(table, evidence)["headlines_left_without_largest_party"]
    party = party_with_most(table, evidence)
    zero = table.loc[table["what"] == NOBODY, "value"].eq(0).any()
    return {
        "message": f"{made.value:.0f} of {made.n} headlines can be estimated without {party_words(party)}",
        "party": party,
        "note": f"{len(made.sources)} pages to {evidence.last_date.isoformat()}, listed with the figure. Ratios to the "
        f"value from all the evidence; no confidence intervals.{' Headlines of 0 have no row.' if zero else ''} "
        f"{_NOT_FOR}",
    }


def figure_text(table: pd.DataFrame, evidence: Evidence) -> dict[str, Any]:
    """Return caption, alt text, numbers drawn and sources for :meth:`analysis.reporting.study.Study.figure`."""
    drawn = marks(table)
    most = party_with_most(table, evidence)
    party = party_words(most)
    apart = drawn[(drawn["what"] == PARTY) & (drawn["left_out"] == most)]
    left = "; ".join(
        f"{row['headline']}: {'not estimable' if pd.isna(row['ratio']) else format(row['ratio'], '.3g')}"
        for row in apart.to_dict("records")
    )
    return {
        "caption": (
            "Each headline computed anew without the rows of one originator (dots), and without those of "
            f"{party} (diamonds), over its value from all the evidence (line at 1). At the right, without whom it is "
            "not estimable. Leaving somebody out leaves out what they printed, not what happened; a value that does "
            "not move may rest on others who repeat the same count. Headlines of 0 have no ratio; see the tables. "
            f"{_NOT_FOR}"
        ),
        "alt": f"Ratios of headlines with one source left out to the headline. Without {party}: {left}.",
        "drawn": drawn,
        "sources": pages_behind(table),
    }
