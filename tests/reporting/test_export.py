"""What leaves the repository for people: values and sources, in the form the file's ending names."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.errors import ReproductionError
from analysis.paths import FIGURES
from analysis.record.layout import Layout
from analysis.reporting.export import export
from analysis.reporting.spreadsheet import BYTE_ORDER_MARK


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(root=tmp_path / "repository")


def rows(file: Path) -> list[dict[str, str]]:
    text = file.read_text(encoding="utf-8").removeprefix(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_values_for_a_spreadsheet(record, layout: Layout, tmp_path: Path) -> None:
    assert export(record, "values", tmp_path / "values.csv", layout) == 2
    plain, registered = rows(tmp_path / "values.csv")
    assert (registered["value"], registered["low"], registered["high"]) == ("419.0", "417.0", "inf")
    assert registered["kind of interval"] == "95 % confidence interval"
    assert registered["sources"] == "report-2026-03-13-mfa-419 seed-article"
    assert (plain["low"], plain["kind of interval"]) == ("", "")


def test_sources_as_page_spreadsheet_and_bibliography(record, layout: Layout, tmp_path: Path) -> None:
    assert export(record, "sources", tmp_path / "sources.csv", layout) == 2
    assert [row["source_id"] for row in rows(tmp_path / "sources.csv")] == [
        "report-2026-03-13-mfa-419",
        "seed-article",
    ]
    assert export(record, "sources", tmp_path / "sources.html", layout) == 2
    assert (tmp_path / "sources.html").read_text(encoding="utf-8").count('<a href="http') == 1  # one has no address
    assert export(record, "sources", tmp_path / "sources.bib", layout) == 2
    assert (tmp_path / "sources.bib").read_text(encoding="utf-8").count("@misc{") == 2


def test_pages_on_single_accidents_are_not_exported(tmp_path: Path) -> None:
    assert main(["export", "sources", str(tmp_path / "sources.csv")]) == 0
    exported = {row["source_id"] for row in rows(tmp_path / "sources.csv")}
    from analysis.evidence import load_evidence
    from analysis.evidence.citation import accident_pages

    pages = load_evidence().sources
    assert exported
    assert not exported & {*pages.index[accident_pages(pages)]}


@pytest.mark.parametrize(
    ("table", "name", "message"),
    [
        ("values", "values.xlsx", "values can be written as .csv, .html, not as '.xlsx'"),
        ("values", "values.bib", "not as '.bib'"),
        ("sources", "sources", "sources can be written as .csv, .html, .bib, not as ''"),
        ("values", "repository/figures/values.csv", "figures/ takes no exports; choose another folder"),
        ("values", "repository/src/../data/values.csv", "data/ takes no exports"),
        ("sources", "repository/.git/x.csv", r"\.git/ takes no exports"),
        ("values", "nowhere/values.csv", "values.csv cannot be written: there is no folder .*nowhere; make it"),
    ],
)
def test_what_cannot_be_exported(record, layout: Layout, tmp_path: Path, table: str, name: str, message: str) -> None:
    with pytest.raises(ReproductionError, match=message):
        export(record, table, tmp_path / name, layout)
    assert not [path for path in tmp_path.rglob("*") if path.suffix in {".xlsx", ".bib"}]


def test_a_link_into_the_record_is_refused(record, layout: Layout, tmp_path: Path) -> None:
    layout.figures.mkdir(parents=True)
    (tmp_path / "link").symlink_to(layout.figures)
    with pytest.raises(ReproductionError, match="figures/ takes no exports"):
        export(record, "values", tmp_path / "link" / "values.csv", layout)


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "values", str(tmp_path / "v\x1b[2J.html"), "--record", str(FIGURES)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("wrote ")
    assert "\x1b" not in said
