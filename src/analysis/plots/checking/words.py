"""The words of a drawing with their size, colour and the room their ink takes, read from its SVG file.

Text stays text in the SVG files, at the same place as in every other format of the figure; how much room it takes
follows from the shipped font, with the measures matplotlib itself draws by.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, ParseError, fromstring

from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath, text_to_path

from analysis.errors import ReproductionError
from analysis.plots.style import FONT_FOLDER

_SVG: Final = "{http://www.w3.org/2000/svg}"
_BOLD_FROM: Final = 600
_NUMBER: Final = r"(-?[\d.]+(?:e-?\d+)?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in points from the upper left corner of the figure."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap_pt(self, other: Box) -> float:
        """Return by how many points the two overlap in the direction in which they overlap least; 0 if they do not."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, min(across, down))


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One line of text.

    Parameters
    ----------
    text
        What is written.
    size_pt
        Size of the letters, points.
    colour
        '#rrggbb'.
    box
        The room its ink takes.
    """

    text: str
    size_pt: float
    colour: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A figure's size in points, and its words in the order in which they are drawn."""

    width_pt: float
    height_pt: float
    words: tuple[Word, ...]


def read_drawing(svg: bytes) -> Drawing:
    """Return the words of an SVG file that this package wrote.

    Raises
    ------
    ReproductionError
        When it is no such file.
    """
    try:
        root = fromstring(svg)  # noqa: S314 - a file the package wrote, or one that fails here
        _, _, width, height = (float(part) for part in root.attrib["viewBox"].split())
        words = [_word(element) for element in root.iter(f"{_SVG}text") if "".join(element.itertext()).strip()]
    except (ParseError, KeyError, ValueError) as error:
        raise ReproductionError(f"an SVG file that cannot be read: {error}") from error
    return Drawing(width_pt=width, height_pt=height, words=tuple(words))


def _word(element: Element) -> Word:
    style = dict(re.findall(r"([a-z-]+): ([^;]+)", element.attrib["style"]))
    text = "".join(element.itertext())
    size = float(style["font-size"].removesuffix("px"))
    font = _font(style, size)
    low, high = _ink(text, font, size)
    length, _, _ = text_to_path.get_text_width_height_descent(text, font, False)
    start = {"middle": -length / 2, "end": -length}.get(style.get("text-anchor", "start"), 0.0)
    corners = [(start + x, -y) for x in (low[0], high[0]) for y in (low[1], high[1])]
    placed = [_placed(corner, element) for corner in corners]
    across, down = [x for x, _ in placed], [y for _, y in placed]
    box = Box(left=min(across), top=min(down), right=max(across), bottom=max(down))
    return Word(text=text, size_pt=size, colour=style.get("fill", "#000000"), box=box)


def _ink(text: str, font: FontProperties, size: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the lower left and the upper right corner of the letters, points from the start of the base line.

    TrueType outlines have a point at each of their ends, so that the points alone give the room.
    """
    path = TextPath((0, 0), text, size=size, prop=font)
    points = path.vertices[path.codes != Path.CLOSEPOLY]
    (left, low), (right, high) = points.min(axis=0), points.max(axis=0)
    return (float(left), float(low)), (float(right), float(high))


def _font(style: dict[str, str], size: float) -> FontProperties:
    weight = style.get("font-weight", "400")
    bold = weight == "bold" or (weight.isdecimal() and int(weight) >= _BOLD_FROM)
    slanted = style.get("font-style", "normal") != "normal"
    name = "Bold" if bold else "Italic" if slanted else "Regular"
    return FontProperties(fname=FONT_FOLDER / f"LiberationSans-{name}.ttf", size=size)


def _placed(corner: tuple[float, float], element: Element) -> tuple[float, float]:
    """Return where a point beside the start of the text stands in the figure."""
    transform = element.attrib.get("transform", "")
    x, y = corner
    turned = re.search(rf"rotate\({_NUMBER}", transform)
    angle = math.radians(float(turned.group(1))) if turned else 0.0
    x, y = x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)
    moved = re.search(rf"translate\({_NUMBER}[ ,]+{_NUMBER}\)", transform)
    if moved:
        return x + float(moved.group(1)), y + float(moved.group(2))
    return x + float(element.attrib.get("x", 0)), y + float(element.attrib.get("y", 0))
