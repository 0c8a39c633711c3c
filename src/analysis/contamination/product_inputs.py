"""What model B of the time to release assumes: each input with low, central and high value, and the reason for them.

Only a few have a published figure behind them, named by its row; the others are assumptions of this study, and are
labelled so. None is a measurement of the work in the regained districts, for which none is published.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.errors import ParameterError


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """One input of model B.

    Parameters
    ----------
    name
        With its unit.
    low, central, high
        Ends searched, and the value of the central scenario.
    reason
        Why these.
    rests_on
        Which value rests on which row, or that all are assumed.
    """

    name: str
    low: float
    central: float
    high: float
    reason: str
    rests_on: str

    @property
    def claims(self) -> tuple[str, ...]:
        """Rows of claims that the values rest on; none for a plain assumption."""
        return tuple(_CLAIM.findall(self.rests_on))


_CLAIM: Final = re.compile(r"\b[a-z]+-\d{3}\b")
_NO_ROW: Final = "assumed, no row"

# Name, low, central and high value, reason, and what the values rest on.
_TABLE: Final[tuple[tuple[str, float, float, float, str, str], ...]] = (
    (
        "cancelled_share", 0.2, 0.4, 0.6,
        ("cancelled were 27.15 of 67.75 km2 released in Croatia 2015 and 2.45 of 5.23 in Bosnia 2017 (Landmine "
         "Monitor), no share is published here"),
        _NO_ROW,
    ),
    (
        "reduced_share_of_rest", 0.0, 0.3, 0.9,
        ("of land not cancelled none was reduced in Croatia 2015 and 2.48 of 2.78 km2 in Bosnia 2017 (Landmine "
         "Monitor)"),
        _NO_ROW,
    ),
    (
        "machine_share_of_cleared", 0.4, 0.6, 0.9,
        "stated purchases are mostly machines, the split of work is not published",
        _NO_ROW,
    ),
    (
        "dog_share_of_other_cleared", 0.2, 0.4, 0.6,
        "dogs and deminers by hand share what machines do not do",
        _NO_ROW,
    ),
    (
        "m2_per_deminer_day", 15.0, 20.0, 60.0,
        "15 to 20 as stated for Armenia in good weather; the high end is assumed, for ground with little metal",
        "low and central: gap-021; high assumed",
    ),
    (
        "m2_per_dog_day", 200.0, 500.0, 1500.0,
        "no figure was found",
        _NO_ROW,
    ),
    (
        "ha_per_machine_year", 27.35275, 60.0, 180.0,
        ("low: ANAMA's machines in 2012; high: just under 1,500 m2 an hour, as stated of one robot, for 6 hours on "
         "200 days; central assumed"),
        "low: con-109; high: con-127 with assumed hours and days; central assumed",
    ),
    (
        "ha_per_survey_team_year", 300.0, 1500.0, 6000.0,
        "survey assisted by remote sensing, from walking every boundary to reading images; no figure was found",
        _NO_ROW,
    ),
    (
        "working_days_per_year", 160.0, 200.0, 240.0,
        "winter and rain stop work",
        _NO_ROW,
    ),
    (
        "deminers", 500.0, 2000.0, 5000.0,
        "1,400 employees of ANAMA in November 2023, not all deminers; other operators print no number",
        "con-054 stands beside it; all three assumed",
    ),
    (
        "dogs", 30.0, 100.0, 300.0,
        "low: ANAMA's dogs in May 2021; the rest assumed",
        "low: con-111; the rest assumed",
    ),
    (
        "machines", 16.0, 60.0, 200.0,
        ("low: 6 machines in May 2021 and 10 delivered in May 2024; the rest assumed, purchases since then are not "
         "all counted"),
        "low: con-110 + con-112; the rest assumed",
    ),
    (
        "survey_teams", 10.0, 40.0, 120.0,
        "no number is published",
        _NO_ROW,
    ),
    (
        "usd_per_ha_by_hand", 10000.0, 20000.0, 40000.0,
        "assumed about the 1.5 euro per m2 that Croatia gave in 2006 (HINA)",
        _NO_ROW,
    ),
    (
        "usd_per_ha_with_dogs", 5000.0, 10000.0, 20000.0,
        "half of work by hand",
        _NO_ROW,
    ),
    (
        "usd_per_ha_with_machines", 2000.0, 5000.0, 10000.0,
        "a quarter of work by hand",
        _NO_ROW,
    ),
    (
        "usd_per_ha_surveyed", 50.0, 200.0, 1000.0,
        "survey moves no ground",
        _NO_ROW,
    ),
)  # fmt: skip

INPUTS: Final = tuple(
    Assumed(name=name, low=low, central=central, high=high, reason=reason, rests_on=rests_on)
    for name, low, central, high, reason, rests_on in _TABLE
)
"""Central scenario and ranges; a notebook's parameter can replace any of them."""


def assumed_inputs(replaced: Mapping[str, object]) -> tuple[Assumed, ...]:
    """Return the inputs, with those of `replaced` fixed at the value given.

    Raises
    ------
    ParameterError
        For a name that is no input, and a value that is no number of its kind.
    """
    names = [one.name for one in INPUTS]
    for name, value in replaced.items():
        if name not in names:
            raise ParameterError(f"replaced_inputs: {name!r} is no input of model B; inputs are {', '.join(names)}")
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number or not 0 <= float(str(value)) < float("inf"):
            raise ParameterError(f"replaced_inputs: {name} must be a finite number of at least 0, found {value!r}")
        if "share" in name and float(str(value)) > 1:
            raise ParameterError(f"replaced_inputs: {name} is a share and must be at most 1, found {value!r}")
    return tuple(_replaced(one, replaced[one.name]) if one.name in replaced else one for one in INPUTS)


def inputs_table(inputs: tuple[Assumed, ...]) -> pd.DataFrame:
    """Return the inputs for print."""
    return pd.DataFrame(
        [
            {
                "input": one.name, "low": one.low, "central": one.central, "high": one.high, "reason": one.reason,
                "rests_on": one.rests_on,
            }
            for one in inputs
        ]
    )  # fmt: skip


def _replaced(one: Assumed, value: object) -> Assumed:
    number = float(str(value))
    return Assumed(
        name=one.name, low=number, central=number, high=number, reason="as given by the reader", rests_on="the reader"
    )
