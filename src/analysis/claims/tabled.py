"""Statements of the tables of map assessments and of contamination, in the form of rows of the claims table.

A row of these tables is a figure on a page, as a row of the claims table is; in that form both are read by one rule.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.evidence import Evidence

AREA: Final = "hazardous_area"
"""The quantity of a stated area; its category follows, as in ``hazardous_area_total``."""

_SHARES_OF_RECORDS: Final = ("accuracy_share", "usefulness_share", "coverage_share", "outside_mapped_share")
_OUTSIDE_LINE: Final = "outside_line_of_contact"
# A definition begins with what its figure is: 'per cent; ...', 'per cent of ...', 'count; ...' or 'no figure; ...'.
_KIND: Final = r"^(per cent|count)\b"
_UNIT_OF_KIND: Final = {"per cent": "per cent", "count": "mines"}
# Places of mines that name a quantity of their own.
_MINES_BY_PLACE: Final = {
    "recorded_minefields": "mines_on_maps",
    "peacekeeper_zone": "mines_laid_in_peacekeeper_zone",
}
_COMMON: Final = [
    *("source_id", "as_of", "as_of_first", "as_of_last", "comparator", "geography", "originator", "party", "notes")
]
_KINDS_OF_AREA: Final = {
    "total": "Hazardous area",
    "confirmed_hazardous": "Confirmed hazardous area",
    "suspected_hazardous": "Suspected hazardous area",
    "high": "Area of high contamination",
    "medium": "Area of medium contamination",
    "medium_and_low": "Area of medium and low contamination",
    "unknown": "Area, its kind not named",
}


def tabled_statements(evidence: Evidence) -> pd.DataFrame:
    """Return what the two tables state about Azerbaijan, its records and its neighbours, as rows of the claims table.

    Benchmarks of other countries are left out, and so is a share of the records that was derived from two figures of
    one page: the page does not print it. Counts outside the former line are statements of counts, not of their share.

    Returns
    -------
    DataFrame
        The columns of the claims table, those that the two tables lack missing. `claim_id` is the row of the table; a
        row with an area and a number of mines gives two statements, named by what they are.
    """
    claims = evidence.table("claims")
    parts = [_assessed(evidence), _areas(evidence), _mines(evidence)]
    together = pd.concat(parts, ignore_index=True)
    return together.reindex(columns=claims.columns).astype(claims.dtypes.drop("line").to_dict())


def _assessed(evidence: Evidence) -> pd.DataFrame:
    table = evidence.table("map_assessment")
    table = table[~table["definition"].str.startswith("BENCHMARK")].rename(columns={"row_id": "claim_id"})
    columns = [*_COMMON, "claim_id", "quantity", "value", "unit", "statement", "attributed_to"]
    kind = table["definition"].str.extract(_KIND, expand=False)
    words = _in_words(table["definition"])
    where = ", " + _place(table["geography"].str.removeprefix("azerbaijan_"))
    words += where.where(table["quantity"] == "mines_on_maps", "")
    table = table.assign(unit=kind.map(_UNIT_OF_KIND), statement=words)

    derived = table["numerator"].notna()
    on_records = table["quantity"].isin([*_SHARES_OF_RECORDS, "mines_on_maps"]) & ~derived
    counted = table[(table["quantity"] == _OUTSIDE_LINE) & derived]
    of_casualties = ~counted["definition"].str.contains("INCIDENTS")
    counts = counted.assign(
        value=counted["numerator"],
        quantity=of_casualties.map(
            {True: "victims_outside_former_line_of_contact", False: "incidents_outside_former_line_of_contact"}
        ),
        unit=of_casualties.map({True: "people", False: "incidents"}),
    )
    shares = table[(table["quantity"] == _OUTSIDE_LINE) & ~derived & table["value"].notna()]
    shares = shares.assign(quantity="incident_share_outside_former_line_of_contact")
    return pd.concat([table[on_records], counts, shares])[columns]


def _areas(evidence: Evidence) -> pd.DataFrame:
    table = _estimates(evidence)
    stated = table[table["area_ha"].notna() | table["area_ha_low"].notna()]
    return _of_estimates(
        stated,
        "area_ha",
        quantity=AREA + "_" + stated["category"],
        unit="ha",
        statement=_kind_of_area(stated["category"]) + ", " + _place(stated["geography"]),
        also=stated["mines"].notna() | stated["mines_low"].notna(),
    )


def _mines(evidence: Evidence) -> pd.DataFrame:
    table = _estimates(evidence)
    stated = table[table["mines"].notna() | table["mines_low"].notna()]
    quantity = stated["geography"].map(_MINES_BY_PLACE).fillna("mines_laid_estimate")
    on_records = quantity == "mines_on_maps"
    return _of_estimates(
        stated.assign(geography=stated["geography"].mask(on_records, "regained_districts")),
        "mines",
        quantity=quantity,
        unit="mines",
        statement="Number of mines, " + _place(stated["geography"]),
        also=stated["area_ha"].notna() | stated["area_ha_low"].notna(),
    )


def _estimates(evidence: Evidence) -> pd.DataFrame:
    names = evidence.table("originators").set_index("originator_id")["name"]
    table = evidence.table("contamination_estimate").rename(columns={"row_id": "claim_id"})
    return table.assign(attributed_to=table["originator"].map(names).fillna(table["originator"]))


def _of_estimates(
    stated: pd.DataFrame, column: str, *, quantity: pd.Series, unit: str, statement: pd.Series, also: pd.Series
) -> pd.DataFrame:
    """Return the figures in a column as statements; `also` says which rows state another figure too."""
    both = stated["claim_id"] + f" {'mines' if column == 'mines' else 'area'}"
    return stated[[*_COMMON, "attributed_to"]].assign(
        claim_id=stated["claim_id"].mask(also, both),
        quantity=quantity,
        value=stated[column].astype("Float64"),
        value_low=stated[f"{column}_low"].astype("Float64"),
        value_high=stated[f"{column}_high"].astype("Float64"),
        unit=unit,
        statement=statement,
    )


def _in_words(definitions: pd.Series) -> pd.Series:
    """Return definitions as statements: without the kind of figure, with the words of this repository."""
    words = definitions.str.replace(r"^(?:per cent|count|no figure);\s*", "", regex=True)
    words = words.str.replace("per cent of ", "").str.replace("mine INCIDENTS", "accidents")
    words = words.str.replace(r"(?:mine )?VICTIMS", "casualties", regex=True).str.replace("DEATHS", "deaths")
    return words.str[:1].str.upper() + words.str[1:]


def _place(names: pd.Series) -> pd.Series:
    """Return the places as they are written: 'Azerbaijan excluding Nagorno-Karabakh', 'regained districts'."""
    words = _words(names)
    for name in ("azerbaijan", "armenia", "nagorno karabakh"):
        words = words.str.replace(name, name.title().replace(" ", "-"))
    return words


def _kind_of_area(categories: pd.Series) -> pd.Series:
    """Return what an area is of, as it is written; a category without words of its own keeps its name."""
    return categories.map(_KINDS_OF_AREA).fillna(_words(categories).str.capitalize())


def _words(names: pd.Series) -> pd.Series:
    return names.str.replace("_", " ")
