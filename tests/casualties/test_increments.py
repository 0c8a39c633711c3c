"""Intervals: exposure, merging, rates, the last year, and what follows a list of closed periods."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.casualties.increments import after_first_year, increments, last_year, merged, with_rates
from analysis.casualties.occurred import closed_chain
from analysis.casualties.running_totals import reconcile
from analysis.errors import InsufficientEvidence
from analysis.estimate import Period

WHOLE = Period(start=date(2020, 11, 10), end=date(2022, 12, 31))


def pieces(*days_and_casualties: tuple[int, int]) -> pd.DataFrame:
    ends = pd.Timestamp("2020-11-09") + pd.to_timedelta(np.cumsum([d for d, _ in days_and_casualties]), unit="D")
    frame = pd.DataFrame(
        {"days": [d for d, _ in days_and_casualties], "casualties": [c for _, c in days_and_casualties], "end": ends}
    )
    frame["start"] = frame["end"] - pd.to_timedelta(frame["days"] - 1, unit="D")
    return frame.assign(killed=pd.NA, injured=pd.NA, basis="x", kind="registered")


def test_short_pieces_are_merged_from_the_earliest_on_and_a_short_rest_joins_the_last():
    # 10 + 25 = 35 days close the first; 40 stand alone; 12 are left and join.
    table = merged(pieces((10, 1), (25, 2), (40, 4), (12, 8)), minimum_days=30)
    assert table["days"].tolist() == [35, 52]
    assert table["casualties"].tolist() == [3, 12]
    assert merged(pieces((10, 1), (5, 2)), minimum_days=30)["casualties"].tolist() == [3]
    assert len(merged(pieces((10, 1), (25, 2), (40, 4)), minimum_days=1)) == 3


def test_merging_keeps_casualties_and_days_and_leaves_no_gap(study):
    for days in (1, 30, 90, 365):
        table = increments(study.occurred, study.registered, period=study.period, minimum_interval_days=days)
        assert table["casualties"].sum() == study.registered.path["total"].iloc[-1]
        assert table["days"].sum() == (study.period.end - study.period.start).days + 1
        assert ((table["start"].iloc[1:].reset_index(drop=True) - table["end"].iloc[:-1]).dt.days == 1).all()
        assert (table["days"] == (table["end"] - table["start"]).dt.days + 1).all()


def test_increments_begin_at_nothing_on_the_first_day_of_the_count(totals):
    path = reconcile(totals({"as_of": "2020-12-09", "total": 7}, {"as_of": "2021-01-08", "total": 9}))
    table = increments(closed_chain_of_nothing(), path, period=WHOLE, minimum_interval_days=1)
    # 10 November to 9 December is 30 days; 10 December to 8 January another 30.
    assert table[["days", "casualties"]].to_numpy().tolist() == [[30, 7], [30, 2]]


def closed_chain_of_nothing() -> pd.DataFrame:
    columns = ["start", "end", "days", "casualties", "killed", "injured", "basis"]
    return pd.DataFrame(columns=columns)


def test_after_the_list_only_what_exceeds_it_is_counted(totals, periods):
    chain = closed_chain(
        periods(
            {"period_start": "2020-11-10", "period_end": "2020-11-30", "total": 4},
            {"period_start": "2020-12-01", "period_end": "2021-01-31", "total": 6},
        )
    )
    path = reconcile(
        totals(
            {"as_of": "2021-01-31", "total": 8},
            {"as_of": "2021-02-28", "total": 9},
            {"as_of": "2021-03-31", "total": 13},
        )
    )
    table = increments(chain, path, period=WHOLE, minimum_interval_days=1)
    # 8 and 9 are within the 10 that had occurred by January: the two late registrations are not counted again.
    assert table["casualties"].tolist() == [4, 6, 0, 3]
    assert table["kind"].tolist() == ["occurred", "occurred", "registered", "registered"]


def test_an_interval_never_ends_where_readings_differ(totals):
    rows = totals(
        {"as_of": "2021-01-01", "total": 10},
        {"as_of": "2021-02-01", "total": 14},
        {"as_of": "2021-03-01", "total": 12},
        {"as_of": "2021-04-01", "total": 20},
    )
    table = increments(closed_chain_of_nothing(), reconcile(rows), period=WHOLE, minimum_interval_days=1)
    assert [end.date().isoformat() for end in table["end"]] == ["2021-01-01", "2021-04-01"]


def test_the_wider_interval_is_the_clustered_one_and_rates_are_per_30_days():
    table = with_rates(pieces((60, 10)), dispersion=2.0, level=0.95)
    row = table.iloc[0]
    assert row["rate_per_30d"] == pytest.approx(5.0)
    # Garwood (1936) for 10 events: 4.795388696 to 18.39035604 (R poisson.test), over two units of exposure.
    assert (row["poisson_low"], row["poisson_high"]) == pytest.approx((4.795388696 / 2, 18.39035604 / 2))
    assert row["clustered_low"] < row["poisson_low"] < row["poisson_high"] < row["clustered_high"]


def test_the_last_year_is_the_fewest_whole_intervals_of_at_least_365_days():
    table = merged(pieces((300, 50), (200, 9), (200, 7), (100, 3)), minimum_days=1)
    assert last_year(table)["days"].tolist() == [200, 200, 100]
    with pytest.raises(InsufficientEvidence, match="cover 100 days; 365 are needed"):
        last_year(table.iloc[-1:])


def test_the_first_year_is_left_out_by_the_start_of_the_interval():
    table = merged(pieces((365, 50), (200, 9)), minimum_days=1)
    assert after_first_year(table)["casualties"].tolist() == [9]
    assert after_first_year(merged(pieces((364, 50), (200, 9)), minimum_days=1)).empty


def test_a_period_between_two_dates_holds_no_interval(study):
    short = Period(start=date(2023, 1, 1), end=date(2023, 1, 5))
    with pytest.raises(InsufficientEvidence, match="no interval between two dated totals lies wholly in 2023-01-01"):
        increments(study.occurred, study.registered, period=short, minimum_interval_days=1)
