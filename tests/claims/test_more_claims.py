"""Statements beyond the seed article: one reading a quantity, counterparts of other pages, computed verdicts."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.claims import more_claims as more
from analysis.claims import tables
from analysis.claims.audit import AuditedStatement, audit
from analysis.claims.basis import basis_of
from analysis.claims.readings_by_quantity import READINGS_BY_QUANTITY
from analysis.claims.seed_article import SOURCE as SEED
from analysis.claims.verdict import Verdict
from analysis.errors import ParameterError
from analysis.evidence import Evidence


@pytest.fixture(scope="module")
def result(evidence: Evidence) -> more.MoreClaims:
    return more.more_claims(evidence)


def by_claim(result: more.MoreClaims) -> dict[str, AuditedStatement]:
    return {one.claim.claim_id: one for one in result.audited}


def decided(one: AuditedStatement) -> tuple[Verdict, float, float]:
    assert one.judgement.decided_by is not None
    return one.judgement.verdict, one.judgement.decided_by.hull.low, one.judgement.decided_by.hull.high


def test_at_least_twenty_five_statements_from_every_side(result: more.MoreClaims) -> None:
    assert len(result.audited) >= 25
    parties = {one.party for one in result.audited}
    assert {"armenia_authorities", "azerbaijan_authorities", "nagorno_karabakh_de_facto"} <= parties
    assert {"international_ngo", "international_organisation"} & parties
    assert all(one.claim.source_id != SEED for one in result.audited)


def test_statements_of_three_tables(result: more.MoreClaims, evidence: Evidence) -> None:
    claims = set(evidence.table("claims")["claim_id"])
    of_others = [one.claim.claim_id for one in result.audited if one.claim.claim_id not in claims]
    assert sum(name.startswith("ma-") for name in of_others) >= 25
    assert sum(name.startswith("ce-") for name in of_others) >= 25


def test_hand_worked_counterparts_of_the_other_tables(result: more.MoreClaims) -> None:
    statements = by_claim(result)
    # 1,763.6 ha in April 2021; the review of the end of 2020 says that it leaves the new contamination of the year out.
    assert statements["ce-0047"].judgement.verdict is Verdict.NOT_DERIVABLE
    assert "left out" in statements["ce-0047"].judgement.reason
    # 6,635 ha in 12 regions in 2002 and 73,600 in 18 districts in 2003 are areas of different places.
    assert statements["ce-0004"].judgement.verdict is Verdict.NOT_DERIVABLE
    # 1,167,000 ha in the regained districts and 1,166,700 in Azerbaijan within a month, by one name or the other.
    assert decided(statements["ce-0074"])[0] is decided(statements["ce-0075 area"])[0] is Verdict.AGREES
    assert "two names of one area" in statements["ce-0074"].judgement.decided_by.bridge.assumption
    # 300,000 mines on the maps of three districts, where another page adds 97,000 and about 92,000 (ma-0039).
    assert decided(statements["ma-0030"]) == (Verdict.DIFFERS, 179_800, 198_200)
    # 390,709 devices and the 400,000 they are rounded to by offices of one party are one number.
    assert statements["ce-0052"].judgement.verdict is Verdict.NOT_DERIVABLE
    # 1,609 of the 2,728 mines are described as made in 2021 (con-046, maps-038), so 2,728 have no count of that make.
    assert statements["maps-040"].judgement.verdict is Verdict.NOT_DERIVABLE
    # About 12 per cent of the country: 800,000 to 1,167,000 ha of 8,625,040, whole or less what was released by then.
    share = statements["con-041"].judgement.decided_by
    assert share is not None
    assert share.hull.high == pytest.approx(1.1 * 1_167_000 / 8_625_040, rel=1e-3)
    # 5 per cent of the agency's budget is no share of all money spent; 4.4 per cent of all funding is.
    assert statements["con-063"].judgement.verdict is Verdict.NOT_DERIVABLE
    assert statements["con-124"].judgement.verdict is not Verdict.NOT_DERIVABLE
    # 97,000 and 92,000 of the ministry are the 189,000 of ma-0039; the 300,000 of the other page stand beside them.
    assert statements["ma-0039"].judgement.verdict is Verdict.AGREES
    # 211,800 ha dated by the year alone may be of a day more than half a year from any other figure.
    assert statements["ce-0065"].judgement.verdict is Verdict.NOT_DERIVABLE
    # 675,570 ha is printed on another page, but by the same body on the same day.
    assert statements["ce-0059"].judgement.verdict is Verdict.NOT_DERIVABLE
    # Over 2,700 mines of 2021 found in all regained districts; the ministry counted 2,728 in December (maps-040).
    assert decided(statements["maps-041"]) == (Verdict.AGREES_AS_A_BOUND, 2_728, float("inf"))
    # 55 per cent outside the records is the figure of 147 in 266 casualties outside the line: another quantity.
    assert statements["con-048"].judgement.verdict is Verdict.SAME_FIGURE
    # No share of right records is printed with what was counted.
    assert statements["ma-0036"].judgement.verdict is Verdict.NOT_DERIVABLE
    # The total of 5.92 km2 at the end of 2010 and that of 6.96 a year later are no statements of one time.
    assert statements["ce-0013"].judgement.verdict is Verdict.NOT_DERIVABLE


def test_the_sentence_of_the_seed_article_gets_its_verdict_on_another_page_too(
    result: more.MoreClaims, evidence: Evidence
) -> None:
    # More than 2,700 mines of 2021 in Lachin and Kalbajar: maps-050 of the ministry, maps-006 of the article.
    (seed,) = (one for one in audit(basis_of(evidence)) if one.claim.claim_id == "maps-006")
    assert by_claim(result)["maps-050"].judgement.verdict is seed.judgement.verdict is Verdict.SAME_FIGURE


def test_a_claim_and_its_copy_in_another_table_count_once(result: more.MoreClaims) -> None:
    # 147 of 266 on one day by one office: ca-011 of the claims, ma-0046 of the assessments.
    audited = by_claim(result)
    outside = [name for name, one in audited.items() if one.claim.value == 147]
    assert "ma-0046" not in outside
    # 55 per cent by one ministry on one page: con-048 and ma-0047, by the minister, and cr-025.
    assert "ma-0047" not in audited
    # 390,709 by one office on one page: ce-0052 and ma-0042.
    assert len([name for name, one in audited.items() if one.claim.value == 390_709]) == 1
    # A million mines on one page, with a date in one table and without in the other; and a part 'tiny' in words.
    assert {"maps-034", "maps-054"} <= set(audited)
    assert not {"ce-0048", "ma-0029"} & set(audited)


def test_no_counterpart_rests_on_the_page_of_the_statement_where_others_print_it(result: more.MoreClaims) -> None:
    shares = [one for one in result.compared if "share" in one.claim.quantity]
    assert shares
    for one in shares:
        assert one.judgement.decided_by is not None
        assert one.claim.source_id not in one.judgement.decided_by.sources


def test_hand_worked_counterparts(result: more.MoreClaims) -> None:
    statements = by_claim(result)
    # 77 per cent of the killed: 50 of 65 in the split of December 2023, 76.9 per cent.
    killed = statements["cr-046"].judgement
    assert killed.verdict is Verdict.AGREES
    assert killed.decided_by is not None
    assert killed.decided_by.hull.low == pytest.approx(50 / 65)
    # About 550 women and children: 357 children and 38 women are 395.
    both = statements["cr-024"].judgement
    assert (both.verdict, both.gap) == (Verdict.DIFFERS, pytest.approx(395 - 550))
    # Casualties rose in 2004: 43 after 39 by one body.
    rose = statements["ca-005"].judgement
    assert rose.decided_by is not None
    assert rose.decided_by.hull.low == 4


def test_two_counts_around_a_date_only_bound(result: more.MoreClaims) -> None:
    statements = by_claim(result)
    # 156 accidents in October 2022 lie between 77 at the end of 2021 and 179 in June 2023 (con-107, con-105).
    assert decided(statements["cr-019"]) == (Verdict.AGREES_AS_A_BOUND, 77, 179)
    # 180 told in November 2023 by a page that does not say who counted may be of any day before (ma-0054: 18 August);
    # 219 of June 2024 (con-122) bound it. Outside the line nothing bounds the 128 of this page from above.
    assert decided(statements["cr-034"]) == (Verdict.AGREES_AS_A_BOUND, 0, 219)
    assert statements["cr-035"].judgement.verdict is Verdict.NOT_DERIVABLE
    # Nor do these 128, of a page that does not say who counted, bound the 137 from above: it may repeat an older count.
    assert decided(statements["ma-0056"]) == (Verdict.AGREES_AS_A_BOUND, 128, float("inf"))
    # 147 by 26 October 2022: the same office prints it two days later too (ca-011, ma-0046), which is a copy; 147 of 6
    # October (cr-014) and 217 of August 2023 (ma-0055) bound it.
    assert decided(statements["cr-020"]) == (Verdict.AGREES_AS_A_BOUND, 147, 217)
    # 247 by 12 February 2024 stands on three pages of one day by one office: 217 before (ma-0055), 260 after (gap-023).
    assert decided(statements["con-097"]) == (Verdict.AGREES_AS_A_BOUND, 217, 260)
    # 66 per cent of accidents outside the line in August 2024: at least 137 outside and 52 on it (September 2023), at
    # most 253 accidents (December 2025): from 137 in 253 to all but 52 in 253.
    shares = decided(statements["gap-022"])
    assert shares == (Verdict.AGREES_AS_A_BOUND, pytest.approx(137 / 253), pytest.approx(1 - 52 / 253))
    # Before the first print there is no lower limit.
    assert decided(statements["cr-001"]) == (Verdict.AGREES_AS_A_BOUND, 0, 77)


def test_a_range_is_never_printed_from_high_to_low(result: more.MoreClaims) -> None:
    # 53,081 and 53,081.8 ha once were printed as 53,081 to 53,080.
    words = tables.statements_table(result.compared, sources=result.sources)["counterpart"]
    assert words["con-123"] == "53,081 to 53,082 ha"


def test_another_start_or_place_is_not_compared(result: more.MoreClaims) -> None:
    statements = by_claim(result)
    # 23 accidents since January 2024 are no count since November 2020; a plan for one district is none for all.
    assert statements["cr-048"].judgement.verdict is Verdict.NOT_DERIVABLE
    assert statements["con-014"].judgement.verdict is Verdict.NOT_DERIVABLE


def test_the_page_of_a_statement_is_no_counterpart_of_it(result: more.MoreClaims) -> None:
    for one in result.compared:
        if one.claim.quantity.startswith(("casualties", "women")):
            assert one.judgement.decided_by is not None
            assert one.claim.source_id not in one.judgement.decided_by.sources
    # Without its own 266, 3,345 = 3,079 + 266 lie at the end of what the others leave.
    assert decided(by_claim(result)["maps-018"]) == (Verdict.AGREES, 3_340, 3_345)


def test_a_figure_told_again_within_three_days_counts_once(result: more.MoreClaims) -> None:
    audited = set(by_claim(result))
    # 70 per cent and 0.7 by one office on one day; 147 two days apart; 1,167,000 ha in October and on the 16th.
    for pair in ({"con-038", "ca-012"}, {"cr-020", "ca-011"}, {"ce-0073", "ce-0074"}, {"ma-0062", "ce-0068"}):
        assert len(pair & audited) == 1
    # A figure of 2014 told again in 2015, and one dated by its year beside one of a day, stay statements of their own.
    assert {"ce-0021", "ce-0026", "ce-0064 mines", "ce-0078"} <= audited


def test_a_printed_range_in_place_of_a_number_is_no_traceback(evidence: Evidence) -> None:
    claims = evidence.table("claims")
    ranged = claims["claim_id"].isin(["con-105", "con-049", "cr-014"])
    low, high = (claims["value"].where(ranged) * factor for factor in (0.9, 1.1))
    altered = _altered(
        evidence, "claims", value=claims["value"].mask(ranged), value_low=low.round(), value_high=high.round()
    )
    # Without the 179 of June 2023 (con-105), the 180 of August (ma-0054) bound the 156 of October 2022 from above.
    assert decided(by_claim(more.more_claims(altered))["cr-019"]) == (Verdict.AGREES_AS_A_BOUND, 77, 180)


def test_a_total_area_below_a_bound_leaves_the_share_released_open_above(evidence: Evidence) -> None:
    areas = evidence.table("contamination_estimate")
    below = areas["comparator"].mask(areas["category"] == "total", "<")
    share = decided(
        by_claim(more.more_claims(_altered(evidence, "contamination_estimate", comparator=below)))["con-027"]
    )
    assert share == (Verdict.AGREES_AS_A_BOUND, pytest.approx(64_000 / 1_167_000, rel=0.05), float("inf"))


def test_a_limit_of_time_and_a_tolerance_hold_for_counterparts_too(evidence: Evidence) -> None:
    early = by_claim(more.more_claims(evidence, period_end="2024-01-25"))["maps-059"].judgement.decided_by
    assert early is None or not {"asbarez-2024-01-26-nss-972-forms", "apa-2024-01-26-five-handovers"} & {*early.sources}
    exact = by_claim(more.more_claims(evidence, about_tolerance=0.0))
    assert exact["ce-0074"].judgement.verdict is Verdict.DIFFERS


@pytest.mark.parametrize("choice", ["as printed", "leave out"])
def test_other_choices_of_inexact_figures_change_counterparts_and_lose_no_statement(
    evidence: Evidence, result: more.MoreClaims, choice: str
) -> None:
    other = by_claim(more.more_claims(evidence, inexact_rows=choice))
    asked = by_claim(result)
    assert set(other) == set(asked)
    readings = [
        {name: each.judgement.decided_by and each.judgement.decided_by.readings for name, each in study.items()}
        for study in (asked, other)
    ]
    assert sum(readings[0][name] != readings[1][name] for name in asked) >= 5


def test_what_is_not_read_is_said(evidence: Evidence) -> None:
    words = more.unread_quantities(evidence)
    claims = evidence.table("claims")
    claims = claims[claims["source_id"] != SEED]
    read = claims["quantity"].isin(list(READINGS_BY_QUANTITY)).sum()
    assert words.startswith(f"{len(claims) - read} of {len(claims)} claims")


def test_copies_count_once(result: more.MoreClaims) -> None:
    keys = [
        (one.statement.scope.originator, one.claim.quantity, one.claim.value, one.claim.as_of)
        for one in result.audited
        if one.claim.value is not None
    ]
    assert len(keys) == len(set(keys))


def test_the_same_verdicts_whoever_speaks(result: more.MoreClaims) -> None:
    # Kinds are decided by quantity, so statements of one quantity have one kind whatever their party.
    kinds: dict[str, set[str]] = {}
    for one in result.audited:
        kinds.setdefault(one.claim.quantity, set()).add(str(one.statement.kind))
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}


def test_words_of_the_selection(result: more.MoreClaims) -> None:
    assert "not random" in more.figure_caption(result)
    table = more.would_change_by_quantity(result.audited)
    assert table["statements"].sum() == len(result.audited)
    assert table.index.str.len().min() > 10
    words = " ".join(table["quantities"])
    assert not [raw for raw in ("victims", "incident", "uxo", "azerbaijan", "hazardous area total") if raw in words]
    assert table.index.is_unique


def test_every_statement_without_a_counterpart_is_listed_once_with_its_reason(result: more.MoreClaims) -> None:
    shared, alone = more.shared_reasons(result.others), more.others_table(result.others)
    together = [name for names in shared["claims"] for name in names.split(", ")]
    assert sorted([*together, *alone.index]) == sorted(one.claim.claim_id for one in result.others)
    assert shared["statements"].min() >= 5
    assert shared.index.str.contains("print a share of the records").sum() == 1
    for names in shared["who"].str.split("; "):
        assert len(names) == len(set(names))
    assert alone["why"].value_counts().max() < 5


def _altered(evidence: Evidence, name: str, **columns: object) -> Evidence:
    """Return the evidence with columns of one table replaced."""
    return replace(evidence, _used={**evidence._used, name: evidence.table(name).assign(**columns)})


def test_confirmed_and_suspected_areas_of_another_page_are_added(evidence: Evidence) -> None:
    notes = evidence.table("contamination_estimate")["notes"].str.replace("new contamination of 2020 not included", "")
    statements = by_claim(more.more_claims(_altered(evidence, "contamination_estimate", notes=notes)))
    # 1,763.6 ha in April 2021 against 569.135 and 383.3942 at the end of 2020, were they of the same ground.
    assert decided(statements["ce-0047"]) == (Verdict.DIFFERS, pytest.approx(952.5292), pytest.approx(952.5292))


@pytest.mark.parametrize("table", ["claims", "map_assessment", "contamination_estimate"])
def test_evidence_without_any_date_gives_reasons(evidence: Evidence, table: str) -> None:
    dates = {f"as_of_{end}": pd.NaT for end in ("first", "last")} | {"as_of": pd.NA}
    result = more.more_claims(_altered(evidence, table, **dates))
    assert len(result.others) > 100
    assert all(one.judgement.reason for one in result.others)


def test_claims_without_any_period_give_reasons(evidence: Evidence) -> None:
    ends = [f"period_{name}{end}" for name in ("start", "end") for end in ("", "_first", "_last")]
    missing = {name: pd.NaT if name[-4:] in ("irst", "last") else pd.NA for name in ends}
    statements = by_claim(more.more_claims(_altered(evidence, "claims", **missing)))
    assert statements["ca-005"].judgement.reason == "the statement names no year"


def test_a_reason_is_about_the_place_of_its_statement(result: more.MoreClaims) -> None:
    # Records of 2016 in Nagorno-Karabakh are not those handed over in 2021; counts are of the records of 2021.
    statements = by_claim(result)
    for name in ("ma-0001", "ma-0024"):
        assert "per cent at the figures printed" not in statements[name].judgement.reason
    assert "left in the ground" in statements["ce-0006"].judgement.reason


def test_no_statement_of_another_page_rests_on_what_the_seed_article_says_of_itself(result: more.MoreClaims) -> None:
    for one in result.compared:
        assert one.judgement.decided_by is not None
        bridge = one.judgement.decided_by.bridge
        assert bridge is None or "the article" not in bridge.assumption


def test_without_one_party_its_statements_stay_listed(evidence: Evidence, result: more.MoreClaims) -> None:
    other = more.more_claims(evidence, exclude_originators=["azerbaijan_authorities"])
    assert set(by_claim(other)) == set(by_claim(result))
    assert len(other.compared) < len(result.compared)


def test_without_any_counterpart_or_statement_left_the_tables_are_empty(evidence: Evidence) -> None:
    everybody = sorted(set(evidence.table("originators")["party"]))
    alone = more.more_claims(evidence, exclude_originators=everybody)
    early = more.more_claims(evidence, period_end="1999-01-01")
    assert len(early.audited) > 0
    for study in (alone, early):
        for part in study.compared_by_table:
            assert part == ()
            assert tables.statements_table(part, sources=study.sources).empty
            assert tables.counterparts_table(part, names={}).empty


def test_refusals(evidence: Evidence) -> None:
    with pytest.raises(ParameterError, match="neither an originator_id"):
        more.more_claims(evidence, exclude_originators=["nobody"])
