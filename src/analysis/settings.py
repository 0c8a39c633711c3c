"""What holds for a run and every process of it: limits of size, how exactly places are printed, kernels, journal.

These are environment variables, so that workers and kernels, which others start, have them too. The command line sets
them by its options; in JupyterLab they are set before it is started.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from analysis.errors import ParameterError

MAX_MB: Final = "ANALYSIS_MAX_MB"
MAX_ROWS: Final = "ANALYSIS_MAX_ROWS"
COORDINATE_DECIMALS: Final = "ANALYSIS_COORDINATE_DECIMALS"
PLAIN_KERNELS: Final = "ANALYSIS_PLAIN_KERNELS"
JOURNAL: Final = "ANALYSIS_JOURNAL"

HOUSE: Final = "house"
"""The style figures are drawn in unless a journal is named."""
JOURNALS: Final = (HOUSE, "nature", "science", "plos", "elsevier")

DEFAULTS: Final[Mapping[str, int]] = {MAX_MB: 200, MAX_ROWS: 5_000_000, COORDINATE_DECIMALS: 2}
"""Two decimals of a degree are about a kilometre; a place on the ground cannot be told from it."""

_RANGES: Final[Mapping[str, tuple[int, int]]] = {
    MAX_MB: (1, 1_000_000),
    MAX_ROWS: (1, 10**9),
    COORDINATE_DECIMALS: (0, 7),
}
_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeLimits:
    """How much is read.

    Parameters
    ----------
    file_bytes
        Size of the largest evidence file or notebook.
    table_rows
        Rows of the longest table.
    """

    file_bytes: int
    table_rows: int


def size_limits() -> SizeLimits:
    """Return the limits of this run.

    Raises
    ------
    ParameterError
        When a variable of the environment is set to something else than a number in its range.
    """
    return SizeLimits(file_bytes=_setting(MAX_MB) * _MEGABYTE, table_rows=_setting(MAX_ROWS))


def coordinate_decimals() -> int:
    """Return how many decimals of a degree are printed when a run is on other data than the repository's.

    Raises
    ------
    ParameterError
        When the variable of the environment is set to something else than a number in its range.
    """
    return _setting(COORDINATE_DECIMALS)


def plain_kernels() -> bool:
    """Return whether every kernel of this run is to be started from nothing: when the variable is not empty."""
    return bool(os.environ.get(PLAIN_KERNELS))


def journal() -> str:
    """Return the journal that figures are drawn for, by its short name.

    The runner sets it for each kernel and takes it away from runs on the record, which are in the house style.

    Raises
    ------
    ParameterError
        When the variable of the environment names none of the journals there are profiles for.
    """
    name = os.environ.get(JOURNAL, "").strip() or HOUSE
    if name not in JOURNALS:
        raise ParameterError(f"{JOURNAL} must be one of {', '.join(JOURNALS)}, found {name[:20]!r}")
    return name


def _setting(name: str) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return DEFAULTS[name]
    low, high = _RANGES[name]
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(high)) and low <= int(text) <= high):
        raise ParameterError(f"{name} must be a whole number from {low} to {high}, found {text[:20]!r}")
    return int(text)


def hold_for_this_run(given: Mapping[str, object]) -> None:
    """Set the variables among `given` for this process and those it starts; other names and None are left alone.

    Raises
    ------
    ParameterError
        When a value is out of its range.
    """
    for name in DEFAULTS:
        value = given.get(name)
        if value is not None:
            os.environ[name] = str(value)
            _setting(name)
    if given.get(PLAIN_KERNELS):
        os.environ[PLAIN_KERNELS] = "1"
