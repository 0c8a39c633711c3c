"""Handovers of minefield records: each party's account beside the other's, and totals never added to their parts."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.errors import InsufficientEvidence

ARMENIAN: Final = "Armenian accounts"
AZERBAIJANI: Final = "Azerbaijani accounts"
OTHER: Final = "other accounts"

_LANES: Final = {
    "armenia_authorities": ARMENIAN,
    "armenia_civil_society": ARMENIAN,
    "nagorno_karabakh_de_facto": ARMENIAN,
    "azerbaijan_authorities": AZERBAIJANI,
    "azerbaijan_civil_society": AZERBAIJANI,
}
_AGGREGATE: Final = "AGGREGATE ROW"
_ANNOUNCEMENT: Final = "Announcement, not receipt"

TRANSFER: Final = "transfer"
TOTAL: Final = "total of several transfers"
ANNOUNCED: Final = "announced, not yet made"


def lane(party: pd.Series) -> pd.Series:
    """Return whose account a row is: Armenian, Azerbaijani or other; authorities and civil society share a lane."""
    return party.map(_LANES).fillna(OTHER).astype("str")


def accounts(handovers: pd.DataFrame) -> pd.DataFrame:
    """Return one row an account of a handover, as printed.

    Returns
    -------
    DataFrame
        `handed_over_on` with its first and last day and precision, `lane`, `kind` (a transfer, a total of several
        transfers, or an announcement of one to come), `districts`, `mines` (antipersonnel and anti-tank together),
        `forms` (both missing where not reported), `context`, `originator`, `party`, `row_id`, `source_id`.
    """
    notes = handovers["notes"].fillna("")
    kind = pd.Series(TRANSFER, index=handovers.index, dtype="str")
    kind = kind.mask(notes.str.contains(_ANNOUNCEMENT, regex=False), ANNOUNCED)
    kind = kind.mask(notes.str.contains(_AGGREGATE, regex=False), TOTAL)
    table = handovers.assign(lane=lane(handovers["party"]), kind=kind)
    table = table.rename(columns={"mines_recorded": "mines", "forms_or_maps": "forms"})
    columns = [
        "handed_over_on", "handed_over_on_first", "handed_over_on_last", "handed_over_on_precision", "lane", "kind",
        "districts", "mines", "forms", "context", "originator", "party", "row_id", "source_id",
    ]  # fmt: skip
    return table[columns].reset_index(drop=True)


def side_by_side(handovers: pd.DataFrame) -> pd.DataFrame:
    """Return one row a printed date and kind, with what each side's accounts say in a column of its own.

    Dates are not matched with each other: 29 November 2021 (Armenian list) and 4 December 2021 (Azerbaijani
    announcement) stay two rows, since no page says how many transfers lie behind them.

    Returns
    -------
    DataFrame
        `handed_over_on`, `kind`, one column a side with the districts, mines and forms stated or 'stated, no number'
        (missing where that side gives no such date), `pages` (how many pages), `row_ids`.
    """
    table = accounts(handovers)
    rows = []
    for (_, printed, kind), group in table.groupby(["handed_over_on_last", "handed_over_on", "kind"], sort=True):
        row: dict[str, object] = {"handed_over_on": printed, "kind": kind}
        for side in (ARMENIAN, AZERBAIJANI, OTHER):
            row[side] = _said(group[group["lane"] == side])
        rows.append(row | {"pages": group["source_id"].nunique(), "row_ids": ", ".join(sorted(group["row_id"]))})
    return pd.DataFrame(rows, columns=["handed_over_on", "kind", ARMENIAN, AZERBAIJANI, OTHER, "pages", "row_ids"])


def dates_named(table: pd.DataFrame) -> tuple[int, int]:
    """Return for how many dates of transfers both sides' accounts name the date, and how many dates there are.

    A printed month or year that holds another printed date of a transfer is not a date of its own: it may mean that
    one. Totals and announcements are no dates of transfers.

    Parameters
    ----------
    table
        Table of :func:`side_by_side`.
    """
    transfers = table[~table["kind"].isin([TOTAL, ANNOUNCED])]
    printed = list(transfers["handed_over_on"])
    own = [not any(other.startswith(f"{date}-") for other in printed) for date in printed]
    counted = transfers[own]
    return int((counted[ARMENIAN].notna() & counted[AZERBAIJANI].notna()).sum()), len(counted)


def mines_announced(handovers: pd.DataFrame) -> pd.DataFrame:
    """Return the mines stated for single transfers, each date and set of districts once however many pages print it.

    Raises
    ------
    InsufficientEvidence
        If no transfer has a number of mines, or two pages print different numbers for one transfer.
    """
    table = accounts(handovers)
    stated = table[(table["kind"] == TRANSFER) & table["mines"].notna()]
    if stated.empty:
        raise InsufficientEvidence(
            "no single transfer in the selection states a number of mines, so nothing can be added"
        )
    by_transfer = stated.groupby(["handed_over_on", "districts"], sort=True)
    counted = by_transfer["mines"].agg(["min", "max"])
    if not (counted["min"] == counted["max"]).all():
        where = ", ".join(str(date) for date, _ in counted.index[counted["min"] != counted["max"]])
        raise InsufficientEvidence(
            f"pages disagree on the mines of the transfer of {where}; correct or exclude a row first"
        )
    pages = by_transfer["source_id"].agg(lambda ids: ", ".join(sorted(ids)))
    return counted["min"].rename("mines").to_frame().assign(sources=pages).reset_index()


def forms_stated(handovers: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of forms stated, totals and single transfers apart; the two kinds are never added up."""
    table = accounts(handovers)
    stated = table[table["forms"].notna()]
    columns = ["handed_over_on", "kind", "lane", "forms", "originator", "row_id", "source_id"]
    return stated[columns].reset_index(drop=True)


def _said(group: pd.DataFrame) -> object:
    """Return what the accounts say together, as one text; missing where there is none."""
    if group.empty:
        return pd.NA
    parts: list[str] = []
    for column, words in (("districts", "{}"), ("mines", "{:,} mines"), ("forms", "{:,} forms")):
        values = group[column].dropna().unique()
        parts += [words.format(value) for value in sorted(values)]
    return "; ".join(parts) if parts else "stated, no number"
