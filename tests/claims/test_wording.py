"""Figures and differences in words."""

from __future__ import annotations

import math

import pytest

from analysis.claims.stated import Range, StatedNumber
from analysis.claims.wording import difference_words, number_words, range_words, stated_words
from analysis.evidence.comparators import Comparator


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (3400, "persons", "3,400"),
        (1998, "year", "1998"),
        (28, "ordinal", "28"),
        (0.5526, "share", "55.3"),
        (0.25, "share", "25"),
        (27.35275, "ha", "27.35"),
    ],
)
def test_numbers(value: float, unit: str, words: str) -> None:
    assert number_words(value, unit) == words


def test_statements_and_ranges() -> None:
    more = StatedNumber(low=3400, high=3400, comparator=Comparator.MORE_THAN)
    assert stated_words(more, "persons") == "more than 3,400 persons"
    assert stated_words(StatedNumber(low=10, high=14), "years") == "10 to 14 years"
    most = StatedNumber(low=0.5, high=0.5, comparator=Comparator.MORE_THAN, in_words=True)
    assert stated_words(most, "share") == "in words: more than 50 per cent"
    assert stated_words(None, "share") == ""
    assert range_words(Range(low=1400, high=math.inf, open_low=True), "mines") == "more than 1,400 mines"
    assert range_words(Range(low=-math.inf, high=20), "share") == "at most 2000 per cent"
    assert range_words(Range(low=359, high=362), "persons") == "359 to 362 persons"


def test_differences_carry_sign_unit_and_share() -> None:
    stated = StatedNumber(low=3400, high=3400, comparator=Comparator.MORE_THAN)
    # 3,462 - 3,400 = 62, 62 / 3,400 = 1.8 %; 76 / 3,400 = 2.2 %
    assert difference_words(stated, Range(low=3462, high=3476), "persons") == (
        "+62 to +76 persons (+1.8 to +2.2 per cent)"
    )
    assert difference_words(StatedNumber(low=38, high=38), Range(low=38, high=38), "persons") == "none"
    thirty = difference_words(StatedNumber(low=38, high=38), Range(low=30, high=30), "persons")
    assert thirty == "\N{MINUS SIGN}8 persons (\N{MINUS SIGN}21 per cent)"
    share = StatedNumber(low=0.55, high=0.55, step=0.01)
    assert difference_words(share, Range(low=147 / 266, high=147 / 266), "share") == "+0.26 percentage points"
