"""The range over choices of each headline as a value of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from analysis.estimate import Estimate, Interval, IntervalKind, Period
from analysis.multiverse.choice import Headline
from analysis.multiverse.curve import default_row
from analysis.multiverse.table import StoredTable

_ASSUMPTIONS: Final = (
    "the choices are those declared with their reasons; others could be defended too",
    "each specification counts alike, which is a way to look at all of them and no probability",
)


def range_estimates(tables: Sequence[StoredTable]) -> dict[str, Estimate]:
    """Return, for each headline, the value as the study makes it with the range of values over all specifications.

    Returns
    -------
    dict
        By the headline's key with an underscore for its dot. The interval, a scenario, is the range of the values
        alone: what is uncertain within a specification is not in it.
    """
    return {
        headline.key.replace(".", "_"): _range(table, headline)
        for table in tables
        for headline in table.multiverse.headlines
    }


def _range(table: StoredTable, headline: Headline) -> Estimate:
    values = table.of(headline.key)["value"].dropna()
    words = table.made_from["headlines"][headline.key]
    return Estimate(
        quantity=f"{headline.label}: range over choices",
        value=float(default_row(table, headline)["value"]),
        unit=words["unit"],
        interval=Interval(low=float(values.min()), high=float(values.max()), kind=IntervalKind.SCENARIO),
        method=f"every combination of {len(table.multiverse.choices)} choices, stored runs of {headline.key}",
        n=len(values),
        n_unit="specifications",
        period=Period(
            start=date.fromisoformat(words["period"]["start"]), end=date.fromisoformat(words["period"]["end"])
        ),
        geography=words["geography"],
        sources=tuple(words["sources"]),
        assumptions=_ASSUMPTIONS,
    )
