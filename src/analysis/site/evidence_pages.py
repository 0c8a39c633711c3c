"""The evidence to search and filter: every row with who counted and its page, and every page that was read.

What is shown of a row is what `analysis explain` shows: dates, numbers and codes, not free text, which may name people
and villages. Pages on single accidents are counted and neither named nor linked, as in the notebooks and exports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.evidence import Evidence
from analysis.evidence.citation import NO_DATE, accident_pages
from analysis.evidence.schema import TableSchema
from analysis.evidence.source_rows import EvidenceRow, evidence_tables, rows_of
from analysis.maps.scope import party_words
from analysis.site.browser import NO_CONTENTS, Column, browser_html
from analysis.site.markup import link, raw_html, text_html

WITHHELD: Final = "a page on a single accident, not named here"
ALL_ROWS: Final = "rows"
PAGES: Final = "sources"

_HOW: Final = (
    "Dates, numbers and codes as transcribed; an empty cell means not reported, never zero. Notes and wording stand in "
    "the tables themselves, in `data/`. Disagreeing reports stand beside each other, and no row is a finding of ours. "
    "Not for navigation, clearance or any decision on safety."
)
_TITLES: Final = {
    "accidents": "Reported accidents",
    "accidents_coverage": "Listed accidents against official counts",
    "casualties_period": "Casualties in closed periods",
    "casualties_running_total": "Running totals of casualties",
    "claims": "Statements",
    "clearance_period": "Land and devices reported as worked",
    "contamination_estimate": "Stated areas and numbers of mines",
    "map_assessment": "Statements on how good the records are",
    "map_record": "Handovers of minefield records",
    "returns": "Returns",
}
_FEW: Final = 15  # a column with no more different cells than this is picked from a list


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """Name of each originator, and each page as HTML."""

    originators: Mapping[str, str]
    pages: Mapping[str, str]


def evidence_files(evidence: Evidence) -> dict[str, str]:
    """Return the pages of the evidence browser as Markdown, by name."""
    tables = evidence_tables(evidence)
    rows = rows_of(evidence, tables=tables, sources=list(evidence.sources.index))
    by_table = {name: [row for row in rows if row.table == name] for name in tables}
    named = _Named(originators=_originators(evidence), pages=pages_html(evidence))
    pages = {"index": _index(by_table), PAGES: _pages_read(evidence, named), ALL_ROWS: _all_rows(rows, named)}
    return pages | {
        f"table_{name}": _one_table(evidence.schema(name), name, found, named)
        for name, found in by_table.items()
        if found
    }


def pages_html(evidence: Evidence) -> dict[str, str]:
    """Return the page of each `source_id` as HTML: a link, or words alone where there is none to follow.

    A page on a single accident is not among them; :data:`WITHHELD` stands in its place.
    """
    sources = evidence.sources
    shown = sources[~accident_pages(sources)]
    cells = zip(shown.index, shown["url"], shown["publisher"], shown["published_on"], strict=True)
    return {
        str(key): link(url, f"{publisher}, {NO_DATE if pd.isna(published) else published}")
        for key, url, publisher, published in cells
    }


def _index(by_table: dict[str, list[EvidenceRow]]) -> str:
    listed = "\n".join(
        f"| [{_title(name)}](./table_{name}.md) | {len(rows):,} |" for name, rows in by_table.items() if rows
    )
    names = "\n".join(f"table_{name}" for name, rows in by_table.items() if rows)
    return (
        "# Evidence\n\n"
        "What was published, one row a reported figure or statement, each with who counted and the page it was read "
        f"on: [every row](./rows.md), [every page](./sources.md), or one table at a time. {_HOW}\n\n"
        f"| table | rows |\n|---|---|\n{listed}\n\n"
        f"```{{toctree}}\n:hidden:\n\n{ALL_ROWS}\n{PAGES}\n{names}\n```\n"
    )


def _all_rows(rows: Sequence[EvidenceRow], named: _Named) -> str:
    columns = [
        Column(heading="row", cells=[text_html(_name(row)) for row in rows]),
        Column(heading="table", cells=[text_html(row.table.replace("_", " ")) for row in rows], choices=True),
        Column(heading="reports", cells=[_reports(row) for row in rows], wide=True),
        *_who(rows, named),
        *_remarks(rows),
    ]
    html = browser_html(columns, keys=[_name(row) for row in rows], label="Every row of the evidence")
    return f"{NO_CONTENTS}# Every row\n\n{_HOW}\n\n{raw_html(html)}"


def _one_table(schema: TableSchema, name: str, rows: Sequence[EvidenceRow], named: _Named) -> str:
    shown = [
        field
        for field in schema.fields
        if not field.name.endswith("source_id") and any(field.name in row.reports for row in rows)
    ]
    columns = [
        Column(heading="row", cells=[text_html(_name(row)) for row in rows]),
        *(_reported(rows, field.name) for field in shown),
        *_who(rows, named),
        *_remarks(rows),
    ]
    html = browser_html(columns, keys=[_name(row) for row in rows], label=_title(name))
    return f"{NO_CONTENTS}# {_title(name)}\n\n{_HOW}\n\n{raw_html(html)}"


def _reported(rows: Sequence[EvidenceRow], name: str) -> Column:
    cells = [row.reports.get(name, "") for row in rows]
    filled = [cell for cell in cells if cell]
    return Column(
        heading=name.replace("_", " "),
        cells=[text_html(cell.replace("_", " ")) for cell in cells],
        choices=len({*filled}) <= _FEW,
        numeric=all(_is_number(cell) for cell in filled),
    )


def _who(rows: Sequence[EvidenceRow], named: _Named) -> list[Column]:
    names = named.originators
    return [
        Column(heading="who", cells=[text_html(names.get(row.originator, row.originator)) for row in rows]),
        Column(heading="party", cells=[text_html(party_words(row.party)) for row in rows], choices=True),
        Column(heading="page", cells=[named.pages.get(row.source_id, WITHHELD) for row in rows], wide=True),
    ]


def _remarks(rows: Sequence[EvidenceRow]) -> list[Column]:
    remarks = [
        "; ".join(([f"set aside: {row.set_aside}"] if row.set_aside else []) + [*row.corrections]) for row in rows
    ]
    if not any(remarks):
        return []
    return [Column(heading="set aside or corrected", cells=[text_html(remark) for remark in remarks], wide=True)]


def _name(row: EvidenceRow) -> str:
    """Return the row's own identifier, or its line: a key of several parts may name a place or a page."""
    return f"{row.file}, line {row.line}" if "|" in row.row_id else row.row_id


