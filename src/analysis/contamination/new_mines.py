"""Statements and replies about mines made in 2021, in time order, and whether their numbers can hold together.

Arithmetic only: who made or laid a mine, and when, does not follow from numbers.
"""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

COUNTS: Final = ("mines_made_2021_found", "mines_of_2021_production_found", "mines_found_total")
REPLIES: Final = ("reply_to_new_mines_claim", "reply_to_armenian_reply", "responsibility_for_new_mines")
_LACHIN: Final = r"(?:azerbaijan_)?lachin(?:_north_west.*)?"
_TWO_DISTRICTS: Final = r"(?:lachin_and_kalbajar|kalbajar_and_lachin)$"
_BORDER: Final = re.compile(r"([\d,]+) (?:at|along) the border")
_NUMBER: Final = re.compile(r"\b\d{1,3}(?:,\d{3})+\b")
_ARITHMETIC_COLUMNS: Final = ["check", "rows", "arithmetic", "holds"]


def statements_and_replies(claims: pd.DataFrame) -> pd.DataFrame:
    """Return what was said about mines made in 2021, and the replies, in time order.

    Parameters
    ----------
    claims
        Rows of claims.

    Returns
    -------
    DataFrame
        `as_of`, `attributed_to`, `said` (statement or reply), `comparator`, `mines` (missing where none is printed),
        `geography`, `period`, `statement`, `claim_id`.
    """
    rows = _dated(claims[claims["quantity"].isin([*COUNTS, *REPLIES])])
    return pd.DataFrame(
        {
            "as_of": rows["as_of"],
            "attributed_to": rows["attributed_to"],
            "said": rows["quantity"].isin(REPLIES).map({True: "reply", False: "statement"}),
            "comparator": rows["comparator"],
            "mines": rows["value"].astype("Float64"),
            "geography": rows["geography"].str.replace("_", " "),
            "period": [
                _period(start, end) for start, end in zip(rows["period_start"], rows["period_end"], strict=True)
            ],
            "statement": rows["statement"],
            "claim_id": rows["claim_id"],
        }
    ).reset_index(drop=True)


def number_checks(claims: pd.DataFrame) -> pd.DataFrame:
    """Return which numbers of mines made in 2021 can hold together, one row a check.

    Returns
    -------
    DataFrame
        `check`, `rows` (of claims), `arithmetic`, `holds`: yes, no, or what else must be the case.
    """
    rows = _dated(claims[claims["quantity"].isin(COUNTS) & claims["value"].notna()])
    found = [*_parts(rows), *_growing(rows), *_two_districts(rows)]
    return pd.DataFrame(found, columns=_ARITHMETIC_COLUMNS)


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values(["as_of_last", "as_of_first", "claim_id"])


def _parts(rows: pd.DataFrame) -> list[dict[str, str]]:
    """Return, for each statement that prints parts beside its number, whether they add up to it."""
    found = []
    for _, row in rows.iterrows():
        value = int(row["value"])
        parts = [number for number in _numbers(row["statement"]) if number != value]
        if len(parts) < 2 or max(parts) > value:
            continue
        arithmetic = f"{' + '.join(f'{part:,}' for part in parts)} = {sum(parts):,}, stated {value:,}"
        holds = "yes" if sum(parts) == value else f"no: {sum(parts) - value:+,}"
        check = "the parts of a statement add up to its total"
        found.append({"check": check, "rows": row["claim_id"], "arithmetic": arithmetic, "holds": holds})
    return found


def _growing(rows: pd.DataFrame) -> list[dict[str, str]]:
    """Return whether the counts for Lachin, each period containing the one before it, do not fall."""
    own = rows[rows["geography"].astype(str).str.fullmatch(_LACHIN) & rows["period_end_last"].notna()]
    own = own.drop_duplicates(["value", "period_end"]).sort_values(["period_end_last", "value"])
    if len(own) < 2:
        return []
    printed = [f"{comparator if comparator != '=' else ''}{value:,.0f}" for comparator, value in
               zip(own["comparator"], own["value"], strict=True)]  # fmt: skip
    return [
        {
            "check": "counts for Lachin in periods that contain one another do not fall",
            "rows": ", ".join(own["claim_id"]),
            "arithmetic": " then ".join(printed),
            "holds": "yes" if own["value"].is_monotonic_increasing else "no",
        }
    ]


def _two_districts(rows: pd.DataFrame) -> list[dict[str, str]]:
    """Return what a number for Lachin and Kalbajar needs beside one that is split into border and another region."""
    split = [(row, border) for _, row in rows.iterrows() for border in _border(row["statement"])]
    if not split:
        return []
    total, border = split[0]
    rest = int(total["value"]) - border
    found = []
    later = rows[
        (rows["as_of_first"] > total["as_of_first"]) & rows["geography"].astype(str).str.contains(_TWO_DISTRICTS)
    ]
    for _, row in later.iterrows():
        least = int(row["value"]) + (1 if row["comparator"] == ">" else 0)
        needed = least - border
        found.append(
            {
                "check": "a later number for Lachin and Kalbajar beside the split by border and economic region",
                "rows": f"{total['claim_id']}, {row['claim_id']}",
                "arithmetic": f"{row['comparator']} {int(row['value']):,} less {border:,} at the border = at least "
                f"{needed:,} of the {rest:,} of the Karabakh economic region",
                "holds": _what_must_hold(needed, rest),
            }
        )
    return found


def _what_must_hold(needed: int, rest: int) -> str:
    if needed <= 0:
        return "yes"
    if needed > rest:
        return "no: more than were found"
    return f"only if at least {needed:,} of the {rest:,} were found in the two districts, or the areas overlap"


def _border(statement: object) -> list[int]:
    return [int(text.replace(",", "")) for text in _BORDER.findall(str(statement))[:1]]


def _numbers(statement: object) -> list[int]:
    return [int(text.replace(",", "")) for text in _NUMBER.findall(str(statement))]


def _period(start: object, end: object) -> str:
    first, last = (day if isinstance(day, str) else "" for day in (start, end))
    return f"{first or '?'} to {last or '?'}" if first or last else "not printed"
