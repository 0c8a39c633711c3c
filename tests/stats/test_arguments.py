"""Shared argument checks: what passes, and the wording of what does not."""

import math

import pytest

from analysis.stats.arguments import require_not_negative, require_positive, require_share, tail_of


def test_tail_of_a_level():
    assert tail_of(0.95) == pytest.approx(0.025)


@pytest.mark.parametrize("level", [0, 1, -0.5, 95, math.nan])
def test_a_level_is_a_share_strictly_inside(level):
    with pytest.raises(ValueError, match="level: a share strictly between 0 and 1 is needed, got"):
        tail_of(level)


@pytest.mark.parametrize(
    ("check", "passes", "fails"),
    [
        (require_share, (0, 0.5, 1), (-0.1, 1.1, math.nan)),
        (require_not_negative, (0, 3.5), (-1, math.inf, math.nan)),
        (require_positive, (0.1, 3), (0, -1, math.inf, math.nan)),
    ],
)
def test_numbers_are_checked_by_name(check, passes, fails):
    for value in passes:
        check("quantity", value)
    for value in fails:
        with pytest.raises(ValueError, match=f"quantity: .* is needed, got {value}"):
            check("quantity", value)
