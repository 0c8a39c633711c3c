"""Casualties and people present, as pairs of counts: no risk per person, because they are not the same people."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from analysis.casualties.annual import NOT_PUBLISHED
from analysis.casualties.running_totals import span_on
from analysis.casualties.study import CasualtyTrends
from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence

NOT_THE_SAME: Final = "numerator and denominator are not the same people"

PRESENT: Final = {
    "returned": "resettled persons",
    "present": "all people present, workers included",
}
_QUANTITIES: Final = {"returned_idps": "returned", "population_present": "present"}
_WORDS: Final = {"=": "", ">": "more than ", ">=": "at least ", "<": "fewer than ", "<=": "at most ", "~": "about "}
_DAY: Final = pd.Timedelta(days=1)
_OPERATORS: Final = {"anama": "anama", "halo_trust": "halo_trust", "chde": "chde"}
"""Operators of the clearance tables whose own count of casualties is published under the same name."""


def groups_by_year(evidence: Evidence, study: CasualtyTrends) -> pd.DataFrame:
    """Return what the running totals gained in each whole year by group, as ranges in words.

    Returns
    -------
    DataFrame
        year, not_military_low, not_military_high, military_low, military_high (ranges of equally good readings over
        the turns of the year), deminers (count of the whole year by any body, or 'no counterpart published'). Deminers
        are among those who are not military and cannot be taken out where nobody counts them.

    Raises
    ------
    InsufficientEvidence
        If the total is not split into civilians and military.
    """
    if isinstance(study.civilians, InsufficientEvidence):
        raise study.civilians
    path = study.civilians.path
    first, last = path["date"].iloc[0].year + 1, path["date"].iloc[-1].year - 1
    deminers = _deminers_by_year(evidence)
    rows = []
    for year in range(first, last + 1):
        row: dict[str, object] = {"year": year}
        for group, name in (("civilian", "not_military"), ("military", "military")):
            before = span_on(path, pd.Timestamp(year=year - 1, month=12, day=31), group)
            after = span_on(path, pd.Timestamp(year=year, month=12, day=31), group)
            row[f"{name}_low"], row[f"{name}_high"] = max(after[0] - before[1], 0), after[1] - before[0]
        row["deminers"] = deminers.get(year, NOT_PUBLISHED)
        rows.append(row)
    return pd.DataFrame(rows)


def people_stated(evidence: Evidence) -> pd.DataFrame:
    """Return printed numbers of resettled persons and of all people present in the regained districts.

    Returns
    -------
    DataFrame
        date (last possible day), who (a key of :data:`PRESENT`), persons, comparator, words (as stated), originator,
        source_id, in order of date; one line a date, kind and number. Numbers of single places, plans and flows are
        left out.
    """
    claims = evidence.table("claims")
    said = claims[
        claims["quantity"].isin(list(_QUANTITIES))
        & (claims["geography"] == "regained_districts")
        & claims["value"].notna()
    ]
    listed = evidence.table("returns")
    whole = listed[(listed["place"] == "all") & listed["persons"].notna()]
    both = pd.concat(
        [
            pd.DataFrame(
                {
                    "date": said["as_of_last"],
                    "who": said["quantity"].map(_QUANTITIES),
                    "persons": said["value"].astype("int64"),
                    "comparator": said["comparator"],
                    "words": said["comparator"].map(_WORDS) + said["value"].map("{:,.0f}".format),
                    "originator": said["originator"],
                    "source_id": said["source_id"],
                }
            ),
            pd.DataFrame(
                {
                    "date": whole["as_of_last"],
                    "who": "returned",
                    "persons": whole["persons"].astype("int64"),
                    "comparator": "=",
                    "words": whole["persons"].map("{:,.0f}".format),
                    "originator": whole["originator"],
                    "source_id": whole["source_id"],
                }
            ),
        ]
    )
    ordered = both.sort_values(["date", "who", "persons", "source_id"])
    return ordered.drop_duplicates(["date", "who", "persons"]).reset_index(drop=True)


def pairs(groups: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Return for each year casualties who were not military beside the people stated for a day of the year.

    Returns
    -------
    DataFrame
        year, casualties (not military, in words), people (of whom), persons (every number stated in the year, in words,
        or 'no counterpart published'), range_per_1000 (least casualties over most people to most over least, in words,
        over numbers stated as such; of "fewer than" alone "more than" without an upper end), note
        (:data:`NOT_THE_SAME`).
    """
    rows = []
    for group in groups.to_dict("records"):
        low, high = int(group["not_military_low"]), int(group["not_military_high"])
        for who, name in PRESENT.items():
            here = people[(people["who"] == who) & (people["date"].dt.year == group["year"])]
            row = {"year": group["year"], "casualties": _range(low, high), "people": name}
            if here.empty:
                rows.append(row | {"persons": NOT_PUBLISHED, "range_per_1000": "", "note": ""})
                continue
            span = _per_1000(low, high, here)
            words = "; ".join(dict.fromkeys(here["words"]))
            rows.append(row | {"persons": words, "range_per_1000": span, "note": NOT_THE_SAME})
    return pd.DataFrame(rows, columns=["year", "casualties", "people", "persons", "range_per_1000", "note"])


