from __future__ import annotations

import pytest

from analysis.stats.label_points import label_point


def test_a_square_is_labelled_in_its_middle() -> None:
    assert label_point([[[(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)]]]) == pytest.approx((1, 1), abs=0.02)


def test_the_larger_part_is_labelled_and_not_across_a_hole() -> None:
    small = [[(10, 10), (11, 10), (11, 11), (10, 11), (10, 10)]]
    # A wide frame around a hole whose left side is the broadest.
    frame = [[(0, 0), (8, 0), (8, 6), (0, 6), (0, 0)], [(4, 1), (7, 1), (7, 5), (4, 5), (4, 1)]]
    x, y = label_point([small, frame])
    assert x == pytest.approx(2, abs=0.1)
    assert 1.9 < y < 4.1
