"""Options several commands share, and the kinds of number they take."""

from __future__ import annotations

import argparse
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no public name


def add_limits(parser: argparse.ArgumentParser) -> None:
    """Add what limits a run of notebooks: how many at a time, how long a cell."""
    parser.add_argument("--workers", type=positive, default=2, metavar="N", help="notebooks at a time (default 2)")
    parser.add_argument(
        "--timeout",
        type=positive,
        default=600,
        metavar="S",
        help="longest time for one cell, in seconds (default 600)",
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
