"""Results on coverage by the three routes, each in its own unit, with what could not be computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.errors import InsufficientEvidence, ParameterError
from analysis.estimate import Estimate, sorted_union
from analysis.maps import coverage_estimates, identification, joint_identity, line_estimates, mine_coverage
from analysis.maps.outcomes import attempt
from analysis.maps.scope import InexactRows, MapRows
from analysis.maps.statements import COVERED, LAID, ON_RECORDS, OUTSIDE_RECORDS, RIGHT

STATED_SHARE: Final = 0.25
"""The share of right records that is stated most often; the identity is read off at it."""
HALF_WIDTHS: Final = (0.1, 0.05, 0.03)

_IDENTITY_TOPICS: Final = (RIGHT, COVERED, ON_RECORDS, LAID, OUTSIDE_RECORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What has to be assumed to read the curves.

    Parameters
    ----------
    rate_low, rate_high
        Range of r: accidents per unit of mined area outside the records over inside.
    nearly_from, more_than_to
        What 'nearly' and 'more than' the printed share outside are taken to reach to, shares of 1.

    Raises
    ------
    ParameterError
        If a range is empty or leaves 0 to 1.
    """

    rate_low: float
    rate_high: float
    nearly_from: float
    more_than_to: float

    def __post_init__(self) -> None:
        if not 0 < self.rate_low < self.rate_high < float("inf"):
            raise ParameterError(
                "relative_rate_low, relative_rate_high: 0 < low < high is needed, found "
                f"{self.rate_low} and {self.rate_high}"
            )
        if not 0 < self.nearly_from <= self.more_than_to < 1:
            raise ParameterError(
                "nearly_from, more_than_to: 0 < nearly_from <= more_than_to < 1 is needed, found "
                f"{self.nearly_from} and {self.more_than_to}"
            )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CoverageResults:
    """Tables are empty where the evidence does not allow them; `reasons` says why.

    Parameters
    ----------
    pairs
        Route (a), unit mine: mines on the records over mines laid.
    readings
        Range of route (a) by what is done with inexact figures.
    records_curve, line_curve
        Route (b), unit accident: curves in r for outside the records and, another quantity, outside the former line.
    at_rates
        Both at some r.
    half_widths
        Half-width of an interval for the share outside the records, were the number of accidents known.
    rates_needed
        Route (c): the r that ties the statements together, as a grid.
    checks
        Checks a survey would need.
    estimates, reasons
        Estimates by key; what is not estimable here.
    """

    pairs: pd.DataFrame
    readings: pd.DataFrame
    records_curve: pd.DataFrame
    line_curve: pd.DataFrame
    at_rates: pd.DataFrame
    half_widths: pd.DataFrame
    rates_needed: pd.DataFrame
    checks: pd.DataFrame
    estimates: Mapping[str, Estimate]
    reasons: Mapping[str, InsufficientEvidence]


