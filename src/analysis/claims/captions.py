"""Caption, description and note of the audit's figure, with every number in them computed."""

from __future__ import annotations

import pandas as pd

from analysis.claims.study import ClaimsAudit
from analysis.claims.tables import SELECTION


def figure_caption(study: ClaimsAudit) -> str:
    """Return the caption: what is drawn, how it was judged, and what it does not show."""
    return (
        f"The {len(study.audited)} statements of a short article on the Azerbaijani presentation at a meeting of mine "
        "action directors in Geneva in April 2025, grouped by verdict. Open diamonds: the figure as stated, with an "
        "arrow for a bound. Blue bars and dots: what the published figures of the same scope give, a bar as a range "
        "of equally good readings, which is not a confidence interval. Grey squares: published figures of another unit "
        "or scope, drawn below the line where the statement would hide them; a grey bar: what the comparators of "
        "published figures allow, a bound. Black diamonds: other statements of the quantity. 'About' means within "
        f"{100 * study.about_tolerance:g} per cent. {SELECTION} "
        "Agreement is agreement with what was printed, mostly by the same offices. Not for navigation, "
        "clearance or any decision on safety."
    )


def figure_alt(rows: pd.DataFrame) -> str:
    """Return the description for readers who cannot see the picture: each statement with verdict and result."""
    lines = [f"{row['short']}: {row['verdict']}; {row['result']}" for row in rows.to_dict("records")]
    return "Statements grouped by verdict. " + ". ".join(lines) + "."


def figure_note(study: ClaimsAudit, *, last_date: str) -> str:
    """Return the line under the figure: sources, date, kind of range."""
    compared = {source for each in study.audited for one in each.search.counterparts for source in one.sources}
    return (
        "Statements: one short news text of April 2025 (source seed-article), no random selection. Published figures: "
        f"{len(compared)} pages to {last_date}, listed with the figure. Blue bars: ranges of equally good readings; "
        "grey bars: bounds that comparators leave; neither a confidence interval. "
        "Not for navigation, clearance or any decision on safety."
    )
