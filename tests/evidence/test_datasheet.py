"""The data sheet: the headings of Gebru et al., and every number in it counted from the tables."""

from __future__ import annotations

import json
import re

import pytest

from analysis.evidence import load_evidence
from analysis.paths import DATA

TEXT = (DATA / "DATASHEET.md").read_text(encoding="utf-8")
ROWS = (
    "casualties_running_total",
    "casualties_period",
    "accidents",
    "clearance_period",
    "contamination_estimate",
    "map_record",
    "map_assessment",
    "claims",
    "returns",
)
HEADINGS = [
    "Motivation",
    "Composition",
    "Collection process",
    "Preprocessing, cleaning, labelling",
    "Uses",
    "Distribution",
    "Maintenance",
]


def sentences() -> list[str]:
    evidence = load_evidence()
    pages = evidence.sources
    rows = {name: len(evidence.printed(name)) for name in ROWS}
    parties = pages["party"].value_counts()
    years = pages["published_on"].dropna().str[:4].astype(int)
    return [
        f"There are {sum(rows.values()):,} such rows in {len(rows)} tables, from {len(pages)} pages;",
        *(f"| {name} | {count} |" for name, count in rows.items()),
        *(f"| {name} | {count} |" for name, count in parties.items()),
        f"So {parties['azerbaijan_authorities'] / len(pages):.1%} of the pages".replace("%", " %"),
        f"{len(evidence.table('originators'))} originators stand behind all pages",
        f"Of the pages {(years >= 2021).sum()} are dated 2021 or later, {(years < 2021).sum()} earlier,",
        f"{len(pages) - len(years)} bear no date",
        f"{len(evidence.exclusions)} rows are set aside and {len(evidence.corrections)} printed values corrected",
        f"{pages['accident_page'].fillna(False).sum()} pages tell of single accidents",
        f"The latest date on a page is {evidence.last_date.day} {evidence.last_date:%B %Y};",
        f"version {json.loads((DATA / 'datapackage.json').read_text(encoding='utf-8'))['version']}.",
    ]


ONE_LINE = " ".join(TEXT.split())


@pytest.fixture(scope="module")
def counted() -> list[str]:
    return sentences()


def test_the_headings_are_those_of_datasheets_for_datasets() -> None:
    assert re.findall(r"^## (.+)$", TEXT, re.M) == HEADINGS
    for part in re.split(r"^## .+$", TEXT, flags=re.M)[1:]:
        assert re.search(r"^\*\*[^*]+\?\*\* \S", part, re.M), "a section without a question and its answer"


def test_every_number_is_the_one_in_the_tables(counted: list[str]) -> None:
    assert [sentence for sentence in counted if sentence not in ONE_LINE] == []


def test_no_number_stands_there_uncounted(counted: list[str]) -> None:
    left = ONE_LINE
    for sentence in counted:
        left = left.replace(sentence, "")
    for harmless in ("Gebru et al. (2021)", "64(12):86-92", "10.1145/3458723", "in April 2025", "CC BY 4.0"):
        left = left.replace(harmless, "")
    assert re.findall(r"\d[\d,.]*", left) == []


def test_the_parties_are_in_order_of_their_pages() -> None:
    counts = [int(count) for count in re.findall(r"^\| [a-z_]+ \| (\d+) \|$", TEXT.partition("Whose figures")[2], re.M)]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == len(load_evidence().sources)
