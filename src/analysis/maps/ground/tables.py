"""Tables of the records against the ground, as printed."""

from __future__ import annotations

import pandas as pd

from analysis.maps.ground.brought import GENERATED, Brought
from analysis.maps.ground.inputs import questions
from analysis.maps.ground.study import GroundResults
from analysis.maps.scope import WARNING

__all__ = [
    "candidates_table",
    "drawn_estimators",
    "keys_of",
    "questions",
    "shift_table",
    "shown",
    "tolerance_table",
    "what_sentence",
]


def what_sentence(brought: Brought) -> str:
    """Return the first line of the notebook: what the inputs are, and that no party's figures are in them."""
    if brought.sources == (GENERATED,):
        return (
            "The inputs are a MADE-UP world drawn from the seed: no place on earth, nobody's records, none of the "
            f"evidence of this repository. {WARNING}"
        )
    return (
        f"The inputs are {brought.label}, brought by whoever runs this; what they show depends on how they were made. "
        f"Run on files it is a software demonstration unless their design is known. {WARNING}"
    )


def tolerance_table(results: GroundResults) -> pd.DataFrame:
    """Return the share within each tolerance beside the relocated points."""
    if results.tolerance.empty:
        return pd.DataFrame({"tolerance_m": ["no points"]})
    return results.tolerance.drop(columns=["points_relocated"])


def shift_table(results: GroundResults) -> pd.DataFrame:
    """Return what the search found, what tests it, and the verdict; the shift itself only where no doubt is left."""
    searched = results.shift
    if searched is None:
        return pd.DataFrame([{"quantity": "common shift", "value": "not identifiable: it could not be searched"}])
    found, settings = searched.found, results.settings.shift
    verdict = "identified" if not searched.doubts else "not identifiable: " + "; ".join(searched.doubts)
    rows = {
        "to be added to the records, east and north, m": (
            "not to be quoted, see the verdict" if searched.doubts else f"{found.east_m:g}, {found.north_m:g}"
        ),
        "score there (0 to 1)": f"{found.score:.3g}",
        "rank among whole searches on turned ground (p)": f"{searched.p_value:.3g}",
        "gain on ground it was not found on": f"{searched.held_out_gain:.3g}",
        "largest move when one block is left out, m": f"{searched.largest_move_m:.3g}",
        "points near records, in blocks": f"{searched.points} in {searched.blocks}",
        "steps of the search, m": f"{settings.step_m:g} up to {settings.reach_m:g}",
        "verdict": verdict,
    }
    return pd.DataFrame([{"quantity": name, "value": value} for name, value in rows.items()])


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its index as a column, or that it is not estimable."""
    if table.empty:
        return pd.DataFrame({"not estimable": ["the inputs do not allow it; the reason stands at the end"]})
    return table.reset_index()


def candidates_table(results: GroundResults) -> pd.DataFrame:
    """Return the named datum shifts with their gain in score, or that none applies."""
    if results.candidates.empty:
        return pd.DataFrame({"operation": ["none applies here; see what is not estimated"]})
    return results.candidates


def drawn_estimators(estimators: pd.DataFrame) -> pd.DataFrame:
    """Return the estimators that the figure draws: shares, with an interval or without; no bounds and no distances."""
    return estimators[~estimators["estimator"].str.endswith(", m") & (estimators["kind"] != "bound")]


def keys_of(results: GroundResults, start: str) -> tuple[str, ...]:
    """Return the keys of the estimates that begin with a word."""
    return tuple(key for key in results.estimates if key.startswith(start))
