"""Coverage counted in accidents: what a share of accidents outside says about mined area, as a curve and not a number.

If accidents per unit of mined area are r times as frequent outside the records as inside, an outside share s of the
accidents means an unrecorded share u = s / (s + r (1 - s)) of the mined area. r carries who goes where, marking, and
earlier clearance of recorded land; it is not observed and changes with time. No page prints how many accidents s rests
on, so the curve has no sampling interval; only the half-width it would have, were the number known, can be shown. The
counts outside the former line of contact are another quantity: their n is never used for the records.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.errors import InsufficientEvidence, ParameterError
from analysis.estimate import Interval
from analysis.maps.scope import InexactRows
from analysis.maps.statements import OUTSIDE_LINE, OUTSIDE_RECORDS
from analysis.stats.partial_identification import imbens_manski_interval, unrecorded_share
from analysis.stats.proportions import half_width, trials_for_half_width

POINTS: Final = 121


def printed_outside_shares(statements: pd.DataFrame) -> pd.DataFrame:
    """Return each printed share of accidents outside the records, by comparator, with who said it first.

    Returns
    -------
    DataFrame
        `share`, `comparator`, `statements`, `first_seen`, `first_by`, `sources`.

    Raises
    ------
    InsufficientEvidence
        If no statement prints one.
    """
    return _printed(statements, OUTSIDE_RECORDS, "outside the records")


def printed_line_shares(statements: pd.DataFrame) -> pd.DataFrame:
    """Return each printed share of accidents outside the former line of contact, with or without counts.

    Raises
    ------
    InsufficientEvidence
        If no statement prints one.
    """
    return _printed(statements, OUTSIDE_LINE, "outside the former line of contact")


def considered_shares(
    printed: pd.DataFrame, *, nearly_from: float, more_than_to: float, inexact_rows: InexactRows
) -> tuple[float, float, float]:
    """Return the lowest, the printed and the highest outside share that the wording allows.

    Parameters
    ----------
    printed
        Table of :func:`printed_outside_shares`.
    nearly_from
        Lowest share that 'nearly' or 'about' is taken to mean; used if a statement says so.
    more_than_to
        Highest share that 'more than' is taken to mean; used if a statement says so. Both are scenarios: the wording
        itself sets no such ends.
    inexact_rows
        'as printed' takes every share as it stands, so all three are the printed one (the most often stated, ties to
        the lower).

    Raises
    ------
    ParameterError
        If the two ends do not enclose the printed shares.
    """
    low, high = float(printed["share"].min()), float(printed["share"].max())
    counted = printed.groupby("share", sort=True)["statements"].sum()
    middle = float(counted.index[int(counted.to_numpy().argmax())])
    if not 0 < nearly_from <= low <= high <= more_than_to < 1:
        raise ParameterError(
            f"nearly_from, more_than_to: 0 < nearly_from <= {low:g} and {high:g} <= more_than_to < 1 are needed, since "
            f"these shares are printed; got {nearly_from:g} and {more_than_to:g}"
        )
    if inexact_rows == "as printed":
        return middle, middle, middle
    nearly = printed["comparator"].isin(["~", "<", "<="]).any()
    more_than = printed["comparator"].isin(["~", ">", ">="]).any()
    return (nearly_from if nearly else low), middle, (more_than_to if more_than else high)


def curve(
    shares: tuple[float, float, float], *, rate_low: float, rate_high: float, points: int = POINTS
) -> pd.DataFrame:
    """Return the unrecorded share of mined area against r, on a logarithmic grid of r.

    Parameters
    ----------
    shares
        Lowest, printed and highest outside share considered, 0 to 1.
    rate_low, rate_high
        Ends of the grid of r, above 0.

    Returns
    -------
    DataFrame
        `relative_rate`, `area_share`, `area_share_low`, `area_share_high`.
    """
    if not 0 < rate_low < rate_high:
        raise ValueError(f"rate_low, rate_high: 0 < low < high is needed, got {rate_low} and {rate_high}")
    rates = np.geomspace(rate_low, rate_high, points)
    low, middle, high = (unrecorded_share(share, rates) for share in shares)
    return pd.DataFrame({"relative_rate": rates, "area_share": middle, "area_share_low": low, "area_share_high": high})


def at_rates(shares: dict[str, float], rates: tuple[float, ...]) -> pd.DataFrame:
    """Return the area share for each named outside share (rows) at each r (columns)."""
    columns = {f"r = {rate:g}": [float(unrecorded_share(s, rate)) for s in shares.values()] for rate in rates}
    return pd.DataFrame({"outside_share": list(shares.values()), **columns}, index=pd.Index(shares, name="reading"))


def half_widths(share: float, *, level: float, low: int = 50, high: int = 300) -> pd.DataFrame:
    """Return the half-width Wilson's interval would have at `share`, were it from n accidents, n from low to high."""
    trials = np.arange(low, high + 1, 5)
    return pd.DataFrame({"accidents": trials, "half_width": half_width(share, trials, level=level)})


def checks_needed(shares: dict[str, float], half_width_wanted: tuple[float, ...], *, level: float) -> pd.DataFrame:
    """Return how many checked items or located accidents give an interval of the wanted half-width at each share."""
    rows = [
        {"what": what, "share": share, "half_width": width, "checks": trials_for_half_width(share, width, level=level)}
        for what, share in shares.items()
        for width in half_width_wanted
    ]
    return pd.DataFrame(rows)


def area_interval(outside: int, total: int, *, rate_low: float, rate_high: float, level: float) -> Interval:
    """Return a confidence interval for the area share when the share is a count of accidents and r lies in a range.

    Standard errors of the ends by the delta method: du/ds = r / (s + r (1 - s))^2.

    Raises
    ------
    InsufficientEvidence
        If no accident, or every accident, lies outside: the delta method has no standard error then.

    References
    ----------
    Imbens, Manski (2004) Econometrica 72:1845-1857.
    """
    if not 0 < outside < total:
        raise InsufficientEvidence(f"{outside} of {total} accidents outside leave no standard error for the area share")
    share = outside / total
    error = float(np.sqrt(share * (1 - share) / total))
    ends = [
        (float(unrecorded_share(share, rate)), error * rate / (share + rate * (1 - share)) ** 2)
        for rate in (rate_high, rate_low)
    ]
    found = imbens_manski_interval(ends[0][0], ends[1][0], ends[0][1], ends[1][1], level=level)
    return Interval(low=max(0.0, found.low), high=min(1.0, found.high), kind=found.kind, level=level)


def _printed(statements: pd.DataFrame, topic: str, words: str) -> pd.DataFrame:
    rows = statements[
        (statements["topic"] == topic) & (statements["unit_counted"] == "accident") & statements["share"].notna()
    ]
    if rows.empty:
        raise InsufficientEvidence(f"no statement in the selection prints a share of accidents {words}")
    ordered = rows.sort_values(["as_of_last", "row_id"])
    found = [
        {
            "share": float(group["share"].iloc[0]),
            "comparator": group["comparator"].iloc[0],
            "statements": len(group),
            "first_seen": group["as_of"].iloc[0],
            "first_by": group["attributed_to"].iloc[0],
            "sources": ", ".join(sorted(group["source_id"].unique())),
        }
        for _, group in ordered.groupby(["share", "comparator"], sort=True)
    ]
    return pd.DataFrame(found)
