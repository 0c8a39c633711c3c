"""Published examples of both estimators, and what they refuse."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InsufficientEvidence
from analysis.stats.map_accuracy import (
    Measured,
    StratifiedChecks,
    area_share,
    confidence_interval,
    error_matrix,
    overall_accuracy,
    producers_accuracy,
    users_accuracy,
)


def from_matrix(matrix: list[list[int]], sizes: list[float]) -> StratifiedChecks:
    """Checks drawn within map classes, from a printed error matrix (rows map, columns reference)."""
    rows = [
        (str(row), str(column))
        for row, counts in enumerate(matrix)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]
    mapped = tuple(row for row, _ in rows)
    return StratifiedChecks(
        stratum=mapped,
        map_class=mapped,
        reference_class=tuple(column for _, column in rows),
        stratum_sizes={str(place): size for place, size in enumerate(sizes)},
    )


def half_width(measured: Measured) -> float:
    return 1.959963985 * measured.standard_error


# Olofsson, Foody, Stehman, Woodcock (2013) Remote Sensing of Environment 129:122-131, equations 9 to 16, table 4.
OLOFSSON_2013 = from_matrix([[97, 0, 3], [3, 279, 18], [2, 1, 97]], [22353, 1122543, 610228])
# Olofsson et al. (2014) Remote Sensing of Environment 148:42-57, tables 8 and 9.
OLOFSSON_2014 = from_matrix(
    [[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]], [200000, 150000, 3200000, 6450000]
)
# Stehman (2014) International Journal of Remote Sensing 35:4923-4939, table 2: strata A to D, ten checks each.
STEHMAN_2014 = StratifiedChecks(
    stratum=tuple("A" * 10 + "B" * 10 + "C" * 10 + "D" * 10),
    map_class=tuple("A" * 7 + "B" * 3 + "A" + "B" * 11 + "C" * 6 + "BB" + "D" * 10),
    reference_class=tuple("AAAAACBABCABBBBBAABBCCCCCDDBBADDDDDDDCCB"),
    stratum_sizes={"A": 40000, "B": 30000, "C": 20000, "D": 10000},
    finite_population="corrected",
)


def test_olofsson_2013_example_1() -> None:
    users = [users_accuracy(OLOFSSON_2013, name) for name in "012"]
    producers = [producers_accuracy(OLOFSSON_2013, name) for name in "012"]
    assert overall_accuracy(OLOFSSON_2013).share == pytest.approx(0.9444168, abs=1e-6)
    assert [one.share for one in users] == pytest.approx([0.97, 0.93, 0.97], abs=1e-6)
    assert [one.share for one in producers] == pytest.approx([0.4806308, 0.9941887, 0.8969259], abs=1e-6)
    assert [half_width(one) for one in users] == pytest.approx([0.03360292, 0.02892031, 0.03360292], abs=1e-6)
    assert [half_width(one) for one in producers] == pytest.approx([0.22453045, 0.01132522, 0.04120541], abs=1e-6)
    area = area_share(OLOFSSON_2013, "0")
    pixels = 22353 + 1122543 + 610228
    assert area.share == pytest.approx(0.02570326, abs=1e-6)
    # The paper prints 45,651 ha, which is the share rounded to 0.026, and 2 standard errors instead of 1.96.
    assert [pixels * area.share, pixels * area.standard_error] == pytest.approx([45112.4, 10751.4], abs=0.5)
    assert pixels * half_width(area) == pytest.approx(21072.37, abs=0.5)


def test_olofsson_2014_printed_to_two_digits() -> None:
    printed = [(0.88, 0.07), (0.73, 0.10), (0.93, 0.04), (0.96, 0.02)]
    users = [users_accuracy(OLOFSSON_2014, name) for name in "0123"]
    assert [(round(one.share, 2), round(half_width(one), 2)) for one in users] == printed
    assert round(overall_accuracy(OLOFSSON_2014).share, 2) == 0.95
    assert round(half_width(overall_accuracy(OLOFSSON_2014)), 2) == 0.02
    area = area_share(OLOFSSON_2014, "0")
    assert 10_000_000 * area.share == pytest.approx(235_086, abs=1)
    assert 10_000_000 * half_width(area) == pytest.approx(68_418, abs=20)  # printed with 1.96 and rounded steps


def test_stehman_2014_strata_other_than_the_map_classes() -> None:
    # Values as computed by the R packages mapac and mapaccuracy for the paper's example, and as printed in it.
    users = [users_accuracy(STEHMAN_2014, name) for name in "ABCD"]
    producers = [producers_accuracy(STEHMAN_2014, name) for name in "ABCD"]
    assert [one.share for one in users] == pytest.approx([0.7419355, 0.5744681, 0.5, 0.7], abs=1e-6)
    assert [one.standard_error for one in users] == pytest.approx(
        [0.1645627, 0.1248023, 0.2151657, 0.1527525], abs=2e-4
    )
    assert [one.share for one in producers] == pytest.approx([0.6571429, 0.7941176, 0.3, 0.6363636], abs=1e-6)
    assert [one.standard_error for one in producers] == pytest.approx(
        [0.1477318, 0.1165671, 0.1504438, 0.1623242], abs=2e-4
    )
    assert overall_accuracy(STEHMAN_2014).share == pytest.approx(0.63)
    assert overall_accuracy(STEHMAN_2014).standard_error == pytest.approx(0.085, abs=5e-4)
    assert area_share(STEHMAN_2014, "A").share == pytest.approx(0.35)
    assert area_share(STEHMAN_2014, "A").standard_error == pytest.approx(0.082, abs=5e-4)
    assert area_share(STEHMAN_2014, "C").standard_error == pytest.approx(0.064, abs=5e-4)
    shares = error_matrix(STEHMAN_2014, ("A", "B", "C", "D"))
    printed = [[23, 4, 4, 0], [12, 27, 8, 0], [0, 2, 6, 4], [0, 1, 2, 7]]
    assert shares == pytest.approx(np.array(printed) / 100)


@given(st.lists(st.integers(2, 40), min_size=4, max_size=4), st.floats(0.1, 50))
def test_sizes_in_another_unit_change_nothing(counts: list[int], factor: float) -> None:
    matrix = [counts[:2], counts[2:]]
    plain, scaled = from_matrix(matrix, [3.0, 5.0]), from_matrix(matrix, [3.0 * factor, 5.0 * factor])
    one, other = producers_accuracy(plain, "0"), producers_accuracy(scaled, "0")
    assert (one.share, one.standard_error) == pytest.approx((other.share, other.standard_error))


def test_a_standard_error_of_zero_is_no_certainty() -> None:
    checks = from_matrix([[10, 0], [0, 10]], [1, 9])
    with pytest.raises(InsufficientEvidence, match="every check gives the same answer"):
        confidence_interval(users_accuracy(checks, "0"), level=0.95)


def test_intervals_stay_within_0_and_1() -> None:
    low = confidence_interval(Measured(share=0.01, standard_error=0.2), level=0.95)
    assert (low.low, math.isclose(low.high, 0.01 + 1.959963985 * 0.2)) == (0.0, True)


@pytest.mark.parametrize(
    ("sizes", "of", "words"),
    [
        ({"0": 1.0, "1": 9.0, "2": 1.0}, "0", "stratum 2 has no check"),
        ({"0": 1.0, "1": 9.0}, "9", "no check fell on the class"),
    ],
)
def test_what_cannot_be_estimated_is_said(sizes: dict[str, float], of: str, words: str) -> None:
    checks = StratifiedChecks(
        stratum=("0", "0", "1", "1"),
        map_class=("0", "0", "1", "1"),
        reference_class=("0", "1", "1", "1"),
        stratum_sizes=sizes,
    )
    with pytest.raises(InsufficientEvidence, match=words):
        producers_accuracy(checks, of)


def test_one_check_in_a_stratum_gives_no_standard_error() -> None:
    checks = from_matrix([[1, 0], [1, 5]], [1, 9])
    with pytest.raises(InsufficientEvidence, match="stratum 0 has one check"):
        overall_accuracy(checks)


def test_a_stratum_without_a_size_is_refused() -> None:
    with pytest.raises(ValueError, match="no size is given for b"):
        StratifiedChecks(stratum=("b",), map_class=("x",), reference_class=("x",), stratum_sizes={"a": 1.0})
