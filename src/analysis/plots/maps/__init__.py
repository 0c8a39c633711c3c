"""Figures of study 2: handovers and statements, shares with n, the curve in r, records as a test, benchmarks."""

from analysis.plots.maps.as_test import records_as_test
from analysis.plots.maps.benchmarks import benchmark_dots
from analysis.plots.maps.identification import identification_curve
from analysis.plots.maps.shares import shares_with_n
from analysis.plots.maps.timeline import handovers_and_statements

__all__ = ["benchmark_dots", "handovers_and_statements", "identification_curve", "records_as_test", "shares_with_n"]