def _reports(row: EvidenceRow) -> str:
    said = (
        f"{name.replace('_', ' ')} {value.replace('_', ' ')}"
        for name, value in row.reports.items()
        if not name.endswith("source_id") and (name, value) != ("comparator", "=")
    )
    return text_html("; ".join(said))


def _pages_read(evidence: Evidence, named: _Named) -> str:
    sources = evidence.sources
    hidden = accident_pages(sources)
    shown = sources[~hidden]
    names = named.originators
    links = [link(url, title) for url, title in zip(shown["url"], shown["title"], strict=True)]
    columns = [
        Column(heading="source", cells=[text_html(key) for key in shown.index]),
        Column(heading="publisher", cells=[text_html(cell) for cell in shown["publisher"]]),
        Column(heading="published", cells=["" if pd.isna(cell) else text_html(cell) for cell in shown["published_on"]]),
        Column(heading="about", cells=links, wide=True),
        Column(heading="who", cells=[text_html(names.get(str(cell), str(cell))) for cell in shown["originator"]]),
        Column(heading="party", cells=[text_html(party_words(str(cell))) for cell in shown["party"]], choices=True),
    ]
    html = browser_html(columns, keys=[str(key) for key in shown.index], label="Pages that were read")
    return (
        f"{NO_CONTENTS}# Every page\n\n"
        "The pages the evidence was read on; titles are in our own words and lead to the page, which is elsewhere and "
        f"may have changed. {int(hidden.sum())} further pages are on single accidents: title and address would name "
        f"places and persons' circumstances and are not repeated here.\n\n{raw_html(html)}"
    )


def _title(table: str) -> str:
    return _TITLES.get(table, table.replace("_", " ").capitalize())


def _originators(evidence: Evidence) -> dict[str, str]:
    table = evidence.table("originators")
    return {str(key): str(name) for key, name in zip(table["originator_id"], table["name"], strict=True)}


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
