"""Documents of the repository as pages: present ones only, with links that lead somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.record.layout import Layout
from analysis.site.documents import document_pages


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    (tmp_path / "docs").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "README.md").write_text("# Evidence\n", encoding="utf-8")
    return Layout(root=tmp_path)


def test_the_guide_is_one_of_the_documents(layout: Layout) -> None:
    (layout.root / "docs" / "guide.md").write_text("# Guide\n", encoding="utf-8")
    assert document_pages(layout)["about/guide"] == "# Guide\n"


def test_only_what_is_there(layout: Layout) -> None:
    assert sorted(document_pages(layout)) == ["about/evidence", "about/index"]
    assert "contributing" not in document_pages(layout)["about/index"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[data](../data/README.md)", "[data](/about/evidence.md)"),
        ("[data](../data/README.md#licence)", "[data](/about/evidence.md#licence)"),
        ("[rates](../src/analysis/stats/rates.py)", "rates (`src/analysis/stats/rates.py`)"),
        ("[`data/claims.csv`](../data/claims.csv)", "`data/claims.csv`"),
        ("![picture](../figures/x.png)", "picture (`figures/x.png`)"),
        ("[page](https://example.org/a)", "[page](https://example.org/a)"),
        ("[here](#method)", "[here](#method)"),
    ],
)
def test_links_lead_to_pages_or_name_the_file(layout: Layout, written: str, shown: str) -> None:
    (layout.root / "docs" / "methods.md").write_text(f"# Methods\n\n{written}\n", encoding="utf-8")
    assert document_pages(layout)["methods"] == f"# Methods\n\n{shown}\n"
