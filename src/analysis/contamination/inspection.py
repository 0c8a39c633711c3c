"""Planning the inspection of land after clearance: how many units, which risks, and what a clean sample leaves open.

Sampling checks the operator's process. It is no proof about land: any find is a non-conformity and reopens the task,
and no find excludes only what the tables say.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.errors import InsufficientEvidence, ParameterError
from analysis.stats.acceptance import (
    passing_probability,
    passing_probability_in_rows,
    smallest_sample,
)
from analysis.stats.clean_sample import (
    most_left,
    posterior_upper_share,
    probability_of_none,
    rule_of_three,
    upper_share,
)
from analysis.stats.proportions import proportion_interval

WARNING: Final = (
    "Not for navigation, entry or release decisions; the national authority decides. A plan checks a process: a sample "
    "in which nothing was found does not show that land holds no mines."
)
LARGEST_LOT: Final = 200_000
"""Units of a lot that are counted one by one; a larger lot is divided, as an inspector would."""

STANDARDS: Final = (
    ("IMAS 07.40", "Monitoring of mine action organisations", "second edition, 20 January 2016",
     "in force when last seen; holds the guidance on checking the quality of cleared land",
     "https://www.mineactionstandards.org/standards/07-40"),
    ("IMAS 09.20", "The inspection of cleared land: guidelines for the use of sampling procedures",
     "second edition, 1 January 2003", "withdrawn by IMAS 07.40 of 2016; its sampling tables are history",
     "https://www.mineactionstandards.org/standards/07-40"),
)  # fmt: skip
"""Number, title, edition, status and address of each standard used. The status was read there; editions change."""

MEASURED, LOW_END, PERFECT = "as measured in the trial", "low end of the trial's interval", "perfect (assumed)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One lot to inspect, with everything a plan depends on stated.

    Parameters
    ----------
    lot_m2, unit_m2
        Area of the lot and of one sampling unit, m2.
    unacceptable_units
        Number of unacceptable units from which on the lot has to be refused.
    confidence
        Probability with which it has to be refused then; 1 less the consumer's risk.
    targets_found, targets_placed
        Outcome of the trial of the inspection's own method on test targets.

    Raises
    ------
    ParameterError
        For areas, numbers or a confidence that are no plan, with what to change.
    """

    lot_m2: float
    unit_m2: float
    unacceptable_units: int
    confidence: float
    targets_found: int
    targets_placed: int

    def __post_init__(self) -> None:
        if not (math.isfinite(self.lot_m2) and 0 < self.unit_m2 <= self.lot_m2):
            raise ParameterError(f"unit_m2, lot_m2: 0 < unit <= lot is needed, found {self.unit_m2} and {self.lot_m2}")
        if self.units > LARGEST_LOT:
            raise ParameterError(
                f"lot_m2: the lot has {self.units} units, more than {LARGEST_LOT}; divide it into lots of one "
                "operator, method and period, or take larger units"
            )
        if not 1 <= self.unacceptable_units <= self.units:
            raise ParameterError(
                f"unacceptable_units: 1 to the {self.units} units of the lot are needed, "
                f"found {self.unacceptable_units}"
            )
        if not 0.5 < self.confidence < 1:
            raise ParameterError(f"confidence: must lie strictly between 0.5 and 1, found {self.confidence}")
        if not 0 < self.targets_found <= self.targets_placed:
            raise ParameterError(
                "targets_found, targets_placed: 0 < found <= placed is needed, found "
                f"{self.targets_found} of {self.targets_placed}"
            )

    @property
    def units(self) -> int:
        """Sampling units of the lot, the last one counted if it is cut."""
        return math.ceil(self.lot_m2 / self.unit_m2 - 1e-9)

    def detections(self) -> dict[str, float]:
        """Return the probability of detection in three readings: as measured, its low end, and perfect.

        The low end is that of Clopper and Pearson's interval at the task's confidence.
        """
        trial = proportion_interval(
            self.targets_found, self.targets_placed, level=self.confidence, method="clopper-pearson"
        )
        return {MEASURED: self.targets_found / self.targets_placed, LOW_END: trial.low, PERFECT: 1.0}


def sample_sizes(task: Task, *, unacceptable_numbers: Sequence[int] = ()) -> pd.DataFrame:
    """Return the units to inspect for each reading of detection and each unacceptable number; nothing may be found.

    Returns
    -------
    DataFrame
        `detection_read`, `detection`, `unacceptable_units`, `units_to_inspect` (missing where no sample will do),
        `area_m2`, `share_of_lot`, `refused_if_unacceptable` (probability reached), `refused_if_one` (producer's side:
        probability that a lot with a single unacceptable unit is refused), `not_possible` (reason, else empty).
    """
    numbers = list(dict.fromkeys((task.unacceptable_units, *unacceptable_numbers)))
    rows = [
        {"detection_read": read, "detection": detection, **_sample(task, number, detection)}
        for read, detection in task.detections().items()
        for number in numbers
    ]
    return pd.DataFrame(rows).astype({"units_to_inspect": "Int64"})


def _sample(task: Task, number: int, detection: float) -> dict[str, object]:
    nothing = {"units_to_inspect": pd.NA, "area_m2": np.nan, "share_of_lot": np.nan}
    nothing |= {"refused_if_unacceptable": np.nan, "refused_if_one": np.nan}
    if not 1 <= number <= task.units:
        return {"unacceptable_units": number, **nothing, "not_possible": f"the lot has {task.units} units"}
    try:
        sample = smallest_sample(number, lot=task.units, confidence=task.confidence, detection=detection)
    except InsufficientEvidence as reason:
        return {"unacceptable_units": number, **nothing, "not_possible": str(reason)}
    passed = passing_probability([1, number], sample=sample, lot=task.units, detection=detection)
    return {
        "unacceptable_units": number,
        "units_to_inspect": sample,
        "area_m2": sample * task.unit_m2,
        "share_of_lot": sample / task.units,
        "refused_if_unacceptable": 1 - passed[1],
        "refused_if_one": 1 - passed[0],
        "not_possible": "",
    }


