"""Candidates for printed slips, listed and never silently repaired: corrections stand in the evidence."""

from __future__ import annotations

from typing import Final

import pandas as pd

_NEIGHBOURS: Final = 2  # on either side
_NEIGHBOUR_DAYS: Final = {"week": 60, "month": 190}  # days between the starts of a period and of a neighbour, at most
_FEWEST: Final = 3  # fewer neighbours cannot say which of them is odd
_FACTOR: Final = 5.0
_DEVICES: Final = ("ap_mines", "at_mines", "uxo")


def find_slips(printed: pd.DataFrame, used: pd.DataFrame) -> pd.DataFrame:
    """Return what looks like a slip in the printed clearance figures, with what the evidence tables did about it.

    Parameters
    ----------
    printed
        clearance_period as printed.
    used
        clearance_period with exclusions and corrections applied.

    Returns
    -------
    DataFrame
        `rule`, `row_ids`, `period`, `found`, `handled` ('corrected', 'excluded', 'alternative not used', 'kept').
    """
    recent = printed[printed["period_end_last"] >= pd.Timestamp(2020, 11, 10)]
    rows = [
        *_nothing(recent),
        *_tenfold(recent),
        *_repeated_areas(recent),
        *_repeated_devices(recent),
        *_falling_devices(recent),
        *_renderings(recent),
        *_totals(recent),
    ]
    found = pd.DataFrame(rows, columns=["rule", "row_ids", "period", "found"])
    found["handled"] = [_handled(ids, printed, used) for ids in found["row_ids"]]
    found["row_ids"] = found["row_ids"].map(", ".join)
    return found.sort_values(["rule", "row_ids"]).reset_index(drop=True)


def _nothing(rows: pd.DataFrame) -> list[dict[str, object]]:
    """Areas printed as 0: a slip, or a period without work."""
    own = rows[rows["area_ha"].eq(0).fillna(False).astype(bool)]
    return [_row("an area of 0 is printed", [row["row_id"]], row, "0 ha") for _, row in own.iterrows()]


def _tenfold(rows: pd.DataFrame) -> list[dict[str, object]]:
    """Weeks, and months, far from the median of their neighbours of the same operator label."""
    found = []
    own = rows[rows["period_kind"].isin(_NEIGHBOUR_DAYS) & (rows["area_ha"] > 0)]
    for (kind, _, _), group in own.groupby(["period_kind", "geography", "operator"]):
        ordered = group.sort_values(["period_start_first", "row_id"])
        for position, (_, row) in enumerate(ordered.iterrows()):
            around = ordered.iloc[max(0, position - _NEIGHBOURS) : position + _NEIGHBOURS + 1].drop(row.name)
            gap = (around["period_start_first"] - row["period_start_first"]).abs()
            near = around.loc[
                (gap > pd.Timedelta(0)) & (gap <= pd.Timedelta(days=_NEIGHBOUR_DAYS[str(kind)])), "area_ha"
            ]
            if len(near) < _FEWEST:
                continue
            median = near.median()
            ratio = float(row["area_ha"] / median)
            if not 1 / _FACTOR < ratio < _FACTOR:
                times = f"{ratio:.3g} times the median of the {kind}s around it ({median:,.4g} ha)"
                text = f"{row['area_ha']:,.6g} ha, {times}"
                found.append(_row(f"far from the {kind}s around it", [row["row_id"]], row, text))
    return found


def _repeated_areas(rows: pd.DataFrame) -> list[dict[str, object]]:
    """The same area for two different months or weeks of the same operator label."""
    own = rows[rows["period_kind"].isin(["month", "week"]) & rows["area_ha"].notna() & _main(rows)]
    found = []
    for (_, kind, area), group in own.groupby(["operator", "period_kind", "area_ha"]):
        ordered = group.sort_values(["period_start_first", "row_id"])
        if len(ordered.drop_duplicates("period_start_first")) > 1:
            text = f"{area:,.6g} ha for {len(ordered)} different {kind}s"
            found.append(_row("same area for different periods", list(ordered["row_id"]), ordered.iloc[-1], text))
    return found


def _repeated_devices(rows: pd.DataFrame) -> list[dict[str, object]]:
    """The same three device counts for different weeks."""
    own = rows[(rows["period_kind"] == "week") & rows[list(_DEVICES)].notna().all(axis=1)]
    own = own[own[list(_DEVICES)].sum(axis=1) >= 100]  # small counts repeat by chance
    found = []
    for counts, group in own.groupby(list(_DEVICES)):
        ordered = group.sort_values(["period_start_first", "row_id"])
        if len(ordered.drop_duplicates("period_start_first")) > 1:
            text = "antipersonnel, antitank, ordnance {:,}, {:,}, {:,} for different weeks".format(*counts)
            found.append(_row("same devices for different weeks", list(ordered["row_id"]), ordered.iloc[-1], text))
    return found


