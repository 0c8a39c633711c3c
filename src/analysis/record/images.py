"""How far two PNG pictures are apart, in pixels a reader could tell apart."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from analysis.errors import ReproductionError

if TYPE_CHECKING:
    import numpy as np

VISIBLE_LEVELS: Final = 4
"""A pixel differs when any of its channels is more than this many of 255 levels away."""

PIXELS_ALLOWED: Final = 4
"""Pictures with more differing pixels do not agree. One digit changed in the smallest label moves more than that; the
last bits of a coordinate move a few pixels by a level or two."""


def pictures_agree(old: bytes, new: bytes) -> bool:
    """Return whether two PNG files show the same picture."""
    return old == new or pixels_apart(old, new) <= PIXELS_ALLOWED


def pixels_apart(old: bytes, new: bytes) -> int:
    """Return how many pixels differ visibly; every pixel of the larger one when the sizes differ.

    Raises
    ------
    ReproductionError
        When one of them is not a picture.
    """
    import numpy as np

    one, other = _channels(old), _channels(new)
    if one.shape != other.shape:
        return max(one.shape[0] * one.shape[1], other.shape[0] * other.shape[1])
    apart = np.abs(one - other).max(axis=2) > VISIBLE_LEVELS
    return int(apart.sum())


def _channels(content: bytes) -> np.ndarray[tuple[int, int, int], np.dtype[np.int16]]:
    import numpy as np
    from PIL import Image, UnidentifiedImageError  # most pictures are equal byte for byte, and need neither

    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            return np.asarray(picture.convert("RGBA"), dtype=np.int16)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise ReproductionError(f"a PNG file of the record or of this run cannot be read: {error}") from error
