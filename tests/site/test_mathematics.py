"""Formulas become MathML; a formula that cannot is an error with its text."""

from __future__ import annotations

import re

import nbformat
import pytest
from sphinx.errors import SphinxError

from analysis.paths import NOTEBOOKS
from analysis.site.mathematics import mathml


def test_a_fraction() -> None:
    flat = re.sub(r"\s+", "", mathml(r"\frac{a}{b}"))
    assert flat == ('<mathxmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mi>a</mi><mi>b</mi></mfrac></math>')


def test_a_displayed_formula_says_so() -> None:
    assert 'display="block"' in mathml("a", block=True)


def test_what_cannot_be_read_is_said() -> None:
    with pytest.raises(SphinxError, match=r"this formula cannot be shown: .*nosuchthing"):
        mathml(r"\nosuchthing{a}")


def test_every_formula_of_the_notebooks_can_be_shown() -> None:
    cells = [
        cell.source
        for path in sorted(NOTEBOOKS.glob("*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
    ]
    formulas = [found for cell in cells for found in re.findall(r"\$([^$\n]+)\$", cell)]
    assert len(formulas) > 50
    assert all("<math" in mathml(formula) for formula in formulas)
