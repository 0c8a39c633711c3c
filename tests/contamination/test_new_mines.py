"""Mines made in 2021: statements and replies in time order; arithmetic only."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.contamination.new_mines import number_checks, statements_and_replies


@pytest.fixture(scope="module")
def claims(evidence) -> pd.DataFrame:
    return evidence.table("claims")


def test_statements_of_both_sides_stand_in_time_order(claims) -> None:
    said = statements_and_replies(claims)
    order = said["claim_id"].tolist()
    # the find of August 2022, the split total, the Armenian reply, the answer to it, the later number for two districts
    assert [one for one in order if one in ("maps-035", "maps-038", "maps-044", "maps-045", "maps-050")] == [
        "maps-035", "maps-038", "maps-044", "maps-045", "maps-050",
    ]  # fmt: skip
    by_claim = said.set_index("claim_id")
    assert (by_claim.loc["maps-044", "said"], by_claim.loc["maps-044", "attributed_to"]) == (
        "reply",
        "Foreign Minister Mirzoyan",
    )
    assert pd.isna(by_claim.loc["maps-044", "mines"])


def test_the_parts_add_up_and_the_later_number_needs_almost_all_of_the_other_region(claims) -> None:
    checks = number_checks(claims)
    parts = checks[checks["check"].str.startswith("the parts")].set_index("rows")
    # 1,119 + 1,609 = 2,728
    assert parts.loc["maps-038", "arithmetic"] == "1,119 + 1,609 = 2,728, stated 2,728"
    assert parts.loc["maps-038", "holds"] == "yes"
    # more than 2,700 is at least 2,701; 2,701 - 1,119 = 1,582 of 1,609
    later = checks[checks["rows"].str.endswith("maps-050")].iloc[0]
    assert later["holds"].startswith("only if at least 1,582 of the 1,609")
    lachin = checks[checks["check"].str.startswith("counts for Lachin")].iloc[0]
    assert (lachin["arithmetic"], lachin["holds"]) == ("991 then 1,318 then >1,400", "yes")


def toy(rows) -> pd.DataFrame:
    frame = pd.DataFrame(
        [
            {"claim_id": f"t-{number}", "quantity": "mines_made_2021_found", "comparator": "=", "period_end": "2022-12"}
            | row
            for number, row in enumerate(rows)
        ]
    )
    for name in ("as_of", "period_end"):
        frame[f"{name}_first"] = frame[f"{name}_last"] = pd.to_datetime(frame[name])
    return frame


def test_parts_that_do_not_add_up_and_numbers_that_cannot_hold_are_said() -> None:
    checks = number_checks(
        toy(
            [
                {
                    "as_of": "2022-11-24",
                    "value": 2000,
                    "geography": "regained_districts",
                    "statement": "2,000 mines: 1,000 at the border and 1,100 elsewhere",
                },
                {"as_of": "2024-04-04", "value": 2500, "geography": "lachin_and_kalbajar", "statement": "2,500 mines"},
            ]
        )
    )
    # 1,000 + 1,100 is 100 too many; 2,500 - 1,000 = 1,500 of 2,000 - 1,000 = 1,000
    assert checks["holds"].tolist() == ["no: +100", "no: more than were found"]


def test_nothing_stated_gives_no_check() -> None:
    one = toy([{"as_of": "2022", "value": 5, "geography": "lachin", "statement": "5"}])
    assert number_checks(one).empty
    assert number_checks(one.iloc[:0]).empty
