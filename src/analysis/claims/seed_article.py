"""How the sixteen statements of the seed article are read, and where their counterparts are looked for.

The article is a short text, without publisher or date, on the Azerbaijani presentation at a meeting of national mine
action directors in Geneva in April 2025. What stands here are readings and wording; figures come from the rows, and no
verdict stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from analysis.claims import casualty_counterparts as casualties
from analysis.claims import institution_counterparts as institutions
from analysis.claims import map_counterparts as maps
from analysis.claims import new_mine_counterparts as new_mines
from analysis.claims.reading import Reading
from analysis.claims.search import Question, Search
from analysis.claims.stated import StatedNumber
from analysis.claims.verdict import StatementKind
from analysis.evidence.comparators import Comparator

SOURCE: Final = "seed-article"

_QUANTITY, _NO_QUANTITY = StatementKind.QUANTITY, StatementKind.NOT_A_QUANTITY
_INTENT: Final = StatementKind.LEGAL_OR_INTENT

READINGS: Final[tuple[Reading, ...]] = (
    Reading(
        claim_id="maps-001",
        short="People killed or injured by mines since 1991",
        kind=_QUANTITY,
        population="all casualties",
        would_change="A published list of cases with start, area and definition; how the Prosecutor General counted.",
        beside=("maps-020", "maps-019", "maps-018", "maps-017", "gap-019", "ca-002"),
    ),
    Reading(
        claim_id="maps-002",
        short="Children killed or injured by mines since 1991",
        kind=_QUANTITY,
        population="children",
        would_change="Cases by age, with the age up to which a person is counted as a child.",
        beside=("maps-020", "maps-019", "maps-018", "cr-024"),
    ),
    Reading(
        claim_id="maps-003",
        short="Women killed or injured by mines since 1991",
        kind=_QUANTITY,
        population="women",
        would_change="Cases by sex; a correction by the publisher of the text that prints another number.",
        beside=("maps-021", "maps-020", "maps-019", "maps-018", "cr-024"),
    ),
    Reading(
        claim_id="maps-004",
        short="Share of the data on the maps that was accurate",
        kind=_QUANTITY,
        population="records handed over",
        would_change="How many recorded mines or fields were checked, which ones, and how many were found as recorded.",
        beside=("ma-0037", "gap-025", "ma-0071", "ma-0003", "ma-0034", "maps-057"),
    ),
    Reading(
        claim_id="maps-005",
        short="Share of recent explosions outside the mapped areas",
        kind=_QUANTITY,
        population="accidents",
        would_change="Accidents by whether they lie inside the area of a record, with their number and period.",
        beside=("ma-0047", "ma-0058", "ma-0064", "ma-0078", "cr-018", "cr-020", "maps-060"),
    ),
    Reading(
        claim_id="maps-006",
        short="Mines made in 2021 found in Lachin and Kalbajar in 2022",
        kind=_QUANTITY,
        population="mines made in 2021",
        would_change="Finds by date, district and marking, from the record of the clearance teams.",
        beside=(
            "maps-050",
            "maps-035",
            "maps-036",
            "maps-037",
            "maps-038",
            "maps-039",
            "maps-040",
            "maps-042",
            "maps-044",
            "maps-045",
        ),
    ),
    Reading(
        claim_id="maps-007",
        short="Armenia went on laying mines after the 2020 war",
        kind=_NO_QUANTITY,
        would_change="Dated evidence of laying by place, examined by a body that both sides accept.",
        beside=("maps-044", "maps-043", "cr-031", "gap-030", "maps-048", "maps-049", "maps-067", "maps-068"),
    ),
    Reading(
        claim_id="maps-008",
        short="Most explosions in residential areas, infrastructure sites and cemeteries",
        kind=_QUANTITY,
        population="accidents",
        words_as_number=StatedNumber(low=0.5, high=0.5, comparator=Comparator.MORE_THAN, in_words=True),
        unit="share",
        would_change="Accidents by kind of place, each in one class, with their number and period.",
        beside=("maps-022", "cr-042", "cr-043", "cr-044", "cr-045"),
    ),
    Reading(
        claim_id="maps-009",
        short="The locations show that civilians were targeted",
        kind=_INTENT,
        would_change="None in these data: intent is for courts and inquiries to establish.",
        beside=("maps-060", "ma-0040", "cr-031"),
    ),
    Reading(
        claim_id="maps-010",
        short="The maps covered a small fraction of the mined areas",
        kind=_QUANTITY,
        population="mined area",
        would_change="The area of the recorded fields and of all fields found, surveyed by one method.",
        beside=("ma-0040", "ma-0072", "maps-054", "maps-056", "ma-0061", "ma-0076", "maps-057"),
    ),
    Reading(
        claim_id="maps-011",
        short="Armenia at first denied that there were mines",
        kind=_NO_QUANTITY,
        would_change="The wording and date of a denial, from its own page.",
        beside=("maps-052", "maps-051", "maps-053", "maps-054"),
    ),
    Reading(
        claim_id="maps-012",
        short="The maps were released under pressure",
        kind=_INTENT,
        would_change="None in these data: why they were handed over is a matter of motive.",
        beside=("maps-057", "maps-058", "maps-055"),
    ),
    Reading(
        claim_id="maps-013",
        short="The mine action agency was created in 1998",
        kind=_QUANTITY,
        would_change="The founding decree, with another date.",
        beside=("reportaz-2018-09-20-anama-1998", "anama-nd-director-address"),
    ),
    Reading(
        claim_id="maps-014",
        short="The mine action agency was restructured in 2021",
        kind=_QUANTITY,
        would_change="A decree on the structure of the agency with another date.",
        beside=("trend-2021-01-15-mine-action-agency", "anama-2021-02-02-charter"),
    ),
    Reading(
        claim_id="maps-015",
        short="The mine action agency works under IMAS and certifies land internationally",
        kind=_NO_QUANTITY,
        would_change="An accreditation or audit by a body outside the country.",
        beside=("anama-nd-director-address",),
    ),
    Reading(
        claim_id="maps-016",
        short="The Geneva meeting was the 28th of its kind",
        kind=_QUANTITY,
        would_change="Another number in the records of the organisers.",
        beside=("itf-2025-ndmun28", "ndmun-2024-save-the-dates"),
    ),
)

FINDERS: Final[Mapping[str, Callable[[Question], Search]]] = {
    "maps-001": partial(casualties.find_total, assumption=casualties.REPORTS_ANAMA),
    "maps-002": partial(casualties.find_children, assumption=casualties.REPORTS_ANAMA),
    "maps-003": partial(casualties.find_women, assumption=casualties.REPORTS_ANAMA),
    "maps-004": maps.find_correct_share,
    "maps-005": maps.find_outside_share,
    "maps-006": new_mines.find_new_mines,
    "maps-008": maps.find_places,
    "maps-010": maps.find_coverage,
    "maps-013": institutions.find_creation,
    "maps-014": institutions.find_restructuring,
    "maps-016": institutions.find_meeting_number,
}
"""Where the counterpart of each quantity is looked for; statements that are no quantity have none."""
