"""What a figure of the record shows, in the first sentence of its caption."""

from __future__ import annotations

import json
import re
from typing import Final

from analysis.pipeline.messages import printable
from analysis.record.layout import Layout

_SENTENCE: Final = re.compile(r".+?[.!?](?=\s+[A-Z0-9(\"'\N{LEFT DOUBLE QUOTATION MARK}]|$)", re.DOTALL)


def first_sentence(text: str) -> str:
    """Return `text` up to the first full stop, question or exclamation mark that a new sentence follows."""
    plain = " ".join(text.split())
    found = _SENTENCE.match(plain)
    return found.group() if found else plain


def captions(layout: Layout, figures: tuple[str, ...]) -> dict[str, str]:
    """Return the first sentence of the committed caption by figure; says so where it cannot be read."""
    return {name: _caption(layout, name) for name in figures}


def _caption(layout: Layout, name: str) -> str:
    try:
        return printable(first_sentence(str(json.loads((layout.figures / f"{name}.json").read_bytes())["caption"])))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "(the caption on record cannot be read)"
