"""How Sphinx makes the site: its extensions, its theme, and what it must not do."""

from __future__ import annotations

from typing import Any, Final

from analysis import __version__
from analysis.site.browser import LIBRARY
from analysis.site.mathematics import RENDERER

STATIC: Final = "_own"
"""Folder of the pages' source with the style sheet, the scripts and the library of the tables."""


def sphinx_settings(title: str) -> dict[str, Any]:
    """Return the settings, as `conf.py` would have them."""
    return {
        "project": title,
        "author": "Landmine Harm in Azerbaijan contributors",
        "copyright": "Landmine Harm in Azerbaijan contributors; text and figures CC BY 4.0, code MIT",
        "version": __version__,
        "language": "en",
        "extensions": ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "analysis.site.extension"],
        **_MARKDOWN,
        **_MODULES,
        **_PAGES,
        "html_title": title,
    }


_MARKDOWN: Final[dict[str, Any]] = {
    "nb_execution_mode": "off",  # they were run, and what they printed is the record
    "nb_merge_streams": True,
    "myst_enable_extensions": ["dollarmath", "amsmath"],
    "myst_heading_anchors": 3,
    "myst_dmath_double_inline": True,
    "myst_update_mathjax": False,
    "html_math_renderer": RENDERER,
}
_MODULES: Final[dict[str, Any]] = {
    "autodoc_member_order": "bysource",
    "napoleon_google_docstring": False,
    "napoleon_attr_annotations": False,  # types stand in the signature
    "napoleon_use_rtype": False,
    "add_module_names": False,
    "autodoc_use_type_comments": False,
    "toc_object_entries": False,  # thousands of names in the contents of every page
}
_PAGES: Final[dict[str, Any]] = {
    "html_theme": "furo",
    "html_static_path": [STATIC],
    "html_css_files": ["site.css"],
    "html_js_files": [(LIBRARY, {"defer": "defer"}), ("site.js", {"defer": "defer"})],
    "html_copy_source": False,
    "html_show_sourcelink": False,
    "html_show_sphinx": False,
    "html_show_search_summary": False,  # it is fetched, which browsers refuse on the disk
    "html_use_index": False,
    "html_domain_indices": False,
    "html_last_updated_fmt": None,  # the same record makes the same site on any day
    "html_theme_options": {"navigation_with_keys": False},
}
