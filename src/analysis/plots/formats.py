"""A laid-out figure as the bytes of a file: the same bytes on every run."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import numpy as np
from matplotlib.collections import Collection
from matplotlib.colors import to_rgba_array
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from analysis.plots.style import house_style

# Dates and program versions are left out of the files.
_METADATA: Final[dict[str, dict[str, str | None]]] = {
    "pdf": {"Creator": None, "Producer": None, "CreationDate": None},
    "svg": {"Creator": None, "Date": None},
    "png": {"Software": None},
    "eps": {"Creator": "analysis"},
}
# Text in an SVG is drawn by the reader's machine, where the house's font may be missing: these have the same widths.
_SVG_FONT: Final = (
    b"font-family: 'Liberation Sans'",
    b"font-family: 'Liberation Sans', Arimo, Arial, Helvetica, sans-serif",
)


def rendered(figure: Figure, ending: str, *, dpi: float) -> bytes:
    """Return the file with this ending: 'pdf', 'svg', 'png', 'eps' or 'tif'.

    EPS knows no transparency, so that its colours are first mixed with white; TIFF has none either, and is compressed
    without loss (LZW).
    """
    if ending == "tif":
        return _tiff(_drawn(figure, "png", dpi=dpi), dpi=dpi)
    if ending == "eps":
        with _opaque(figure):
            return _drawn(figure, "eps", dpi=dpi)
    return _drawn(figure, ending, dpi=dpi)


def _drawn(figure: Figure, ending: str, *, dpi: float) -> bytes:
    stream = io.BytesIO()
    with house_style():
        figure.savefig(stream, format=ending, metadata=_METADATA[ending], dpi=dpi)
    return stream.getvalue().replace(*_SVG_FONT) if ending == "svg" else stream.getvalue()


def _tiff(png: bytes, *, dpi: float) -> bytes:
    stream = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").save(stream, format="TIFF", compression="tiff_lzw", dpi=(dpi, dpi))
    return stream.getvalue()


@contextmanager
def _opaque(figure: Figure) -> Iterator[None]:
    """Give everything transparent the colour it has on white, inside a ``with`` block."""
    artists: list[Line2D | Patch | Collection] = [*figure.findobj(Line2D), *figure.findobj(Patch)]
    artists += figure.findobj(Collection)
    before = [(artist, _colours(artist), artist.get_alpha()) for artist in artists]
    for artist, colours, alpha in before:
        # What areas say of their colours holds the alpha of the whole; what lines say does not.
        own = alpha if isinstance(artist, Line2D) else None
        artist.set(alpha=None)
        artist.set(**{name: _on_white(colour, own) for name, colour in colours.items()})
    try:
        yield
    finally:
        for artist, colours, alpha in before:
            artist.set(**colours)
            artist.set(alpha=alpha)


def _colours(artist: Line2D | Patch | Collection) -> dict[str, ArrayLike]:
    if isinstance(artist, Line2D):
        return {
            "color": artist.get_color(),
            "markerfacecolor": artist.get_markerfacecolor(),
            "markeredgecolor": artist.get_markeredgecolor(),
        }
    return {"facecolor": artist.get_facecolor(), "edgecolor": artist.get_edgecolor()}


def _on_white(colours: ArrayLike, alpha: float | None = None) -> str | tuple[float, ...] | NDArray[np.float64]:
    """Return colours without transparency; what cannot be seen at all stays so."""
    if isinstance(colours, str) and colours.lower() == "none":
        return colours
    mixed = to_rgba_array(colours, alpha)
    seen = mixed[:, 3:] > 0
    mixed[:, :3] = np.where(seen, mixed[:, :3] * mixed[:, 3:] + 1 - mixed[:, 3:], mixed[:, :3])
    mixed[:, 3:] = seen
    return mixed if np.ndim(colours) > 1 or not len(mixed) else tuple(mixed[0])