def coverage_results(
    rows: MapRows, line_counts: pd.DataFrame, scenario: Scenario, *, inexact_rows: InexactRows, level: float
) -> CoverageResults:
    """Return the results for one selection of rows.

    Parameters
    ----------
    rows
        As :func:`analysis.maps.scope.map_rows` returns them.
    line_counts
        Counts outside the former line; may be empty.
    scenario
        What is assumed of r and of the wording.
    inexact_rows, level
        As for the study.
    """
    said, reasons = rows.statements, dict[str, InsufficientEvidence]()
    pairs = attempt(reasons, "mines on the records over mines laid", lambda: mine_coverage.coverage_by_mines(said))
    printed = attempt(reasons, "curve in r, records", lambda: identification.printed_outside_shares(said))
    on_line = attempt(reasons, "curve in r, former line", lambda: identification.printed_line_shares(said))
    needed = attempt(reasons, "r that ties the statements together", lambda: joint_identity.rates_needed(said, pairs))
    shares = None if printed.empty else _record_shares(printed, scenario, inexact_rows)
    line_shares = None if on_line.empty else _line_shares(on_line)
    low, high = scenario.rate_low, scenario.rate_high
    nothing = pd.DataFrame()
    return CoverageResults(
        pairs=pairs,
        readings=nothing if pairs.empty else mine_coverage.range_by_reading(pairs),
        records_curve=nothing if shares is None else identification.curve(shares, rate_low=low, rate_high=high),
        line_curve=nothing if line_shares is None else identification.curve(line_shares, rate_low=low, rate_high=high),
        at_rates=_at_rates(shares, line_shares, scenario),
        half_widths=nothing if shares is None else identification.half_widths(shares[1], level=level),
        rates_needed=nothing if needed.empty else joint_identity.as_grid(needed),
        checks=_checks(shares, level),
        estimates=_mine_estimates(rows, pairs, inexact_rows)
        | _area_estimates(rows, printed, shares, scenario)
        | (
            {}
            if line_counts.empty
            else line_estimates.line_area_estimate(line_counts, rate_low=low, rate_high=high, level=level)
        )
        | _joint(rows, needed),
        reasons=reasons,
    )


def _record_shares(printed: pd.DataFrame, scenario: Scenario, inexact_rows: InexactRows) -> tuple[float, float, float]:
    return identification.considered_shares(
        printed,
        nearly_from=scenario.nearly_from,
        more_than_to=scenario.more_than_to,
        inexact_rows=inexact_rows,
    )


def _line_shares(printed: pd.DataFrame) -> tuple[float, float, float]:
    """Return the lowest, the middle and the highest printed share outside the former line."""
    ordered = sorted(printed["share"])
    return ordered[0], ordered[len(ordered) // 2], ordered[-1]


def _at_rates(
    shares: tuple[float, float, float] | None, line: tuple[float, float, float] | None, scenario: Scenario
) -> pd.DataFrame:
    named: dict[str, float] = {}
    if shares is not None:
        words = ("lowest reading", "as printed", "highest reading")
        named |= {f"outside the records, {word}": share for word, share in zip(words, shares, strict=True)}
    if line is not None:
        named |= {
            "outside the former line, lowest printed": line[0],
            "outside the former line, highest printed": line[2],
        }
    grid = sorted({scenario.rate_low, 0.5, 1.0, 2.0, scenario.rate_high})
    kept = tuple(rate for rate in grid if scenario.rate_low <= rate <= scenario.rate_high)
    return identification.at_rates(named, kept)


def _checks(shares: tuple[float, float, float] | None, level: float) -> pd.DataFrame:
    wanted = {"recorded places that hold a mine": STATED_SHARE}
    if shares is not None:
        wanted["accidents outside the records"] = shares[1]
    return identification.checks_needed(wanted, HALF_WIDTHS, level=level)


def _mine_estimates(rows: MapRows, pairs: pd.DataFrame, inexact_rows: InexactRows) -> dict[str, Estimate]:
    if pairs.empty:
        return {}
    stated = mine_coverage.stated_pairs(rows.statements)
    return coverage_estimates.coverage_estimates(pairs, stated, inexact_rows=inexact_rows, period=rows.period)


def _area_estimates(
    rows: MapRows, printed: pd.DataFrame, shares: tuple[float, float, float] | None, scenario: Scenario
) -> dict[str, Estimate]:
    if shares is None:
        return {}
    return coverage_estimates.area_estimates(
        printed, shares, rate_low=scenario.rate_low, rate_high=scenario.rate_high, period=rows.period
    )


def _joint(rows: MapRows, needed: pd.DataFrame) -> dict[str, Estimate]:
    if needed.empty:
        return {}
    behind = rows.statements[rows.statements["topic"].isin(_IDENTITY_TOPICS)]
    sources = sorted_union(behind["source_id"])
    return coverage_estimates.joint_estimates(needed, correct_share=STATED_SHARE, sources=sources, period=rows.period)
