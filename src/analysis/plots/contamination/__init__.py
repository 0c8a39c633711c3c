"""Figures of study 3, one module a figure."""

from analysis.plots.contamination.density import density_figure
from analysis.plots.contamination.horizon import horizon_figure
from analysis.plots.contamination.horizon_fan import fan_figure
from analysis.plots.contamination.horizon_search import search_figure
from analysis.plots.contamination.inspection import inspection_figure
from analysis.plots.contamination.past_projections import projections_figure
from analysis.plots.contamination.record import record_figure
from analysis.plots.contamination.stated import stated_figure

__all__ = [
    "density_figure",
    "fan_figure",
    "horizon_figure",
    "inspection_figure",
    "projections_figure",
    "record_figure",
    "search_figure",
    "stated_figure",
]
