"""Coordinates in tables and figure data of runs on other data: rounded, so that no point on the ground is published.

The repository's own evidence has no coordinates of accidents or minefields; somebody's export may.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

import pandas as pd

WITHHELD: Final = "withheld: not in decimal degrees"

_AXES: Final = frozenset({"lat", "latitude", "lon", "lng", "long", "longitude"})
_PLACES: Final = frozenset({"coordinate", "coordinates", "coords", "geom", "geometry", "gps", "latlon", "mgrs", "wkt"})
_PAIR: Final = frozenset({"x", "y"})
_WORD: Final = re.compile(r"[a-z]+")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# Numbers with what stands between them in "40.1, 47.2" and in well-known text such as POINT (47.2 40.1).
_DECIMAL_DEGREES: Final = re.compile(r"(?:SRID=\d+;)?[A-Z ]*[-+0-9.,;()\s]*")
_LARGEST: Final = 180.0


def rounded_coordinates(frame: pd.DataFrame, *, decimals: int) -> pd.DataFrame:
    """Return a copy of `frame` in which every column of coordinates in degrees has at most `decimals` decimals.

    Columns are told by their names: latitude, longitude, their short forms, x and y side by side if both are degrees,
    and columns of coordinates as text. Text that is not in decimal degrees (degrees with minutes and seconds, grid
    references) cannot be rounded and is withheld.
    """
    copy = frame.copy()
    for name in frame:
        if _holds_coordinates(frame, str(name)):
            copy[name] = frame[name].map(lambda cell: _rounded(cell, decimals))
    return copy


def coordinates_notice(decimals: int) -> str:
    """Return the line that tells the reader of a run how places are printed in it."""
    return (
        f"Other data: coordinates in tables and figure data are rounded to {decimals} decimals of a degree "
        "(--coordinate-decimals); pictures are drawn as they are."
    )


def _holds_coordinates(frame: pd.DataFrame, name: str) -> bool:
    words = _WORD.findall(name.casefold())
    if any(word in _AXES or word in _PLACES for word in words):
        return True
    return name.casefold() in _PAIR and _is_pair_of_degrees(frame)


def _is_pair_of_degrees(frame: pd.DataFrame) -> bool:
    pair = [column for name, column in frame.items() if str(name).casefold() in _PAIR]
    numbers = [pd.to_numeric(column, errors="coerce") for column in pair]
    return len(pair) == 2 and all(bool((one.abs().dropna() <= _LARGEST).all()) for one in numbers)


def _rounded(cell: object, decimals: int) -> object:
    if isinstance(cell, str):
        return _rounded_text(cell, decimals)
    return round(cell, decimals) if isinstance(cell, float) else cell


def _rounded_text(text: str, decimals: int) -> str:
    numbers = _NUMBER.findall(text)
    if not text.strip():
        return text
    if not _DECIMAL_DEGREES.fullmatch(text) or not all(float(number) <= _LARGEST for number in numbers):
        return WITHHELD
    return _NUMBER.sub(lambda number: _cut(number.group(), decimals), text)


def _cut(number: str, decimals: int) -> str:
    _, _, after = number.partition(".")
    return f"{round(Decimal(number), decimals):f}" if len(after) > decimals else number
