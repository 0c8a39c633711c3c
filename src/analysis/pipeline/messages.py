"""Text from data, notebooks or errors, made fit for a terminal."""

from __future__ import annotations

import re

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def printable(text: str) -> str:
    """Return `text` with colour codes dropped and every other control character escaped; line feeds and tabs stay.

    Invisible characters that reorder text (bidirectional marks) are escaped as well.
    """
    plain = _COLOURS.sub("", text)
    return "".join(character if _is_harmless(character) else _escaped(character) for character in plain)


def _is_harmless(character: str) -> bool:
    return character.isprintable() or character in "\n\t\N{NO-BREAK SPACE}"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")


def head(text: str, *, lines: int, width: int = 200) -> str:
    """Return the first `lines` lines of `text`, each cut to `width`, with a mark where something was left out."""
    kept = text.strip("\n").splitlines()
    shown = [line if len(line) <= width else line[: width - 1] + "\N{HORIZONTAL ELLIPSIS}" for line in kept[:lines]]
    if len(kept) > lines:
        shown.append(f"\N{HORIZONTAL ELLIPSIS} ({len(kept) - lines} more lines)")
    return "\n".join(shown)


def counted(number: int, noun: str) -> str:
    """Return '1 notebook', '2 notebooks'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
