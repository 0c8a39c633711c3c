"""Text of any origin inside Markdown tables: it stays text, on one line, in its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from analysis.pipeline.messages import printable

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$])")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_./ :+-]+")


def escaped(text: str) -> str:
    """Return `text` on one line, with every character that means something in Markdown or HTML taken literally."""
    return _SPECIAL.sub(r"\\\1", " ".join(printable(text).split()))


def code(text: str) -> str:
    """Return `text` in code type when it is a plain name or hash, else escaped; a dash for nothing."""
    if not text:
        return "\N{EN DASH}"
    return f"`{text}`" if _PLAIN.fullmatch(text) and text == text.strip() else escaped(text)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are Markdown already."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
