"""Figures of records against the ground: share inside, frontier of the shift, bias and coverage."""

from analysis.plots.ground.estimators import bias_and_coverage
from analysis.plots.ground.frontier import frontier_grid
from analysis.plots.ground.inside import inside_share

__all__ = ["bias_and_coverage", "frontier_grid", "inside_share"]
