"""The headline numbers, in the order of the README, and those that no source can be left out of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

HEADLINES: Final[Mapping[str, str]] = {
    "casualty_trends.total_registered": "casualties registered",
    "casualty_trends.killed_registered": "killed among them",
    "casualty_trends.rate_per_30d_first_interval": "casualties per 30 days, first interval",
    "casualty_trends.rate_per_30d_last_365_days": "casualties per 30 days, last year",
    "casualty_trends.change_per_year": "change of the rate per year",
    "casualty_trends.change_per_year_after_first_12_months": "the same, later intervals only",
    "casualty_changes.p_value_one_change": "p value of one step in the rate",
    "casualty_trends.civilian_share": "civilians among casualties",
    "casualty_outlook.next_12_months": "next 365 days, last rate goes on",
    "casualty_outlook.next_12_months_log_linear": "next 365 days, trend goes on",
    "casualty_sources.pairs_of_bodies_that_differ": "pairs of totals that differ",
    "casualty_sources.ratio_between_bodies": "casualties by AzCBL over ANAMA",
    "casualty_sources.needed_between_2016_and_2020": "casualties needed, 2016 to 2020",
    "map_reliability.accidents_outside_line_2023_09_29": "accidents outside the former line",
    "map_reliability.statements_of_25_per_cent": "statements of 25 per cent",
    "map_reliability.statements_of_25_per_cent_with_counts": "of these, with counts",
    "map_reliability.coverage_by_mines": "mines on records over mines laid",
    "map_reliability.unrecorded_area_at_equal_rates": "mined area outside the records",
    "contamination.area_since_november_2020_ha": "hectares reported as worked",
    "contamination.mines_found_per_ha_2022": "mines found per hectare, 2022",
    "contamination.mines_found_per_ha_2025": "mines found per hectare, 2025",
    "contamination.density_ratio_needed_mines": "density needed over density found",
    "contamination.years_to_release_whole_task": "years to release, whole task",
    "contamination.years_to_release_left_at_date": "years to release, left at date",
    "horizon.years_if_capacity_walks": "years if capacity walks",
    "claims_audit.casualties_since_1991": "casualties since 1991",
}
"""Key and what it is in a few words."""

NOT_RECOMPUTED: Final[Mapping[str, str]] = {
    "multiverse.casualty_trends_change_per_year": "a range over stored runs; leaving out second-hand speakers "
    "is one of its choices",
    "casualty_changes.windows_where_halving_is_seen": "power by simulation, minutes for each source; it rests on "
    "the intervals of the casualty series",
    "records_against_ground.inside_share": "a made-up world, which rests on nobody's statement",
}
"""Headlines that are not computed without a source, and why."""
