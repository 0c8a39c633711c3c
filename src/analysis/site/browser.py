"""Tables that a reader searches, sorts and filters: plain HTML tables, which itables' library takes over where it runs.

Without scripts the whole table is there to be read. The library is itables' own copy of DataTables, unpacked in the
page as its offline mode does it, because browsers load no modules from the disk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

import itables
import pandas as pd
from itables.javascript import generate_init_offline_itables_html

from analysis.site.markup import scrolling, text_html

LIBRARY: Final = "itables.js"
"""Script that unpacks the library; made by :func:`write_library`."""


NO_CONTENTS: Final = "---\nhide-toc: true\n---\n\n"
"""Head of a page that is mostly one table: it has the width of the table of contents as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    heading
        As shown.
    cells
        HTML of each cell.
    choices
        Whether the reader picks from a list of what stands in it instead of typing.
    numeric
        Whether it holds numbers, which are aligned and sorted as such.
    wide
        Whether it holds sentences.
    """

    heading: str
    cells: Sequence[str]
    choices: bool = False
    numeric: bool = False
    wide: bool = False


def browser_html(columns: Sequence[Column], *, keys: Sequence[str], label: str) -> str:
    """Return a table; `keys` are the marks by which a link finds a row, `label` says what the table is."""
    heads = "".join(_head(column) for column in columns)
    cells = zip(*(column.cells for column in columns), strict=True)
    kinds = [_kind(column) for column in columns]
    rows = "\n".join(
        f'<tr id="{text_html(key)}">'
        + "".join(f'<td dir="auto"{kind}>{cell}</td>' for kind, cell in zip(kinds, row, strict=True))
        + "</tr>"
        for key, row in zip(keys, cells, strict=True)
    )
    table = (
        f'<table class="browser" data-library="{library_name()}"><caption>{text_html(label)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>"
    )
    return scrolling(table, label=label)


def column_of(frame: pd.DataFrame, name: str, **shape: bool) -> Column:
    """Return a column of a frame as plain text; a missing cell is empty."""
    cells = ["" if pd.isna(cell) else text_html(cell) for cell in frame[name]]
    return Column(heading=name.replace("_", " "), cells=cells, **shape)


def library_name() -> str:
    """Return the name under which itables' offline mode puts its library into the page."""
    return "_itables_" + re.sub(r"[.-]", "_", itables.__version__)


def write_library(folder: Path) -> None:
    """Write the script that unpacks the library into `folder`."""
    page = generate_init_offline_itables_html(itables.options.dt_bundle)
    script = page.partition("<script>")[2].partition("</script>")[0]
    (folder / LIBRARY).write_text(script, encoding="utf-8")


def _head(column: Column) -> str:
    asked = ' data-choices="yes"' if column.choices else ""
    return f'<th scope="col"{_kind(column)}{asked}>{escape(column.heading)}</th>'


def _kind(column: Column) -> str:
    if column.numeric:
        return ' class="number"'
    return ' class="sentences"' if column.wide else ""
