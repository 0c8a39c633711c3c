"""What '25 per cent accurate' can mean: the meanings in use, found from the wording of each statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.maps.statements import RIGHT, first_seen, has_counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One reading of 'accurate'.

    Parameters
    ----------
    name
        What the share would be of.
    wording
        Pattern of the definition as transcribed; the first pattern that fits decides.
    would_count
        Numerator over denominator that would have to be published.
    implies
        What 25 per cent would say, if this is meant.
    correct_share
        Whether it would be a correct share (positive predictive value): 'yes', 'no', or 'only if' with the condition.
    """

    name: str
    wording: str
    would_count: str
    implies: str
    correct_share: str


MEANINGS: Final = (
    Meaning(
        name="recorded places where mines were found",
        wording="real mines being found",
        would_count="recorded places searched and found mined / recorded places searched",
        implies="three of four recorded places held no mine; nothing on mines elsewhere",
        correct_share="yes, unit: place",
    ),
    Meaning(
        name="records of use for clearance",
        wording="useful|usefulness|effective",
        would_count="records used in planning a task / records received",
        implies="three of four records did not help; they may be right and too coarse, or wrong",
        correct_share="no: a right record may be useless, a wrong one may point near",
    ),
    Meaning(
        name="records that can be trusted",
        wording="trust|reliable",
        would_count="not stated",
        implies="a judgement; no count follows",
        correct_share="no: a judgement",
    ),
    Meaning(
        name="recorded data that is right",
        wording=r"\b(?:data|information)\b",
        would_count="data items (coordinates, numbers, types) checked and right / data items checked",
        implies="most items are wrong; one wrong reference point makes a whole form wrong, so items and places differ",
        correct_share="only if the item is the place of a mine",
    ),
    Meaning(
        name="part of a map that agrees with the ground",
        wording="correct|reflects the actual",
        would_count="mapped area (or part) that agrees with the ground / mapped area",
        implies="three quarters of the mapped area differ; area is not mines",
        correct_share="only if mines lie evenly over the mapped area",
    ),
    Meaning(
        name="'accuracy of the maps', what is counted not stated",
        wording="accura|minefield maps",
        would_count="not stated",
        implies="cannot be told",
        correct_share="cannot be told",
    ),
)
OTHER_WORDING: Final = "no definition"


def meaning_of(definition: str) -> str:
    """Return the name of the first meaning whose wording stands in the definition, or 'no definition'."""
    text = definition.lower()
    for meaning in MEANINGS:
        if re.search(meaning.wording, text):
            return meaning.name
    return OTHER_WORDING


def with_meaning(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements about how much of the records is right, with the column `meaning`."""
    about = statements[statements["topic"] == RIGHT]
    return about.assign(meaning=about["definition"].fillna("").map(meaning_of)).reset_index(drop=True)


def definitions_in_use(statements: pd.DataFrame, *, share: float = 0.25) -> pd.DataFrame:
    """Return each meaning in which a share was stated, with who used it, how often, and since when.

    Parameters
    ----------
    statements
        Table of :func:`analysis.maps.statements.as_statements`.
    share
        The share looked for, 0 to 1; statements of a range that only has it in the middle are left out.

    Returns
    -------
    DataFrame
        One row a meaning in use: meaning, statements, with_counts (how many print numerator and denominator),
        first_seen (date as printed), first_by, originators, would_count, implies, correct_share, source_ids.

    Raises
    ------
    InsufficientEvidence
        If no statement names the share.
    """
    named = stating(statements, share)
    if named.empty:
        raise InsufficientEvidence(
            f"no statement in the selection puts the share of right records at {100 * share:g} %"
        )
    rows = []
    for meaning in MEANINGS:
        using = named[named["meaning"] == meaning.name]
        if using.empty:
            continue
        dated = using[using["as_of_last"].notna()]
        earliest = first_seen(using) if len(dated) else using.iloc[0]
        rows.append(
            {
                "meaning": meaning.name,
                "statements": len(using),
                "with_counts": int(has_counts(using).sum()),
                "first_seen": earliest["as_of"],
                "first_by": earliest["attributed_to"],
                "originators": ", ".join(sorted(using["originator"].unique())),
                "would_count": meaning.would_count,
                "implies": meaning.implies,
                "correct_share": meaning.correct_share,
                "source_ids": ", ".join(sorted(using["source_id"].unique())),
            }
        )
    return pd.DataFrame(rows)


def stating(statements: pd.DataFrame, share: float) -> pd.DataFrame:
    """Return the statements that put the share of right records at `share`, whatever the comparator."""
    table = with_meaning(statements)
    printed = table["share"].astype("float64").to_numpy()
    two_sided = table["comparator"].eq("~") & (table["share_low"] < table["share_high"]).fillna(value=False)
    return table[np.isclose(printed, share) & ~two_sided.astype(bool).to_numpy()].reset_index(drop=True)
