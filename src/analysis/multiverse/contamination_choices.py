"""Defensible choices of the study of contamination and clearance."""

from __future__ import annotations

from typing import Final

from analysis.multiverse.choice import Choice, Headline, Multiverse, Option
from analysis.multiverse.shared_choices import bounds_as_points, inexact_figures, whose_figures

CONTAMINATION: Final = Multiverse(
    notebook="contamination",
    choices=(
        inexact_figures(
            "statements",
            as_bounds="'more than' and 'about' still say something about the area and the mines",
            left_out="only figures printed without such a word are known to be meant as figures",
        ),
        whose_figures(
            "statements",
            all_speakers="every stated area is somebody's estimate; none has a published method",
            without="AzCBL",
            originators=["azcbl"],
            why_without="no page says that it surveys or clears, nor where its areas come from",
        ),
        Choice(
            name="first day",
            options=(
                Option(
                    label="all dates",
                    reason="no statement has been withdrawn, and slow years can come back",
                    parameters={"period_start": ""},
                ),
                Option(
                    label="from 2023",
                    reason="staff and machines of the first two years are not today's, and areas stated then were "
                    "restated since",
                    parameters={"period_start": "2023-01-01"},
                ),
            ),
        ),
        Choice(
            name="shortest increment",
            options=(
                Option(
                    label="90 days",
                    reason="keeps the pace of single seasons",
                    parameters={"minimum_increment_days": 90},
                ),
                Option(
                    label="365 days",
                    reason="work stops in winter; only whole years compare with a time in years",
                    parameters={"minimum_increment_days": 365},
                ),
            ),
        ),
    ),
    mistakes=(bounds_as_points("'more than' or 'about' an area is no measured area"),),
    headlines=(
        Headline(
            key="contamination.years_to_release_whole_task",
            label="years to release, area as the whole task",
            axis="years from 2026",
        ),
        Headline(
            key="contamination.years_to_release_left_at_date",
            label="years to release, area as left at its date",
            axis="years from 2026",
        ),
        Headline(
            key="contamination.density_ratio_needed_mines",
            label="density the rest must have, over that found",
            axis="ratio",
            reference=1.0,
            reference_words="as found so far",
        ),
    ),
)
