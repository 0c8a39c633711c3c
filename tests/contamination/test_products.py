"""Model B: one hand-worked task, limits, and what may replace its inputs."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.contamination.product_inputs import INPUTS, assumed_inputs, inputs_table
from analysis.contamination.products import METHODS, area_shares, by_method, central, cost_usd, share_per_year
from analysis.errors import ParameterError

HAND = {
    "cancelled_share": 0.5, "reduced_share_of_rest": 0.2, "machine_share_of_cleared": 0.5,
    "dog_share_of_other_cleared": 0.25, "m2_per_deminer_day": 20, "m2_per_dog_day": 500, "ha_per_machine_year": 50,
    "ha_per_survey_team_year": 100, "working_days_per_year": 200, "deminers": 100, "dogs": 5, "machines": 4,
    "survey_teams": 3, "usd_per_ha_by_hand": 20000, "usd_per_ha_with_dogs": 10000, "usd_per_ha_with_machines": 5000,
    "usd_per_ha_surveyed": 100,
}  # fmt: skip


def test_a_task_of_a_thousand_hectares_by_hand() -> None:
    table = by_method(assumed_inputs(HAND), remaining_ha=1000.0, years_left=2.0).set_index("method")
    # cleared 0.5 x 0.8 = 0.4, machines half of it 0.2, dogs a quarter of the rest 0.05, by hand 0.15; survey 0.6
    assert table["area_ha"].tolist() == pytest.approx([600, 150, 50, 200])
    # a team 100 ha; a deminer 20 m2 x 200 d = 0.4 ha; a dog 10 ha; a machine 50 ha
    assert table["unit_years"].tolist() == pytest.approx([6, 375, 5, 4])
    assert table["years"].tolist() == pytest.approx([2, 3.75, 1, 1])
    assert table["units_needed"].tolist() == pytest.approx([3, 187.5, 2.5, 2])
    # 600 x 100 + 150 x 20,000 + 50 x 10,000 + 200 x 5,000
    assert table["cost_usd"].tolist() == pytest.approx([60e3, 3e6, 0.5e6, 1e6])
    values = central(assumed_inputs(HAND), remaining_ha=1000.0)
    assert 1 / share_per_year(values)[0] == pytest.approx(3.75)
    assert cost_usd(values)[0] == pytest.approx(4.56e6)


def test_a_method_without_units_never_ends() -> None:
    inputs = assumed_inputs(HAND | {"machines": 0})
    table = by_method(inputs, remaining_ha=1000.0, years_left=0.0).set_index("method")
    assert table.loc["machines", "years"] == math.inf
    assert table.loc["machines", "units_needed"] == math.inf
    assert share_per_year(central(inputs, remaining_ha=1000.0)).tolist() == [0.0]


def test_where_nothing_remains_no_work_is_left() -> None:
    table = by_method(assumed_inputs({}), remaining_ha=0.0, years_left=5.0)
    assert table[["unit_years", "years", "units_needed", "cost_usd"]].to_numpy().tolist() == [[0.0] * 4] * 4


@given(st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_the_shares_of_the_land_add_up(shares: list[float]) -> None:
    names = ("cancelled_share", "reduced_share_of_rest", "machine_share_of_cleared", "dog_share_of_other_cleared")
    found = area_shares({name: np.array([share]) for name, share in zip(names, shares, strict=True)})
    assert list(found) == list(METHODS)
    assert sum(part[0] for part in found.values()) == pytest.approx(1.0)
    assert min(part[0] for part in found.values()) >= 0


def test_every_input_is_in_order_and_has_a_reason_and_rows_that_exist(evidence) -> None:
    table = inputs_table(INPUTS)
    assert (table["low"] <= table["central"]).all()
    assert (table["central"] <= table["high"]).all()
    assert (table["reason"].str.len() > 10).all()
    known = set(evidence.table("claims")["claim_id"])
    assert {claim for one in INPUTS for claim in one.claims} <= known


def test_every_input_says_which_row_it_rests_on_or_that_there_is_none() -> None:
    for one in INPUTS:
        assert set(re.findall(r"(?:con|gap)-\d+", one.rests_on)) == set(one.claims)
        assert one.claims or one.rests_on == "assumed, no row"
        assert "assumed" in one.rests_on
    given = {one.name: one for one in assumed_inputs({"dogs": 7})}["dogs"]
    assert given.rests_on == "the reader"


def test_ends_named_by_a_row_are_its_numbers(evidence) -> None:
    claims = evidence.table("claims").set_index("claim_id")
    ends = {one.name: one for one in INPUTS}
    assert [ends["m2_per_deminer_day"].low, ends["m2_per_deminer_day"].central] == [
        float(claims.loc["gap-021", "value_low"]),
        float(claims.loc["gap-021", "value_high"]),
    ]
    assert ends["ha_per_machine_year"].low == float(claims.loc["con-109", "value"])
    # m2 an hour x 6 h x 200 d
    assert ends["ha_per_machine_year"].high == float(claims.loc["con-127", "value"]) * 6 * 200 / 10_000
    assert ends["dogs"].low == float(claims.loc["con-111", "value"])
    assert ends["machines"].low == float(claims.loc["con-110", "value"]) + float(claims.loc["con-112", "value"])


@pytest.mark.parametrize(
    ("replaced", "said"),
    [
        ({"tanks": 3}, "'tanks' is no input of model B; inputs are cancelled_share, "),
        ({"dogs": -1}, "dogs must be a finite number of at least 0, found -1"),
        ({"dogs": "many"}, "dogs must be a finite number of at least 0, found 'many'"),
        ({"dogs": math.nan}, "dogs must be a finite number"),
        ({"cancelled_share": 40}, "cancelled_share is a share and must be at most 1, found 40"),
    ],
)
def test_a_wrong_replacement_is_refused(replaced: dict[str, object], said: str) -> None:
    with pytest.raises(ParameterError, match=said):
        assumed_inputs(replaced)
