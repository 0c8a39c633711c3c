"""Commission, omission and misplacement, kept apart, from points and from a surveyed area."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InsufficientEvidence
from analysis.maps.ground.inputs import FullSurvey, Records
from analysis.stats.map_disagreement import disagreement
from analysis.stats.overlay import Ground
from analysis.stats.polygon_algebra import parts_m2

_HA = 1e4


def omission_bounds(xy: NDArray[np.float64], ground: Ground, *, misplacement_m: float) -> pd.DataFrame:
    """Return the points inside, within the misplacement distance, and beyond it.

    A point just outside a record may be one the record missed or one whose record is misplaced: single points cannot
    tell. So omission lies between the points beyond any misplacement considered and all points outside. Commission is
    not in points at all.
    """
    apart = ground.distances(xy, within_m=misplacement_m)
    near = (apart > 0) & np.isfinite(apart)
    beyond = ~np.isfinite(apart)
    readings = ("recorded", "omission or misplacement", "omission")
    rows = [
        {"points": int(part.sum()), "share": float(part.mean()), "can be": reading}
        for part, reading in zip((apart == 0, near, beyond), readings, strict=True)
    ]
    names = ["inside", f"outside, within {misplacement_m:g} m", f"beyond {misplacement_m:g} m"]
    return pd.DataFrame(rows, index=pd.Index(names, name="place"))


def survey_areas(records: Records, survey: FullSurvey, *, misplacement_m: float) -> pd.DataFrame:
    """Return the confusion areas within the surveyed area, ha and share of it.

    Commission within the misplacement distance of what was found, and omission within it of what was recorded, can be
    misplacement; the rest cannot.

    Raises
    ------
    InsufficientEvidence
        If the surveyed area is empty.
    """
    parts = parts_m2(records.shapes, survey.found, survey.area, near_m=misplacement_m)
    total = sum(parts.values())
    if total <= 0:
        raise InsufficientEvidence("the surveyed area is empty")
    rows = {name: {"area_ha": area / _HA, "share": area / total} for name, area in parts.items()}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("part of the surveyed area")


def survey_disagreement(areas: pd.DataFrame) -> pd.DataFrame:
    """Return quantity, exchange and shift disagreement of the surveyed area, ha and share of it.

    References
    ----------
    Pontius, Millones (2011) International Journal of Remote Sensing 32:4407-4429.
    """
    area = areas["area_ha"]
    commission = area["commission, near"] + area["commission, far"]
    omission = area["omission, near"] + area["omission, far"]
    found = disagreement([[area["recorded and found"], commission], [omission, area["neither"]]])
    parts = {"quantity": found.quantity, "exchange": found.exchange, "shift": found.shift, "total": found.total}
    table = pd.DataFrame({"area_ha": parts})
    return table.assign(share=table["area_ha"] / area.sum()).rename_axis("disagreement")
