"""The identity of coverage, correct share and outside share: by hand, by counting mines, by simulated accidents."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.errors import InsufficientEvidence
from analysis.maps import joint_identity as ji
from analysis.maps.study import MapReliability

SHARES = some.floats(0.05, 0.95)


def test_by_hand() -> None:
    # 1,000 mines, 400 entries of which 100 are right: c = 0.1, u = 0.9. 55 of 100 accidents off the records:
    # r = (55 / 900) / (45 / 100) = 0.135802.
    assert ji.coverage_share(0.4, 0.25) == pytest.approx(0.1)
    assert ji.rate_needed(0.4, 0.25, 0.55) == pytest.approx((55 / 900) / (45 / 100))
    # s at r = 1 is u; at r = 2: 1.8 / 1.9.
    assert ji.outside_share_expected(0.4, 0.25, 1.0) == pytest.approx(0.9)
    assert ji.outside_share_expected(0.4, 0.25, 2.0) == pytest.approx(1.8 / 1.9)


@given(k=SHARES, q=SHARES, r=some.floats(0.02, 50))
def test_the_needed_r_is_the_r_that_made_the_share(k: float, q: float, r: float) -> None:
    outside = ji.outside_share_expected(k, q, r)
    assert ji.rate_needed(k, q, outside) == pytest.approx(r, rel=1e-6)


@given(k=SHARES, q=SHARES)
def test_coverage_is_at_most_either_share(k: float, q: float) -> None:
    assert ji.coverage_share(k, q) <= min(k, q)


def test_a_simulated_field_gives_the_share_back() -> None:
    rng = np.random.default_rng(20221202)
    mines, k, q, r = 200_000, 0.35, 0.3, 0.4
    has_entry = rng.random(mines) < k
    at_recorded_place = has_entry & (rng.random(mines) < q)
    # A mine off the records causes accidents at r times the rate of one at a recorded place.
    accidents = rng.poisson(np.where(at_recorded_place, 0.2, 0.2 * r))
    outside = accidents[~at_recorded_place].sum() / accidents.sum()
    # About 19,000 accidents: standard error below 0.004.
    assert outside == pytest.approx(ji.outside_share_expected(k, q, r), abs=0.015)
    assert ji.rate_needed(k, q, float(outside)) == pytest.approx(r, rel=0.1)


@pytest.mark.parametrize(("k", "q", "name"), [(1.2, 0.5, "mines_recorded_share"), (0.5, -0.1, "correct_share")])
def test_shares_outside_0_to_1_are_refused(k: float, q: float, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        ji.coverage_share(k, q)


def test_every_pair_of_statements_is_in_the_table(study: MapReliability) -> None:
    table = ji.rates_needed(study.rows.statements, study.coverage.pairs)
    outside = table[table["convention"] == ji.OUTSIDE_WHEN_MISPLACED]
    # Printed q: 2, 20, 25, 50 per cent and the ranges 20-25 and 20-30, by their ends and not by the middle of 22.5;
    # k: two numbers on records over 1 and 1.5 million; s: 55 per cent.
    assert sorted(outside["correct_share"].unique()) == pytest.approx([0.02, 0.2, 0.25, 0.3, 0.5])
    assert len(outside) == 5 * 4
    assert (outside["unrecorded_share"] + outside["coverage_share"]).tolist() == pytest.approx([1.0] * 20)


def test_unverified_shares_are_labelled_wherever_they_enter(study: MapReliability) -> None:
    grid = study.coverage.rates_needed.set_index("correct_share")["q_as_stated"]
    for share in (0.3, 0.5):  # ma-0027 and ma-0026: social media, parts of Aghdam
        assert "unverified, azerbaijan_aghdam" in grid[share]
    assert "unverified" not in grid[0.25]
    # Without them the highest q is 25 %: c = 0.25 x 0.4 = 0.1, else 0.5 x 0.4 = 0.2.
    covered = study.estimates["coverage_at_recorded_places"]
    assert covered.interval is not None
    assert covered.interval.high == pytest.approx(0.2)
    words = next(one for one in covered.assumptions if "unverified" in one)
    assert words.startswith("q of 30 % and 50 % are unverified figures from social media")
    assert words.endswith("the range is 0.00521 to 0.1")
    inside = study.estimates["relative_rate_needed_misplaced_inside"].assumptions
    assert not [one for one in inside if "unverified" in one]
    assert any("enter as printed" in one for one in inside)


def test_a_misplaced_record_that_counts_as_inside_needs_a_larger_r(study: MapReliability) -> None:
    # 1 - k = 0.6: r = 0.55 x 0.4 / (0.6 x 0.45) = 0.814815.
    grid = study.coverage.rates_needed.set_index(["misplaced", "correct_share"])
    inside = grid.loc[("inside", 1.0), "k = 400,000 / 1,000,000"]
    assert inside == pytest.approx(0.814815, abs=1e-6)
    assert inside > grid.loc[("outside", 0.5), "k = 400,000 / 1,000,000"]


def test_a_missing_part_is_named(study: MapReliability) -> None:
    with pytest.raises(InsufficientEvidence, match="there is no k"):
        ji.rates_needed(study.rows.statements, study.coverage.pairs.iloc[:0])
    nobody = study.rows.statements.iloc[:0]
    with pytest.raises(InsufficientEvidence, match="share of records that is right"):
        ji.rates_needed(nobody, study.coverage.pairs)
