"""A known path of killed and injured, civilian and military, and running totals printed about it, some wrong.

What the words mean is said at :func:`printed_rows`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from analysis.calibration.worlds import IntArray, design_of, persons_in
from analysis.casualties.scope import COUNT_START
from analysis.evidence.partial_dates import span_columns

Corruption = Literal[
    "none", "stale", "misprint", "civilians only", "civilians as total", "more than", "by month", "every kind"
]

Row = dict[str, Any]

KILLED_SHARE: Final = 0.17
MILITARY_SHARE: Final = 0.4
ORIGINATORS: Final = ("office a", "office b", "office c", "office d")
_PARTS: Final = ["civilian_killed", "civilian_injured", "military_killed", "military_injured"]
COUNTS: Final = ("total", "killed", "injured", *_PARTS)
_STYLES: Final[tuple[Sequence[str], ...]] = (("total", "killed", "injured"), ("total",), _PARTS)
_STYLE_SHARES: Final = (0.5, 0.25, 0.25)
_KINDS: Final[tuple[Corruption, ...]] = (
    "stale",
    "misprint",
    "civilians only",
    "civilians as total",
    "more than",
    "by month",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TruePath:
    """Persons by day since the start of the count, which is row 0: one column a part, cumulative; and their sums."""

    parts: IntArray

    @property
    def table(self) -> pd.DataFrame:
        """killed, injured, total and the four parts by day number (the first day of the count is 1)."""
        frame = pd.DataFrame(self.parts, columns=_PARTS, index=np.arange(1, len(self.parts) + 1))
        frame["killed"] = frame["civilian_killed"] + frame["military_killed"]
        frame["injured"] = frame["civilian_injured"] + frame["military_injured"]
        return frame.assign(total=frame["killed"] + frame["injured"])


def true_path(rng: np.random.Generator) -> TruePath:
    """Return a path with accidents at the study's fitted rate and sizes as observed, all of an accident one kind."""
    design = design_of(None)
    days = np.arange(design.first_days[0], design.last_days[-1] + 1)
    middle = (design.first_days[0] + design.last_days[-1]) / 2
    rates = np.exp(design.log_rate + design.slope * (days - middle))
    mean_size = float(persons_in(np.ones(4000, dtype=np.int64), rng=rng).mean())
    military, civilian = (
        persons_in(rng.poisson(rates * share / mean_size).astype(np.int64), rng=rng)
        for share in (MILITARY_SHARE, 1 - MILITARY_SHARE)
    )
    killed = [rng.binomial(kind, KILLED_SHARE) for kind in (civilian, military)]
    daily = np.column_stack([killed[0], civilian - killed[0], killed[1], military - killed[1]])
    return TruePath(parts=np.cumsum(daily, axis=0))


def printed_rows(
    path: TruePath, rng: np.random.Generator, *, corruption: Corruption, amount: float, prints: int
) -> pd.DataFrame:
    """Return running totals printed about a path, in the columns of the evidence.

    Parameters
    ----------
    path
        The truth.
    corruption, amount
        What goes wrong, and with which share of the rows. "stale": the row repeats what the same office printed
        before. "misprint": one digit of one figure is another. "civilians only": civilian figures in the columns of
        all, with the civilian columns beside them. "civilians as total": the number of civilians, printed as the total
        and nothing else. "more than": the total rounded down, with its comparator. "by month": the day is not stated.
        "every kind": each of them with a sixth of the rows affected.
    prints
        Number of rows.

    Notes
    -----
    Of rows that are right, half state total, killed and injured, a quarter the total alone and a quarter the four
    parts by civilians and military.
    """
    truth = path.table.to_dict("index")
    days = np.sort(rng.integers(1, len(truth), prints, endpoint=True)).tolist()
    styles = rng.choice(len(_STYLES), size=prints, p=_STYLE_SHARES).tolist()
    offices = rng.choice(ORIGINATORS, size=prints).tolist()
    wrong = (rng.random(prints) < amount).tolist()
    rows: list[Row] = []
    for day, style, office, spoilt in zip(days, styles, offices, wrong, strict=True):
        row: Row = {"originator": office, "day": day, "comparator": "=", "by_month": False}
        row |= {str(name): int(truth[day][name]) for name in _STYLES[style]}
        if spoilt and corruption != "none":
            kind = _KINDS[int(rng.integers(len(_KINDS)))] if corruption == "every kind" else corruption
            row = _spoilt(row, kind, truth=truth[day], before=rows, rng=rng)
        rows.append(row)
    return _as_evidence(rows)


def _spoilt(
    row: Row, kind: Corruption, *, truth: Mapping[Hashable, int], before: Sequence[Row], rng: np.random.Generator
) -> Row:
    """Return the row as it is printed when this goes wrong."""
    heading = {name: row[name] for name in ("originator", "day", "comparator", "by_month")}
    civilians = {name: int(truth[f"civilian_{name}"]) for name in ("killed", "injured")}
    if kind == "stale":
        own = [earlier for earlier in before if earlier["originator"] == row["originator"]]
        return {**own[-1], **heading} if own else row
    if kind == "misprint":
        printed = sorted(set(row) & set(COUNTS))
        name = printed[int(rng.integers(len(printed)))]
        return {**row, name: with_another_digit(int(row[name]), rng)}
    if kind == "by month":
        return {**row, "by_month": True}
    if kind == "civilians only":
        return {**heading, **civilians, **{f"civilian_{name}": number for name, number in civilians.items()}}
    if kind == "civilians as total":
        return {**heading, "total": sum(civilians.values())}
    if truth["total"] == 0:
        return row  # nothing is more than a number below 0
    return {**heading, "total": (int(truth["total"]) - 1) // 10 * 10, "comparator": ">"}


def with_another_digit(number: int, rng: np.random.Generator) -> int:
    """Return the number with one of its digits replaced by another."""
    digits = list(str(number))
    place = int(rng.integers(len(digits)))
    digits[place] = str((int(digits[place]) + int(rng.integers(1, 10))) % 10)
    return int("".join(digits))


def _as_evidence(rows: Sequence[Row]) -> pd.DataFrame:
    """Return the rows with identifiers, dates and counts as the evidence has them."""
    frame = pd.DataFrame(rows)
    dates = pd.Timestamp(COUNT_START) + pd.to_timedelta(frame["day"] - 1, unit="D")
    texts = dates.dt.strftime("%Y-%m-%d").mask(frame["by_month"].astype(bool), dates.dt.strftime("%Y-%m"))
    columns: dict[str, object] = {
        "row_id": [f"sim-{number:04d}" for number in range(len(rows))],
        "source_id": "simulated",
        "as_of": texts,
        **span_columns("as_of", list(texts)),
        **{name: pd.array([row.get(name) for row in rows], dtype="Int64") for name in COUNTS},
    }
    return pd.concat([frame[["originator", "comparator"]], pd.DataFrame(columns)], axis=1)
