r"""Formulas as MathML, which browsers show without a script or a font from elsewhere.

The usual ways (MathJax, KaTeX) load a script that goes through the whole page and reads any ``$...$`` in a printed
table as a formula. Here docutils turns what Markdown marks as a formula, and nothing else, into MathML.
"""

from __future__ import annotations

from typing import Any, Final

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.errors import SphinxError

RENDERER: Final = "mathml"


def inline_formula(writer: Any, node: nodes.math) -> None:  # noqa: ANN401 - the writer is Sphinx's own
    """Write a formula in a line of text."""
    writer.body.append(mathml(node.astext()))
    raise nodes.SkipNode


def displayed_formula(writer: Any, node: nodes.math_block) -> None:  # noqa: ANN401 - the writer is Sphinx's own
    """Write a formula that stands by itself, in a box that scrolls when it is too wide."""
    formula = mathml(node.astext(), block=True)
    writer.body.append(
        f'<div class="formula scrolling" role="region" aria-label="Formula" tabindex="0">{formula}</div>'
    )
    raise nodes.SkipNode


def mathml(latex: str, *, block: bool = False) -> str:
    """Return a formula as MathML.

    Raises
    ------
    SphinxError
        When docutils cannot read it, with the formula and what is wrong with it.
    """
    try:
        return str(tex2mathml(latex.strip(), as_block=block))
    except MathError as error:
        raise SphinxError(f"this formula cannot be shown: {latex.strip()!r}: {error}") from error
