"""Captions, descriptions and drawn numbers of the figures of records against the ground; each carries the warning."""

from __future__ import annotations

import textwrap
from typing import TypedDict

import pandas as pd

from analysis.maps.ground.brought import GENERATED, Brought
from analysis.maps.ground.sample import COVERED
from analysis.maps.ground.shift import FOUND_OFTEN
from analysis.maps.ground.study import GroundResults
from analysis.maps.ground.tables import drawn_estimators
from analysis.maps.ground.world import LABEL
from analysis.maps.ground.world_answers import MISUSED
from analysis.maps.scope import WARNING

_NOTE_CHARACTERS = 150
"""What a line under a figure of two columns holds."""
_BEYOND_CHANCE = 3
_IN_A_SENTENCE = {MISUSED: MISUSED.replace("the same", "inside share of accidents")}
"""Names that rest on the one drawn above them."""
_NOTHING = pd.DataFrame({"drawn": ["no points were brought"]})


class FigureText(TypedDict):
    """What a figure is saved with."""

    caption: str
    alt: str
    drawn: pd.DataFrame
    sources: tuple[str, ...]


def whose(brought: Brought) -> str:
    """Return what the inputs are and are not a measure of."""
    if brought.sources == (GENERATED,):
        return "Made-up world: no place on earth, nobody's records."
    return f"Software demonstration on {brought.label}: not a measure of anybody's records{_bosnia(brought)}."


def note(brought: Brought, words: str) -> str:
    """Return the lines under a figure."""
    return "\n".join([*textwrap.wrap(f"{whose(brought)} {words}", _NOTE_CHARACTERS), WARNING])


def inside_text(results: GroundResults) -> FigureText:
    """Return the text of the figure of the share inside."""
    brought, curve = results.brought, results.tolerance
    if curve.empty:
        return FigureText(caption=f"No points. {WARNING}", alt="No points.", drawn=_NOTHING, sources=brought.sources)
    first = curve.iloc[0]
    errors = results.location_error
    caption = (
        f"{whose(brought)} Left, share of {first['points']} points within a distance of a record, and of as many "
        f"points relocated {results.settings.relocations} times: uniformly, a weak comparison, within strata "
        f"where there are any, and on a rectangle all together as on a torus (bands: "
        f"{100 * results.settings.level:g} % of relocations). Right, bounds "
        "of the share inside if no position is off by more than the error, and the mean share once points are "
        "moved by a further normal error. "
        "A share among points where something happened, not accuracy and not coverage of land: nothing here tells how "
        f"much of the land is recorded. {WARNING}"
    )
    alt = (
        f"Left, the share rises from {100 * first['share']:.3g} % inside to {100 * curve['share'].max():.3g} % within "
        f"{curve['tolerance_m'].max():g} m, above the bands of relocated points. Right, bounds that widen from "
        f"{100 * errors['low'].iloc[-1]:.3g} to {100 * errors['high'].iloc[-1]:.3g} % at {errors['error_m'].max():g} m."
    )
    drawn = pd.concat([curve.assign(panel="tolerance"), errors.assign(panel="location error")], ignore_index=True)
    return FigureText(caption=caption, alt=alt, drawn=drawn, sources=brought.sources)


def frontier_text(results: GroundResults, frontier: pd.DataFrame) -> FigureText:
    """Return the text of the figure of the frontier."""
    often = int((frontier["found_share"] >= FOUND_OFTEN).sum())
    settings = results.settings.shift
    caption = (
        f"Share of {frontier['worlds'].iloc[0]} made-up worlds ({LABEL}) in which a common shift of 100 m is "
        f"found within {settings.matching_m / 2:g} m and no doubt is left, by the share of minefields with a record "
        f"and the error of each record. A shift counts as identifiable where that is {100 * FOUND_OFTEN:g} % or more "
        f"({often} of {len(frontier)} cells); elsewhere the answer is 'not identifiable', whatever the "
        f"search finds. {WARNING}"
    )
    alt = "A grid of per cent. " + "; ".join(
        f"{100 * row['recorded_share']:g} % recorded, error {row['error_m']:g} m: {100 * row['found_share']:.0f} %"
        for _, row in frontier.iterrows()
    )
    return FigureText(caption=caption, alt=alt, drawn=frontier, sources=(GENERATED,))


def estimators_text(estimators: pd.DataFrame, level: float) -> FigureText:
    """Return the text of the figure of bias and coverage."""
    drawn = drawn_estimators(estimators)
    caption = (
        f"Estimators in made-up worlds ({LABEL}) where the truth is known: left, mean error with two standard errors; "
        f"right, how often the {100 * level:g} % interval holds the truth, with a Wilson interval. An inside share "
        "of accidents is right for accidents and wrong for land where accidents are not as frequent outside the "
        "records as inside. Normal intervals of rare classes fall short because strata with few finds understate "
        f"their error.{_biased(drawn)}{_without_interval(drawn)} {WARNING}"
    )
    alt = "Dots by estimator. " + "; ".join(
        f"{row['estimator']}: bias {row['bias']:.2g}"
        + ("" if pd.isna(row["coverage"]) else f", coverage {100 * row['coverage']:.0f} %")
        for _, row in drawn.iterrows()
    )
    return FigureText(caption=caption, alt=alt, drawn=drawn, sources=(GENERATED,))


def _biased(drawn: pd.DataFrame) -> str:
    """Return the sentence on estimators whose mean error is more than chance; nothing where there are none."""
    far = drawn[drawn["bias"].abs() > _BEYOND_CHANCE * drawn["bias_se"]]
    if far.empty:
        return ""
    ratio = far["estimator"].eq(COVERED).any()
    return f" Mean error of more than {_BEYOND_CHANCE} standard errors: {_names(far)}." + (
        " A ratio with few finds in its denominator (coverage share) is itself biased." if ratio else ""
    )


def _without_interval(drawn: pd.DataFrame) -> str:
    bare = drawn[drawn["coverage"].isna()]
    return f" No interval is given for: {_names(bare)}." if len(bare) else ""


def _names(estimators: pd.DataFrame) -> str:
    return "; ".join(_IN_A_SENTENCE.get(name, name) for name in estimators["estimator"])


def _bosnia(brought: Brought) -> str:
    """Files of the mine action map of Bosnia and Herzegovina are named, since they are the ones most at hand."""
    return ", and not a measure of Bosnia's records" if "bih_" in brought.label else ""


def frontier_note() -> str:
    """Return the lines under the figure of the frontier, which is one column wide."""
    return f"Made-up worlds: no place on earth.\n{_NARROW}"


def estimators_note() -> str:
    """Return the lines under the figure of the estimators."""
    return f"Made-up worlds: no place on earth, nobody's records.\n{WARNING}"


_NARROW = WARNING.replace("; ", ";\n").replace(". ", ".\n")
