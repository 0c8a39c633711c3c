"""The reader's page: one row a statement, plain words, nobody judged."""

from __future__ import annotations

import json

import pytest

from analysis.claims import captions, more_claims, readers_summary
from analysis.claims.study import ClaimsAudit
from analysis.claims.tables import SELECTION
from analysis.claims.verdict import Verdict
from analysis.claims.vocabulary import loaded_words
from analysis.paths import NOTEBOOKS


def test_one_row_a_statement_and_one_page(study: ClaimsAudit) -> None:
    table = readers_summary.readers_summary(study.audited)
    assert len(table) == len(study.audited) <= 20
    assert table["what would settle it"].str.len().between(10, 140).all()
    plain = {one.reading.short: readers_summary._PLAIN[one.judgement.verdict] for one in study.audited}
    assert table["what follows"].to_dict() == plain


def test_every_verdict_has_plain_words() -> None:
    assert set(readers_summary._PLAIN) == set(Verdict)


def test_our_words_take_no_side(study: ClaimsAudit) -> None:
    table = readers_summary.readers_summary(study.audited)
    texts = [*table.index, *table.to_numpy().ravel(), captions.figure_caption(study), SELECTION, more_claims.SELECTION]
    assert {text: loaded_words(str(text)) for text in texts if loaded_words(str(text))} == {}


@pytest.mark.parametrize("name", ["claims_audit", "claims_consistency", "more_claims"])
def test_the_prose_of_the_notebooks_takes_no_side(name: str) -> None:
    cells = json.loads((NOTEBOOKS / f"{name}.ipynb").read_bytes())["cells"]
    prose = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    assert loaded_words(prose) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The regime LIED about liberated land.", ("regime", "LIED", "liberated")),
        ('It was called "liberated" by one office.', ()),
        ("Victims of occupation", ("Victims", "occupation")),
        ("The believed figure applies; earlier, casualties rose.", ()),
    ],
)
def test_loaded_words_are_found(text: str, found: tuple[str, ...]) -> None:
    assert loaded_words(text) == found
