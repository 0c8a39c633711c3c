"""The tables of the paper kit: the same printed text in each form."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from analysis.paths import FIGURES, REPOSITORY
from analysis.reporting.paper.headlines import HEADLINES
from analysis.reporting.paper.tables import paper_tables, table_files
from analysis.reporting.spreadsheet import BYTE_ORDER_MARK

VALUES = json.loads((FIGURES / "values.json").read_text(encoding="utf-8"))["values"]
CHANGE = {
    "quantity": "change & more_of it",
    "value": -0.3471404363,
    "unit": "share per year",
    "interval": {"low": -0.4397498194, "high": -0.2392227176, "kind": "confidence", "level": 0.95},
    "n": 29,
    "n_unit": "intervals",
    "period": {"start": "2020-11-10", "end": "2026-03-13"},
}


@pytest.fixture
def files() -> dict[str, str]:
    tables = paper_tables(
        {"one.change": CHANGE, "two.count": {**CHANGE, "interval": None, "value": 3.0, "unit": "rows"}}
    )
    assert list(tables) == ["one", "two"]  # none of the headline values is among them
    return table_files("one", tables["one"]) | table_files("two", tables["two"])


def test_latex_has_the_printed_text_escaped(files: dict[str, str]) -> None:
    row = r"change \& more\_of it & $-$34.7\,\% & $-$44.0 to $-$23.9\,\% & 95\,\% confidence interval \\"
    assert row in files["one.tex"].splitlines()
    assert "\\hline\nQuantity & Value & Range & Kind of range \\\\\n\\hline\n" in files["one.tex"]


def test_a_spreadsheet_shows_the_minus_and_takes_nothing_for_a_formula(files: dict[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(files["one.csv"].removeprefix(BYTE_ORDER_MARK), newline="")))
    assert rows == [
        {
            "Quantity": "change & more_of it",
            "Value": "\N{MINUS SIGN}34.7 %",
            "Range": "\N{MINUS SIGN}44.0 to \N{MINUS SIGN}23.9 %",
            "Kind of range": "95 % confidence interval",
            "Period": "2020-11-10 to 2026-03-13",
            "n": "29 intervals",
        }
    ]


def test_a_page_to_paste_has_the_same_cells(files: dict[str, str]) -> None:
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", files["two.html"])
    assert cells[:4] == ["change &amp; more_of it (rows)", "3", "\N{EN DASH}", "\N{EN DASH}"]


def test_the_headline_values_are_on_record_and_in_the_readme() -> None:
    assert [key for key in HEADLINES if key not in VALUES] == []
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert [key for key in HEADLINES if f"`{key}`" not in readme] == []
    assert len(paper_tables(VALUES)["headlines"]) == len(HEADLINES)
