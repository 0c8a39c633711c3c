"""Statements beyond the seed article: one reading a quantity, counterparts of other pages, computed verdicts."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.claims import more_claims as more
from analysis.claims import tables
from analysis.claims.audit import AuditedStatement, audit
from analysis.claims.basis import basis_of
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
    # 300,000 mines on the maps of three districts, where another page adds 97,000 and 92,000 (ma-0039).
    assert decided(statements["ma-0030"]) == (Verdict.DIFFERS, 189_000, 189_000)
    # 97,000 and 92,000 of the ministry are the 189,000 of ma-0039; the 300,000 of the other page stand beside them.
    assert statements["ma-0039"].judgement.verdict is Verdict.AGREES
    # 211,800 ha dated by the year alone may be of a day more than half a year from any other figure.
    assert statements["ce-0065"].judgement.verdict is Verdict.NOT_DERIVABLE
    # 675,570 ha is printed on another page, but by the same body on the same day.
    assert statements["ce-0059"].judgement.verdict is Verdict.NOT_DERIVABLE
    # Over 2,700 mines of 2021 found in all regained districts; the ministry counted 2,728 by 24 November (con-046).
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
    # 180 told in November 2023 lie below the 189 of 29 September (ma-0056) and 219 of June 2024 (con-122).
    assert decided(statements["cr-034"]) == (Verdict.DIFFERS, 189, 219)
    assert statements["cr-034"].judgement.gap == 9
    # Outside the line: 128 told in November 2023 against 137 of 29 September (ma-0056), with nothing printed later.
    assert decided(statements["cr-035"]) == (Verdict.DIFFERS, 137, float("inf"))
    # Nor do these 128, of a page that does not say who counted, bound the 137 from above: it may repeat an older count.
    assert decided(statements["ma-0056"]) == (Verdict.AGREES_AS_A_BOUND, 128, float("inf"))
    # 147 by 26 October 2022: the same office prints it two days later too (ca-011, ma-0046), which is a copy; 147 of 6
    # October (cr-014) and 217 of August 2023 (ma-0055) bound it.
    assert decided(statements["cr-020"]) == (Verdict.AGREES_AS_A_BOUND, 147, 217)
    # 247 by 12 February 2024 stands on three pages of one day by one office: 217 before (ma-0055), 260 after (gap-023).
    assert decided(statements["ca-022"]) == (Verdict.AGREES_AS_A_BOUND, 217, 260)
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
            assert tables.counterparts_table(part).empty


def test_refusals(evidence: Evidence) -> None:
    with pytest.raises(ParameterError, match="neither an originator_id"):
        more.more_claims(evidence, exclude_originators=["nobody"])
