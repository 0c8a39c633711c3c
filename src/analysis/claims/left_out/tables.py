"""How much of each headline rests on whom, and what remains without them."""

from __future__ import annotations

import math
import re
from typing import Final

import pandas as pd

from analysis.claims.left_out.headlines import HEADLINES, NOT_RECOMPUTED
from analysis.claims.left_out.table import NOBODY, ORIGINATOR, PARTY
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Period, sorted_union
from analysis.evidence import Evidence
from analysis.evidence.names import originator_names
from analysis.maps.scope import party_words

_SHORT: Final = re.compile(r"\(([A-Za-z]+)\)$")
_SAME: Final = 1e-3
"""Values that differ by less than this share are not said to move."""


def rests_on(table: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """Return, for each headline, whose pages it rests on and what is left without the party with most of them.

    Returns
    -------
    DataFrame
        headline, pages, originators, party (with most pages), share (of the pages, 0 to 1), value, without_party (the
        value, or that it is not estimable).
    """
    rows = []
    for key, words in HEADLINES.items():
        own = table[table["key"] == key]
        first = own.iloc[0]
        row: dict[str, object] = {"headline": words}
        if first["why_not"]:
            rows.append(row | {"pages": 0, "without_party": f"not estimable: {first['why_not']}"})
            continue
        known = evidence.sources.loc[first["sources"].split(" ")]
        party = _largest_party(known)
        without = own[(own["what"] == PARTY) & (own["left_out"] == party)]
        row |= {"pages": len(known), "originators": known["originator"].nunique(), "party": party_words(party)}
        row |= {"share": float((known["party"] == party).mean()), "value": first["value"]}
        rows.append(
            row | {"without_party": _left(without, first, party) if len(without) else "rests on unnamed bodies"}
        )
    return pd.DataFrame(rows).set_index("headline")


def without_each(table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return, for each headline, the lowest and highest value with one originator left out, and who cannot be left out.

    Parameters
    ----------
    table
        As :func:`analysis.claims.left_out.table.left_out_table` returns it.
    names
        Name of each originator.

    Returns
    -------
    DataFrame
        headline, value, tried (originators left out in turn), lowest with lowest_without, highest with
        highest_without (empty where it moves nothing), not_estimable_without.
    """
    rows = []
    for key, words in HEADLINES.items():
        own = table[table["key"] == key]
        first, each = own.iloc[0], own[own["what"] == ORIGINATOR]
        found = each[each["why_not"] == ""]
        row: dict[str, object] = {"headline": words, "value": first["value"], "tried": len(each)}
        for word, place in (("lowest", "min"), ("highest", "max")):
            value = getattr(found["value"], place)()
            who = found.loc[found["value"] == value, "left_out"]
            moved = len(found) > 0 and not _is_same(value, first["value"])
            row |= {word: value, f"{word}_without": ", ".join(names[one] for one in who) if moved else ""}
        gone = each.loc[each["why_not"] != "", "left_out"]
        rows.append(row | {"not_estimable_without": ", ".join(names[one] for one in gone)})
    return pd.DataFrame(rows).set_index("headline")


def moved_only(table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return every value that leaving somebody out moves by a thousandth or more.

    `other_period` is the period of a value that is of other days than the headline; empty elsewhere.

    Parameters
    ----------
    table, names
        As for :func:`without_each`.
    """
    first = table[table["what"] == NOBODY].set_index("key")
    others = table[(table["what"] != NOBODY) & (table["why_not"] == "")]
    whole = first.loc[others["key"]]
    moved = [not _is_same(one, other) for one, other in zip(others["value"], whole["value"], strict=True)]
    rows = others[moved]
    was = first.loc[rows["key"]]
    period = rows["start"] + " to " + rows["end"]
    same = (rows["start"].to_numpy() == was["start"].to_numpy()) & (rows["end"].to_numpy() == was["end"].to_numpy())
    return pd.DataFrame(
        {
            "headline": rows["key"].map(HEADLINES),
            "without": _names(rows, names),
            "value": rows["value"],
            "low": rows["low"],
            "high": rows["high"],
            "value_of_all": was["value"].to_numpy(),
            "other_period": period.where(~same, ""),
        }
    ).set_index("headline")


def not_estimable_without(table: pd.DataFrame, names: dict[str, str]) -> dict[str, InsufficientEvidence]:
    """Return why headlines are not estimable without an originator or party, and which are not computed at all."""
    first = table[(table["what"] == NOBODY) & (table["why_not"] == "")]
    gone = table[(table["what"] != NOBODY) & (table["why_not"] != "") & table["key"].isin(first["key"])]
    reasons = {
        f"{HEADLINES[key]}, without {who}": InsufficientEvidence(f"not estimable without {who}: {why}")
        for key, who, why in zip(gone["key"], _names(gone, names), gone["why_not"], strict=True)
    }
    others = {f"{key}, without anybody": InsufficientEvidence(why) for key, why in NOT_RECOMPUTED.items()}
    return reasons | others


def short_names(evidence: Evidence) -> dict[str, str]:
    """Return the abbreviation of each originator where its name ends with one in brackets, else the name."""
    known = originator_names(evidence)
    return {key: found.group(1) if (found := _SHORT.search(name)) else name for key, name in known.items()}


def pages_behind(table: pd.DataFrame) -> tuple[str, ...]:
    """Return the pages behind all headlines that are estimable from all the evidence, sorted."""
    first = table[(table["what"] == NOBODY) & (table["why_not"] == "")]
    return sorted_union(*(text.split(" ") for text in first["sources"]))


def party_with_most(table: pd.DataFrame, evidence: Evidence) -> str:
    """Return the party with most of the pages behind all headlines."""
    return _largest_party(evidence.sources.loc[list(pages_behind(table))])


def left_out_estimates(table: pd.DataFrame, evidence: Evidence) -> dict[str, Estimate]:
    """Return how many headlines are estimable without the party with most pages, and its share of the pages."""
    pages = pages_behind(table)
    known = evidence.sources.loc[list(pages)]
    party = _largest_party(known)
    own = table[(table["what"] == PARTY) & (table["left_out"] == party)]
    first = table[(table["what"] == NOBODY) & (table["why_not"] == "")]
    left = first["key"].isin(own.loc[own["why_not"] != "", "key"])
    # Predictions are of days to come; what they rest on ends with the evidence.
    period = Period(start=pd.Timestamp(first["start"].min()).date(), end=evidence.last_date)
    return {
        "headlines_left_without_largest_party": Estimate(
            quantity=f"headlines that can be estimated without any row of {party_words(party)}",
            value=float((~left).sum()),
            unit="headlines",
            interval=None,
            method="every study run on the evidence without the rows of that party",
            n=len(first),
            n_unit="headlines estimable from all the evidence",
            period=period,
            geography="Azerbaijan",
            sources=pages,
        ),
        "pages_share_of_largest_party": Estimate(
            quantity=f"pages behind the headlines whose figures come from {party_words(party)}",
            value=float((known["party"] == party).mean()),
            unit="share",
            interval=None,
            method="count of pages, each once",
            n=len(pages),
            n_unit="pages",
            period=period,
            geography="Azerbaijan",
            sources=pages,
        ),
    }


def whose_sentence(table: pd.DataFrame, evidence: Evidence) -> str:
    """Return how many of the pages behind the headlines come from each party."""
    known = evidence.sources.loc[list(pages_behind(table))]
    counted = known["party"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    parts = ", ".join(f"{number} from {party_words(str(party))}" for party, number in counted.items())
    return f"The headlines rest on {len(known)} pages: {parts}."


def _largest_party(known: pd.DataFrame) -> str:
    counted = known["party"].value_counts().sort_index()
    return str(counted.idxmax())


def _left(without: pd.DataFrame, first: pd.Series, party: str) -> str:
    row = without.iloc[0]
    if row["why_not"]:
        return f"not estimable without {party_words(party)}"
    days = "" if (row["start"], row["end"]) == (first["start"], first["end"]) else f" ({row['start']} to {row['end']})"
    return f"{row['value']:.4g}{days}"


def _names(rows: pd.DataFrame, names: dict[str, str]) -> list[str]:
    return [
        names[one] if what == ORIGINATOR else party_words(one)
        for what, one in zip(rows["what"], rows["left_out"], strict=True)
    ]


def _is_same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_SAME)
