"""What the site adds to Sphinx: formulas as MathML, and a page that may load nothing from elsewhere."""

from __future__ import annotations

from typing import Any, Final

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx

from analysis.site.mathematics import RENDERER, displayed_formula, inline_formula

# Own files only, whatever a page holds; blob: for the tables' library, which is unpacked in the page.
_POLICY: Final = (
    "default-src 'none'; script-src 'self' file: blob: 'unsafe-inline'; style-src 'self' file: 'unsafe-inline'; "
    "img-src 'self' file: data:; font-src 'self' file: data:; form-action 'self' file:; base-uri 'none'"
)


def setup(app: Sphinx) -> dict[str, bool]:
    """Add it to `app`, as Sphinx asks of an extension."""
    app.add_html_math_renderer(
        RENDERER, inline_renderers=(inline_formula, None), block_renderers=(displayed_formula, None)
    )
    app.connect("doctree-read", _leave_names_of_others)
    app.connect("html-page-context", _restrict)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _leave_names_of_others(app: Sphinx, doctree: nodes.document) -> None:  # noqa: ARG001
    """Let names in signatures that are not this package's be words: nothing here describes them.

    Sphinx would look for each in everything that is described, at length, and take a namesake for it.
    """
    for reference in [*doctree.findall(pending_xref)]:
        if reference.get("refdomain") == "py" and not str(reference["reftarget"]).startswith("analysis."):
            reference.replace_self(reference.children)


def _restrict(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:  # noqa: ARG001
    """Put the rule about what a page may load into its head."""
    rule = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    context["metatags"] = rule + context.get("metatags", "")
