"""Whether a figure's files have the size, fonts and resolution that are asked."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from analysis.errors import ReproductionError
from analysis.plots.checking.finding import Finding
from analysis.plots.journals import Profile
from analysis.plots.style import MM_PER_INCH

POINTS_PER_INCH: Final = 72.0
_SLACK_MM: Final = 0.3
_SLACK_DPI: Final = 1.0
# What matplotlib writes for an embedded TrueType font ("type 42").
_TRUETYPE: Final = {"Type0", "CIDFontType2", "TrueType"}


def check_file(name: str, ending: str, content: bytes, profile: Profile) -> Iterator[Finding]:
    """Yield what is wrong with one file of a figure.

    Parameters
    ----------
    name
        Of the figure.
    ending
        Of the file: 'pdf', 'eps', 'png' or 'tif'; of others nothing is asked here.
    content
        The file.
    profile
        What is asked.
    """
    if ending not in _CHECKS:
        return
    for rule, found in _CHECKS[ending](content, profile):
        yield Finding(figure=name, rule=rule, found=f"{ending.upper()}: {found}")


def pixels(png: bytes) -> NDArray[np.uint8]:
    """Return a picture as rows of red, green and blue pixels.

    Raises
    ------
    ReproductionError
        When it is no picture.
    """
    try:
        with Image.open(io.BytesIO(png)) as image:
            return np.asarray(image.convert("RGB"))
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise ReproductionError(f"a PNG file that cannot be read: {error}") from error


_Said = Iterator[tuple[str, str]]


def _pdf(content: bytes, profile: Profile) -> _Said:
    box = re.search(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", content)
    if box is None:
        yield "file", "no page of a size that can be read"
    else:
        yield from _size(float(box[1]), float(box[2]), profile)
    fonts = [one for one in content.split(b"endobj") if re.search(rb"/Type /Font(?![A-Za-z])", one)]
    kinds = {found.decode() for one in fonts for found in re.findall(rb"/Subtype /(\w+)", one)}
    described = [one for one in content.split(b"endobj") if b"/Type /FontDescriptor" in one]
    if not fonts:
        yield "fonts", "no font, although a figure has text"
    elif kinds - _TRUETYPE:
        yield "fonts", f"fonts of kind {', '.join(sorted(kinds - _TRUETYPE))}; embedded TrueType (type 42) is asked"
    elif not described or any(b"/FontFile2" not in one for one in described):
        yield "fonts", "a font that is named but not embedded"


def _eps(content: bytes, profile: Profile) -> _Said:
    box = re.search(rb"%%HiResBoundingBox: ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)", content)
    if box is None:
        yield "file", "no bounding box that can be read"
    else:
        left, low, right, high = (float(part) for part in box.groups())
        yield from _size(right - left, high - low, profile)
    kinds = set(re.findall(rb"/FontType (\d+) def", content))
    if kinds != {b"42"}:
        found = ", ".join(sorted(kind.decode() for kind in kinds)) or "none"
        yield "fonts", f"embedded fonts of type {found}; type 42 is asked"


def _size(width_pt: float, height_pt: float, profile: Profile) -> _Said:
    width, height = (MM_PER_INCH * points / POINTS_PER_INCH for points in (width_pt, height_pt))
    widths = (profile.single_mm, profile.double_mm)
    if min(abs(width - allowed) for allowed in widths) > _SLACK_MM:
        yield "width", f"{width:.1f} mm wide; {widths[0]:g} or {widths[1]:g} mm"
    if height > profile.height_mm + _SLACK_MM:
        yield "height", f"{height:.1f} mm high; at most {profile.height_mm:g} mm"


def _png(content: bytes, profile: Profile) -> _Said:
    with Image.open(io.BytesIO(content)) as image:
        yield from _raster(image, profile)


def _tif(content: bytes, profile: Profile) -> _Said:
    with Image.open(io.BytesIO(content)) as image:
        yield from _raster(image, profile)
        if image.mode not in ("RGB", "L"):
            yield "file", f"colours are {image.mode}; RGB without transparency is asked"
        if image.info.get("compression") != "tiff_lzw":
            yield "file", f"compression is {image.info.get('compression')}; LZW is asked"


def _raster(image: Image.Image, profile: Profile) -> _Said:
    dpi = float(image.info.get("dpi", (0, 0))[0])
    if dpi < profile.raster_dpi - _SLACK_DPI:
        yield "resolution", f"{dpi:.0f} dots per inch; at least {profile.raster_dpi}"
    if dpi:
        yield from _size(POINTS_PER_INCH * image.width / dpi, POINTS_PER_INCH * image.height / dpi, profile)


_CHECKS: Final[Mapping[str, Callable[[bytes, Profile], _Said]]] = {"pdf": _pdf, "eps": _eps, "png": _png, "tif": _tif}
