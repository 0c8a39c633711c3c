"""Options several commands share, and the kinds of number they take."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from analysis.settings import COORDINATE_DECIMALS, DEFAULTS, MAX_MB, MAX_ROWS, PLAIN_KERNELS

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no public name


def add_limits(parser: argparse.ArgumentParser) -> None:
    """Add how notebooks are run: how many at a time, how long a cell, in which kind of kernel."""
    parser.add_argument("--workers", type=positive, default=2, metavar="N", help="notebooks at a time (default 2)")
    parser.add_argument(
        "--timeout",
        type=positive,
        default=600,
        metavar="S",
        help="longest time for one cell, in seconds (default 600)",
    )
    parser.add_argument(
        "--plain-kernels",
        action="store_true",
        dest=PLAIN_KERNELS,
        help="start every kernel from nothing instead of forking it from a process that has imported the libraries; "
        "slower, same results, and the only kind outside Linux",
    )


def add_sizes(parser: argparse.ArgumentParser) -> None:
    """Add what limits the evidence that is read; kernels have the same limits."""
    parser.add_argument(
        "--max-mb",
        type=positive,
        metavar="MB",
        dest=MAX_MB,
        help=f"largest evidence file or notebook that is read, in megabytes (default {DEFAULTS[MAX_MB]})",
    )
    parser.add_argument(
        "--max-rows",
        type=positive,
        metavar="N",
        dest=MAX_ROWS,
        help=f"rows of the longest evidence table that is read (default {DEFAULTS[MAX_ROWS]:,})",
    )


def add_coordinate_decimals(parser: argparse.ArgumentParser) -> None:
    """Add how exactly places are printed and kept when a run is on other data."""
    parser.add_argument(
        "--coordinate-decimals",
        type=not_negative,
        metavar="N",
        dest=COORDINATE_DECIMALS,
        help="with other data: decimals of a degree in tables and in the numbers drawn "
        f"(default {DEFAULTS[COORDINATE_DECIMALS]}, about a kilometre)",
    )


def positive(text: str) -> int:
    """Return a whole number of 1 or more."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be 1 or more, found {value}")
    return value


def not_negative(text: str) -> int:
    """Return a whole number of 0 or more."""
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"must be 0 or more, found {value}")
    return value
