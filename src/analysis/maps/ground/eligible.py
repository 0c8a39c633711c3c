"""Which points can speak about records: those after the records that did not cause them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.errors import InsufficientEvidence
from analysis.maps.ground.inputs import PresenceOnly, Records

BEFORE: Final = "dated before or on the day of the records, left out"
CAUSED: Final = "caused the record, left out"
UNDATED: Final = "of these undated"
REPEATED: Final = "of these at the very place of another"
USED: Final = "used"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Eligible:
    """Points that remain.

    Parameters
    ----------
    xy
        Their positions, m.
    counts
        Points by what was done with them.
    omission_reason
        Why omission cannot be estimated from them; empty when it can.
    """

    xy: NDArray[np.float64]
    counts: Mapping[str, int]
    omission_reason: str


def eligible_points(points: PresenceOnly, records: Records) -> Eligible:
    """Return the points that are kept, with counts of the rest.

    Points that caused a record, and points dated before or on its day, say nothing on what the records miss. Undated
    points stay in the inside share, which is then only a description, and stop the estimate of omission.

    Raises
    ------
    InsufficientEvidence
        If no point is left.
    """
    undated = np.isnat(points.dates)
    before = np.zeros(len(points.xy), dtype=bool)
    if records.as_of is not None:
        before = ~undated & (points.dates <= np.datetime64(records.as_of))
    kept = ~points.caused & ~before
    counts = {
        "points": len(points.xy),
        CAUSED: int(points.caused.sum()),
        BEFORE: int((before & ~points.caused).sum()),
        USED: int(kept.sum()),
        UNDATED: int((undated & kept).sum()),
        REPEATED: int(kept.sum()) - len(np.unique(points.xy[kept], axis=0)),
    }
    if not kept.any():
        raise InsufficientEvidence("no point is left that is later than the records and did not cause them")
    return Eligible(xy=points.xy[kept], counts=counts, omission_reason=_reason(counts[UNDATED], records))


def _reason(undated: int, records: Records) -> str:
    if undated:
        return f"{undated} points have no date, so it is not known whether the records were there first"
    if records.as_of is None:
        return "the records have no date, so it is not known whether they were there before the points"
    return ""


def undated_doubt(eligible: Eligible) -> str:
    """Return why a common shift of the records cannot be told from these points; empty when dates show it can.

    Records that were drawn from the points lie where the points are, whatever was displaced.
    """
    return (
        f"records may have been drawn from the points: {eligible.omission_reason}" if eligible.omission_reason else ""
    )
