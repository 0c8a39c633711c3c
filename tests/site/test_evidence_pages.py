"""The evidence browser shows every row and page, and nothing that could harm a person."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from analysis.evidence import Evidence, load_evidence
from analysis.evidence.citation import accident_pages
from analysis.evidence.source_rows import evidence_tables
from analysis.site.evidence_pages import WITHHELD, evidence_files


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return load_evidence()


@pytest.fixture(scope="module")
def pages(evidence: Evidence) -> Mapping[str, str]:
    return evidence_files(evidence)


def rows(page: str) -> list[str]:
    return re.findall(r'^<tr id="([^"]+)">', page, re.M)


def test_every_row_of_every_table_is_there_once(evidence: Evidence, pages: Mapping[str, str]) -> None:
    tables = evidence_tables(evidence)
    for name in tables:
        assert len(rows(pages[f"table_{name}"])) == len(evidence.printed(name))
    listed = rows(pages["rows"])
    assert len(listed) == len({*listed}) == sum(len(evidence.printed(name)) for name in tables)
    assert "rt-0174" in listed


def test_every_page_is_there_but_those_on_single_accidents(evidence: Evidence, pages: Mapping[str, str]) -> None:
    hidden = accident_pages(evidence.sources)
    assert hidden.any()
    assert rows(pages["sources"]) == [*evidence.sources.index[~hidden]]
    assert f"{hidden.sum()} further pages are on single accidents" in pages["sources"]


def test_nothing_of_a_page_on_a_single_accident_is_shown(evidence: Evidence, pages: Mapping[str, str]) -> None:
    hidden = evidence.sources[accident_pages(evidence.sources)]
    text = "\n".join(pages.values())
    told = {*hidden.index, *hidden["url"].dropna(), *hidden["title"]}
    assert [words for words in sorted(told) if f">{words}<" in text or f'"{words}"' in text] == []
    assert WITHHELD in pages["table_accidents"]


def test_no_free_text_of_the_rows_is_shown(evidence: Evidence, pages: Mapping[str, str]) -> None:
    for name in evidence_tables(evidence):
        frame = evidence.printed(name)
        notes = [note for note in frame["notes"].dropna() if len(note) > 30]
        assert [note for note in notes if note in pages[f"table_{name}"]] == []
    places = evidence.printed("returns")["place"]
    assert [place for place in places if place != "all" and f"|{place}" in pages["table_returns"]] == []


def test_corrections_and_rows_set_aside_say_so(evidence: Evidence, pages: Mapping[str, str]) -> None:
    row = re.search(r'<tr id="rt-0174">.*', pages["table_casualties_running_total"])
    assert row
    assert "total: 365 printed, 356 used" in row[0]
    aside = evidence.exclusions["row_id"].iloc[0]
    row = re.search(rf'<tr id="{aside}">.*', pages["rows"])
    assert row
    assert "set aside: " in row[0]


def test_links_lead_to_the_web_only(pages: Mapping[str, str]) -> None:
    addresses = re.findall(r'href="([^"]+)"', "\n".join(pages.values()))
    assert len(addresses) > 1000
    assert {address.partition(":")[0] for address in addresses} <= {"http", "https"}
