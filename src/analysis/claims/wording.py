"""Figures of statements and counterparts in words, for tables and figures."""

from __future__ import annotations

import math
import re
from typing import Final

from analysis.claims.stated import Range, StatedNumber
from analysis.evidence.comparators import Comparator

_WORDS: Final = {
    Comparator.EXACT: "",
    Comparator.MORE_THAN: "more than ",
    Comparator.AT_LEAST: "at least ",
    Comparator.ABOUT: "about ",
    Comparator.FEWER_THAN: "less than ",
    Comparator.AT_MOST: "up to ",
}
# Names of quantities in the tables, and how this repository says them.
_QUANTITY_WORDS: Final = {
    "hazardous area total": "hazardous area",
    "hazardous area confirmed hazardous": "confirmed hazardous area",
    "hazardous area suspected hazardous": "suspected hazardous area",
    "hazardous area battle area": "battle area",
    "hazardous area high": "area of high contamination",
    "hazardous area medium and low": "area of medium and low contamination",
    "hazardous area medium": "area of medium contamination",
    "hazardous area unknown": "area, its kind not named",
    "incidents total": "accidents",
    "mine incidents": "accidents",
    "explosions count": "accidents",
    "incidents": "accidents",
    "incident": "accident",
    "women and children victims": "women and children among the casualties",
    "victims": "casualties",
    "uxo": "unexploded ordnance",
    "former front line": "former line of contact",
    "azerbaijan": "Azerbaijan",
    "armenian": "Armenian",
}
# From here on four significant digits are no finer than whole numbers.
_WHOLE_FROM: Final = 1000.0
# Numbers that name something are not grouped into thousands and have no unit behind them.
_NAMES: Final = ("year", "ordinal")


def quantity_words(name: str) -> str:
    """Return the name of a quantity of the tables in words."""
    words = name.replace("_", " ")
    for said, written in _QUANTITY_WORDS.items():
        words = re.sub(rf"\b{said}\b", written, words)
    return words


def number_words(value: float, unit: str) -> str:
    """Return one number: whole above 1,000, else at most four significant digits; shares as per cent with three."""
    if unit == "share":
        return f"{float(f'{100 * value:.3g}'):g}"
    if unit in _NAMES:
        return f"{value:.0f}"
    whole = float(value).is_integer() or abs(value) >= _WHOLE_FROM
    return f"{value:,.0f}" if whole else f"{float(f'{value:.4g}'):,g}"


def unit_words(unit: str) -> str:
    """Return the unit with a space before it; empty for numbers that name something."""
    if unit in _NAMES:
        return ""
    return " per cent" if unit == "share" else f" {unit}"


def stated_words(number: StatedNumber | None, unit: str) -> str:
    """Return a figure as it is worded: 'more than 3,400 persons'; empty without a figure."""
    if number is None:
        return ""
    if number.in_words:
        return f"in words: {_WORDS[number.comparator]}{number_words(number.low, unit)}{unit_words(unit)}"
    ends = [number_words(end, unit) for end in (number.low, number.high)]
    figure = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    return f"{_WORDS[number.comparator]}{figure}{unit_words(unit)}"


def range_words(reading: Range, unit: str) -> str:
    """Return a range: '359 to 362 persons', '38 persons', 'at least 1,400 mines'."""
    behind = unit_words(unit)
    if math.isinf(reading.low) and math.isinf(reading.high):
        return "any number"
    if math.isinf(reading.high):
        return f"{'more than' if reading.open_low else 'at least'} {number_words(reading.low, unit)}{behind}"
    if math.isinf(reading.low):
        return f"{'less than' if reading.open_high else 'at most'} {number_words(reading.high, unit)}{behind}"
    low, high = number_words(reading.low, unit), number_words(reading.high, unit)
    return f"{low}{behind}" if low == high else f"{low} to {high}{behind}"


def difference_words(number: StatedNumber, reading: Range, unit: str) -> str:
    """Return how far a range lies from the printed figure: '+62 to +76 persons (+1.8 to +2.2 per cent)', 'none'.

    For shares the difference is in percentage points; numbers that name something get no relative difference.
    """
    low, high = reading.low - number.high, reading.high - number.low
    if low == high == 0 or (number.low, number.high) == (reading.low, reading.high):
        return "none"
    behind = " percentage points" if unit == "share" else (" years" if unit == "year" else unit_words(unit))
    absolute = f"{_signed_pair(low, high, unit)}{behind}"
    if unit in (*_NAMES, "share") or number.low == 0:
        return absolute
    return f"{absolute} ({_signed_pair(low / number.low, high / number.low, 'share')} per cent)"


def _signed_pair(low: float, high: float, unit: str) -> str:
    ends = [_signed(end, unit) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _signed(value: float, unit: str) -> str:
    if math.isinf(value):
        return "without limit"
    if value == 0:
        return "0"
    # Differences of shares keep two digits, so that 0.263 points are not printed as if they were exact.
    text = f"{float(f'{100 * abs(value):.2g}'):g}" if unit == "share" else number_words(abs(value), unit)
    return ("+" if value > 0 else "\N{MINUS SIGN}") + text
