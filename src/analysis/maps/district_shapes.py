"""The district polygons of a map with a place for each label."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from analysis.evidence import Evidence
from analysis.evidence.geometry import Ring, read_districts
from analysis.stats.label_points import label_point


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictShape:
    """One district to draw.

    Parameters
    ----------
    name
        As in the tables.
    outer_rings
        Longitude and latitude in degrees, WGS 84; holes are drawn by the polygons that lie in them.
    label_at
        Longitude and latitude of the label.
    in_focus
        Whether the map has to show it whole.
    """

    name: str
    outer_rings: tuple[Ring, ...]
    label_at: tuple[float, float]
    in_focus: bool


def district_shapes(evidence: Evidence, in_focus: Collection[str]) -> tuple[DistrictShape, ...]:
    """Return every district polygon, largest first, so that a city lies upon the district around it."""
    districts = sorted(read_districts(evidence), key=lambda district: (-district.area_km2, district.name))
    return tuple(
        DistrictShape(
            name=district.name,
            outer_rings=tuple(polygon[0] for polygon in district.polygons),
            label_at=label_point(district.polygons),
            in_focus=district.name in in_focus,
        )
        for district in districts
    )
