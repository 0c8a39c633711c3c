"""Stock, flow and projection: figures published for Bosnia and Herzegovina and Croatia, worked out in the comments."""

import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.projection import (
    completion_year,
    flow_between,
    projection_error,
    stock_before_change,
    unexplained_change,
    years_to_zero,
)

# km2, Landmine Monitor country profiles 2011-2019 (year ends): Bosnia and Herzegovina 1,556 (2009), 1,442 (2010),
# 1,340 (2011), 1,219 (2013), 1,091 (2016), 1,061 (2017); released in 2017 5.23, of which cleared 0.30.


def test_years_to_zero_depend_on_which_flow_is_meant():
    early = flow_between(1556, 1340, years=2)  # 108 a year
    late = flow_between(1219, 1061, years=4)  # 39.5 a year
    assert years_to_zero(1340, early) == pytest.approx(12.40740741)
    assert years_to_zero(1061, late) == pytest.approx(26.86075949)
    assert years_to_zero(1061, 5.23) == pytest.approx(202.8680688)
    assert years_to_zero(1061, 0.30) == pytest.approx(3536.666667)
    assert completion_year(1340, early, origin_year=2012.0) == pytest.approx(2024.407407)
    assert completion_year(1061, late, origin_year=2018.0) == pytest.approx(2044.860759)


@pytest.mark.parametrize(
    ("projected", "observed", "difference", "percent"),
    [(1259, 1442, 183, 14.54), (1183, 1340, 157, 13.27)],  # projections of the Article 5 extension request
)
def test_published_projections_against_what_came(projected, observed, difference, percent):
    error = projection_error(projected, observed)
    assert error.difference == difference
    assert 100 * error.share_of_projection == pytest.approx(percent, abs=0.05)


def test_changes_that_release_does_not_explain():
    # Bosnia and Herzegovina 2017: a fall of 30 with 5.23 released leaves -24.77 unexplained.
    assert unexplained_change(1091, 1061, released=5.23) == pytest.approx(-24.77)
    # Croatia 2015: 530.17 less 67.75 would be 462.42; 483 were reported.
    assert unexplained_change(285.35 + 244.82, 294 + 189, released=40.6 + 27.15) == pytest.approx(20.58)
    assert unexplained_change(100, 90, released=10) == 0


def test_stock_before_a_relative_change():
    # "a reduction of some 3.5 % on 2012" to 1,219.
    assert stock_before_change(1219, relative_change=-0.035) == pytest.approx(1263.2, abs=0.05)


@pytest.mark.parametrize("flow", [0, -3.5, float("nan"), float("inf")])
def test_a_stock_that_does_not_shrink_has_no_end(flow):
    with pytest.raises(InsufficientEvidence, match="a stock of 1061 has no end at a flow of"):
        years_to_zero(1061, flow)


def test_refusals_say_what_is_wrong():
    with pytest.raises(ValueError, match="years: a finite number above 0 is needed, got 0"):
        flow_between(2, 1, years=0)
    with pytest.raises(ValueError, match="stock: a finite number of at least 0"):
        years_to_zero(-1, 2)
    with pytest.raises(ValueError, match="projected: a finite number above 0"):
        projection_error(0, 3)
    with pytest.raises(ValueError, match="relative_change: a number above -1 is needed, got -1"):
        stock_before_change(5, relative_change=-1)
