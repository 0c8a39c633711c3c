"""What is odd about the printed running totals, as a table: nothing is mended in silence and nothing stops the run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from analysis.casualties.printed import possibly_stale, read_parts

_RULES: Final = {
    "civilians_only": "counts civilians only; never read as a total",
    "does_not_add_up": "total differs from killed plus injured as printed",
    "below_parts": "total is below the sum of its own parts",
    "possibly_stale": "repeats an earlier total although a higher one had been printed",
    "falls": "total is below an earlier one of the same originator",
    "two_totals": "originator printed two totals for this date",
    "no_day": "dated by month or year; read as bounds at its ends",
    "inexact": "stated as more than, fewer than or about",
}


def reading_findings(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one line for each rule a row meets, in order of rule, date and row.

    Parameters
    ----------
    rows
        Running totals of one scope.

    Returns
    -------
    DataFrame
        rule, row_id, originator, as_of, total (printed, or killed plus injured), detail (in words).
    """
    parts = read_parts(rows)
    parts["sum"] = parts["killed"] + parts["injured"]
    parts["any_total"] = parts["total"].fillna(parts["sum"])
    parts = parts.sort_values(["as_of_last", "as_of_first", "row_id"], kind="stable")
    pieces = [
        parts.loc[found.astype(bool), ["row_id", "originator", "as_of", "any_total"]].assign(
            rule=_RULES[name], detail=detail[found.astype(bool)]
        )
        for name, found, detail in _checks(parts)
    ]
    table = pd.concat(pieces, ignore_index=True).rename(columns={"any_total": "total"})
    return table[["rule", "row_id", "originator", "as_of", "total", "detail"]]


def findings_by_rule(findings: pd.DataFrame) -> pd.DataFrame:
    """Return each rule with the number of rows and their names."""
    grouped = findings.groupby("rule", sort=True)["row_id"]
    return pd.DataFrame({"rows": grouped.size(), "row_ids": grouped.agg(", ".join)}).reset_index()


def _checks(parts: pd.DataFrame) -> Iterator[tuple[str, pd.Series[bool], pd.Series[str]]]:
    """Yield, for each rule, which rows meet it and the detail to print."""
    blank = pd.Series("", index=parts.index)
    yield "civilians_only", parts["civilians_only"], blank
    wrong = (parts["adds_up"] == False).fillna(False)  # noqa: E712 - three-valued: missing is not wrong
    yield "does_not_add_up", wrong, "killed plus injured is " + parts["sum"].astype("str")
    yield "below_parts", (parts["total"] < parts["sum"]).fillna(False), "parts add to " + parts["sum"].astype("str")
    yield "possibly_stale", possibly_stale(parts), blank
    exact = (parts["comparator"] == "=") & parts["any_total"].notna() & (parts["as_of_precision"] == "day")
    shown = parts["any_total"].where(exact)
    highest = shown.groupby(parts["originator"]).cummax()
    before = highest.groupby(parts["originator"]).shift()
    yield "falls", (shown < before).fillna(False), "highest before it is " + before.astype("str")
    different = shown.groupby([parts["originator"], parts["as_of_last"]]).transform("nunique")
    known = parts["originator"] != "unknown"
    yield "two_totals", ((different > 1) & shown.notna() & known).fillna(False), different.astype("str") + " totals"
    yield "no_day", parts["as_of_precision"] != "day", blank
    yield "inexact", parts["comparator"] != "=", "printed with " + parts["comparator"].astype("str")
