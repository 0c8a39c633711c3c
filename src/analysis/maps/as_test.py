"""Records read as a test of each hectare: what 25 per cent right could be worth, if it is a correct share at all.

Only one meaning of the figure in use is a correct share (positive predictive value) of places; for the others nothing
here applies. The share of land that is mined is not known and is a parameter. Coverage was stated in mines; carrying it
over to area assumes mines spread evenly over mined land.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate, Interval, IntervalKind, sorted_union
from analysis.maps.coverage_results import STATED_SHARE
from analysis.maps.definitions import stating
from analysis.maps.outcomes import attempt
from analysis.maps.scope import GEOGRAPHY
from analysis.maps.study import MapReliability
from analysis.stats.flagged_land import (
    can_hold,
    flagged_share,
    gain_over_chance,
    largest_mined_share,
    mined_share_outside,
    specificity,
    youden_index,
)
from analysis.stats.misclassification import rogan_gladen

CURVE_POINTS: Final = 121
_APPLIES: Final = "yes"
_COVERAGE_KEY: Final = "coverage_by_mines_as_printed"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RecordsAsTest:
    """What the records could be worth as a test of each hectare.

    Parameters
    ----------
    meanings
        Each meaning in which the share was stated, and whether it can be read as a test.
    worth
        One row a coverage and share of land mined; see :func:`worth_of_records`.
    curves
        The same on a fine grid of shares of land mined, for the figure.
    corrections
        The share behind the stated one for checks that err; see :func:`corrected_shares`.
    correct_share
        The stated share, 0 to 1.
    coverages
        Name and value of each coverage considered.
    estimates, reasons
        Estimates by key; what is not estimable, with reasons.
    """

    meanings: pd.DataFrame
    worth: pd.DataFrame
    curves: pd.DataFrame
    corrections: pd.DataFrame
    correct_share: float
    coverages: Mapping[str, float]
    estimates: Mapping[str, Estimate]
    reasons: Mapping[str, InsufficientEvidence]


def records_as_test(
    study: MapReliability,
    *,
    mined_land_shares: Sequence[float],
    other_coverages: Sequence[float],
    check_sensitivities: Sequence[float],
    check_specificities: Sequence[float],
) -> RecordsAsTest:
    """Return what follows if the stated share is a correct share.

    Parameters
    ----------
    study
        Results of :func:`analysis.maps.study.map_reliability`.
    mined_land_shares
        Shares of land that is mined to print, 0 to 1; not known.
    other_coverages
        Shares of mined land that is flagged, beside those that follow from printed numbers of mines.
    check_sensitivities, check_specificities
        How often a check of a recorded place finds a mine that is there, and none where there is none.
    """
    reasons: dict[str, InsufficientEvidence] = {}
    coverages = coverages_considered(study, other_coverages)
    grid = np.geomspace(0.001, 1.0, CURVE_POINTS)
    printed = list(coverages.values())
    return RecordsAsTest(
        meanings=attempt(reasons, "records as a test", lambda: meanings_as_test(study.said.definitions)),
        worth=worth_of_records(STATED_SHARE, coverages=printed, mined_land_shares=mined_land_shares),
        curves=worth_of_records(STATED_SHARE, coverages=printed, mined_land_shares=list(grid)),
        corrections=corrected_shares(
            STATED_SHARE, sensitivities=check_sensitivities, specificities=check_specificities
        ),
        correct_share=STATED_SHARE,
        coverages=coverages,
        estimates=_estimates(study),
        reasons=reasons,
    )


def meanings_as_test(definitions: pd.DataFrame) -> pd.DataFrame:
    """Return each meaning in use with whether the share can be read as a test of places, and why not.

    Raises
    ------
    InsufficientEvidence
        If no statement names the share.
    """
    if definitions.empty:
        raise InsufficientEvidence("no statement in the selection names the share, so there is nothing to read")
    applies = definitions["correct_share"].str.startswith(_APPLIES)
    otherwise = "does not apply: " + definitions["correct_share"].str.removeprefix("no: ")
    why = definitions["correct_share"].where(applies, otherwise)
    columns = ["meaning", "statements", "with_counts", "first_by"]
    return definitions[columns].assign(as_a_test=why.str.replace("yes, unit:", "applies, unit:"))


def coverages_considered(study: MapReliability, other_coverages: Sequence[float]) -> dict[str, float]:
    """Return each coverage by name: the ends that follow from printed numbers of mines, then the ones asked for."""
    named: dict[str, float] = {}
    printed = study.estimates.get(_COVERAGE_KEY)
    if printed is not None and printed.interval is not None:
        named["mines on the records over mines laid, lowest as printed"] = printed.interval.low
        named["mines on the records over mines laid, highest as printed"] = printed.interval.high
    return named | {f"coverage {share:g}, assumed": share for share in other_coverages}


def worth_of_records(
    correct_share: float, *, coverages: Sequence[float], mined_land_shares: Sequence[float]
) -> pd.DataFrame:
    """Return what following the records finds per hectare searched, for each coverage and share of land mined.

    Returns
    -------
    DataFrame
        `coverage`, `mined_land_share`, `flagged_land_share`, `possible` ('yes', or 'no' where the flagged land without
        mines would not fit into the land without mines), `found_following` (mined share of the land searched on the
        records), `found_at_random`, `gain` (their quotient), `found_outside` (on land outside every record; missing
        where impossible), `specificity` and `youden` (coverage + specificity - 1; missing where impossible).
    """
    pairs = np.array(list(product(coverages, mined_land_shares)), dtype=np.float64).reshape(-1, 2)
    coverage, mined = pairs[:, 0], pairs[:, 1]
    possible = can_hold(coverage, mined, correct_share)
    return pd.DataFrame(
        {
            "coverage": coverage,
            "mined_land_share": mined,
            "flagged_land_share": flagged_share(coverage, mined, correct_share),
            "possible": np.where(possible, "yes", "no"),
            "found_following": np.where(possible, correct_share, np.nan),
            "found_at_random": mined,
            "gain": np.where(possible, gain_over_chance(mined, correct_share), np.nan),
            "found_outside": mined_share_outside(coverage, mined, correct_share),
            "specificity": specificity(coverage, mined, correct_share),
            "youden": youden_index(coverage, mined, correct_share),
        }
    )


def corrected_shares(
    apparent: float, *, sensitivities: Sequence[float], specificities: Sequence[float]
) -> pd.DataFrame:
    """Return the share of recorded places that hold a mine, if the stated share came from checks that err.

    Returns
    -------
    DataFrame
        `check_sensitivity`, `check_specificity`, `apparent_share`, `true_share` (missing where refused), `refused` (the
        reason, else empty). There is no interval: no number of checks was published.

    References
    ----------
    Rogan, Gladen (1978) American Journal of Epidemiology 107:71-76.
    """
    rows = []
    for sensitivity, kept in product(sensitivities, specificities):
        share, refused = float("nan"), ""
        try:
            share = rogan_gladen(apparent, sensitivity, kept)
        except InsufficientEvidence as reason:
            refused = str(reason)
        rows.append((sensitivity, kept, apparent, share, refused))
    columns = ["check_sensitivity", "check_specificity", "apparent_share", "true_share", "refused"]
    return pd.DataFrame(rows, columns=columns)


def _estimates(study: MapReliability) -> dict[str, Estimate]:
    """Return the largest share of land that can be mined, over the coverages as printed."""
    printed = study.estimates.get(_COVERAGE_KEY)
    named = stating(study.rows.statements, STATED_SHARE)
    if printed is None or printed.interval is None or named.empty:
        return {}
    # The more the records cover, the less land can be mined.
    low, value, high = (
        float(largest_mined_share(coverage, STATED_SHARE))
        for coverage in (printed.interval.high, printed.value, printed.interval.low)
    )
    quantity = f"largest share of land that can be mined if {100 * STATED_SHARE:g} % is a correct share of area"
    return {
        "largest_mined_land_share": Estimate(
            quantity=quantity,
            value=value,
            unit="share of land",
            interval=Interval(low=low, high=high, kind=IntervalKind.SCENARIO),
            method="1 / (1 + k (1 / q - 1)); k: mines on the records over mines laid as printed, q: the stated share",
            n=len(named) + printed.n,
            n_unit="statements of the share and pairs of printed numbers of mines",
            period=study.rows.period,
            geography=GEOGRAPHY,
            sources=sorted_union(printed.sources, named["source_id"]),
            assumptions=(
                "the stated share is the mined share of recorded land, which only one statement can be read to say",
                "mines lie evenly over mined land, so that a share of mines is a share of area",
            ),
        )
    }
