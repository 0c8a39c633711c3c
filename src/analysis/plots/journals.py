"""What journals ask of figures: widths, text sizes and formats; applied when a figure is drawn, never to its files.

Each profile follows the journal's own guide for authors, read in 2025: research-figure-guide.nature.com;
science.org, "Preparing your art and figures"; journals.plos.org, "Figures"; elsevier.com, "Artwork sizing" and
"Artwork overview". They contradict each other, so there is one profile a journal and none for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from analysis.settings import HOUSE, journal


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What one journal asks.

    Parameters
    ----------
    name, title
        Short name, as on the command line; the journal in words.
    single_mm, double_mm
        Widths for figures of one column and of the whole page, mm.
    height_mm
        Largest height, mm.
    least_pt, most_pt
        Smallest and largest text, points.
    endings
        Formats of the files that are sent, by file ending.
    raster_dpi
        Resolution of pictures made of pixels, dots per inch.
    growth
        How much higher than in the house style a figure is, since larger text needs more room.
    words_in_caption
        Whether the message of a panel and the line of sources belong in the caption instead of the picture.
    """

    name: str
    title: str
    single_mm: float
    double_mm: float
    height_mm: float
    least_pt: float
    most_pt: float
    endings: tuple[str, ...]
    raster_dpi: int
    growth: float = 1.0
    words_in_caption: bool = True

    def text_pt(self, house_pt: float) -> float:
        """Return the size, in points, of text that has `house_pt` in the house style: the nearest one allowed."""
        return min(max(house_pt, self.least_pt), self.most_pt)


_PROFILES: Final = (
    Profile(
        name=HOUSE,
        title="the repository's own style",
        single_mm=89.0,
        double_mm=183.0,
        height_mm=230.0,
        least_pt=5.5,
        most_pt=8.0,
        endings=("pdf", "svg", "png"),
        raster_dpi=300,
        words_in_caption=False,
    ),
    Profile(
        name="nature",
        title="Nature",
        single_mm=89.0,
        double_mm=183.0,
        height_mm=170.0,
        least_pt=5.0,
        most_pt=7.0,
        endings=("pdf", "eps"),
        raster_dpi=450,
    ),
    Profile(
        name="science",
        title="Science",
        single_mm=121.0,
        double_mm=184.0,
        height_mm=229.0,
        least_pt=6.0,
        most_pt=8.0,
        endings=("pdf", "eps"),
        raster_dpi=600,
    ),
    Profile(
        name="plos",
        title="PLOS",
        single_mm=132.0,
        double_mm=190.5,
        height_mm=222.2,
        least_pt=8.0,
        most_pt=12.0,
        endings=("tif",),
        raster_dpi=600,
        growth=1.25,
    ),
    Profile(
        name="elsevier",
        title="Elsevier",
        single_mm=90.0,
        double_mm=190.0,
        height_mm=240.0,
        least_pt=7.0,
        most_pt=10.0,
        endings=("pdf", "eps", "tif"),
        raster_dpi=500,
        growth=1.08,
    ),
)
PROFILES: Final[Mapping[str, Profile]] = {profile.name: profile for profile in _PROFILES}


def current_profile() -> Profile:
    """Return the profile this process draws for; the house style unless its environment names a journal.

    Raises
    ------
    ParameterError
        When the environment names a journal there is no profile for.
    """
    return PROFILES[journal()]
