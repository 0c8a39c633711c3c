"""Money over hectares: a span by hand, currencies apart, and what is listed instead of divided."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.contamination.money import money_not_divided, spent_per_hectare
from analysis.stats.difference_bounds import PeriodSum, sum_ranges

DAYS = pd.to_datetime(["2020-11-10", "2021-01-01", "2022-01-01", "2022-08-01", "2022-09-01"])


@pytest.fixture
def record() -> SimpleNamespace:
    """A record of 1,000 ha in 2021, then 70 to 80 ha in seven months and 10 ha in August."""
    points = [day.toordinal() for day in DAYS]
    sums = [
        PeriodSum(start=points[1], end=points[2], low=1000.0, high=1000.0),
        PeriodSum(start=points[2], end=points[3], low=70.0, high=80.0),
        PeriodSum(start=points[3], end=points[4], low=10.0, high=10.0),
    ]
    statements = pd.DataFrame(
        {"gap_ha": [0.0, 3.0], "period_kind": ["year", "year"], "source_id": ["page-of-area", "bad"]}
    )
    return SimpleNamespace(ranges=sum_ranges(sums, points=points), statements=statements)


def claims(*rows: dict[str, object]) -> pd.DataFrame:
    plain = {
        "quantity": "budget_spent_on_demining", "value": 5000.0, "comparator": "=", "unit": "AZN",
        "geography": "regained_districts", "period_start": "2021-01-01", "period_end": "2021-12-31",
        "as_of": "2021-12-31", "attributed_to": "a ministry", "statement": "spent", "source_id": "page-of-money",
    }  # fmt: skip
    frame = pd.DataFrame([plain | {"claim_id": f"m-{place}"} | row for place, row in enumerate(rows)])
    days = {"period_start_first": "period_start", "period_end_first": "period_end", "period_end_last": "period_end"}
    return frame.assign(**{name: pd.to_datetime(frame[of]) for name, of in (days | {"as_of_first": "as_of"}).items()})


def test_a_year_by_hand(record) -> None:
    (row,) = spent_per_hectare(claims({}), record).to_dict("records")
    assert (row["area_low_ha"], row["area_high_ha"]) == (1000, 1000)
    assert (row["per_ha_low"], row["per_ha_high"]) == (5, 5)
    assert row["currency"] == "AZN"
    # the row that contradicts more trusted ones gives no hectares
    assert row["sources"] == ("page-of-area", "page-of-money")


def test_days_that_end_within_a_month_have_a_range_of_hectares(record) -> None:
    (row,) = spent_per_hectare(claims({"period_end": "2022-08-20"}), record).to_dict("records")
    # at least 1,000 + 70 by the end of July, at most 1,000 + 80 + 10 by the end of August
    assert (row["area_low_ha"], row["area_high_ha"]) == (1070, 1090)
    assert row["per_ha_low"] == pytest.approx(5000 / 1090)
    assert row["per_ha_high"] == pytest.approx(5000 / 1070)


def test_currencies_stay_as_printed_and_nothing_is_added(record) -> None:
    table = spent_per_hectare(claims({}, {"unit": "USD"}, {"unit": "EUR", "quantity": "spending_on_demining"}), record)
    assert table["currency"].tolist() == ["AZN", "USD", "EUR"]
    assert table["money"].tolist() == [5000, 5000, 5000]


@pytest.mark.parametrize(("comparator", "low", "high"), [(">", 5, math.inf), ("<=", 0, 5), ("~", 5, 5)])
def test_money_that_is_a_bound_stays_one(record, comparator: str, low: float, high: float) -> None:
    (row,) = spent_per_hectare(claims({"comparator": comparator}), record).to_dict("records")
    assert (row["per_ha_low"], row["per_ha_high"]) == (low, high)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"quantity": "reconstruction_allocation"}, "all reconstruction; demining is only a part"),
        ({"quantity": "donor_funding"}, "one giver's part of the money"),
        ({"quantity": "mine_action_funding"}, "money for mine action as a whole, which is more than clearance"),
        ({"quantity": "some_new_quantity"}, "not known to be for clearance alone"),
        ({"geography": "azerbaijan"}, "another or a wider place than the hectares"),
        ({"geography": "armenia"}, "another or a wider place than the hectares"),
        ({"period_start": None}, "no days are given"),
        ({"period_start": "2020-01-01"}, "its days are not all in the record"),
        ({"period_end": "2023-12-31"}, "its days are not all in the record"),
    ],
)
def test_other_money_is_listed_with_the_reason(record, change: dict[str, object], why: str) -> None:
    frame = claims(change)
    assert spent_per_hectare(frame, record).empty
    (row,) = money_not_divided(frame, record).to_dict("records")
    assert (row["why"], row["rows"], row["currency"]) == (why, 1, "AZN")


def test_rows_without_money_are_neither(record) -> None:
    frame = claims({"unit": "ha"}, {"value": None})
    assert spent_per_hectare(frame, record).empty
    assert money_not_divided(frame, record).empty


def test_the_statement_of_349_million_by_hand(study, evidence) -> None:
    # gap-001: 349.1 million USD by 31 May 2024, when 140,000 ha were the most that other figures allow.
    row = study.spent.set_index("claim_id").loc["gap-001"]
    assert row["currency"] == "USD"
    assert row["area_high_ha"] == 140_000
    assert row["per_ha_low"] == pytest.approx(349_100_000 / 140_000)
    assert set(study.spent["currency"]) == {"AZN", "USD"}
    assert "con-060" not in set(study.spent["claim_id"])  # machines bought for the whole country
    money = evidence.table("claims")["unit"].isin(["AZN", "EUR", "USD"])
    assert len(study.spent) + study.not_divided["rows"].sum() == money.sum()
