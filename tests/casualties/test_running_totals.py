"""The reconciled path on hand-worked rows, on corrupted copies of a known path, and on the evidence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.casualties.running_totals import reconcile
from analysis.errors import InsufficientEvidence


def test_the_path_is_the_one_that_disagrees_least(totals):
    # 10, 14, 12, 20 with 14 and 12 in the wrong order: any value from 12 to 14 for both costs 2.
    rows = totals(
        *(
            {"as_of": day, "total": value}
            for day, value in (("2021-01-01", 10), ("2021-02-01", 14), ("2021-03-01", 12), ("2021-04-01", 20))
        )
    )
    result = reconcile(rows)
    assert result.disagreement == 2
    assert result.path["total"].tolist()[::3] == [10, 20]
    assert result.path["total_low_0"].tolist() == [10, 12, 12, 20]
    assert result.path["total_high_0"].tolist() == [10, 14, 14, 20]
    assert result.path["total"].is_monotonic_increasing


def test_an_overruled_figure_is_listed_with_what_is_used_instead(totals):
    rows = totals(
        {"as_of": "2021-01-01", "total": 10},
        {"as_of": "2021-02-01", "total": 10, "originator": "mfa_azerbaijan"},
        {"as_of": "2021-02-01", "total": 13},
        {"as_of": "2021-02-01", "total": 10, "originator": "prosecutor_general"},
        {"as_of": "2021-03-01", "total": 11},
    )
    listed = reconcile(rows).overruled
    assert listed[["row_id", "originator", "printed", "used", "difference"]].to_numpy().tolist() == [
        ["t-3", "anama", 13, 10, 3]
    ]


def test_killed_and_injured_are_coupled_by_their_total(totals):
    # The total 12 on the second date leaves 2 to share; the third date says both were injured.
    rows = totals(
        {"as_of": "2021-01-01", "killed": 3, "injured": 7},
        {"as_of": "2021-02-01", "total": 12},
        {"as_of": "2021-03-01", "killed": 3, "injured": 9},
    )
    path = reconcile(rows).path
    assert path[["killed", "injured"]].to_numpy().tolist() == [[3, 7], [3, 9], [3, 9]]


def test_bounds_move_the_path_only_where_it_breaks_them(totals):
    rows = totals(
        {"as_of": "2021-01-01", "total": 10},
        {"as_of": "2021-02-01", "total": 14, "comparator": ">="},
        {"as_of": "2021-03-01", "total": 20},
    )
    path = reconcile(rows).path
    assert (path["total_low_0"].iloc[1], path["total_high_0"].iloc[1]) == (14, 20)


def test_row_order_does_not_matter(study):
    shuffled = study.rows.sample(frac=1, random_state=np.random.RandomState(3)).reset_index(drop=True)
    again = reconcile(shuffled)
    pd.testing.assert_frame_equal(again.path, study.registered.path)
    pd.testing.assert_frame_equal(again.overruled, study.registered.overruled)
    pd.testing.assert_frame_equal(again.printed_totals, study.registered.printed_totals)


def test_one_observation_is_a_path_of_one_date(totals):
    path = reconcile(totals({"as_of": "2021-01-01", "total": 10})).path
    assert path[["day", "total"]].to_numpy().tolist() == [[53, 10]]  # 10 November is day 1, 1 January day 53


def test_nothing_about_all_casualties_is_said_to_be_nothing(totals):
    with pytest.raises(InsufficientEvidence, match=r"none of the 1 rows states a number of all killed"):
        reconcile(totals({"as_of": "2021-08-11", "civilian_killed": 23, "civilian_injured": 36}))


def test_a_date_between_two_printed_ones_has_a_span(totals):
    result = reconcile(totals({"as_of": "2021-01-01", "total": 10}, {"as_of": "2021-03-01", "total": 15}))
    assert result.span_at(pd.Timestamp("2021-02-01"), "total") == (10, 15)
    assert result.span_at(pd.Timestamp("2020-12-01"), "total") == (0, 10)
    with pytest.raises(InsufficientEvidence, match="no running total is printed on or after 2021-03-02"):
        result.span_at(pd.Timestamp("2021-03-02"), "total")


def corrupted(rng: np.random.Generator, totals) -> tuple[pd.DataFrame, list[int]]:
    """Return forty monthly totals by three bodies with the known traps built in, and the truth by month."""
    truth = np.cumsum(rng.poisson(6, size=40)) + 5
    days = pd.date_range("2020-12-15", periods=40, freq="30D")
    rows = []
    for place, day in enumerate(days):
        for body in ("anama", "mfa_azerbaijan", "prosecutor_general"):
            value, comparator = int(truth[place]), "="
            trap = rng.random()
            if trap < 0.06 and place > 3:
                value = int(truth[place - 3])  # stale
            elif trap < 0.10:
                value += int(rng.choice([-9, 9, 18]))  # a wrong digit
            elif trap < 0.16:
                value, comparator = 10 * (value // 10), ">="
            rows.append({"as_of": str(day.date()), "total": value, "comparator": comparator, "originator": body})
        if place % 5 == 0:
            rows.append({"as_of": str(day.date()), "civilian_killed": 1, "civilian_injured": int(truth[place]) // 3})
    return totals(*rows), truth.tolist()


def test_a_known_path_is_recovered_from_corrupted_totals(totals):
    rng = np.random.default_rng(20201110)
    recovered = months = 0
    for _ in range(6):
        rows, truth = corrupted(rng, totals)
        found = reconcile(rows).path["total"].tolist()
        recovered += sum(a == b for a, b in zip(found, truth, strict=True))
        months += len(truth)
        assert max(abs(a - b) for a, b in zip(found, truth, strict=True)) <= 9
    # One print in six is corrupted, three bodies print each month: the majority is right nearly always.
    assert recovered / months >= 0.97


def test_the_evidence_reconciles_to_the_last_printed_total(study):
    end = study.registered.path.iloc[-1]
    # rt-0225 and rt-0226: 419, 72 killed and 347 injured on 13 March 2026.
    assert (end["date"].date().isoformat(), end["total"], end["killed"], end["injured"]) == ("2026-03-13", 419, 72, 347)
    path = study.registered.path
    for name in ("killed", "injured", "total"):
        assert path[name].is_monotonic_increasing
        assert (path[f"{name}_low_0"] <= path[name]).all()
        assert (path[name] <= path[f"{name}_high_0"]).all()
        for narrow, wide in (("0", "1"), ("1", "5")):
            assert (path[f"{name}_low_{wide}"] <= path[f"{name}_low_{narrow}"]).all()
            assert (path[f"{name}_high_{narrow}"] <= path[f"{name}_high_{wide}"]).all()


def test_no_civilian_only_row_of_the_evidence_is_read_as_a_total(study):
    # The five rows whose notes say civilians only.
    civilian = {"rt-0033", "rt-0039", "rt-0041", "rt-0056", "rt-0066"}
    assert civilian <= set(study.rows["row_id"])
    assert not civilian & set(study.registered.figures["row_id"])
