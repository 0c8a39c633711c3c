"""Tables and sentences of the study as the notebook prints them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.contamination.clearance_record import months_below_part
from analysis.contamination.coverage import ALL, ANAMA
from analysis.contamination.devices import LABELS
from analysis.contamination.reconcile import CONDITIONS, reconciling_values
from analysis.contamination.results import ContaminationStudy
from analysis.contamination.slips import find_slips
from analysis.contamination.stated import REGAINED
from analysis.evidence import Evidence


def whose_figures(study: ContaminationStudy) -> str:
    """Return the sentence that says what share of the rows comes from one party's authorities."""
    first = study.parties.iloc[0]
    rest = study.parties["rows"].sum() - first["rows"]
    unspecified = study.methods["share"].get("unspecified", 0.0)
    return (
        f"{100 * first['share']:.1f} % of the {int(study.parties['rows'].sum())} rows are figures of"
        f" {study.parties.index[0]}; without them {int(rest)} rows remain. {100 * unspecified:.0f} % of the rows"
        " with an area do not say what was done to the land."
    )


def stated_over_time(study: ContaminationStudy) -> pd.DataFrame:
    """Return stated areas of the regained districts and stated numbers of mines, in time order, with who said it."""
    areas = study.areas[study.areas["series"] == REGAINED].assign(quantity="area, ha")
    mines = study.mines.assign(quantity=study.mines["scope"])
    both = pd.concat([areas, mines]).sort_values(["quantity", "as_of_first", "row_id"])
    both = both.assign(who=both["originator"].map(lambda name: study.labels.get(name, name)))
    return both[["quantity", "series", "category", "as_of", "comparator", "value", "who", "row_id"]].reset_index(
        drop=True
    )


def years_by_group(study: ContaminationStudy) -> pd.DataFrame:
    """Return the years of every group: printed year, printed months, and the range all figures allow."""
    columns = ["printed_ha", "months_printed", "months_sum_ha", "inferred_ha", "share_in_months", "rest_ha"]
    columns += ["low_ha", "high_ha"]
    tables = [record.years.assign(group=group) for group, record in study.records.items()]
    years = pd.concat(tables, ignore_index=True)
    return years.assign(year=years["year"].astype(str))[["group", "year", *columns]]


def months_by_status(study: ContaminationStudy) -> pd.DataFrame:
    """Return each month with its status for all operators and for ANAMA only, areas in ha."""
    columns = ["status", "year_inferred", "comparator", "printed_ha", "low_ha", "high_ha"]
    tables = [
        study.records[group].months.set_index("month")[columns].add_suffix(f", {group}")
        for group in (ALL, ANAMA)
        if group in study.records
    ]
    joined = pd.concat(tables, axis=1).reset_index()
    return joined.assign(month=joined["month"].dt.strftime("%Y-%m"))


def coverage_table(study: ContaminationStudy) -> pd.DataFrame:
    """Return the months that tell whose work monthly figures count; one row with the reason if they cannot."""
    if study.coverage is None:
        return pd.DataFrame({"coverage": [str(study.not_estimable["coverage of monthly figures"])]})
    frame = study.coverage.ratios
    return frame.assign(month=frame["month"].dt.strftime("%Y-%m"))


def contradictions(study: ContaminationStudy) -> pd.DataFrame:
    """Return the figures that cannot hold together with more trusted ones, nor with the record they stand beside.

    Figures of ANAMA only are lower bounds of all operators; those above what is left for all operators are listed.

    `gap_ha` is how far what the other figures allow lies above (or, negative, below) the figure.
    """
    columns = ["row_id", "start", "end", "comparator", "area_ha", "gap_ha"]
    tables = [
        record.contradicted[columns].assign(group=group, finding="does not fit more trusted figures of the group")
        for group, record in study.records.items()
    ]
    whole = study.records[ALL]
    above = whole.parts[whole.parts["gap_ha"] != 0]
    tables.append(above[columns].assign(group=ALL, finding="ANAMA only is above what is left for all operators"))
    apart = study.aside[study.aside["gap_ha"] != 0]
    tables.append(
        apart[columns].assign(group=apart["compared_with"], finding="set aside, and outside what the record allows")
    )
    if ALL in study.records and ANAMA in study.records:
        below = months_below_part(study.records[ALL], study.records[ANAMA])
        tables.append(
            pd.DataFrame(
                {
                    "group": ALL,
                    "finding": "the month of ANAMA only is above what is left for all operators",
                    "start": below["month"],
                    "end": below["month"] + pd.offsets.MonthBegin(1),
                    "area_ha": below["part_ha"],
                    "gap_ha": below["whole_ha"] - below["part_ha"],
                }
            )
        )
    filled = [table for table in tables if len(table)]
    if not filled:
        return pd.DataFrame({"finding": ["no figure contradicts another"]})
    return pd.concat(filled, ignore_index=True)[["group", "finding", *columns]]


def set_aside(study: ContaminationStudy) -> pd.DataFrame:
    """Return the areas in no record beside what the record of the group allows for the same days, last day included."""
    if study.aside.empty:
        return pd.DataFrame({"set aside": ["no area is set aside"]})
    return study.aside.assign(end=study.aside["end"] - pd.Timedelta(days=1)).drop(columns="source_id")


def times_elsewhere(study: ContaminationStudy) -> pd.DataFrame:
    """Return stated times for another area or another task, which are compared with nothing here."""
    return study.elsewhere.drop(columns="source_id")


def slips(evidence: Evidence) -> pd.DataFrame:
    """Return the candidates for printed slips of clearance figures."""
    return find_slips(evidence.printed("clearance_period"), evidence.table("clearance_period"))


def densities(study: ContaminationStudy) -> pd.DataFrame:
    """Return devices per hectare by span and kind, with the conditional interval."""
    if study.by_year.empty:
        return pd.DataFrame({"density": [str(study.not_estimable["devices per hectare by year"])]})
    frame = study.by_year.assign(kind=study.by_year["kind"].map(LABELS))
    columns = ["span", "kind", "devices", "area_low_ha", "area_high_ha", "per_ha", "months", "dispersion"]
    return frame[[*columns, "if_random_low", "if_random_high"]].replace({np.inf: np.nan})


def needed_by_pair(study: ContaminationStudy) -> pd.DataFrame:
    """Return the ratio needed for each stated total and area, by meaning of the total, reading, and how it holds."""
    columns = ["scope", "meaning", "stated_total", "comparator", "statements", "stated_area_ha", "reading"]
    return study.needed[[*columns, "per_ha_needed_low", "per_ha_needed_high", "holds", "ratio_low", "ratio_high"]]


def conditions() -> str:
    """Return what can reconcile a needed density above the one found, by the name of its columns."""
    return "A ratio above 1 can hold only if one of these, or several in part:\n" + "\n".join(
        f"- {name}: {condition};" for name, condition in CONDITIONS.items()
    )


def reconciled(study: ContaminationStudy) -> pd.DataFrame:
    """Return the value each reconciling condition must take, for the largest stated area."""
    return reconciling_values(study.needed)
