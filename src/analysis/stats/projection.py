"""How long a stock lasts at a stated flow, and how far published projections were from what came.

Arithmetic only: nothing here knows how uncertain the stock or the flow is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.errors import InsufficientEvidence
from analysis.stats.arguments import require_not_negative, require_positive


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectionError:
    """Observed less projected.

    Parameters
    ----------
    difference
        Observed less projected, in the unit of the stock.
    share_of_projection
        The difference over the projected value.
    """

    difference: float
    share_of_projection: float


def flow_between(first_stock: float, last_stock: float, *, years: float) -> float:
    """Return the mean yearly decrease between two stocks; negative when the stock grew."""
    require_positive("years", years)
    return (first_stock - last_stock) / years


def years_to_zero(stock: float, flow_per_year: float) -> float:
    """Return the years until the stock is used up, if the flow stays as it is and nothing is added.

    Raises
    ------
    InsufficientEvidence
        If the flow is not above 0: the stock then has no end.
    """
    require_not_negative("stock", stock)
    if not (math.isfinite(flow_per_year) and flow_per_year > 0):
        raise InsufficientEvidence(f"a stock of {stock:g} has no end at a flow of {flow_per_year:g} per year")
    return stock / flow_per_year


def completion_year(stock: float, flow_per_year: float, *, origin_year: float) -> float:
    """Return the year, with decimals, in which the stock is used up.

    Parameters
    ----------
    origin_year
        When the stock was counted, as a year with decimals: the end of 2011 is 2012.0.

    Raises
    ------
    InsufficientEvidence
        If the flow is not above 0.
    """
    return origin_year + years_to_zero(stock, flow_per_year)


def projection_error(projected: float, observed: float) -> ProjectionError:
    """Return how far a projected stock was from the observed one."""
    require_positive("projected", projected)
    difference = observed - projected
    return ProjectionError(difference=difference, share_of_projection=difference / projected)


def unexplained_change(first_stock: float, last_stock: float, *, released: float) -> float:
    """Return the change of a stock that release does not account for; above 0 when the stock grew."""
    return last_stock - (first_stock - released)


def stock_before_change(stock: float, *, relative_change: float) -> float:
    """Return the earlier stock that, after a relative change, gives `stock` (a fall of 3.5 % is -0.035)."""
    if not relative_change > -1:
        raise ValueError(f"relative_change: a number above -1 is needed, got {relative_change}")
    return stock / (1 + relative_change)
