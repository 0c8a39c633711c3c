"""The parts of the horizon notebook that may find nothing: empty tables and the reason instead of an error."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.contamination.capacity import NO_DRIFT, CapacityWalks, capacity_walks, printed_steps
from analysis.contamination.horizon import WHOLE
from analysis.contamination.horizon_search import indices_by_model, remaining_range, statement_among_products
from analysis.contamination.product_inputs import Assumed
from analysis.contamination.products import by_method
from analysis.contamination.record_estimates import GEOGRAPHY, wider_than_print
from analysis.contamination.results import ContaminationStudy
from analysis.contamination.time_statements import longest_statement
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval, IntervalKind, Period, sorted_union

DOLLARS = "USD"
_FAN = ["walk", "baseline", "stated_ha", "year", "quantile", "remaining_ha"]
_YEARS = ["walk", "baseline", "as_of", "stated_ha", "remaining_ha"]
_INDICES = ["outcome", "input", "low", "high", "first_order", "first_order_margin", "total", "total_margin"]


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table without the sources of its rows, as an argument of a stage."""
    return table.drop(columns="sources", errors="ignore")


def walks_or_nothing(
    ranges: pd.DataFrame, rates: pd.DataFrame, *, origin_year: int, draws: int, seed: int
) -> CapacityWalks:
    """Return the walks of capacity; empty tables where too few years are printed or no total is stated."""
    try:
        return capacity_walks(ranges, rates, origin_year=origin_year, draws=draws, seed=seed)
    except InsufficientEvidence:
        return CapacityWalks(fan=pd.DataFrame(columns=_FAN), years=pd.DataFrame(columns=_YEARS))


def indices_or_nothing(
    ranges: pd.DataFrame,
    rates: pd.DataFrame,
    inputs: tuple[Assumed, ...],
    *,
    capacity_change: float,
    added_share: float,
    base_samples: int,
    seed: int,
) -> pd.DataFrame:
    """Return the Sobol indices of both models; an empty table where there is nothing to search over."""
    try:
        return indices_by_model(
            ranges, rates, inputs, capacity_change=capacity_change, added_share=added_share,
            base_samples=base_samples, seed=seed,
        )  # fmt: skip
    except InsufficientEvidence:
        return pd.DataFrame(columns=_INDICES)


def years_left(study: ContaminationStudy) -> float:
    """Return the years left of the longest statement; infinite without one, so that nothing is needed by then."""
    return float(longest_statement(study.located)["years_left_high"]) if len(study.located) else float("inf")


def central_by_method(study: ContaminationStudy, inputs: tuple[Assumed, ...]) -> pd.DataFrame:
    """Return the central scenario of model B by method, for the largest stated total read as the whole task."""
    return by_method(inputs, remaining_ha=central_area(study), years_left=years_left(study))


def central_area(study: ContaminationStudy) -> float:
    """Return what remains of the largest stated total, read as the whole task, ha: the middle; 0 without a total."""
    totals = study.ranges[(study.ranges["category"] == "total") & (study.ranges["baseline"] == WHOLE)]
    if totals.empty:
        return 0.0
    row = totals.sort_values(["stated_ha", "as_of"]).iloc[-1]
    return float(row["remaining_low_ha"] + row["remaining_high_ha"]) / 2


def statement_located(
    study: ContaminationStudy, inputs: tuple[Assumed, ...], *, points: int, seed: int
) -> pd.DataFrame:
    """Return where the longest stated time and the largest stated cost lie among model B; empty without statement."""
    if study.located.empty or study.costs.empty or study.ranges.empty:
        return pd.DataFrame({"outcome": ["no statement of time and cost, or no stated total, in the selection"]})
    in_dollars = study.costs[study.costs["currency"] == DOLLARS]
    if in_dollars.empty:
        return pd.DataFrame({"outcome": ["no stated cost is in dollars, as the assumed costs are"]})
    cost = float(in_dollars["cost"].max())
    return statement_among_products(
        study.ranges, inputs, years_left=years_left(study), cost_usd=cost, points=points, seed=seed
    )