def rows_to_inspect(task: Task, *, units_per_row: int, correlations: Sequence[float]) -> pd.DataFrame:
    """Return how many whole rows of neighbouring units show what single units would, for each correlation in a row.

    Mines lie in rows and a missed place has missed neighbours, so units of a row tell less than units drawn one by one.
    A large lot is assumed; detection as measured.

    Returns
    -------
    DataFrame
        `correlation`, `rows`, `units` (rows x units of a row), `units_over_single` (how many times as many units as
        with single ones), `not_possible` (reason, else empty).

    Raises
    ------
    ParameterError
        For a row without units, and a correlation that is none.
    """
    _require_rows(task, units_per_row, correlations)
    share = task.unacceptable_units / task.units
    detection = task.detections()[MEASURED]
    single = math.log(1 - task.confidence) / math.log1p(-share * detection) if share * detection < 1 else 1.0
    table = []
    for correlation in correlations:
        in_row = float(
            passing_probability_in_rows(
                share, rows=1, units_per_row=units_per_row, correlation=correlation, detection=detection
            )[0]
        )
        rows = math.ceil(math.log(1 - task.confidence) / math.log(in_row) - 1e-9) if in_row > 0 else 1
        too_many = rows * units_per_row > task.units
        table.append(
            {
                "correlation": correlation,
                "rows": rows,
                "units": rows * units_per_row,
                "units_over_single": rows * units_per_row / math.ceil(single),
                "not_possible": f"more than the {task.units} units of the lot" if too_many else "",
            }
        )
    return pd.DataFrame(table)


def _require_rows(task: Task, units_per_row: int, correlations: Sequence[float]) -> None:
    if not 1 <= units_per_row <= task.units:
        raise ParameterError(f"units_per_row: 1 to the {task.units} units of the lot are needed, found {units_per_row}")
    for correlation in correlations:
        if not 0 <= correlation < 1:
            raise ParameterError(f"correlation: must be 0 or more and below 1, found {correlation}")


def not_excluded(task: Task, sample: int, *, priors: Sequence[tuple[float, float]]) -> pd.DataFrame:
    """Return what a sample of this size with no find does not exclude, for each reading of detection.

    The rule of three is for about 95 % whatever the confidence of the task.

    Parameters
    ----------
    sample
        Units inspected, with no find.
    priors
        a and b of beta distributions for the share of unacceptable units before the inspection.

    Returns
    -------
    DataFrame
        `detection_read`, `rule_of_three` (share), `upper_share` (exact), `units_left` (most unacceptable units in the
        lot not excluded), then for each prior `share_<a>_<b>` (upper end of the credible interval) and `none_<a>_<b>`
        (posterior probability of no unacceptable unit in the lot, which rests on the prior more than on the sample).

    Raises
    ------
    ParameterError
        If more units are inspected than the lot has, or none.
    """
    if not 1 <= sample <= task.units:
        raise ParameterError(f"inspected: 1 to the {task.units} units of the lot are needed, found {sample}")
    rows = []
    for read, detection in task.detections().items():
        row: dict[str, object] = {
            "detection_read": read,
            "rule_of_three": rule_of_three(sample, detection),
            "upper_share": upper_share(sample, confidence=task.confidence, detection=detection),
            "units_left": most_left(sample, lot=task.units, confidence=task.confidence, detection=detection),
        }
        for a, b in priors:
            prior = {"prior_a": a, "prior_b": b, "detection": detection}
            row[f"share_{a:g}_{b:g}"] = posterior_upper_share(sample, level=task.confidence, **prior).high
            row[f"none_{a:g}_{b:g}"] = probability_of_none(sample, lot=task.units, **prior)
        rows.append(row)
    return pd.DataFrame(rows)


def operating_characteristic(task: Task, sample: int, *, points: int = 101) -> pd.DataFrame:
    """Return the probability that the lot is passed against its number of unacceptable units, per reading of detection.

    Returns
    -------
    DataFrame
        `detection_read`, `unacceptable_units`, `passed`; from none to four times the unacceptable number of the task.
    """
    most = min(task.units, max(4 * task.unacceptable_units, 10))
    numbers = np.unique(np.linspace(0, most, min(points, most + 1)).round().astype(np.int64))
    parts = [
        pd.DataFrame(
            {
                "detection_read": read,
                "unacceptable_units": numbers,
                "passed": passing_probability(numbers, sample=sample, lot=task.units, detection=detection),
            }
        )
        for read, detection in task.detections().items()
    ]
    return pd.concat(parts, ignore_index=True)


def bounds_by_sample(task: Task, samples: Sequence[int]) -> pd.DataFrame:
    """Return the most unacceptable units not excluded after each number of clean units, per reading of detection.

    Returns
    -------
    DataFrame
        `detection_read`, `sample`, `units_left`.
    """
    rows = [
        (read, sample, most_left(sample, lot=task.units, confidence=task.confidence, detection=detection))
        for read, detection in task.detections().items()
        for sample in sorted({min(sample, task.units) for sample in samples})
    ]
    return pd.DataFrame(rows, columns=["detection_read", "sample", "units_left"])


def standards_table() -> pd.DataFrame:
    """Return the standards a plan refers to, with edition and status."""
    return pd.DataFrame(STANDARDS, columns=["standard", "title", "edition", "status", "address"]).set_index("standard")
