"""How high a figure of many rows may be: what a journal allows, rows then standing closer to each other."""

from __future__ import annotations

from analysis.plots.journals import current_profile


def allowed_height_mm(height_mm: float) -> float:
    """Return a height of the house style, mm, or the one at which the figure is as high as the journal allows."""
    profile = current_profile()
    return min(height_mm, profile.height_mm / profile.growth)
