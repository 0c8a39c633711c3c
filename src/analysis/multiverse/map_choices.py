"""Defensible choices of the study of minefield records."""

from __future__ import annotations

from typing import Final

from analysis.multiverse.choice import Choice, Headline, Multiverse, Option
from analysis.multiverse.shared_choices import bounds_as_points, inexact_figures, whose_figures

MAPS: Final = Multiverse(
    notebook="map_reliability",
    choices=(
        inexact_figures(
            "numbers",
            as_bounds="'more than a million' leaves every larger number open, and that is kept",
            left_out="a number without upper end bounds nothing; only figures meant as such are compared",
        ),
        whose_figures(
            "numbers",
            all_speakers="no number has a published method, so none has a better title than another",
            without="MFA (Azerbaijan)",
            originators=["mfa_azerbaijan"],
            why_without="no page says that the ministry holds records or clears; it may pass on numbers of others",
        ),
        Choice(
            name="accident rate outside over inside",
            options=(
                Option(
                    label="0.2 to 5",
                    reason="marking, access and earlier clearance of recorded land can change it several times over",
                    parameters={"relative_rate_low": 0.2, "relative_rate_high": 5.0},
                ),
                Option(
                    label="0.5 to 2",
                    reason="the same people use land inside and outside; a factor of two is already much",
                    parameters={"relative_rate_low": 0.5, "relative_rate_high": 2.0},
                ),
            ),
        ),
        Choice(
            name="about 55 % reaches",
            options=(
                Option(
                    label="50 to 60 %",
                    reason="spoken figures are rounded to tens as often as to fives",
                    parameters={"nearly_from": 0.5, "more_than_to": 0.6},
                ),
                Option(
                    label="54 to 56 %",
                    reason="a figure that ends in five is rounded to whole per cents or fives at most",
                    parameters={"nearly_from": 0.54, "more_than_to": 0.56},
                ),
            ),
        ),
    ),
    mistakes=(
        bounds_as_points("'more than a million' mines laid is no million, nor is 'more than 55 per cent' a count"),
    ),
    headlines=(
        Headline(key="map_reliability.coverage_by_mines", label="mines on the records over mines laid", axis="share"),
        Headline(
            key="map_reliability.unrecorded_area_at_equal_rates",
            label="mined area outside the records",
            axis="share of mined area",
            reference=0.5,
            reference_words="one half",
        ),
    ),
)
