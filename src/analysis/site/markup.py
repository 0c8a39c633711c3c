"""HTML of single things, with every text escaped: text of any origin stays text, and links lead to http and https."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from analysis.evidence.citation import plain_text, web_address

_TABLE: Final = re.compile(r"<table.*?</table>", re.S)
_SCOPED_STYLE: Final = re.compile(r"<style scoped>.*?</style>", re.S)
_EMPTY_HEADING: Final = re.compile(r"<th></th>")


def text_html(text: object) -> str:
    """Return text on one line as HTML, without control characters and direction marks."""
    return escape(plain_text(str(text)))


def link(address: object, words: object) -> str:
    """Return words that lead to a page; the words alone when the address is not http or https."""
    href = web_address(address)
    shown = text_html(words)
    return f'<a href="{escape(href)}" rel="noreferrer">{shown}</a>' if href else shown


def raw_html(html: str) -> str:
    """Return the Markdown that puts `html` into a page as it is.

    The fence is longer than any in it, so that no text in the HTML can end it.
    """
    longest = max((len(run) for run in re.findall(r"`+", html)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{{raw}} html\n{html}\n{fence}\n"


def scrolling(html: str, *, label: str) -> str:
    """Return HTML in a box that scrolls by itself and that a keyboard reaches."""
    return f'<div class="scrolling" role="region" tabindex="0" aria-label="{text_html(label)}">{html}</div>'


def readable_tables(html: str, *, label: str) -> str:
    """Return the HTML of printed tables, each in a scrolling box of its own, without the style that came with it."""
    plain = _SCOPED_STYLE.sub("", html)
    return _TABLE.sub(lambda found: scrolling(_EMPTY_HEADING.sub("<td></td>", found[0]), label=label), plain)
