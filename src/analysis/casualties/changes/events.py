"""What the counts could detect of a change of level in a stated window, and only then what they show.

No word here says that an event caused anything or did not: a change of level in a window is a change in the counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from analysis.casualties.changes.event_dates import Window
from analysis.casualties.increments import day_numbers
from analysis.errors import InsufficientEvidence
from analysis.stats.level_shift import ShiftFit, ShiftModel, fit_shift, ratio_interval, shift_model
from analysis.stats.shift_power import POWER, ShiftPower, shift_power

CANNOT_TELL: Final = "these data cannot tell"
TOLD: Final = "a halving would be seen"

LEAST_WHOLE: Final = 2
"""So many whole intervals at least lie before and after a window; otherwise the level before or after is not seen."""

PLACEBO_DAYS: Final = 90
"""Windows without an event, among which a statistic is ranked, begin so many days apart at least."""

_FIRST: Final = (
    *("window", "lists", "key", "start", "end", "whole_before", "whole_after"),
    *("type_1_nominal", "type_1_curved", "type_1_held", "detectable_fall", "detectable_rise"),
    *("power_of_halving", "monte_carlo_error"),
)
_SECOND: Final = ("verdict", "why", "rate_ratio", "low", "high", "p_value", "placebo_rank")
_RANK: Final = ("windows_without_event", "smallest_p_by_rank")


def event_power(
    intervals: pd.DataFrame,
    windows: tuple[Window, ...],
    *,
    curved_means: tuple[float, ...],
    sizes: tuple[int, ...],
    level: float,
    replicates: int,
    seed: int,
    trend_degree: int = 1,
) -> pd.DataFrame:
    """Return, for each window alone, type I error and power of the test first, then its verdict.

    Parameters
    ----------
    intervals
        Of the series.
    windows
        As :func:`analysis.casualties.changes.event_dates.event_windows` returns them.
    curved_means
        Expected counts of a smooth rate with waves and without events, one an interval.
    sizes
        Persons per listed accident.
    level
        1 less the type I error the test is held to.
    replicates, seed
        Simulated series of each world and rate ratio; each window has a generator of its own.
    trend_degree
        1: log-linear trend; 2: log-quadratic.

    Returns
    -------
    DataFrame
        window, lists, key, start, end, whole_before, whole_after (whole intervals on each side); type_1_nominal (of
        the F test where nothing happened and the model holds), type_1_curved (the same where the rate follows the curve
        with waves), type_1_held (with the critical value used, which is the larger of both worlds'); detectable_fall,
        detectable_rise (rate ratio at 80 % power; missing where none of those tried is), power_of_halving,
        monte_carlo_error (of that power); verdict, why. Only where a halving would be seen: rate_ratio, low, high,
        p_value, placebo_rank. Always windows_without_event and smallest_p_by_rank (1 over their number plus one).
    """
    sources = np.random.default_rng(seed).spawn(len(windows))
    rows = []
    for window, rng in zip(windows, sources, strict=True):
        try:
            model = _model(intervals, window, trend_degree=trend_degree)
        except InsufficientEvidence as reason:
            rows.append(_named(window) | {"verdict": CANNOT_TELL, "why": str(reason)})
            continue
        fit = fit_shift(model)
        power = shift_power(
            model, fit, curved_means=curved_means, sizes=sizes, level=level, replicates=replicates, rng=rng
        )
        placebos = placebo_statistics(intervals, window, windows, trend_degree=trend_degree)
        rows.append(_named(window) | _measured(model, power) | _verdict(model, fit, power, placebos, level=level))
    return pd.DataFrame(rows, columns=[*_FIRST, *_SECOND, *_RANK])


def placebo_statistics(
    intervals: pd.DataFrame, window: Window, windows: Sequence[Window], *, trend_degree: int = 1
) -> tuple[float, ...]:
    """Return the statistic at windows of the same length without an event, which do not overlap.

    They are counted out from the window in steps of 90 days, or of its length where that is more; one that overlaps a
    listed window, or has too few whole intervals on a side, is left out. Neighbouring ones share counts and are not
    independent.
    """
    first, last = window.day_numbers
    step = max(float(PLACEBO_DAYS), last - first + 1)
    span = day_numbers(intervals["start"])[0], day_numbers(intervals["end"])[-1]
    taken = [each.day_numbers for each in windows]
    found = []
    for shift in np.arange(np.ceil((span[0] - last) / step), np.floor((span[1] - first) / step) + 1) * step:
        low, high = first + shift, last + shift
        if any(low <= end and high >= start for start, end in taken):
            continue
        model = shift_model(*_counts(intervals), window=(low, high), trend_degree=trend_degree)
        if min(model.whole_before, model.whole_after) >= LEAST_WHOLE:
            found.append(fit_shift(model).statistic)
    return tuple(found)


def power_table(power: pd.DataFrame) -> pd.DataFrame:
    """Return what is printed first: what the test could do at each window."""
    return power[[name for name in _FIRST if name not in ("key", "start", "end")]].set_index("window")


def verdict_table(power: pd.DataFrame) -> pd.DataFrame:
    """Return what is printed second: verdicts, and estimates only where the counts can tell."""
    told = bool((power["verdict"] == TOLD).any())
    return power[["window", *(_SECOND if told else _SECOND[:2]), *_RANK]].set_index("window")


def _counts(intervals: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return intervals["casualties"].to_numpy(), day_numbers(intervals["start"]), day_numbers(intervals["end"])


def _model(intervals: pd.DataFrame, window: Window, *, trend_degree: int) -> ShiftModel:
    model = shift_model(*_counts(intervals), window=window.day_numbers, trend_degree=trend_degree)
    if len(intervals) < model.parameters + 2:
        raise InsufficientEvidence(
            f"{len(intervals)} intervals are too few for trend, season and a change of level ({model.parameters})"
        )
    return model


def _named(window: Window) -> dict[str, object]:
    return {
        "window": window.words,
        "lists": "; ".join(window.lists),
        "key": window.key,
        "start": pd.Timestamp(window.start),
        "end": pd.Timestamp(window.end),
    }


def _measured(model: ShiftModel, power: ShiftPower) -> dict[str, object]:
    halving = power.power_at(0.5)
    return {
        "whole_before": model.whole_before,
        "whole_after": model.whole_after,
        "type_1_nominal": power.nominal_error,
        "type_1_curved": power.nominal_error_curved,
        "type_1_held": max(power.error, power.error_curved),
        "detectable_fall": power.detectable_fall,
        "detectable_rise": power.detectable_rise,
        "power_of_halving": halving,
        "monte_carlo_error": float(np.sqrt(halving * (1 - halving) / power.replicates)),
    }


def _verdict(
    model: ShiftModel, fit: ShiftFit, power: ShiftPower, placebos: tuple[float, ...], *, level: float
) -> dict[str, object]:
    """Return the verdict; an estimate, a p value and a rank only if a halving would be seen."""
    ranked = {"windows_without_event": len(placebos), "smallest_p_by_rank": 1 / (1 + len(placebos))}
    reason = _why_not(model, power)
    if reason:
        return {"verdict": CANNOT_TELL, "why": reason, **ranked}
    ratio, low, high = ratio_interval(fit, level=level)
    return {
        "verdict": TOLD,
        "why": "",
        "rate_ratio": ratio,
        "low": low,
        "high": high,
        "p_value": power.p_value(fit.statistic),
        "placebo_rank": 1 + int(np.sum(np.array(placebos) >= fit.statistic)),
        **ranked,
    }


def _why_not(model: ShiftModel, power: ShiftPower) -> str:
    """Return in words why the counts cannot tell; empty if they can."""
    reasons = []
    for side, whole in (("before", model.whole_before), ("after", model.whole_after)):
        if whole < LEAST_WHOLE:
            reasons.append(
                f"whole intervals {side} it: {whole}, so the level {side} it is not seen apart from the trend"
            )
    if power.power_at(0.5) < POWER:
        reasons.append(f"a halving would be seen in {100 * power.power_at(0.5):.0f} of 100 cases")
    return "; ".join(reasons)
