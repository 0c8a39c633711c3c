"""What model B of the time to release assumes: each input with low, central and high value, and the reason for them.

Only a few have a published figure behind them, named by its row; the others are assumptions of this study, and are
labelled so. None is a measurement of the work in the regained districts, for which none is published.
"""

from __future__ import annotations

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
    claims
        Rows of claims the reason rests on; empty for a plain assumption.
    """

    name: str
    low: float
    central: float
    high: float
    reason: str
    claims: tuple[str, ...] = ()


INPUTS: Final = (
    Assumed(
        name="cancelled_share", low=0.2, central=0.4, high=0.6,
        reason="assumed; cancelled were 27.15 of 67.75 km2 released in Croatia 2015 and 2.45 of 5.23 in Bosnia 2017"
        " (Landmine Monitor), no share is published here",
    ),
    Assumed(
        name="reduced_share_of_rest", low=0.0, central=0.3, high=0.9,
        reason="assumed; of land not cancelled none was reduced in Croatia 2015 and 2.48 of 2.78 km2 in Bosnia 2017"
        " (Landmine Monitor)",
    ),
    Assumed(
        name="machine_share_of_cleared", low=0.4, central=0.6, high=0.9,
        reason="assumed; stated purchases are mostly machines, the split of work is not published",
    ),
    Assumed(
        name="dog_share_of_other_cleared", low=0.2, central=0.4, high=0.6,
        reason="assumed; dogs and deminers by hand share what machines do not do",
    ),
    Assumed(
        name="m2_per_deminer_day", low=15.0, central=20.0, high=60.0,
        reason="15 to 20 as stated for Armenia in good weather; the high end is assumed, for ground with little metal",
        claims=("gap-021",),
    ),
    Assumed(
        name="m2_per_dog_day", low=200.0, central=500.0, high=1500.0,
        reason="assumed; no figure was found",
    ),
    Assumed(
        name="ha_per_machine_year", low=27.35275, central=60.0, high=180.0,
        reason="low: ANAMA's machines in 2012; high: just under 1,500 m2 an hour, as stated of one robot, for 6 hours"
        " on 200 days; central assumed",
        claims=("con-109", "con-127"),
    ),
    Assumed(
        name="ha_per_survey_team_year", low=300.0, central=1500.0, high=6000.0,
        reason="assumed; survey assisted by remote sensing, from walking every boundary to reading images; no figure"
        " was found",
    ),
    Assumed(
        name="working_days_per_year", low=160.0, central=200.0, high=240.0,
        reason="assumed; winter and rain stop work",
    ),
    Assumed(
        name="deminers", low=500.0, central=2000.0, high=5000.0,
        reason="assumed; 1,400 employees of ANAMA in November 2023, not all deminers; other operators print no number",
        claims=("con-054",),
    ),
    Assumed(
        name="dogs", low=30.0, central=100.0, high=300.0,
        reason="low: ANAMA's dogs in May 2021; the rest assumed",
        claims=("con-111",),
    ),
    Assumed(
        name="machines", low=16.0, central=60.0, high=200.0,
        reason="low: 6 machines in May 2021 and 10 delivered in May 2024; the rest assumed, purchases since then are"
        " not all counted",
        claims=("con-110", "con-112"),
    ),
    Assumed(
        name="survey_teams", low=10.0, central=40.0, high=120.0,
        reason="assumed; no number is published",
    ),
    Assumed(
        name="usd_per_ha_by_hand", low=10000.0, central=20000.0, high=40000.0,
        reason="assumed about the 1.5 euro per m2 that Croatia gave in 2006 (HINA)",
    ),
    Assumed(
        name="usd_per_ha_with_dogs", low=5000.0, central=10000.0, high=20000.0,
        reason="assumed; half of work by hand",
    ),
    Assumed(
        name="usd_per_ha_with_machines", low=2000.0, central=5000.0, high=10000.0,
        reason="assumed; a quarter of work by hand",
    ),
    Assumed(
        name="usd_per_ha_surveyed", low=50.0, central=200.0, high=1000.0,
        reason="assumed; survey moves no ground",
    ),
)  # fmt: skip
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
                "rows": ", ".join(one.claims),
            }
            for one in inputs
        ]
    )  # fmt: skip


def _replaced(one: Assumed, value: object) -> Assumed:
    number = float(str(value))
    return Assumed(name=one.name, low=number, central=number, high=number, reason="as given by the reader")
