"""Values and sources of a record as tables that leave the repository, one form for each kind of reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.errors import ReproductionError
from analysis.estimate import Estimate, sorted_union
from analysis.evidence import Evidence, load_evidence
from analysis.evidence.citation import bibtex, citable_pages, web_address
from analysis.record.layout import Layout
from analysis.record.reading import StoredRecord
from analysis.record.serialise import rounded
from analysis.reporting.own_file import check_own_file, write_own_file
from analysis.reporting.spreadsheet import spreadsheet_csv
from analysis.reporting.web_page import web_page

TABLES: Final = ("values", "sources")

_TITLES: Final = {"values": "Values with interval, method and sources", "sources": "Sources of the values"}


def export(record: StoredRecord, table: str, file: Path, layout: Layout, *, data: Path | None = None) -> int:
    """Write a table of the record to `file`, in the form its ending names, and return the number of rows.

    Parameters
    ----------
    record
        The values to export, or those whose sources are.
    table
        'values' or 'sources'. Pages on single accidents are not among the sources, as in the notebooks.
    file
        Ending .csv (for spreadsheets), .html, or, for sources, .bib. A file of this name is replaced.
    layout
        The repository, whose own folders take no exports.
    data
        Evidence folder that describes the sources; None for the repository's.

    Raises
    ------
    ReproductionError
        When the ending is not known, the file would lie among the repository's own, or cannot be written.
    EvidenceError
        When the evidence that describes the sources is faulty.
    """
    forms = _forms(table)
    if file.suffix not in forms:
        raise ReproductionError(f"{file.name}: {table} can be written as {', '.join(forms)}, not as {file.suffix!r}")
    check_own_file(file, layout)
    content, rows = forms[file.suffix](record, "" if data is None else data)
    write_own_file(file, content)
    return rows


_Form = Callable[[StoredRecord, "str | Path"], tuple[str, int]]


def _forms(table: str) -> Mapping[str, _Form]:
    if table == "values":
        return {
            ".csv": lambda record, _: _spreadsheet(values_table(record)),
            ".html": lambda record, _: _page(values_table(record), table),
        }
    return {
        ".csv": lambda record, data: _spreadsheet(sources_table(record, load_evidence(data))),
        ".html": lambda record, data: _page(sources_table(record, load_evidence(data)), table),
        ".bib": lambda record, data: _bibliography(record, load_evidence(data)),
    }


def _spreadsheet(frame: pd.DataFrame) -> tuple[str, int]:
    return spreadsheet_csv(frame), len(frame)


def _page(frame: pd.DataFrame, table: str) -> tuple[str, int]:
    return web_page(frame, title=_TITLES[table]), len(frame)


def _bibliography(record: StoredRecord, evidence: Evidence) -> tuple[str, int]:
    keys = _citable(record, evidence).index
    return bibtex(evidence, map(str, keys)), len(keys)


def values_table(record: StoredRecord) -> pd.DataFrame:
    """Return one row a value, numbers with as many digits as the record has."""
    return pd.DataFrame([_value_row(key, record.estimate(key)) for key in sorted(record.trees)])


def _value_row(key: str, estimate: Estimate) -> dict[str, object]:
    interval = estimate.interval
    return {
        "key": key,
        "quantity": estimate.quantity,
        "value": rounded(estimate.value),
        "unit": estimate.unit,
        "low": None if interval is None else rounded(interval.low),
        "high": None if interval is None else rounded(interval.high),
        "kind of interval": None if interval is None else interval.label,
        "n": estimate.n,
        "n counts": estimate.n_unit,
        "period": str(estimate.period),
        "geography": estimate.geography,
        "method": estimate.method,
        "assumptions": "; ".join(estimate.assumptions),
        "sources": " ".join(estimate.sources),
    }


def sources_table(record: StoredRecord, evidence: Evidence) -> pd.DataFrame:
    """Return one row a source of the record's values."""
    pages = _citable(record, evidence)
    frame = pages[["originator", "party", "publisher", "title", "published_on"]].astype(object)
    frame["address"] = [web_address(url) for url in pages["url"]]
    return frame.rename_axis("source_id").reset_index()


def _citable(record: StoredRecord, evidence: Evidence) -> pd.DataFrame:
    return citable_pages(evidence, sorted_union(*(record.estimate(key).sources for key in sorted(record.trees))))
