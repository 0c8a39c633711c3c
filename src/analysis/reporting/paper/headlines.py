"""The values of the table that stands first: few, of different notebooks, each said in full by its quantity."""

from __future__ import annotations

from typing import Final

HEADLINES: Final = (
    "casualty_trends.total_registered",
    "casualty_trends.killed_registered",
    "casualty_trends.rate_per_30d_first_interval",
    "casualty_trends.rate_per_30d_last_365_days",
    "casualty_trends.change_per_year",
    "casualty_trends.change_per_year_after_first_12_months",
    "map_reliability.accidents_outside_line_2023_09_29",
    "map_reliability.coverage_by_mines",
    "contamination.area_since_november_2020_ha",
    "contamination.mines_found_per_ha_2025",
    "contamination.years_to_release_whole_task",
    "contamination.years_to_release_left_at_date",
    "claims_audit.casualties_since_1991",
)
"""Full keys; a record without one of them has a table without its row."""
