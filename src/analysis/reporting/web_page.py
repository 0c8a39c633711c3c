"""A table as a web page of its own: text of any origin stays text, and links lead to http and https only."""

from __future__ import annotations

from html import escape

import pandas as pd

from analysis.evidence.citation import plain_text, web_address

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font-family: sans-serif; }}
td, th {{ text-align: start; vertical-align: top; padding: 0.2em 0.6em; border-bottom: 1px solid #ccc; }}
</style>
</head>
<body>
<h1>{title}</h1>
<table>
{rows}
</table>
</body>
</html>
"""


def web_page(frame: pd.DataFrame, *, title: str) -> str:
    """Return a page with `frame` as a table, without its index; a cell that is a web address becomes a link."""
    head = "".join(f"<th>{_text(name)}</th>" for name in frame)
    lines = frame.itertuples(index=False, name=None)
    body = ["".join(f'<td dir="auto">{_cell(cell)}</td>' for cell in line) for line in lines]
    rows = "\n".join(f"<tr>{cells}</tr>" for cells in (head, *body))
    return _PAGE.format(title=_text(title), rows=rows)


def _cell(cell: object) -> str:
    if not isinstance(cell, str):
        return "" if pd.isna(cell) else _text(cell)  # type: ignore[call-overload]
    address = web_address(cell)
    if not address:
        return _text(cell)
    return f'<a href="{escape(address)}" rel="noreferrer">{_text(cell)}</a>'


def _text(text: object) -> str:
    return escape(plain_text(str(text)))
