"""What a set of records that flags part of the land can be worth, as a test of each hectare.

Four shares are tied together: the share of land that is mined (prevalence), the share of mined land that the records
flag (coverage, sensitivity), the share of flagged land that is mined (correct share, positive predictive value), and
the share of all land that they flag. Any three give the fourth.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

_ROUNDING = 1e-12


def flagged_share(coverage: ArrayLike, mined_share: ArrayLike, correct_share: ArrayLike) -> NDArray[np.float64]:
    """Return the share of all land that the records must flag: coverage x mined share / correct share.

    Above 1 the three shares cannot hold together.

    Parameters
    ----------
    coverage
        Share of mined land that is flagged, 0 to 1.
    mined_share
        Share of land that is mined, 0 to 1.
    correct_share
        Share of flagged land that is mined, above 0 up to 1.
    """
    covered, mined, correct = _shares(coverage, mined_share, correct_share)
    flagged: NDArray[np.float64] = covered * mined / correct
    return flagged


def can_hold(coverage: ArrayLike, mined_share: ArrayLike, correct_share: ArrayLike) -> NDArray[np.bool_]:
    """Return whether the three shares can hold together: the flagged land without mines fits into the land without.

    This is the stricter condition; where it holds, the flagged share is at most 1.
    """
    covered, mined, correct = _shares(coverage, mined_share, correct_share)
    flagged_unmined = covered * mined * (1 - correct) / correct
    possible: NDArray[np.bool_] = flagged_unmined <= 1 - mined + _ROUNDING
    return possible


def largest_mined_share(coverage: ArrayLike, correct_share: ArrayLike) -> NDArray[np.float64]:
    """Return the largest share of land that can be mined: 1 / (1 + coverage x (1 / correct share - 1)).

    All land is then either mined or wrongly flagged.
    """
    covered, _, correct = _shares(coverage, 0.0, correct_share)
    largest: NDArray[np.float64] = 1 / (1 + covered * (1 / correct - 1))
    return largest


def mined_share_outside(coverage: ArrayLike, mined_share: ArrayLike, correct_share: ArrayLike) -> NDArray[np.float64]:
    """Return the share of the land outside every record that is mined; NaN where the shares cannot hold together.

    Also NaN where the records flag all land, so that nothing is outside.
    """
    covered, mined, correct = _shares(coverage, mined_share, correct_share)
    outside = 1 - flagged_share(covered, mined, correct)
    fits = can_hold(covered, mined, correct) & (outside > _ROUNDING)
    missed = np.broadcast_to((1 - covered) * mined, outside.shape)
    found: NDArray[np.float64] = np.divide(missed, outside, out=np.full(outside.shape, np.nan), where=fits)
    return np.minimum(found, 1.0)


def specificity(coverage: ArrayLike, mined_share: ArrayLike, correct_share: ArrayLike) -> NDArray[np.float64]:
    """Return the share of unmined land that the records do not flag; NaN where the shares cannot hold together.

    Also NaN where all land is mined, so that there is no unmined land.
    """
    covered, mined, correct = _shares(coverage, mined_share, correct_share)
    flagged_unmined = covered * mined * (1 - correct) / correct
    unmined = np.broadcast_to(1 - mined, flagged_unmined.shape)
    fits = can_hold(covered, mined, correct) & (unmined > _ROUNDING)
    wrong = np.divide(flagged_unmined, unmined, out=np.full(unmined.shape, np.nan), where=fits)
    kept: NDArray[np.float64] = np.maximum(1 - wrong, 0.0)
    return kept


def youden_index(coverage: ArrayLike, mined_share: ArrayLike, correct_share: ArrayLike) -> NDArray[np.float64]:
    """Return coverage + specificity - 1, which is 0 for records no better than chance; NaN as :func:`specificity`.

    References
    ----------
    Youden (1950) Cancer 3:32-35.
    """
    covered, mined, correct = _shares(coverage, mined_share, correct_share)
    # Written as one quotient, so that it is exactly 0 where the correct share is the mined share.
    unmined = np.broadcast_to(correct * (1 - mined), np.broadcast(covered, mined, correct).shape)
    fits = can_hold(covered, mined, correct) & (unmined > _ROUNDING)
    gain = np.broadcast_to(covered * (correct - mined), unmined.shape)
    index: NDArray[np.float64] = np.divide(gain, unmined, out=np.full(unmined.shape, np.nan), where=fits)
    return index


def gain_over_chance(mined_share: ArrayLike, correct_share: ArrayLike) -> NDArray[np.float64]:
    """Return mined land found per hectare on flagged land over that on land chosen at random: correct / mined share.

    Below 1 the records point away from mined land. Infinite where no land is mined.
    """
    _, mined, correct = _shares(0.0, mined_share, correct_share)
    mined, correct = np.broadcast_arrays(mined, correct)
    gain: NDArray[np.float64] = np.divide(correct, mined, out=np.full(mined.shape, np.inf), where=mined > 0)
    return gain


def _shares(
    coverage: ArrayLike, mined_share: ArrayLike, correct_share: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    named = {"coverage": coverage, "mined_share": mined_share, "correct_share": correct_share}
    arrays = {name: np.asarray(values, dtype=np.float64) for name, values in named.items()}
    for name, values in arrays.items():
        if not np.all((values >= 0) & (values <= 1)):
            raise ValueError(f"{name}: shares between 0 and 1 are needed")
    if not np.all(arrays["correct_share"] > 0):
        raise ValueError("correct_share: shares above 0 are needed; records that are never right give no other share")
    return arrays["coverage"], arrays["mined_share"], arrays["correct_share"]