def horizon_estimates(study: ContaminationStudy, walks: CapacityWalks, targets: pd.DataFrame) -> Mapping[str, Estimate]:
    """Return the headline numbers of the notebook; those that cannot be made are left out."""
    found = {}
    if len(walks.years):
        found["years_if_capacity_walks"] = _walked(study, walks)
    dollars = study.spent[study.spent["currency"] == DOLLARS]
    if len(dollars):
        found["usd_per_ha_spent"] = _spent(dollars)
    scored = targets[targets["reported_ha"].notna()]
    if len(scored):
        found["yearly_targets_reached"] = _targets(scored)
    return found


def reasons(study: ContaminationStudy) -> dict[str, InsufficientEvidence]:
    """Return what the notebook cannot estimate, with the reason."""
    found = {
        "probability of any time to release": InsufficientEvidence(
            "scenarios are assumed and searched evenly; no frequency stands behind them"
        ),
        "years by product from published figures": InsufficientEvidence(
            "what was done to the land, and numbers and productivity of units, are not published for these districts"
        ),
        "devices left, by depletion or discovery": InsufficientEvidence(
            "no published series is of a closed place with equal detection and measured effort"
        ),
    }
    for name, attempt in (
        ("walks of capacity", lambda: printed_steps(study.rates)),
        ("ranges to search over", lambda: remaining_range(study.ranges)),
    ):
        try:
            attempt()
        except InsufficientEvidence as reason:
            found[name] = reason
    return found


def _walked(study: ContaminationStudy, walks: CapacityWalks) -> Estimate:
    own = walks.years[(walks.years["walk"] == NO_DRIFT) & (walks.years["baseline"] == WHOLE)]
    row = own.sort_values(["stated_ha", "as_of"]).iloc[-1]
    used = study.scenarios[(study.scenarios["category"] == "total") & (study.scenarios["rate_kind"] == "year")]
    return Estimate(
        quantity=f"years from {study.origin.date()} to release {row['stated_ha']:,.0f} ha if capacity walks",
        value=float(row["years_50"]),
        unit="years",
        interval=Interval(low=float(row["years_05"]), high=float(row["years_95"]), kind=IntervalKind.SCENARIO),
        method="walk of the logarithm of yearly area, steps as wide as printed; middle, and 5 to 95 of 100 walks",
        n=int((study.rates["kind"] == "year").sum()),
        n_unit="printed years",
        period=Period(start=study.origin.date(), end=max(study.last_date, study.origin.date())),
        geography=GEOGRAPHY,
        sources=sorted_union(*used["sources"]),
        assumptions=(
            "that capacity goes on stepping as it did between four printed years is assumed",
            "stated area read as the whole task since November 2020; nothing is added to it",
            "a distribution of the scenario, not a confidence interval",
        ),
    )


def _spent(dollars: pd.DataFrame) -> Estimate:
    """Return the money over the hectares of its days; of the rows that begin first the one that ends first."""
    row = dollars.sort_values(["period_start", "period_end", "claim_id"]).iloc[0]
    low, high = float(row["per_ha_low"]), float(row["per_ha_high"])
    return Estimate(
        quantity=f"USD per hectare, if {row['money']:,.0f} was spent on the hectares of its days",
        value=(low + high) / 2 if high < float("inf") else low,
        unit="USD per ha",
        interval=wider_than_print(low, high, IntervalKind.BOUND),
        method=f"money said to be spent by {row['period_end']} over the range of hectares reported for its days",
        n=1,
        n_unit="statement of money spent",
        period=Period(start=pd.Timestamp(row["period_start"]).date(), end=pd.Timestamp(row["period_end"]).date()),
        geography=GEOGRAPHY,
        sources=row["sources"],
        assumptions=(
            f"stated by {row['attributed_to']}; whether all bodies' money is in it is not said",
            "all of it was for the hectares reported in these days, whatever was done to them",
        ),
    )


def _targets(scored: pd.DataFrame) -> Estimate:
    years = scored["year"].astype(int)
    return Estimate(
        quantity="published yearly targets that the area reported for the year reaches",
        value=float((scored["reported_less_target_ha"] >= 0).sum()),
        unit="targets",
        interval=None,
        method="count of targets at or below the printed year; targets and years are by the same authorities",
        n=len(scored),
        n_unit="targets with a printed year",
        period=Period(start=pd.Timestamp(years.min(), 1, 1).date(), end=pd.Timestamp(years.max(), 12, 31).date()),
        geography=GEOGRAPHY,
        sources=sorted_union(*scored["sources"]),
        assumptions=("all reported hectares count towards the target",),
    )
