import io
from itertools import combinations

import pytest
from matplotlib.figure import Figure
from PIL import Image

from analysis.errors import ReproductionError
from analysis.record.images import PIXELS_ALLOWED, VISIBLE_LEVELS, pictures_agree, pixels_apart


def png(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "png")
    return stream.getvalue()


def label(text: str, *, dpi: int) -> bytes:
    """Draw `text` at 5 points, the smallest size any journal allows."""
    figure = Figure(figsize=(1.5, 0.4))
    figure.text(0.1, 0.4, text, fontsize=5)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=dpi)
    return stream.getvalue()


@pytest.mark.parametrize("dpi", [144, 300])
def test_one_changed_digit_in_the_smallest_label_is_seen(dpi: int) -> None:
    drawn = {digit: label(f"1{digit}.4 %", dpi=dpi) for digit in "0123456789"}
    for one, other in combinations(drawn, 2):
        assert not pictures_agree(drawn[one], drawn[other]), f"{one} and {other} at {dpi} dots per inch"


def test_a_few_pixels_or_faint_levels_agree_and_one_more_does_not() -> None:
    blank = Image.new("RGB", (40, 40), (200, 200, 200))
    faint = Image.new("RGB", (40, 40), (200 - VISIBLE_LEVELS, 200, 200))
    assert pictures_agree(png(blank), png(faint))
    assert not pictures_agree(png(blank), png(Image.new("RGB", (40, 40), (200 - VISIBLE_LEVELS - 1, 200, 200))))
    dotted = blank.copy()
    for place in range(PIXELS_ALLOWED):
        dotted.putpixel((place, 0), (0, 0, 0))
    assert pictures_agree(png(blank), png(dotted))
    dotted.putpixel((PIXELS_ALLOWED, 0), (0, 0, 0))
    assert not pictures_agree(png(blank), png(dotted))
    assert pixels_apart(png(blank), png(dotted)) == PIXELS_ALLOWED + 1


def test_another_size_differs_in_every_pixel() -> None:
    assert pixels_apart(png(Image.new("L", (10, 10))), png(Image.new("L", (10, 12)))) == 120


def test_transparency_counts() -> None:
    clear, solid = (png(Image.new("RGBA", (10, 10), (0, 0, 0, alpha))) for alpha in (0, 255))
    assert not pictures_agree(clear, solid)


def test_a_file_that_is_no_picture_is_named_as_such() -> None:
    with pytest.raises(ReproductionError, match=r"PNG file .* cannot be read"):
        pixels_apart(png(Image.new("L", (10, 10))), b"not a picture")


def test_a_picture_too_large_to_open_is_named_as_such(monkeypatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 4)
    large = png(Image.new("L", (10, 10)))
    with pytest.raises(ReproductionError, match="cannot be read"):
        pixels_apart(large, large)
