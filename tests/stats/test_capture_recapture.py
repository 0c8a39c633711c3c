"""Two matched lists: published estimates, dependence, and refusal without an overlap."""

import pytest

from analysis.errors import InsufficientEvidence
from analysis.stats.capture_recapture import chapman, size_under_dependence


@pytest.mark.parametrize(
    ("marked", "caught", "recaptured", "size"),
    [
        (948, 421, 167, 2383),  # Krebs (1989) Ecological Methodology, Box 2.1
        (109, 177, 57, 337),  # Ricker (1975)
        (421, 332, 88, 1578),  # Pine et al. (2013) Box 11.2
        (500, 149, 7, 9393),  # Seber (2002) Table 3.7
        (1000, 243, 21, 11101),  # Seber (2002) Table 3.7
    ],
)
def test_published_chapman_estimates(marked, caught, recaptured, size):
    assert chapman(marked, caught, recaptured, level=0.95).size == pytest.approx(size, abs=1)


def test_published_spread():
    assert chapman(500, 149, 7, level=0.95).standard_error == pytest.approx(3022, abs=1)  # Seber (2002) Table 3.7
    assert chapman(1000, 243, 21, level=0.95).standard_error == pytest.approx(2184, abs=1)
    interval = chapman(421, 332, 88, level=0.95).interval  # Pine et al. (2013) Box 11.2
    assert (interval.low, interval.high) == pytest.approx((1330, 1826), abs=1)


def test_lincoln_petersen_is_the_case_without_dependence():
    # Krebs (1989): 948 x 421 / 167 = 2,390.
    one, more = size_under_dependence(948, 421, 167, odds_ratios=[1, 2])
    assert one == pytest.approx(2390, abs=1)
    # Twice the odds doubles the number on neither list.
    known = 948 + 421 - 167
    assert more - known == pytest.approx(2 * (one - known))


def test_the_interval_never_falls_below_those_known():
    assert chapman(10, 10, 9, level=0.9999).interval.low == 11


def test_no_estimate_without_a_matched_overlap():
    with pytest.raises(InsufficientEvidence, match="without a matched overlap"):
        chapman(300, 200, None, level=0.95)
    with pytest.raises(InsufficientEvidence, match="share no member"):
        size_under_dependence(300, 200, 0, odds_ratios=[1])
    with pytest.raises(ValueError, match="matched: between 0 and the shorter list is needed, got 201"):
        chapman(300, 200, 201, level=0.95)
    with pytest.raises(ValueError, match="every odds ratio must be above 0"):
        size_under_dependence(300, 200, 20, odds_ratios=[0])
