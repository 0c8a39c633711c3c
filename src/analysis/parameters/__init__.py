"""Parameters of a notebook: how they are declared, given on the command line, and checked. Nothing is evaluated."""

from analysis.parameters.cell import Parameter, parse_cell
from analysis.parameters.checks import check_parameters
from analysis.parameters.given import parse_given

__all__ = ["Parameter", "check_parameters", "parse_cell", "parse_given"]