def _falling_devices(rows: pd.DataFrame) -> list[dict[str, object]]:
    """Exact running totals of devices below an earlier one of the same operator label, each against the highest."""
    found = []
    own = rows[(rows["period_kind"] == "cumulative") & (rows["comparator"] == "=") & _main(rows)]
    for _, group in own.groupby(["geography", "operator"]):
        ordered = group.sort_values(["period_end_first", "row_id"])
        for column in (*_DEVICES, "all_devices"):
            printed = ordered[ordered[column].notna()]
            for position in range(1, len(printed)):
                row, earlier = printed.iloc[position], printed.iloc[:position]
                highest = earlier.iloc[int(earlier[column].to_numpy(dtype="int64").argmax())]
                if row[column] < highest[column]:
                    text = f"{column} {row[column]:,}, by {highest['period_end']} {highest[column]:,}"
                    found.append(_row("running total of devices falls", [highest["row_id"], row["row_id"]], row, text))
    return found


def _renderings(rows: pd.DataFrame) -> list[dict[str, object]]:
    """Renderings of one period that differ by more than rounding, or have two columns swapped."""
    found = []
    keys = ["period_start", "period_end", "period_kind", "geography", "method"]
    main = rows[_main(rows)]
    for _, other in rows[~_main(rows)].iterrows():
        same = main[(main[keys] == other[keys]).all(axis=1)]
        # The note of an alternative names the page it is another rendering of.
        named = same[[source_id in str(other["notes"]) for source_id in same["source_id"]]]
        for _, first in (named if len(named) else same[same["operator"] == other["operator"]]).iterrows():
            text = _difference(first, other)
            if text:
                rule = "columns swapped between renderings" if "swapped" in text else "renderings differ"
                found.append(_row(rule, [first["row_id"], other["row_id"]], first, text))
    return found


def _difference(first: pd.Series, second: pd.Series) -> str:
    parts = []
    one, two = first["area_ha"], second["area_ha"]
    exact = first["comparator"] == second["comparator"] == "="
    if exact and pd.notna(one) and pd.notna(two) and abs(one - two) > 1.0:
        parts.append(f"area {one:,.6g} or {two:,.6g} ha")
    if pd.notna(first[["ap_mines", "at_mines"]]).all() and pd.notna(second[["ap_mines", "at_mines"]]).all():
        swapped = first["ap_mines"] == second["at_mines"] and first["at_mines"] == second["ap_mines"]
        if swapped and first["ap_mines"] != first["at_mines"]:
            return "antipersonnel and antitank swapped"
    parts.extend(
        f"{column} {first[column]:,} or {second[column]:,}"
        for column in _DEVICES
        if pd.notna(first[column]) and pd.notna(second[column]) and first[column] != second[column]
    )
    return "; ".join(parts)


def _totals(rows: pd.DataFrame) -> list[dict[str, object]]:
    """A total of devices that is not the sum of its printed parts."""
    own = rows[rows[[*_DEVICES, "all_devices"]].notna().all(axis=1) & (rows["comparator"] == "=")]
    own = own.assign(parts=own[list(_DEVICES)].sum(axis=1))
    return [
        _row("parts do not add up", [row["row_id"]], row, f"parts {row['parts']:,}, total {row['all_devices']:,}")
        for _, row in own[own["parts"] != own["all_devices"]].iterrows()
    ]


def _main(rows: pd.DataFrame) -> pd.Series:
    return ~rows["alternative"].fillna(False).astype(bool)


def _row(rule: str, ids: list[str], row: pd.Series, text: str) -> dict[str, object]:
    return {
        "rule": rule,
        "row_ids": tuple(ids),
        "period": f"{row['period_start']} to {row['period_end']}",
        "found": text,
    }


def _handled(ids: tuple[str, ...], printed: pd.DataFrame, used: pd.DataFrame) -> str:
    """Say what the exclusions and corrections, or the flag of alternatives, did with the rows of a finding."""
    states = []
    for row_id in ids:
        after = used[used["row_id"] == row_id]
        if after.empty:
            states.append("excluded")
        elif not _same(printed[printed["row_id"] == row_id].iloc[0], after.iloc[0]):
            states.append("corrected")
        elif bool(after["alternative"].iloc[0]):
            states.append("alternative not used")
    return ", ".join(dict.fromkeys(states)) or "kept"


def _same(before: pd.Series, after: pd.Series) -> bool:
    columns = ["period_start", "period_end", "operator", "area_ha", *_DEVICES, "all_devices"]
    pairs = ((before[column], after[column]) for column in columns)
    return all(
        (pd.isna(one) and pd.isna(two)) or (pd.notna(one) and pd.notna(two) and one == two) for one, two in pairs
    )
