"""Sphinx run inside this process: progress is passed on, and a warning is an error."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from analysis.errors import ReproductionError
from analysis.site.settings_of_sphinx import sphinx_settings

_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*[mK]")
_PROCESSES: Final = min(2, os.cpu_count() or 1)
_SHOWN: Final = 12  # warnings that are printed; the rest is counted


class _Told(io.StringIO):
    """A stream that hands each line or part of a line on as it comes."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._tell = tell

    def write(self, text: str) -> int:
        """Hand the text on without colours, unless nothing is left of it."""
        shown = _COLOUR.sub("", text).strip()
        if shown:
            self._tell(shown)
        return len(text)


def make_html(source: Path, site: Path, *, title: str, scratch: Path, tell: Callable[[str], None]) -> None:
    """Make the site from the pages in `source`.

    Parameters
    ----------
    source
        Folder of the pages.
    site
        Folder the site is written to.
    title
        Name of the site.
    scratch
        Folder for what Sphinx keeps between its steps.
    tell
        Called with each step in words.

    Raises
    ------
    ReproductionError
        When Sphinx fails or warns of anything; the first warnings are in the message.
    """
    warnings = io.StringIO()
    try:
        with patch_docutils(), docutils_namespace():
            app = Sphinx(
                source,
                None,
                site,
                scratch,
                "html",
                confoverrides=sphinx_settings(title),
                status=_Told(tell),
                warning=warnings,
                freshenv=True,
                parallel=_PROCESSES,
            )
            app.build(force_all=True)
    except SphinxError as error:
        raise ReproductionError(f"Sphinx cannot make the site: {error}") from error
    found = [line for line in _COLOUR.sub("", warnings.getvalue()).splitlines() if line.strip()]
    if found:
        listed = "\n".join(f"  {line.replace(str(source), '')}" for line in found[:_SHOWN])
        more = f"\n  and {len(found) - _SHOWN} more lines" if len(found) > _SHOWN else ""
        raise ReproductionError(f"Sphinx warns about pages of the site, which must not happen:\n{listed}{more}")
