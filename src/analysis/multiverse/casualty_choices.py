"""Defensible choices of the study of casualty trends."""

from __future__ import annotations

from typing import Final

from analysis.multiverse.choice import Choice, Headline, Mistake, Multiverse, Option
from analysis.multiverse.shared_choices import bounds_as_points, inexact_figures, whose_figures

_SECOND_HAND: Final = [
    "mfa_azerbaijan",
    "president_azerbaijan",
    "presidential_administration_azerbaijan",
    "government_azerbaijan",
    "ombudsman_azerbaijan",
]

CASUALTIES: Final = Multiverse(
    notebook="casualty_trends",
    choices=(
        inexact_figures(
            "totals",
            as_bounds="'more than' and 'nearly' say on which side the count lies, and that is used",
            left_out="a rounded figure of a speech may be older than its date, so that not even its side is sure",
        ),
        whose_figures(
            "totals",
            all_speakers="every dated figure can show that another one is stale or misprinted",
            without="second hand",
            originators=_SECOND_HAND,
            why_without="no page says that ministries, presidential offices or the ombudsman count themselves; what "
            "they print may be the agency's and the prosecutor's count of an earlier day",
        ),
        Choice(
            name="first day",
            options=(
                Option(
                    label="10 November 2020",
                    reason="the count starts there, and the first year has the most casualties",
                    parameters={"period_start": "2020-11-10"},
                ),
                Option(
                    label="12 months later",
                    reason="the first year is one long interval right after the war, with other work and other "
                    "traffic; alone it can make the slope",
                    parameters={"period_start": "2021-11-10"},
                ),
            ),
        ),
        Choice(
            name="shortest interval",
            options=(
                Option(
                    label="30 days",
                    reason="keeps the timing that the printed dates allow",
                    parameters={"minimum_interval_days": 30},
                ),
                Option(
                    label="90 days",
                    reason="casualties registered some weeks late fall into the interval they occurred in",
                    parameters={"minimum_interval_days": 90},
                ),
                Option(
                    label="180 days",
                    reason="half-years also even out the season, and few intervals end on a disputed total",
                    parameters={"minimum_interval_days": 180},
                ),
            ),
        ),
        Choice(
            name="first intervals",
            options=(
                Option(
                    label="occurred",
                    reason="one page lists casualties by the days they happened on, which is what a rate is of",
                    parameters={"early_counts": "occurred"},
                ),
                Option(
                    label="registered",
                    reason="one definition from the first day to the last: the list and the running totals date "
                    "casualties differently, and every other interval is of totals",
                    parameters={"early_counts": "registered"},
                ),
            ),
        ),
        Choice(
            name="law of the counts",
            options=(
                Option(
                    label="quasi-Poisson",
                    reason="accidents hurt several persons at once, which makes the variance a multiple of the mean "
                    "however long the interval is",
                    parameters={"trend_family": "quasi-poisson"},
                ),
                Option(
                    label="NB2",
                    reason="the usual model of counts that vary more than by chance: if the rate itself wanders, the "
                    "variance grows with the square of the mean, and long intervals weigh little more than short ones",
                    parameters={"trend_family": "nb2"},
                ),
            ),
        ),
    ),
    mistakes=(
        bounds_as_points(
            "'more than' a number is no count of that number, and a rounded figure then votes against exact ones"
        ),
        Mistake(
            name="each casualty its own accident",
            why="one accident can hurt several persons, so that a Poisson interval is too narrow: simulated with the "
            "accident sizes observed, it misses its stated level (tables of the study)",
            parameters={"trend_family": "poisson"},
        ),
    ),
    headlines=(
        Headline(key="casualty_trends.total_registered", label="casualties registered", axis="persons"),
        Headline(
            key="casualty_trends.rate_per_30d_last_365_days",
            label="rate over the last year",
            axis="casualties per 30 days",
        ),
        Headline(
            key="casualty_trends.change_per_year",
            label="change of the rate per year",
            axis="relative change per year",
            reference=0.0,
            reference_words="no change",
        ),
        Headline(
            key="casualty_trends.civilian_share",
            label="civilian share",
            axis="share of casualties",
            reference=0.5,
            reference_words="one half",
        ),
    ),
)
