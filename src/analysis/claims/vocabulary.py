"""Words that take a side or say more than the data do, and where our own text has one of them."""

from __future__ import annotations

import re
from typing import Final

LOADED: Final = (
    "aggress(?:or|ion)\\w*",
    "atrocit\\w*",
    "barbar\\w*",
    "debunk\\w*",
    "demined",
    "disinformation",
    "enemy",
    "enemies",
    "exaggerat\\w*",
    "fabricat\\w*",
    "fake",
    "false(?:ly)?",
    "genocid\\w*",
    "heroic\\w*",
    "hostile",
    "invad\\w*",
    "lied",
    "liar\\w*",
    "liberat\\w*",
    "martyr\\w*",
    "mislead\\w*",
    "occupied",
    "occupation",
    "occupier\\w*",
    "propagand\\w*",
    "regime",
    "separatis\\w*",
    "so-called",
    "terroris\\w*",
    "untrue",
    "victims?",
)
"""Patterns of words that our text does not use; quoted statements may."""

_WORD: Final = re.compile(rf"\b(?:{'|'.join(LOADED)})\b", re.IGNORECASE)
_QUOTED: Final = re.compile(r"\"[^\"]*\"|\u201c[^\u201d]*\u201d|`[^`]*`")


def loaded_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that take a side, in order; what stands in quotation marks is not ours."""
    return tuple(found.group() for found in _WORD.finditer(_QUOTED.sub(" ", text)))
