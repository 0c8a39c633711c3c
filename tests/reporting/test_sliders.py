"""The sliders draw the formulas that the methods page gives."""

from __future__ import annotations

import math

import pytest

from analysis.reporting import sliders


def test_a_steady_rate_releases_the_area_in_the_years_of_a_division() -> None:
    # 900 / 70 = 12.86, so that something is left after 12 years and nothing after 13.
    left = sliders.area_left(area_thousand_ha=900, rate_thousand_ha=70, change_per_year=0.0)
    assert left[12] == pytest.approx(900 - 12 * 70)
    assert sliders.years_until_none_is_left(left) == 13


def test_a_rate_that_falls_too_fast_never_releases_it() -> None:
    # 5 a year falling by a tenth releases at most 5 / 0.1 = 50.
    left = sliders.area_left(area_thousand_ha=60, rate_thousand_ha=5, change_per_year=-0.1)
    assert len(left) == sliders.LONGEST_YEARS + 1
    assert left.min() > 10
    assert sliders.years_until_none_is_left(left) == math.inf


@pytest.mark.parametrize("make", [sliders.unrecorded_sliders, sliders.horizon_sliders])
def test_every_end_of_a_slider_is_drawn(make, monkeypatch) -> None:
    shown = []
    monkeypatch.setattr(sliders, "display", lambda image: shown.append(image.data))
    widget = make()
    shown.clear()  # the picture of the sliders as they start
    function = widget.f
    for name in ("min", "max"):
        function(**{slider.description: getattr(slider, name) for slider in widget.children[:-1]})
    assert len(shown) == 2
    assert all(picture.startswith(b"\x89PNG") for picture in shown)
    assert shown[0] != shown[1]