def deminers_per_area(evidence: Evidence) -> pd.DataFrame:
    """Return deminers hurt per 1,000 ha where one operator publishes both for one period, else why not, row by row.

    Returns
    -------
    DataFrame
        period_start, period_end, counted_by, deminers, area_ha (missing where refused), per_1000_ha, why_not, row_id.
    """
    table = evidence.table("casualties_period")
    rows = table[table["deminers"].notna()]
    clearance = evidence.table("clearance_period")
    lines = [_per_area(row, clearance) for row in rows.to_dict("records")]
    columns = ["period_start", "period_end", "counted_by", "deminers", "area_ha", "per_1000_ha", "why_not", "row_id"]
    return pd.DataFrame(lines, columns=columns)


def _per_1000(low: int, high: int, people: pd.DataFrame) -> str:
    """Return the range of casualties per 1,000 people, over numbers stated as such; open where only bounds are stated.

    A bound beside numbers changes nothing; of bounds alone only one end follows, and of bounds on both sides none here.
    """
    stated = people[~people["comparator"].isin(["<", "<=", ">", ">="])]
    if stated.empty:
        return _per_1000_of_bounds(low, high, people)
    ordered = stated.sort_values(["persons", "comparator"])
    least, most = ordered.iloc[0], ordered.iloc[-1]
    lower, upper = f"{1000 * low / most['persons']:.2g}", f"{1000 * high / least['persons']:.2g}"
    before = ["about " if low and most["comparator"] == "~" else "", "about " if least["comparator"] == "~" else ""]
    ends = [before[0] + lower, before[1] + upper]
    return ends[1] if lower == upper else " to ".join(ends)


def _per_1000_of_bounds(low: int, high: int, people: pd.DataFrame) -> str:
    under = people["comparator"].isin(["<", "<="])
    if under.all():
        strict = people["comparator"].eq("<").all()
        return f"{'more than' if strict else 'at least'} {1000 * low / people['persons'].min():.2g}" if low else "open"
    if (~under).all():
        strict = people["comparator"].eq(">").all()
        return f"{'less than' if strict else 'at most'} {1000 * high / people['persons'].max():.2g}"
    return "open"


def _per_area(row: Mapping[Hashable, Any], clearance: pd.DataFrame) -> dict[str, object]:
    line = {
        "period_start": row["period_start"],
        "period_end": row["period_end"],
        "counted_by": row["originator"],
        "deminers": row["deminers"],
        "row_id": row["row_id"],
    }
    operator = _OPERATORS.get(str(row["originator"]))
    if operator is None:
        return line | {"why_not": f"{row['originator']} is no operator: its count is of all operators' deminers"}
    own = clearance[
        (clearance["operator"] == operator)
        & (clearance["period_start_first"] == row["period_start_first"])
        & (clearance["period_end_last"] == row["period_end_last"])
        & clearance["area_ha"].notna()
    ]
    if own.empty:
        return line | {"why_not": "this operator publishes no area for the same period"}
    area = float(own["area_ha"].iloc[0])
    return line | {"area_ha": area, "per_1000_ha": 1000 * float(str(row["deminers"])) / area, "why_not": ""}


def _deminers_by_year(evidence: Evidence) -> dict[int, str]:
    table = evidence.table("casualties_period")
    whole = (
        table["period_start"].str.endswith("-01-01").fillna(False).astype(bool)
        & table["period_end"].str.endswith("-12-31").fillna(False).astype(bool)
        & (table["period_start_first"].dt.year == table["period_end_last"].dt.year)
        & table["deminers"].notna()
    )
    rows = table[whole].sort_values("row_id")
    texts = {}
    for year, group in rows.groupby(rows["period_start_first"].dt.year, sort=True):
        texts[int(str(year))] = "; ".join(
            f"{row['deminers']} ({row['originator']})" for row in group.to_dict("records")
        )
    return texts


def _range(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
