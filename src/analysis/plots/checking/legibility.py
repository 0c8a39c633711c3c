"""Whether every word of a figure can be read: large enough, inside, on nothing else, and apart from its background."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.plots.checking.finding import Finding
from analysis.plots.checking.words import Box, Drawing, Word
from analysis.plots.journals import Profile

TOUCHING_PT: Final = 0.4
"""Ink that meets by less than this, in points, is seen as apart."""
LEAST_CONTRAST: Final = 4.5
"""Level AA of the Web Content Accessibility Guidelines 2.1, 1.4.3, for text that is not large."""

_SIZE_SLACK_PT: Final = 0.01
_SHOWN: Final = 40
_MARGIN_PT: Final = 1.0
# Pixels as near as this to the letters' colour, in units of 0 to 255 summed over red, green and blue, are letters.
_LETTERS: Final = 120
_PACKED: Final = np.array([1 << 16, 1 << 8, 1])


def check_words(name: str, drawing: Drawing, picture: NDArray[np.uint8], profile: Profile) -> Iterator[Finding]:
    """Yield what keeps words of a figure from being read.

    Parameters
    ----------
    name
        Of the figure.
    drawing
        Its words.
    picture
        The same figure as rows of red, green and blue pixels.
    profile
        What is allowed.
    """
    yield from _sizes(name, drawing, profile)
    yield from _outside(name, drawing)
    yield from _overlaps(name, drawing)
    yield from _contrasts(name, drawing, picture)


def _sizes(name: str, drawing: Drawing, profile: Profile) -> Iterator[Finding]:
    for word in drawing.words:
        if not profile.least_pt - _SIZE_SLACK_PT <= word.size_pt <= profile.most_pt + _SIZE_SLACK_PT:
            allowed = f"{profile.least_pt:g} to {profile.most_pt:g} pt"
            yield Finding(figure=name, rule="text size", found=f"{_quoted(word)} has {word.size_pt:g} pt; {allowed}")


def _outside(name: str, drawing: Drawing) -> Iterator[Finding]:
    for word in drawing.words:
        box = word.box
        beyond = max(-box.left, -box.top, box.right - drawing.width_pt, box.bottom - drawing.height_pt)
        if beyond > 0:
            yield Finding(figure=name, rule="outside", found=f"{_quoted(word)} is cut off by {beyond:.1f} pt")


def _overlaps(name: str, drawing: Drawing) -> Iterator[Finding]:
    for one, other in combinations(drawing.words, 2):
        by = one.box.overlap_pt(other.box)
        if by > TOUCHING_PT:
            yield Finding(figure=name, rule="overlap", found=f"{_quoted(one)} and {_quoted(other)} by {by:.1f} pt")


def _contrasts(name: str, drawing: Drawing, picture: NDArray[np.uint8]) -> Iterator[Finding]:
    scale = picture.shape[1] / drawing.width_pt
    for word in drawing.words:
        letters = np.array([int(word.colour[i : i + 2], 16) for i in (1, 3, 5)])
        behind = background(picture, word.box, letters, scale=scale)
        if behind is None:
            continue
        found = contrast(letters, behind)
        if found < LEAST_CONTRAST:
            wanted = f"{found:.1f} to 1 against what is behind it; at least {LEAST_CONTRAST}"
            yield Finding(figure=name, rule="contrast", found=f"{_quoted(word)} has {wanted}")


def background(
    picture: NDArray[np.uint8], box: Box, letters: NDArray[np.int64], *, scale: float
) -> NDArray[np.int64] | None:
    """Return the commonest colour around and between the letters; None when the box shows nothing else."""
    top, bottom = int((box.top - _MARGIN_PT) * scale), int((box.bottom + _MARGIN_PT) * scale) + 1
    left, right = int((box.left - _MARGIN_PT) * scale), int((box.right + _MARGIN_PT) * scale) + 1
    pixels = picture[max(top, 0) : bottom, max(left, 0) : right].reshape(-1, 3).astype(np.int64)
    others = pixels[np.abs(pixels - letters).sum(axis=1) > _LETTERS]
    if not len(others):
        return None
    packed, counts = np.unique(others @ _PACKED, return_counts=True)
    commonest = int(packed[int(counts.argmax())])
    return np.array([commonest >> 16, (commonest >> 8) & 255, commonest & 255])


def contrast(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Return the contrast ratio of two colours (red, green, blue; 0 to 255), from 1 to 21.

    Definition: Web Content Accessibility Guidelines 2.1, "contrast ratio" and "relative luminance".
    """
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: NDArray[np.int64]) -> float:
    share = colour / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))


def _quoted(word: Word) -> str:
    text = word.text if len(word.text) <= _SHOWN else f"{word.text[: _SHOWN - 1]}\N{HORIZONTAL ELLIPSIS}"
    return f"'{text}'"
