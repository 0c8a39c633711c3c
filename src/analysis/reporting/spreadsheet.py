"""Tables as CSV for people, who open them in a spreadsheet: text there must not become a formula.

CSV in data/ and figures/ is read by programs and stays literal; see :mod:`analysis.record.serialise`.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Final

import pandas as pd

from analysis.evidence.citation import plain_text
from analysis.evidence.comparators import Comparator

BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it spreadsheets read UTF-8 as something else."""

# What spreadsheets take for the start of a formula; also in the wide forms of East Asian keyboards.
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def spreadsheet_csv(frame: pd.DataFrame) -> str:
    """Return `frame` as CSV text for spreadsheets, without its index.

    Text that would start a formula has an apostrophe before it; numbers and the comparators of the evidence have not.
    Control characters and marks that change the direction of writing become blanks.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([harmless(str(name)) for name in frame])
    writer.writerows([_cell(cell) for cell in row] for row in frame.itertuples(index=False, name=None))
    return BYTE_ORDER_MARK + stream.getvalue()


def harmless(text: str) -> str:
    """Return text for one cell, on one line, with an apostrophe before it where it would start a formula."""
    shown = plain_text(text)
    if not shown or shown in {*Comparator} or _NUMBER.fullmatch(shown):
        return shown
    return f"'{shown}" if text.startswith(_STARTS_A_FORMULA) or shown.startswith(_STARTS_A_FORMULA) else shown


def _cell(cell: object) -> object:
    if isinstance(cell, str):
        return harmless(cell)
    return "" if pd.isna(cell) else cell  # type: ignore[call-overload]
