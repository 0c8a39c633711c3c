"""Citations of real and of hostile sources."""

from __future__ import annotations

import re

import pytest

from analysis.errors import EvidenceError
from analysis.evidence.citation import bibtex, citations, cite


def entry_with(copy, edit, **cells: str) -> tuple[str, str]:
    """Return text and BibTeX of the first source with some cells changed."""
    from analysis.evidence import load_evidence

    key = "1news-2021-12-16-mustafayev-20"
    for column, value in cells.items():
        edit(copy / "sources.csv", key, column, value)
    loaded = load_evidence(copy)
    return cite(loaded, key), bibtex(loaded, [key])


def test_a_source_as_text(evidence) -> None:
    assert cite(evidence, "1news-2021-12-16-mustafayev-20") == (
        "1news.az (16 December 2021). Deputy prime minister on accuracy of maps. "
        "https://1news.az/news/20211216012138671-SHakhin-Mustafaev-Tochnost-peredannykh-Armeniei-kart-minnykh-polei-"
        "sostavlyaet-menee-20"
    )


def test_a_source_as_bibtex(evidence) -> None:
    assert bibtex(evidence, ["azcbl-2007-basic-facts"]).splitlines()[0] == "@misc{azcbl-2007-basic-facts,"
    entry = bibtex(evidence, ["1news-2021-12-16-mustafayev-20"])
    assert "  author = {{1news.az}},\n" in entry
    assert "  title = {{Deputy prime minister on accuracy of maps}},\n" in entry
    assert "  year = {2021},\n  date = {2021-12-16},\n  month = {12},\n" in entry
    assert "  url = {https://1news.az/news/20211216012138671-" in entry


@pytest.mark.parametrize(
    ("published_on", "text", "fields"),
    [
        ("", "(n.d.)", "  note = {n.d.},\n"),
        ("2024", "(2024)", "  year = {2024},\n  date = {2024},\n"),
        ("2024-06", "(June 2024)", "  year = {2024},\n  date = {2024-06},\n  month = {6},\n"),
        ("2024-06-03", "(3 June 2024)", "  year = {2024},\n  date = {2024-06-03},\n  month = {6},\n"),
    ],
)
def test_partial_dates(copy, edit, published_on: str, text: str, fields: str) -> None:
    cited, entry = entry_with(copy, edit, published_on=published_on)
    assert text in cited
    assert fields in entry
    assert ("month" in entry) == ("month" in fields)


@pytest.mark.parametrize(
    ("title", "escaped"),
    [
        ("50 % of $5 & #1_a", r"50 \% of \$5 \& \#1\_a"),
        (r"\input{/etc/passwd}", r"\textbackslash{}input\{/etc/passwd\}"),
        ("}, note = {owned", r"\}, note = \{owned"),
        ("a~b^c<d>|", r"a\textasciitilde{}b\textasciicircum{}c\textless{}d\textgreater{}\textbar{}"),
        ('say "no"', "say ''no''"),
        ("two\nlines\tand\u202ebidi", "two lines and bidi"),
        ("Ağdam, Şuşa, Ərazi", "Ağdam, Şuşa, Ərazi"),
    ],
)
def test_a_hostile_title_stays_a_title(copy, edit, title: str, escaped: str) -> None:
    cited, entry = entry_with(copy, edit, title=title)
    assert f"  title = {{{{{escaped}}}}},\n" in entry
    assert "\n" not in cited
    assert balanced(entry)


def balanced(entry: str) -> bool:
    """Say whether unescaped braces close in order, as BibTeX needs."""
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", entry):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


@pytest.mark.parametrize("url", ["https://a.example/x}{y", "https://a.example/x\\end", "https://a.example/ə%c9"])
def test_an_address_cannot_leave_its_braces(copy, edit, url: str) -> None:
    _, entry = entry_with(copy, edit, url=url)
    address = re.search(r"  url = \{(.*)\},\n", entry)
    assert address is not None
    assert not set("{}\\ ") & set(address[1])
    assert address[1].isascii()
    assert balanced(entry)


def test_only_web_addresses_are_printed(evidence) -> None:
    assert cite(evidence, "seed-article").endswith("in Geneva.")
    assert "url" not in bibtex(evidence, ["seed-article"])


def test_every_source_has_both(evidence) -> None:
    text = bibtex(evidence, evidence.sources.index)
    assert text.count("@misc{") == len(evidence.sources)
    assert balanced(text)
    keys = re.findall(r"@misc\{([^,]*),", text)
    assert len(set(keys)) == len(keys)


def test_entries_are_sorted_and_stand_once(evidence) -> None:
    one, two = "azcbl-2007-basic-facts", "1news-2021-12-16-mustafayev-20"
    assert bibtex(evidence, [one, two, one]) == bibtex(evidence, [two, one])


def test_an_unknown_source_is_refused(evidence) -> None:
    with pytest.raises(EvidenceError, match=r"a cited source must stand in the table of sources; found 'nobody'"):
        cite(evidence, "nobody")


def test_many_citations_at_once_are_those_made_one_by_one(evidence) -> None:
    pages = ["azvision-2023-05-jojug-marjanli", "seed-article", "trend-2022-10-26-anama-156-incidents"]
    assert citations(evidence, [*pages, "no-such-page"]) == {page: cite(evidence, page) for page in pages}
