"""The files of the site: complete, tied together, without a trace of the network or of the machine it was made on."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from analysis.evidence import load_evidence
from analysis.evidence.citation import accident_pages
from analysis.paths import FIGURES, NOTEBOOKS, REPOSITORY
from analysis.record.reading import read_record
from analysis.record.stored_figure import stored_figures

pytestmark = [pytest.mark.slow, pytest.mark.pages]


@cache
def texts(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}


def test_every_part_of_the_report_is_there(site: Path) -> None:
    names = set(texts(site))
    assert {f"notebooks/{path.stem}.html" for path in NOTEBOOKS.glob("*.ipynb")} <= names
    assert {"index.html", "values.html", "claims.html", "figures-of-the-record.html", "evidence/rows.html"} <= names
    assert {"evidence/sources.html", "about/evidence.html", "api/analysis.stats.html", "search.html"} <= names
    for file, page in (("docs/methods.md", "methods.html"), ("CHANGELOG.md", "about/changelog.html")):
        assert (page in names) == (REPOSITORY / file).is_file()


def test_every_link_within_the_site_leads_somewhere(site: Path) -> None:
    lost = []
    for name, text in texts(site).items():
        for address in re.findall(r'\b(?:href|src)="([^"]*)"', text):
            parts = urlsplit(unescape(address))
            if parts.scheme or parts.netloc or not parts.path:
                continue
            if not (site / name).parent.joinpath(unquote(parts.path)).exists():
                lost.append(f"{name}: {address}")
    assert lost == []


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loading = re.compile(r"<(?:script|img|link|iframe|source)\b[^>]*?\b(?:src|href)=\"(?:https?:)?//[^\"]*\"", re.I)
    assert [found[0] for text in texts(site).values() for found in loading.finditer(text)] == []
    styles = "\n".join(path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.css")))
    assert re.findall(r"(?:url\(|@import\s+)[\"']?(?:https?:)?//[^)\"']*", styles) == []
    assert [name for name, text in texts(site).items() if "mathjax" in text.lower()] == []
    assert all("Content-Security-Policy" in text for text in texts(site).values())


def test_every_figure_is_shown_with_its_alternative_text(site: Path) -> None:
    figures = stored_figures(read_record(FIGURES))
    assert figures
    for name, figure in figures.items():
        for page in (f"notebooks/{figure.notebook}.html", "figures-of-the-record.html"):
            images = re.findall(rf'<img src="[^"]*figures/{name}\.png" alt="([^"]*)"', texts(site)[page])
            assert [unescape(alt) for alt in images] == [" ".join(figure.alt.split())], (name, page)
        assert all((site / "figures" / f"{name}.{ending}").is_file() for ending in ("svg", "png", "pdf", "csv"))


def test_pictures_without_words_are_none(site: Path) -> None:
    images = [found for text in texts(site).values() for found in re.findall(r"<img\b[^>]*>", text)]
    assert images
    assert [image for image in images if not re.search(r'alt="[^"]{10,}"', image)] == []


def test_formulas_are_formulas_and_money_is_money(site: Path) -> None:
    page = texts(site)["notebooks/map_reliability.html"]
    assert "<math" in page
    tables = re.findall(r"<table.*?</table>", "\n".join(texts(site).values()), re.S)
    assert not any("<math" in table for table in tables if 'class="dataframe"' in table)


def test_nothing_tells_of_single_accidents_or_of_this_machine(site: Path) -> None:
    hidden = load_evidence().sources
    hidden = hidden[accident_pages(hidden)]
    everything = "\n".join(texts(site).values())
    assert [url for url in hidden["url"].dropna() if f'"{url}"' in everything] == []
    assert [title for title in hidden["title"] if f">{title}<" in everything] == []
    traces = (str(REPOSITORY), " at 0x", str(Path.home()) + "/", "site-of-the-record")
    assert [trace for trace in traces if trace in everything] == []
