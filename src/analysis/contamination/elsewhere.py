"""Published areas, releases and projections of Bosnia and Herzegovina and of Croatia, typed with their citation.

They are not rows of the evidence, which is about Azerbaijan; they are here because both countries published what was to
be left by when, and later what was left. Areas in km2. Confirmed and suspected area are added only where both are
printed for one day, and the row says so.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

BOSNIA: Final = "Bosnia and Herzegovina"
CROATIA: Final = "Croatia"
_MONITOR: Final = "http://www.the-monitor.org"
_CITED: Final = {
    "monitor-bosnia-2010": f"{_MONITOR}/index.php/cp/display/region_profiles/theme/836",
    "monitor-bosnia-2011": "http://archives.the-monitor.org/index.php/cp/display/region_profiles/theme/1640",
    "monitor-bosnia-2014": f"{_MONITOR}/en-gb/reports/2014/bosnia-and-herzegovina/mine-action.aspx",
    "monitor-bosnia-2017": f"{_MONITOR}/en-gb/reports/2017/bosnia-and-herzegovina/mine-action.aspx",
    "monitor-bosnia-2018": f"{_MONITOR}/en-gb/reports/2018/bosnia-and-herzegovina/mine-action.aspx",
    "monitor-croatia-2015": "http://the-monitor.org/en-gb/reports/2015/croatia/mine-action.aspx",
    "monitor-croatia-2016": f"{_MONITOR}/en-gb/reports/2016/croatia/mine-action.aspx",
    "monitor-croatia-2019": f"{_MONITOR}/en-gb/reports/2019/croatia/mine-action.aspx",
    "hina-2006": "https://hina.hr/OTS/4125096",
}

_AREAS: Final = (
    (BOSNIA, "2009-12-31", 1556.0, "estimate", "monitor-bosnia-2010"),
    (BOSNIA, "2010-12-31", 1442.0, "suspected", "monitor-bosnia-2010"),
    (BOSNIA, "2011-12-31", 1340.0, "suspected", "monitor-bosnia-2011"),
    (BOSNIA, "2013-12-31", 1219.0, "suspected", "monitor-bosnia-2014"),
    (BOSNIA, "2016-12-31", 1091.0, "total as printed", "monitor-bosnia-2017"),
    (BOSNIA, "2017-12-31", 1061.0, "suspected", "monitor-bosnia-2018"),
    (CROATIA, "2006-06-30", 1147.0, "total; day within 2006 not printed, middle of the year put in", "hina-2006"),
    (CROATIA, "2014-12-31", 285.35 + 244.82, "confirmed 285.35 and suspected 244.82", "monitor-croatia-2015"),
    (CROATIA, "2015-12-31", 294.0 + 189.0, "confirmed 294 and suspected 189", "monitor-croatia-2016"),
    (CROATIA, "2017-12-31", 269.0 + 142.0, "confirmed 269 and suspected 142", "monitor-croatia-2019"),
)
# Day of the area that the planned fall is counted from, for when, km2 left then, in which words. The request of Bosnia
# was made before that day: the first deadline was 1 March 2009.
_PROJECTIONS: Final = (
    (
        BOSNIA,
        "2009-12-31",
        "2010-12-31",
        1259.0,
        "plan of the extension request under Article 5",
        "monitor-bosnia-2010",
    ),
    (
        BOSNIA,
        "2009-12-31",
        "2011-12-31",
        1183.0,
        "plan of the extension request under Article 5",
        "monitor-bosnia-2011",
    ),
    (CROATIA, "2006-06-30", "2011-06-30", 0.0, "all detected minefields cleared in at most five years", "hina-2006"),
)
_PROJECTION_COLUMNS: Final = ["country", "counted_from", "for_day", "projected_km2", "words", "cited"]
_RELEASES: Final = (
    (BOSNIA, 2017, 0.3, 2.48, 2.45, "monitor-bosnia-2018"),
    (CROATIA, 2015, 40.6, 0.0, 27.15, "monitor-croatia-2016"),
)


def stated_areas() -> pd.DataFrame:
    """Return the published areas: `country`, `as_of`, `area_km2`, `kind`, `cited`."""
    frame = pd.DataFrame(_AREAS, columns=["country", "as_of", "area_km2", "kind", "cited"])
    return frame.assign(as_of=pd.to_datetime(frame["as_of"]))


def projections() -> pd.DataFrame:
    """Return the published projections: `country`, `counted_from`, `for_day`, `projected_km2`, `words`, `cited`."""
    frame = pd.DataFrame(_PROJECTIONS, columns=_PROJECTION_COLUMNS)
    return frame.assign(counted_from=pd.to_datetime(frame["counted_from"]), for_day=pd.to_datetime(frame["for_day"]))


def releases() -> pd.DataFrame:
    """Return years with all three products printed: `country`, `year`, `cleared_km2`, `reduced_km2`, `cancelled_km2`.

    Croatia's cleared area is printed as "more than", its cancelled area as "just over".
    """
    columns = ["country", "year", "cleared_km2", "reduced_km2", "cancelled_km2", "cited"]
    return pd.DataFrame(_RELEASES, columns=columns)


def pages_cited() -> pd.DataFrame:
    """Return the pages the figures were read on: `cited`, `address`."""
    return pd.DataFrame({"cited": list(_CITED), "address": list(_CITED.values())})
