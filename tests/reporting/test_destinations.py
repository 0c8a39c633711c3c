"""One hostile title at every place text from the evidence can go: it stays text there."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from analysis.evidence.citation import bibtex, cite, web_address
from analysis.pipeline.messages import printable
from analysis.pipeline.verification.markdown import escaped as as_markdown
from analysis.record.latex import escaped as as_latex
from analysis.record.serialise import as_csv
from analysis.reporting.spreadsheet import BYTE_ORDER_MARK, harmless, spreadsheet_csv
from analysis.reporting.tables import printed
from analysis.reporting.web_page import web_page

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",  # noqa: RUF001
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "![x](https://tracker.example/x.png)",
    r"\input{/etc/passwd}",
    r"\write18{id}",
    "50 % & more # of_it ~ ^ $x$",
    "}, url = {https://evil.example}, note = {",
    "a | b | c",
    "first line\nsecond line\r\n| third |",
    "\x1b]0;title\x07\x1b[2J",
    "\u202egpj.exe",
    "\u2028\u0085\x00",
    "plain title, Şuşa (Shusha) 1.5",
]
everywhere = pytest.mark.parametrize("title", HOSTILE, ids=ascii)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@everywhere
def test_a_spreadsheet_sees_no_formula(title: str) -> None:
    text = spreadsheet_csv(pd.DataFrame({title: [title, "x"], "number": [-34.7, 1]}))
    assert text.startswith(BYTE_ORDER_MARK)
    rows = list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))
    assert [len(row) for row in rows] == [2, 2, 2]
    assert [row[1] for row in rows] == ["number", "-34.7", "1.0"]
    for cell in (rows[0][0], rows[1][0]):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))  # noqa: RUF001
        assert not CONTROL.search(cell)
    if title.startswith(("=", "+", "-", "@", "\t", "\r")):
        assert rows[1][0].startswith("'")


@pytest.mark.parametrize("text", ["=", ">", ">=", "~", "<", "<=", "-34.7", "+5", "-1,234.5", "1e-9", "2024-06-03", ""])
def test_numbers_comparators_and_dates_are_untouched(text: str) -> None:
    assert harmless(text) == text


# A lone carriage return is not quoted by Python's writer before 3.13; the evidence has none.
@pytest.mark.parametrize("title", [title for title in HOSTILE if "\r" not in title], ids=ascii)
def test_csv_for_programs_stays_literal(title: str) -> None:
    (row,) = csv.DictReader(io.StringIO(as_csv(pd.DataFrame({"title": [title], "n": [1]})), newline=""))
    assert row["title"] == title


class Elements(HTMLParser):
    """Keeps the elements, links and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.links += [str(value) for name, value in attrs if name in {"href", "src"} or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


@everywhere
def test_a_page_has_no_element_but_its_own(title: str) -> None:
    page = web_page(pd.DataFrame({"title": [title], "n": [1.5]}), title=title)
    own = Elements(web_page(pd.DataFrame({"title": ["x"], "n": [1.5]}), title="x"))
    found = Elements(page)
    assert (found.names, found.links) == (own.names, [])
    assert not CONTROL.search(page)


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("https://example.org/a?b=1&c=<x>", ["https://example.org/a?b=1&c=%3Cx%3E"]),
        ("http://example.org/\"onclick='x'", ["http://example.org/%22onclick='x'"]),
        ("javascript:alert(1)", []),
        ("JavaScript:alert(1)//https://example.org", []),
        ("data:text/html,<script>alert(1)</script>", []),
        ("file:///etc/passwd", []),
        ("ftp://example.org/x", []),
        ("//example.org/x", []),
        ("https:example.org", []),
        ("https://[", []),
    ],
)
def test_links_lead_to_http_and_https_only(address: str, links: list[str]) -> None:
    assert Elements(web_page(pd.DataFrame({"address": [address]}), title="x")).links == links
    assert [web_address(address)] == (links or [""])


@everywhere
def test_the_notebooks_tables_have_no_element_but_their_own(title: str) -> None:
    frame = printed(pd.DataFrame({"key": [title], title: ["javascript:alert(1)"]}).set_index("key"))
    found = Elements(frame._repr_html_())
    assert {*found.names} == {"div", "style", "table", "thead", "tbody", "tr", "th", "td"}
    assert found.links == []


# What TeX does something with, when no backslash of ours stands before it; braces of ours are `{}` after a word.
ACTIVE = re.compile(r"(?<!\\)(?:\\\\)*[%&#_$^~]|\\(?!text[a-z]+\{\}|[{}%&#_$])[A-Za-z]+")


@everywhere
def test_latex_sees_characters_and_no_commands(title: str) -> None:
    text = as_latex(title)
    assert not ACTIVE.search(text), text
    assert "\n" not in text
    assert not CONTROL.search(text)
    assert re.sub(r"\\[{}]", "", text).count("{") == re.sub(r"\\[{}]", "", text).count("}")


class OneSource:
    """Evidence with one source."""

    def __init__(self, title: str, url: str) -> None:
        source = {"publisher": title, "title": title, "published_on": "2024-06", "url": url}
        self.sources = pd.DataFrame([source], index=["a-source"])


@everywhere
def test_bibtex_and_citations_keep_a_title_in_its_field(title: str) -> None:
    evidence = OneSource(title, "javascript:alert(1)")
    entry = bibtex(evidence, ["a-source"])
    fields = re.findall(r"^  (\w+) = \{(.*)\},$", entry, re.M)
    assert [name for name, _ in fields] == ["author", "title", "year", "date", "month"]
    assert len(entry.splitlines()) == 2 + len(fields)
    for _, value in fields:
        bare = re.sub(r"\\[{}]", "", value)
        assert bare.count("{") == bare.count("}")
        assert not ACTIVE.search(value), value
    assert "javascript" not in cite(OneSource("x", "javascript:alert(1)"), "a-source")
    assert not CONTROL.search(cite(evidence, "a-source"))
    assert "\n" not in cite(evidence, "a-source")


@everywhere
def test_a_markdown_cell_stays_one_cell_without_links_or_elements(title: str) -> None:
    cell = as_markdown(title)
    assert "\n" not in cell
    assert not re.search(r"(?<!\\)[|<>\[\]`*_!$&]", cell)
    assert not CONTROL.search(cell)


@everywhere
def test_a_terminal_gets_letters_line_feeds_and_tabs(title: str) -> None:
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", printable(title))
