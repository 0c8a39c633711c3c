"""How numbers are printed: hand-worked roundings."""

from __future__ import annotations

import pytest

from analysis.record.printed import printed_kind, printed_range, printed_value, printed_whole

S = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def value(number, low=None, high=None, *, unit="ratio", kind="confidence", level=0.95):
    interval = None if low is None else {"low": low, "high": high, "kind": kind, "level": level}
    return {"value": number, "unit": unit, "interval": interval}


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (419.0, "persons", "419"),
        (189000.0, "mines", "189,000"),
        (248997.6, "ha", "249,000"),  # not whole: three significant digits
        (14.775, "casualties per 30 days", "14.8"),
        (0.09860459471, "devices per ha", "0.0986"),
        (0.32007, "ratio", "0.320"),  # the zero is a digit that was measured
        (-0.3471404363, "share per year", f"{MINUS}34.7{S}%"),
        (0.55, "share of mined area", f"55{S}%"),  # 100 times 0.55 is not quite 55 in floating point
        (1.0, "share", f"100{S}%"),
        (-33.0, "casualties", f"{MINUS}33"),
        (0.0, "windows", "0"),
    ],
)
def test_values(number: float, unit: str, text: str) -> None:
    assert printed_value(value(number, unit=unit)) == text


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (value(14.775, 10.83310148, 19.68312216), "10.8 to 19.7"),
        (value(13.26, 6.665, 24.305), "6.7 to 24.3"),  # as many decimals as 13.3 has
        (value(-0.2334, -0.3992, -0.0218, unit="share per year"), f"{MINUS}39.9 to {MINUS}2.2{S}%"),
        (value(0.00389, 0.000213, 0.0668, unit="share"), f"0.021 to 6.680{S}%"),  # 0.389 %: three decimals
        (value(-0.2617, -0.4584, 0.00636, unit="share per year"), f"{MINUS}45.84 to 0.64{S}%"),  # or 0.6 would remain
        (value(419.0, 417.0, 423.0, unit="persons"), "417 to 423"),
        (value(1000.0, 900.5, 1100.0), "900 to 1,100"),  # an end of a whole value: three digits of its own
        (value(5.95, 3.345, "inf"), "3.35 to no upper limit"),
        (value(0.5, "-inf", 0.75, unit="share"), f"no lower limit to 75{S}%"),
        (value(-0.123456, -0.2, "inf", unit="share"), f"{MINUS}20.0{S}% to no upper limit"),
        (value(0.5), ""),
    ],
)
def test_ranges_have_the_decimals_of_their_value(tree, text: str) -> None:
    assert printed_range(tree) == text


def test_the_kind_says_what_the_ends_mean() -> None:
    assert printed_kind(value(1.0, 0.0, 2.0)) == f"95{S}% confidence interval"
    assert printed_kind(value(1.0, 0.0, 2.0, kind="bound", level=None)) == "bound"
    assert printed_whole(value(9.0, 3.0, 45.0, kind="scenario", level=None)) == "9 (scenario 3 to 45)"
    assert printed_whole(value(9.0)) == "9"
