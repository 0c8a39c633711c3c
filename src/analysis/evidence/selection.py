"""Choosing rows by period, originator and how exactly their figure is stated."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from difflib import get_close_matches
from typing import Literal

import pandas as pd

from analysis.errors import ParameterError
from analysis.evidence.originators import ORIGINATORS
from analysis.evidence.package import Evidence
from analysis.parameters.checks import INEXACT_ROWS

InexactRows = Literal["as printed", "as bounds", "leave out"]
"""What an analysis does with figures stated as 'more than', 'about' and the like."""


def select(
    frame: pd.DataFrame,
    *,
    date_column: str = "as_of",
    period_start: date | str | None = None,
    period_end: date | str | None = None,
    exclude_originators: Collection[str] = (),
    inexact_rows: InexactRows = "as bounds",
) -> pd.DataFrame:
    """Return the rows of an evidence table that an analysis asks for, in their order, with a fresh index.

    Parameters
    ----------
    frame
        Table of :meth:`Evidence.table`.
    date_column
        Date column that must lie in the period; a month or a year must lie in it with all its days.
    period_start, period_end
        First and last day, both included; None or empty for no limit. With a limit, rows without a date are left out.
    exclude_originators
        `originator_id` of bodies, or names of parties, whose rows are left out; one that stands in no row of this
        table leaves nothing out. :func:`check_originators` finds misspelt ones.
    inexact_rows
        'leave out' leaves out rows whose comparator is not '='; the other two keep every row.

    Raises
    ------
    ParameterError
        When `inexact_rows` is not one of its values.
    """
    keep = pd.Series(True, index=frame.index)
    if period_start:
        keep &= frame[f"{date_column}_first"] >= pd.Timestamp(period_start)
    if period_end:
        keep &= frame[f"{date_column}_last"] <= pd.Timestamp(period_end)
    if exclude_originators:
        keep &= ~frame["originator"].isin(exclude_originators) & ~frame["party"].isin(exclude_originators)
    if inexact_rows not in INEXACT_ROWS:
        raise ParameterError(f"inexact_rows: one of {', '.join(map(repr, INEXACT_ROWS))}; got {inexact_rows!r}")
    if inexact_rows == "leave out" and "comparator" in frame.columns:
        keep &= frame["comparator"].fillna("=") == "="
    return frame[keep.fillna(False).astype(bool)].reset_index(drop=True)


def check_originators(evidence: Evidence, names: Collection[str]) -> None:
    """Refuse names that are neither an originator nor a party of the package.

    Raises
    ------
    ParameterError
        With every unknown name, the names that are near to it, and the parties.
    """
    originators = evidence.table(ORIGINATORS)
    parties = sorted(set(originators["party"]))
    known = sorted({*originators["originator_id"], *parties})
    unknown = [name for name in names if name not in known]
    if unknown:
        near = [name for word in unknown for name in get_close_matches(word, known, n=2)]
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        raise ParameterError(
            f"exclude_originators: {', '.join(map(repr, unknown))} is neither an originator_id of originators.csv nor "
            f"one of the parties {', '.join(parties)}{meant}"
        )
