"""How statements beyond the seed article are read: one reading for each quantity, so that no row is picked by hand.

Every row with one of these quantities is audited, of the claims, of the map assessments and of the contamination
estimates, whoever says it; copies of one figure by one originator on one date count once. The quantities are those that
bear on harm, records, area, clearance and its cost, and on what the parties answer each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.claims import area_counterparts as areas
from analysis.claims import casualty_counterparts as casualties
from analysis.claims import count_counterparts as counts
from analysis.claims import map_counterparts as maps
from analysis.claims import share_counterparts as shares
from analysis.claims.audit import Finder, ReadStatement
from analysis.claims.basis import Basis
from analysis.claims.reading import NOT_STATED, Reading
from analysis.claims.repeats import without_repeats
from analysis.claims.search import Question, Search
from analysis.claims.seed_article import SOURCE as SEED
from analysis.claims.stated import StatedNumber
from analysis.claims.tabled import AREA, tabled_statements
from analysis.claims.verdict import StatementKind
from analysis.evidence.comparators import Comparator

_QUANTITY, _NO_QUANTITY = StatementKind.QUANTITY, StatementKind.NOT_A_QUANTITY
_INTENT: Final = StatementKind.LEGAL_OR_INTENT
_ROSE: Final = StatedNumber(low=0, high=0, comparator=Comparator.MORE_THAN, in_words=True)
_LESS_THAN_HALF: Final = StatedNumber(low=0.5, high=0.5, comparator=Comparator.FEWER_THAN, in_words=True)


_CATEGORIES: Final = (
    "total",
    "confirmed_hazardous",
    "suspected_hazardous",
    "battle_area",
    "high",
    "medium",
    "medium_and_low",
    "unknown",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityReading:
    """How every statement of a quantity is read.

    Parameters
    ----------
    kind
        What sort of statement it is.
    would_change
        What evidence would change a verdict on it.
    population
        Whom or what its figures cover.
    finder
        Where counterparts are looked for; None where nothing published allows one.
    none
        Why there is no counterpart, where there is no finder.
    words_as_number, unit
        The figure a word stands for, and its unit.
    """

    kind: StatementKind = _QUANTITY
    would_change: str
    population: str = NOT_STATED
    finder: Finder | None = None
    none: str = ""
    words_as_number: StatedNumber | None = None
    unit: str = ""


_LAID: Final = QuantityReading(
    would_change="A survey of mined land by an independent body, with its method and margin.",
    none="mines laid, or left in the ground, were never counted; every published number is a statement",
)
_OUTSIDE: Final = QuantityReading(
    would_change="Accidents by place, with one definition of the line, from the record of the office that counts them.",
    population="casualties",
    finder=counts.find_outside_count,
)
_ACCIDENTS: Final = QuantityReading(
    would_change="A list of accidents by date and district.", population="accidents", finder=counts.find_accidents
)
_CIVILIANS: Final = QuantityReading(
    would_change="Casualties by group and outcome at one date.",
    population="all casualties",
    finder=shares.find_civilian_share,
)
_KILLED: Final = QuantityReading(
    would_change="Deaths by group at one date.", population="killed", finder=shares.find_civilian_share_of_killed
)
_RECORDS_GIVEN: Final = QuantityReading(
    kind=_NO_QUANTITY, would_change="A list of all records held, with those handed over, that both sides accept."
)
_REPLY: Final = QuantityReading(
    kind=_NO_QUANTITY, would_change="Dated evidence of laying by place, examined by a body that both sides accept."
)
_COURT: Final = QuantityReading(kind=_NO_QUANTITY, would_change="The decision itself, which anybody can read.")
_SURVIVORS: Final = QuantityReading(
    would_change="A register of survivors.", population="survivors", finder=counts.find_injured
)

_CORRECT_SHARE: Final = QuantityReading(
    would_change="Records checked and records found right, with what was compared.",
    population="records checked",
    finder=maps.find_correct_share,
)
_OUTSIDE_RECORDS: Final = QuantityReading(
    would_change="Accidents by whether their place lies in an area of the records.",
    population="accidents",
    finder=maps.find_outside_share,
)
_NEW_MINES: Final = QuantityReading(
    would_change="The reports of the finds, with place, date and marking of each mine.",
    population="mines made in 2021",
    finder=counts.find_mines_made_in_2021,
)
_STATED_AREA: Final = QuantityReading(
    would_change="A survey of the same place with its method and its day.", finder=areas.find_stated_area
)

READINGS_BY_QUANTITY: Final[Mapping[str, QuantityReading]] = {
    "share_of_contamination_released": QuantityReading(
        would_change="The hazardous area before release and the area released, by one body and one definition.",
        finder=areas.find_released_share,
    ),
    "share_of_territory_contaminated": QuantityReading(
        would_change="The hazardous area by a published survey.", finder=areas.find_share_of_country
    ),
    "civilian_share_of_victims": _CIVILIANS,
    "civilian_share": _CIVILIANS,
    "civilian_share_of_killed": _KILLED,
    "incidents_total": _ACCIDENTS,
    "mine_incidents": _ACCIDENTS,
    "explosions_count": _ACCIDENTS,
    "victims_outside_former_line_of_contact": _OUTSIDE,
    "casualties_outside_former_front_line": _OUTSIDE,
    "incidents_outside_former_line_of_contact": _OUTSIDE,
    "incident_share_outside_former_line_of_contact": QuantityReading(
        would_change="Accidents by place with one definition of the line.",
        population="accidents",
        finder=counts.find_outside_line_share,
    ),
    "casualties_total": QuantityReading(
        would_change="A published list of cases with start, area and definition.",
        population="all casualties",
        finder=casualties.find_total,
    ),
    "casualties_women": QuantityReading(would_change="Cases by sex.", population="women", finder=casualties.find_women),
    "women_and_children_victims": QuantityReading(
        would_change="Cases by age and sex.", population="women and children", finder=counts.find_women_and_children
    ),
    "annual_clearance_target": QuantityReading(
        would_change="A correction of the area reported for the year.", finder=areas.find_year_released
    ),
    "number_of_map_transfers": QuantityReading(
        would_change="A list of handovers signed by both sides.", finder=counts.find_transfers
    ),
    "foreign_share_of_funding": QuantityReading(
        would_change="Accounts of all money for mine action by origin.", finder=shares.find_donor_share
    ),
    "survivors_known": _SURVIVORS,
    "direction_of_new_casualties": QuantityReading(
        would_change="Counts of both years by one body.",
        population="all casualties",
        finder=counts.find_change_of_casualties,
        words_as_number=_ROSE,
        unit="persons",
    ),
    "children_share_of_victims": QuantityReading(
        would_change="Cases by age.", population="children", finder=shares.find_children_share
    ),
    "mines_laid_estimate": _LAID,
    "mines_laid_in_peacekeeper_zone": _LAID,
    "mines_laid_by_azerbaijan_1990s": _LAID,
    "mines_on_withheld_maps": _LAID,
    "share_of_maps_given": QuantityReading(
        would_change="A list of all records held, with those handed over.",
        population="records held",
        none="how many records exist is not published",
        words_as_number=_LESS_THAN_HALF,
        unit="share",
    ),
    "accuracy_share": _CORRECT_SHARE,
    "usefulness_share": _CORRECT_SHARE,
    "map_reliability": _CORRECT_SHARE,
    "outside_mapped_share": _OUTSIDE_RECORDS,
    "share_of_incidents_outside_records": _OUTSIDE_RECORDS,
    "incident_share_outside_provided_maps": _OUTSIDE_RECORDS,
    "coverage_share": QuantityReading(
        would_change="Mines found by clearance, with whether a record held them.", finder=maps.find_coverage
    ),
    "mines_on_maps": QuantityReading(
        would_change="The records themselves, counted by both sides.",
        population="mines on the records",
        finder=maps.find_mines_on_records,
    ),
    "mines_made_2021_found": _NEW_MINES,
    "mines_of_2021_production_found": _NEW_MINES,
    **{f"{AREA}_{category}": _STATED_AREA for category in _CATEGORIES},
    "share_of_mines_cleared": QuantityReading(
        would_change="The mines laid in the area, counted.", none="the number of mines laid is not known"
    ),
    "new_uxo_area_2020": QuantityReading(
        would_change="A survey of the area.", none="no surveyed area of unexploded ordnance is published"
    ),
    "newly_identified_area": QuantityReading(
        would_change="The survey reports of the six areas.", none="no other page gives the areas found that year"
    ),
    "productivity_manual": QuantityReading(
        would_change="Area by deminer and day from a task record.", none="no task record is published"
    ),
    "position_on_maps": QuantityReading(kind=_INTENT, would_change="None in these data: it is about motive."),
    "legal_duty_to_give_maps": QuantityReading(kind=_INTENT, would_change="None in these data: it is about law."),
    "maps_for_prisoners": QuantityReading(kind=_INTENT, would_change="None in these data: why is a matter of motive."),
    "responsibility_for_new_mines": QuantityReading(
        kind=_INTENT, would_change="None in these data: it is about blame."
    ),
    "where_mines_were_laid": _REPLY,
    "reply_to_new_mines_claim": _REPLY,
    "reply_to_armenian_reply": _REPLY,
    "mine_production_denied": _REPLY,
    "new_mines_laid_area": _REPLY,
    "all_maps_given_claim": _RECORDS_GIVEN,
    "maps_handed_over_claim": _RECORDS_GIVEN,
    "maps_existence_denied": _RECORDS_GIVEN,
    "no_records_for_retreat_mines": _RECORDS_GIVEN,
    "court_outcome_mines": _COURT,
    "court_outcome_maps": _COURT,
}
"""What is decided by reading; the order is that of the tables."""


def readings_of(basis: Basis) -> tuple[ReadStatement, ...]:
    """Return every statement of these quantities in the three tables, in the order of the quantities and of time.

    Statements of the seed article are left out, and so are repeats.
    """
    rows = pd.concat([basis.evidence.table("claims"), tabled_statements(basis.evidence)], ignore_index=True)
    rows = rows[rows["quantity"].isin(list(READINGS_BY_QUANTITY)) & (rows["source_id"] != SEED)]
    if basis.period_end is not None:
        rows = rows[~(rows["as_of_last"] > pd.Timestamp(basis.period_end))]
    order = {name: place for place, name in enumerate(READINGS_BY_QUANTITY)}
    rows = rows.sort_values(["as_of_last", "claim_id"], kind="stable")
    rows = rows.sort_values("quantity", key=lambda column: column.map(order), kind="stable")
    # The claims stand first, so that of a claim and its copy in another table the claim is kept.
    of_claims = rows["claim_id"].isin(basis.evidence.table("claims")["claim_id"])
    kept = without_repeats(pd.concat([rows[of_claims], rows[~of_claims]]))
    return tuple(_read(row) for _, row in rows[rows["claim_id"].isin(kept)].iterrows())


def _read(row: pd.Series) -> ReadStatement:
    read = READINGS_BY_QUANTITY[str(row["quantity"])]
    reading = Reading(
        claim_id=str(row["claim_id"]),
        short=str(row["statement"]),
        kind=read.kind,
        population="accidents" if str(row["quantity"]).startswith("incidents") else read.population,
        words_as_number=read.words_as_number,
        unit=read.unit,
        would_change=read.would_change,
    )
    return ReadStatement(reading=reading, row=row, finder=read.finder or _no_counterpart(read.none))


def _no_counterpart(reason: str) -> Finder:
    def find(question: Question) -> Search:
        """Return that nothing was found; the reason is that of the quantity."""
        del question
        return Search(none_of_scope=reason)

    return find
