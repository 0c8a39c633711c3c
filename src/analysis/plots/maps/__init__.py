"""Figures of study 2, on maps of minefields and the records of them."""

from analysis.plots.maps.as_test import records_as_test
from analysis.plots.maps.benchmarks import benchmark_dots
from analysis.plots.maps.districts import accidents_by_district
from analysis.plots.maps.identification import identification_curve
from analysis.plots.maps.shares import shares_with_n
from analysis.plots.maps.timeline import handovers_and_statements

__all__ = [
    "accidents_by_district",
    "benchmark_dots",
    "handovers_and_statements",
    "identification_curve",
    "records_as_test",
    "shares_with_n",
]
