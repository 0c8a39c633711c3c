"""Texts of the notebook on records as a test: caption, description, note, drawn numbers; every number computed."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.errors import InsufficientEvidence
from analysis.estimate import sorted_union
from analysis.maps.as_test import RecordsAsTest
from analysis.maps.captions import FigureText, note
from analysis.maps.scope import WARNING
from analysis.maps.study import MapReliability
from analysis.stats.flagged_land import largest_mined_share

_NOT_PUBLISHED: Final = {
    "share of land that is mined": "stated areas mix confirmed, suspected and unsurveyed land, and mines with other "
    "explosive ordnance",
    "share of recorded land that is mined": "no office has published how many recorded places were searched and in how "
    "many of them mines were found",
    "interval of the corrected share": "the number of checks behind the stated share was not published",
}


def figure_note(study: MapReliability) -> str:
    """Return the lines under the figure."""
    return note(study, "Arithmetic on assumed shares of land mined; no intervals.") + "\n" + WARNING


def as_test_text(study: MapReliability, test: RecordsAsTest) -> FigureText:
    """Return the text of the figure; carries the warning."""
    share = 100 * test.correct_share
    covered = "; ".join(f"{name}: {100 * value:.3g} %" for name, value in test.coverages.items())
    true = test.corrections["true_share"].dropna()
    corrected = (
        f"from {100 * true.min():.3g} to {100 * true.max():.3g} %" if len(true) else "no share: every check is refused"
    )
    caption = (
        f"What records could be worth if {share:g} % were the mined share of recorded land. One meaning in use says so "
        "of places, the others do not. Left: mined share of the land searched, on the records, at random, "
        "and outside every record, against the share of land that is mined (not known). Lines end where the three "
        f"shares cannot hold together. Coverage of mined land, carried over from mines to area: {covered}. Right: the "
        f"share of recorded places with a mine behind a stated {share:g} %, if checks miss mines or find what is none: "
        f"{corrected}; no interval, since no number of checks was published. {WARNING}"
    )
    alt = (
        f"Left, on logarithmic axes: a level line at {share:g} % for land on the records, a rising diagonal for land "
        "searched at random, and rising curves just below the diagonal for land outside the records, one a coverage. "
        "Right, lines that rise with specificity, one a sensitivity of the check."
    )
    drawn = pd.concat(
        [test.curves.assign(panel="worth"), test.corrections.assign(panel="corrected")], ignore_index=True
    )
    if test.estimates:
        sources = test.estimates["largest_mined_land_share"].sources
    else:
        sources = sorted_union(study.rows.statements["source_id"], study.rows.handovers["source_id"])
    return FigureText(caption=caption, alt=alt, drawn=drawn, sources=sources)


def coverage_table(test: RecordsAsTest) -> pd.DataFrame:
    """Return each coverage considered, with where it comes from and the largest share of land that can be mined."""
    largest = largest_mined_share(list(test.coverages.values()), test.correct_share)
    return pd.DataFrame(
        {"from": test.coverages.keys(), "coverage": test.coverages.values(), "largest_mined_land_share": largest}
    )


def not_published() -> dict[str, InsufficientEvidence]:
    """Return what nobody has published and this study would need."""
    return {quantity: InsufficientEvidence(reason) for quantity, reason in _NOT_PUBLISHED.items()}
