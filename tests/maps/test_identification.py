"""The curve in r: by hand, at its ends, with the wording as a scenario and no interval where n is unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.errors import InsufficientEvidence, ParameterError
from analysis.maps import identification as idn
from analysis.maps.statements import OUTSIDE_RECORDS
from analysis.maps.study import MapReliability
from analysis.stats.partial_identification import relative_rate_needed


def test_the_curve_by_hand() -> None:
    table = idn.curve((0.5, 0.55, 0.6), rate_low=0.5, rate_high=2.0, points=3)
    # 0.55 / (0.55 + 0.5 x 0.45) = 0.709677; 0.55 at r = 1; 0.55 / (0.55 + 2 x 0.45) = 0.379310.
    assert table["relative_rate"].tolist() == pytest.approx([0.5, 1.0, 2.0])
    assert table["area_share"].tolist() == pytest.approx([0.709677, 0.55, 0.379310], abs=1e-6)
    assert (table["area_share_low"] < table["area_share"]).all()


@given(share=some.floats(0.05, 0.95), low=some.floats(0.05, 0.9), factor=some.floats(1.1, 50))
def test_the_curve_falls_in_r_and_gives_back_r(share: float, low: float, factor: float) -> None:
    table = idn.curve((share, share, share), rate_low=low, rate_high=low * factor, points=5)
    assert table["area_share"].is_monotonic_decreasing
    assert relative_rate_needed(share, table["area_share"]) == pytest.approx(
        table["relative_rate"].to_numpy(), rel=1e-9
    )


def test_an_empty_range_of_r_is_refused() -> None:
    with pytest.raises(ValueError, match="0 < low < high is needed, got 2 and 1"):
        idn.curve((0.5, 0.5, 0.5), rate_low=2, rate_high=1)


def _considered(said, *comparators: str, inexact: str = "as bounds"):
    rows = [{"topic": OUTSIDE_RECORDS, "share": 0.55, "comparator": each} for each in comparators]
    printed = idn.printed_outside_shares(said(*rows))
    return idn.considered_shares(printed, nearly_from=0.5, more_than_to=0.6, inexact_rows=inexact)  # type: ignore[arg-type]


def test_the_wording_sets_the_ends(said) -> None:
    assert _considered(said, "=") == (0.55, 0.55, 0.55)
    assert _considered(said, "=", ">") == (0.55, 0.55, 0.6)
    assert _considered(said, "~", ">") == (0.5, 0.55, 0.6)
    assert _considered(said, "~", ">", inexact="as printed") == (0.55, 0.55, 0.55)


def test_ends_that_do_not_hold_the_printed_share_are_refused(said) -> None:
    printed = idn.printed_outside_shares(said({"topic": OUTSIDE_RECORDS, "share": 0.55}))
    with pytest.raises(ParameterError, match=r"nearly_from <= 0.55 .* got 0.56 and 0.6"):
        idn.considered_shares(printed, nearly_from=0.56, more_than_to=0.6, inexact_rows="as bounds")


def test_55_per_cent_is_printed_with_three_comparators_and_first_seen_in_december_2022(study: MapReliability) -> None:
    table = idn.printed_outside_shares(study.rows.statements)
    assert set(table["share"]) == {0.55}
    assert set(table["comparator"]) == {"=", ">", "~"}
    assert table["first_seen"].min() == "2022-12-02"


def test_the_line_has_its_own_printed_shares(study: MapReliability) -> None:
    table = idn.printed_line_shares(study.rows.statements)
    assert (table["share"].min(), table["share"].max()) == pytest.approx((0.66, 116 / 156))
    assert 0.55 not in set(table["share"])


def test_half_widths_by_hand() -> None:
    table = idn.half_widths(0.55, level=0.95).set_index("accidents")["half_width"]
    # n = 100: 1.959964 sqrt(24.75 + 0.960365) / 103.841459 = 0.095704.
    assert table[100] == pytest.approx(0.095704, abs=1e-6)
    assert (table.index.min(), table.index.max()) == (50, 300)
    assert table.is_monotonic_decreasing


def test_checks_needed_give_at_most_the_wanted_half_width() -> None:
    row = idn.checks_needed({"records": 0.25}, (0.05,), level=0.95).iloc[0]
    z2 = 1.959963984540054**2
    half = [(z2 * (n * 0.1875 + z2 / 4)) ** 0.5 / (n + z2) for n in (row["checks"], row["checks"] - 1)]
    assert half[0] <= 0.05 < half[1]


def test_imbens_manski_is_wider_than_the_ends_of_the_curve() -> None:
    found = idn.area_interval(137, 189, rate_low=0.5, rate_high=2.0, level=0.95)
    ends = idn.curve((137 / 189,) * 3, rate_low=0.5, rate_high=2.0, points=2)["area_share"]
    assert found.low < ends.iloc[-1] < ends.iloc[0] < found.high


def test_all_accidents_outside_have_no_standard_error() -> None:
    with pytest.raises(InsufficientEvidence, match="9 of 9 accidents outside leave no standard error"):
        idn.area_interval(9, 9, rate_low=0.5, rate_high=2.0, level=0.95)


def test_no_share_is_said_in_words(said) -> None:
    with pytest.raises(InsufficientEvidence, match="prints a share of accidents outside the records"):
        idn.printed_outside_shares(said({"topic": OUTSIDE_RECORDS}))
