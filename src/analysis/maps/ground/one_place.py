"""Whether everything that was brought lies at one place: axes and CRS that are wrong put a file elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.errors import EvidenceError, Fault
from analysis.evidence.user_geometry import Layer
from analysis.stats.extents import bounds_of

FAR_M: Final = 100_000.0
"""How far beyond the box of all records a feature may lie, m; what is farther says nothing about them."""
_NEAR_DEGREES: Final = 5.0
_HELD_AGAINST: Final = ("points", "survey_area", "survey_found")
_LEFT_OUT_BY_REGION: Final = ("points",)
"""Of these, the layers whose features outside a region are left out; the area and finds of a survey are kept whole."""


def require_one_place(layers: Mapping[str, Layer]) -> None:
    """Refuse a file with features far from all records; nothing is left out without being asked for.

    Raises
    ------
    EvidenceError
        Naming the file, its first such feature, and swapped axes where that would explain it.
    """
    if "records" not in layers:
        return
    records = layers["records"]
    west, south, east, north = _box(records)
    for name in _HELD_AGAINST:
        layer = layers.get(name)
        if layer is None:
            continue
        boxes = bounds_of(layer.shapes)
        apart = np.maximum.reduce([west - boxes[:, 2], boxes[:, 0] - east, south - boxes[:, 3], boxes[:, 1] - north])
        far = apart > FAR_M
        if far.any():
            raise EvidenceError([_fault(name, layer, records, far, float(apart.max()))])


def _box(layer: Layer) -> NDArray[np.float64]:
    boxes = bounds_of(layer.shapes)
    return np.array([*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)])


def _fault(name: str, layer: Layer, records: Layer, far: NDArray[np.bool_], most_m: float) -> Fault:
    first, number = int(np.flatnonzero(far)[0]) + 1, int(far.sum())
    rule = f"used feature {first}: lies more than {FAR_M / 1000:g} km from all records"
    if far.all() and _as_if_swapped(layer, records):
        advice = "it would not with its axes swapped; put longitude and latitude right in the file"
    elif far.all():
        advice = "is its CRS right, and are its axes in order?"
    elif name in _LEFT_OUT_BY_REGION:
        advice = "put it right, or name a region to leave such features out and count them"
    else:
        advice = "put it right, or take such features out of the file: a region leaves out only records and points"
    found = f"{number} of {len(far)} features, up to {most_m / 1000:.0f} km"
    return Fault(file=layer.name, rule=f"{name}, {rule}; {advice}", value=found)


def _as_if_swapped(layer: Layer, records: Layer) -> bool:
    if layer.centre is None or records.centre is None:
        return False
    (longitude, latitude), there = layer.centre, records.centre
    return abs(latitude - there[0]) < _NEAR_DEGREES and abs(longitude - there[1]) < _NEAR_DEGREES
