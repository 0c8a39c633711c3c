"""Past projections of Bosnia and Croatia: Landmine Monitor profiles 2011-2019, HINA 2006."""

from __future__ import annotations

import math

import pytest

from analysis.contamination import elsewhere
from analysis.contamination.past_projections import falls_without_release, projections_scored, years_by_rate
from analysis.stats.projection import projection_error
from analysis.stats.ratios import quotient_range


def test_projections_of_bosnia_and_croatia_are_scored() -> None:
    scored = projections_scored()
    bosnia = scored[scored["country"] == elsewhere.BOSNIA]
    # 1,442 against 1,259 and 1,340 against 1,183: 183 km2 (14.54 %), 157 km2 (13.27 %)
    assert bosnia["difference_km2"].tolist() == [183, 157]
    assert (100 * bosnia["share_of_projection"]).tolist() == pytest.approx([14.54, 13.27], abs=0.05)
    # of 1,556 - 1,259 = 297 km2 planned, 1,556 - 1,442 = 114 were reached; then 216 of 373
    assert bosnia["share_of_planned_fall"].tolist() == pytest.approx([114 / 297, 216 / 373])
    croatia = scored[scored["country"] == elsewhere.CROATIA].iloc[0]
    # nothing was to be left by the middle of 2011; 530.17 km2 were reported for the end of 2014
    assert croatia["reported_km2"] == pytest.approx(530.17, abs=0.01)
    assert math.isnan(croatia["share_of_projection"])
    assert croatia["days_late"] == 1280  # 30 June 2011 to 31 December 2014: 184 + 2 x 365 + 366


def test_years_by_the_rate_taken() -> None:
    years = years_by_rate().set_index(["country", "rate_from"])["years"]
    # 1,061 km2 at the end of 2017: 203 years at what was released, 3,537 at what was cleared
    assert years[(elsewhere.BOSNIA, "released 2017")] == pytest.approx(202.8680688, abs=0.1)
    assert years[(elsewhere.BOSNIA, "cleared 2017")] == pytest.approx(3536.666667, abs=0.1)
    # the fall of the area from 2009 to 2010 was 114 km2: 1,061 / 114
    assert years[(elsewhere.BOSNIA, "area 2009 to 2010")] == pytest.approx(1061 / 114)


def test_areas_moved_without_release() -> None:
    moved = falls_without_release().set_index("country")
    assert moved.loc[elsewhere.BOSNIA, "unexplained_km2"] == pytest.approx(-24.77, abs=0.01)
    assert moved.loc[elsewhere.BOSNIA, "released_km2"] == pytest.approx(5.23, abs=0.001)
    assert moved.loc[elsewhere.CROATIA, "unexplained_km2"] == pytest.approx(20.58, abs=0.01)
    assert moved.loc[elsewhere.CROATIA, "released_km2"] == pytest.approx(67.75, abs=0.001)


def test_every_figure_has_its_page() -> None:
    pages = set(elsewhere.pages_cited()["cited"])
    for table in (elsewhere.stated_areas(), elsewhere.projections(), elsewhere.releases()):
        assert set(table["cited"]) <= pages


# Landmine Monitor profile of Croatia 2015, hazardous area by county at the end of 2014, km2: suspected, confirmed.
COUNTIES = {
    "Brod-Posavina": (6.26, 5.58),
    "Karlovac": (37.73, 17.8),
    "Lika-Senj": (45.24, 99.87),
    "Osijek-Baranja": (41.85, 29.5),
    "Pozega-Slavonia": (6.6, 25.63),
    "Split-Dalmatia": (10.93, 12.84),
    "Sisak-Moslavina": (57.89, 41.2),
    "Sibenik-Knin": (11.11, 21.23),
    "Vukovar-Srijem": (3.91, 10.78),
    "Zadar": (23.3, 20.92),
}


def test_the_counties_of_croatia_add_up_to_the_national_area() -> None:
    suspected, confirmed = (sum(row[place] for row in COUNTIES.values()) for place in (0, 1))
    assert (suspected, confirmed) == (pytest.approx(244.82, abs=0.01), pytest.approx(285.35, abs=0.01))
    areas = elsewhere.stated_areas()
    national = areas[(areas["country"] == elsewhere.CROATIA) & (areas["as_of"] == "2014-12-31")]["area_km2"]
    assert national.tolist() == [pytest.approx(suspected + confirmed, abs=0.01)]


# Landmine Monitor (Croatia, world) and Clearing the Mines 2020 (Mine Action Review): antipersonnel mines found and km2
# cleared in Croatia 2017, in Croatia 2019 without the 103 mines of another programme, and in the world 2023.
@pytest.mark.parametrize(
    ("mines", "area_km2", "per_km2"),
    [(1393, 30.4, 45.82236842), (2530 - 103, 39.16, 61.97650664), (160566, 281.5, 570.3943162)],
)
def test_mines_per_km2_cleared(mines: int, area_km2: float, per_km2: float) -> None:
    found = quotient_range(mines, mines, area_km2, area_km2)
    assert (found.low, found.high) == (pytest.approx(per_km2, abs=1e-6), pytest.approx(per_km2, abs=1e-6))


def test_clearance_in_croatia_fell_from_2018_to_2019() -> None:
    # Clearing the Mines 2020: 49.01 km2, then 39.16: a fall of 20.1 %
    assert 100 * projection_error(49.01, 39.16).share_of_projection == pytest.approx(-20.1, abs=0.05)
