"""A running total that nothing bounds from above is a lower bound and is called one."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from analysis.casualties import captions, tables
from analysis.casualties.estimates import registered_count
from analysis.casualties.open_ends import ends_open, open_above
from analysis.casualties.running_totals import reconcile


def test_a_lone_lower_bound_ends_open(totals):
    # As printed on 4 June 2021: "more than 27 killed and 115 injured" (rt-0048).
    path = reconcile(totals({"as_of": "2021-06-04", "killed": 27, "injured": 115, "comparator": ">="}))
    assert [ends_open(path, name) for name in ("total", "killed", "injured")] == [True, True, True]


def test_an_exact_figure_on_or_after_a_date_bounds_it(totals):
    rows = totals(
        {"as_of": "2021-06-04", "killed": 27, "injured": 115, "comparator": ">="},
        {"as_of": "2021-07-27", "total": 155},
        {"as_of": "2021-09-01", "total": 160, "comparator": ">="},
    )
    assert open_above(reconcile(rows), "total").tolist() == [False, False, True]
    # The killed are no more than all: the exact total of 27 July bounds them too.
    assert open_above(reconcile(rows), "killed").tolist() == [False, False, True]
    assert not ends_open(reconcile(rows.iloc[:2]), "killed")


def test_exact_killed_and_injured_of_one_date_bound_the_total_and_one_of_them_does_not(totals):
    both = totals({"as_of": "2021-06-04", "killed": 27, "injured": 115})
    assert not ends_open(reconcile(both), "total")
    one = reconcile(totals({"as_of": "2021-06-04", "killed": 27}))
    assert ends_open(one, "total")
    assert not ends_open(one, "killed")


def test_an_open_end_is_worded_at_least_and_has_no_upper_end(study, totals):
    path = reconcile(totals({"as_of": "2021-06-04", "killed": 27, "injured": 115, "comparator": ">="}))
    alone = replace(study, registered=path)
    estimate = registered_count(alone, "total")
    assert (estimate.value, estimate.interval.low, estimate.interval.high) == (142, 142, math.inf)
    assert "at least: no printed figure bounds it from above on 2021-06-04" in estimate.quantity
    assert tables.path_by_quarter(alone)["total, readings within 0 %"].tolist() == ["142 or more"]
    assert "one path: at least 142 killed or injured" in captions.path_words(alone)["message"]
    assert "at least" not in registered_count(study, "total").quantity


@pytest.mark.parametrize("name", ["total", "killed", "injured"])
def test_the_evidence_ends_on_an_exact_figure(study, name):
    assert not ends_open(study.registered, name)
