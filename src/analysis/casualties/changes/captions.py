"""Titles, captions, descriptions, drawn numbers and sources of the figures of changes, with every number computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from analysis.casualties.captions import COMPLETE, OTHERS, FigureText, FigureWords, day, note
from analysis.casualties.changes.dates import MINIMUM_DAYS, days_in_set, tried_words
from analysis.casualties.changes.event_dates import Window
from analysis.casualties.changes.events import TOLD
from analysis.casualties.changes.smooth import Curves
from analysis.casualties.study import CasualtyTrends
from analysis.errors import InsufficientEvidence
from analysis.estimate import sorted_union

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NEUTRAL: Final = "A mark says when something was reported, not that it changed the rate or did not."
_NOTHING: Final = pd.DataFrame({"drawn": ["too few intervals in this selection"]})


def marked_windows(windows: Sequence[Window]) -> pd.DataFrame:
    """Return the windows with the letters they are drawn with: start, end, label, window, lists."""
    return pd.DataFrame(
        [
            {
                "start": pd.Timestamp(window.start),
                "end": pd.Timestamp(window.end),
                "label": _LETTERS[place % len(_LETTERS)],
                "window": window.words,
                "lists": "; ".join(window.lists),
            }
            for place, window in enumerate(windows)
        ],
        columns=["start", "end", "label", "window", "lists"],
    )


def smooth_words(study: CasualtyTrends, curves: Curves | InsufficientEvidence) -> FigureWords:
    """Return what is written on the figure of the smooth rate."""
    level = f"{100 * study.choices.confidence_level:g} %"
    if isinstance(curves, InsufficientEvidence):
        return FigureWords(
            message="Casualties per 30 days; these data carry no smooth curve",
            detail=str(curves),
            note=note(study, OTHERS),
        )
    plain, wavy = (curves[name].effective_parameters for name in ("bic", "aic"))
    return FigureWords(
        message=_smooth_message(curves),
        detail=f"Curves: daily rate whose sums fit the counts; bands: {level} at one day at a time, cut off at the "
        f"top. "
        f"BIC takes {plain:.2g} effective parameters, AIC {wavy:.2g}.\nInside one interval only its sum is observed: "
        "where in the long first one the casualties lie is not known.",
        note=note(study, f"n = {len(study.intervals)} intervals. {OTHERS}"),
    )


def smooth_labels() -> dict[str, str]:
    """Return the words of the legend of the figure of the smooth rate."""
    return {
        "interval": "rate of an interval with its confidence interval",
        "marked": "the same, marked: can hold late registrations",
        "bic": "smooth rate, penalty by BIC",
        "aic": "smooth rate, penalty by AIC",
        "window": "window of a dated event (letters: see caption)",
    }


def smooth_text(
    study: CasualtyTrends, curves: Curves | InsufficientEvidence, drawn: pd.DataFrame, windows: pd.DataFrame
) -> FigureText:
    """Return the text of the figure of the smooth rate.

    Parameters
    ----------
    drawn
        The curves, as :func:`analysis.casualties.changes.smooth.curve_table` returns them.
    windows
        As :func:`marked_windows` returns them.
    """
    rated = study.intervals
    letters = "; ".join(f"{row['label']} {row['window']} ({row['lists']})" for row in windows.to_dict("records"))
    start, end = day(rated["start"].iloc[0]), day(rated["end"].iloc[-1])
    caption = (
        f"Casualties per 30 days from {start} to {end} in {len(rated)} intervals, and the smooth daily rate by a "
        "penalised composite link model (Eilers 2007; Rizzi, Gampe, Eilers 2015) with the penalty chosen by BIC and by "
        f"AIC. {_smooth_sentence(curves)} Windows: {letters}. {_NEUTRAL} Dashed: {int(rated['marked'].sum())} "
        f"marked intervals, which can hold late registrations; new accidents explain them as well. {COMPLETE} {OTHERS}"
    )
    alt = (
        f"Horizontal lines over time, one an interval, from {rated['rate_per_30d'].iloc[0]:.1f} casualties per 30 days "
        f"in the first to {rated['rate_per_30d'].iloc[-1]:.1f} in the last. A falling curve with a narrow band and a "
        f"dashed curve with waves and a wide band run through them. {len(windows)} grey bands mark dated events."
    )
    columns = [
        "start",
        "end",
        "days",
        "casualties",
        "rate_per_30d",
        "clustered_low",
        "clustered_high",
        "kind",
        "marked",
    ]
    shown = pd.concat(
        [rated[columns].assign(series="interval"), drawn.assign(series="curve"), windows.assign(series="window")],
        ignore_index=True,
    )
    return FigureText(caption=caption, alt=alt, drawn=shown, sources=study.sources)


def profile_words(study: CasualtyTrends, tests: pd.DataFrame, profile: pd.DataFrame) -> FigureWords:
    """Return what is written on the figure of the date of one change."""
    level = f"{100 * study.choices.confidence_level:g} %"
    if profile.empty:
        return FigureWords(
            message="A change cannot be looked for in so few intervals", detail="", note=note(study, OTHERS)
        )
    row, (held, tried) = tests.iloc[0], days_in_set(profile)
    return FigureWords(
        message=_profile_message(study, tests),
        detail=f"Gain by one step in that interval, over a steady decline (p = {row['p_value']:.2g}).\n"
        f"Orange: {level} confidence set of its date, if there was one: {held} of {tried} days.",
        note=note(study, f"n = {len(study.intervals)} intervals. {OTHERS}"),
    )


def profile_labels(study: CasualtyTrends, replicates: int) -> dict[str, str]:
    """Return the words of the legends of the figure of the date of one change."""
    level = f"{100 * study.choices.confidence_level:g} %"
    return {
        "profile": "one step in this interval or at its ends",
        "critical": f"{level} of {replicates} simulated series without a step stay below",
        "set": f"{level} confidence set of the date",
        "bic": "BIC",
        "modified_bic": "modified BIC",
        "cuts": "Cut into constant rates",
        "cuts_detail": "A steady decline is cut too:\nthese are no steps beyond it.",
    }


def profile_text(study: CasualtyTrends, tests: pd.DataFrame, profile: pd.DataFrame, cuts: pd.DataFrame) -> FigureText:
    """Return the text of the figure of the date of one change."""
    if profile.empty:
        reason = "Too few intervals to look for a change of the rate."
        return FigureText(caption=reason, alt=reason, drawn=_NOTHING, sources=study.sources)
    row, (held, tried) = tests.iloc[0], days_in_set(profile)
    caption = (
        f"One step in the level of the casualty rate on top of a log-linear decline, tried at each place with "
        f"{MINIMUM_DAYS} days or more on both sides: {tried_words(profile)}. "
        f"{_profile_message(study, tests)} (parametric bootstrap with "
        f"clustered accidents, dispersion {row['dispersion']:.2g}: p = {row['p_value']:.2g}, Monte Carlo error "
        f"{row['monte_carlo_error']:.1g}; a halving in the middle of the time would be found in "
        f"{100 * row['power_of_halving']:.0f} of 100). If there was one, its date is told no better than {held} of "
        f"{tried} "
        f"days. Right: "
        "BIC and modified BIC of pieces of constant rate, which cut a steady decline as well. "
        f"{COMPLETE} {OTHERS}"
    )
    alt = (
        f"Left, short horizontal lines over time, all "
        f"{'below' if row['statistic'] < row['critical'] else 'not all below'} "
        f"a dashed line at {row['critical']:.1f}; an orange bar covers {held} of {tried} days. Right, two lines "
        f"over the "
        "number of changes with their lowest points ringed."
    )
    drawn = pd.concat([profile.assign(series="profile"), cuts.assign(series="constant pieces")], ignore_index=True)
    return FigureText(caption=caption, alt=alt, drawn=drawn, sources=study.sources)


def power_words(study: CasualtyTrends, power: pd.DataFrame) -> FigureWords:
    """Return what is written on the figure of power and verdicts."""
    told = int((power["verdict"] == TOLD).sum())
    return FigureWords(
        message=f"At {told} of {len(power)} dated windows these counts would show a halving of the rate",
        detail="Grey: rate ratios missed in more than 20 of 100 simulated series; type I error held to "
        f"{100 * (1 - study.choices.confidence_level):.2g} %.",
        note=note(study, f"n = {len(study.intervals)} intervals. No word on causes. {OTHERS}"),
    )


def power_labels() -> dict[str, str]:
    """Return the words of the legend of the figure of power."""
    return {
        "hidden": "not told from no change",
        "halving": "halving",
        "estimate": "estimate with confidence interval",
    }


def power_text(
    study: CasualtyTrends,
    power: pd.DataFrame,
    replicates: int,
    sources_of_dates: tuple[str, ...],
    *,
    simulated: pd.DataFrame,
) -> FigureText:
    """Return the text of the figure of power and verdicts.

    Parameters
    ----------
    study, power, replicates, sources_of_dates
        What the figure shows, and from what.
    simulated
        How often a change of the ratio stated was found in simulated series, a line a setting: setting, level,
        coverage, verdict.
    """
    told = int((power["verdict"] == TOLD).sum())
    seen = "; ".join(
        f"{row['window']}: {100 * row['power_of_halving']:.0f} of 100"
        for row in power.to_dict("records")
        if not pd.isna(row["power_of_halving"])
    )
    caption = (
        f"What these counts could show of a change of level at {len(power)} dated windows, one at a time, on a "
        f"log-linear "
        f"trend and an annual wave (quasi-Poisson on interval integrals; {replicates} simulated series a point with "
        "accidents of the listed sizes). The critical value keeps the type I error also where the rate follows "
        "the curve "
        f"with waves. A halving would be seen in: {seen}. Where it would not be seen in 80 of 100, or fewer than "
        f"two whole "
        f"intervals lie on a side, these data cannot tell, and no estimate is shown ({told} can). "
        f"{_promise_sentence(simulated)}{_NEUTRAL} "
        f"{COMPLETE} "
        f"{OTHERS}"
    )
    alt = (
        f"{len(power)} rows, one a window. In each a grey bar spans the rate ratios that would not be told from no "
        f"change; "
        "a dashed line marks a halving. To the right of each row stands its verdict."
    )
    return FigureText(caption=caption, alt=alt, drawn=power, sources=sorted_union(study.sources, sources_of_dates))


def _promise_sentence(simulated: pd.DataFrame) -> str:
    """Return where a change of the ratio stated was found less often than stated; nothing where it was not."""
    short = simulated[simulated["verdict"] == "falls short"]
    if short.empty:
        return ""
    cases = " and ".join(
        f"{100 * row['coverage']:.0f} of 100 ({row['setting'].split()[0]}; {row['setting'].split(', ')[-1]})"
        for row in short.to_dict("records")
    )
    return (
        "The ends of the bars promise too much: in simulated series a change of the size stated was found in "
        f"{cases}, not in {100 * float(short['level'].iloc[0]):.0f}. "
    )


def _smooth_message(curves: Curves) -> str:
    if curves["bic"].at_the_end and curves["aic"].effective_parameters > 2 * curves["bic"].effective_parameters:
        return "Casualties per 30 days: a steady decline or waves around it, the counts do not say which"
    return "Casualties per 30 days as a smooth curve"


def _smooth_sentence(curves: Curves | InsufficientEvidence) -> str:
    if isinstance(curves, InsufficientEvidence):
        return f"No curve: {curves}."
    parts = [
        f"{name.upper()} takes {curve.effective_parameters:.2g} effective parameters"
        + (f" ({curve.at_the_end})" if curve.at_the_end else "")
        for name, curve in curves.items()
    ]
    return "; ".join(parts) + "."


def _profile_message(study: CasualtyTrends, tests: pd.DataFrame) -> str:
    row = tests.iloc[0]
    if row["p_value"] <= 1 - study.choices.confidence_level:
        return "One step in the casualty rate fits better than a steady decline"
    return "No step in the casualty rate is told from a steady decline"
