"""Choices and mistakes that more than one study has; what differs between studies is the reason."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.multiverse.choice import Choice, Mistake, Option


def inexact_figures(figures: str, *, as_bounds: str, left_out: str) -> Choice:
    """Return the choice of what figures with 'more than', 'about' and the like are taken for.

    Parameters
    ----------
    figures
        What they are: totals, numbers, statements.
    as_bounds, left_out
        Why a careful analyst could take them as bounds, or leave them out.
    """
    return Choice(
        name=f"inexact {figures}",
        options=(
            Option(label="as bounds", reason=as_bounds, parameters={"inexact_rows": "as bounds"}),
            Option(label="left out", reason=left_out, parameters={"inexact_rows": "leave out"}),
        ),
    )


def whose_figures(
    figures: str, *, all_speakers: str, without: str, originators: Sequence[str], why_without: str
) -> Choice:
    """Return the choice of whose figures are read.

    Parameters
    ----------
    figures
        What they are: totals, numbers, statements.
    all_speakers
        Why a careful analyst could read everybody's.
    without, originators, why_without
        Who is left out in words, their `originator_id`, and why a careful analyst could do so.
    """
    return Choice(
        name=f"whose {figures}",
        options=(
            Option(label="all speakers", reason=all_speakers, parameters={"exclude_originators": []}),
            Option(label=f"without {without}", reason=why_without, parameters={"exclude_originators": [*originators]}),
        ),
    )


def bounds_as_points(why: str) -> Mistake:
    """Return the known mistake of reading 'more than' a number as that number; `why` names the study's figures."""
    return Mistake(name="bounds read as points", why=why, parameters={"inexact_rows": "as printed"})
