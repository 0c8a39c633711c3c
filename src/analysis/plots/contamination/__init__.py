"""Figures of study 3, one module a figure."""

from analysis.plots.contamination.density import density_figure
from analysis.plots.contamination.horizon import horizon_figure
from analysis.plots.contamination.inspection import inspection_figure
from analysis.plots.contamination.record import record_figure
from analysis.plots.contamination.stated import stated_figure

__all__ = ["density_figure", "horizon_figure", "inspection_figure", "record_figure", "stated_figure"]
