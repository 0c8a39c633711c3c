"""Families of the trend beside what they assume."""

from __future__ import annotations

from analysis.calibration.families import CONDITIONS, families_compared
from analysis.calibration.table import stored_coverage
from analysis.calibration.worlds import WORLD_WORDS
from analysis.casualties.trend import FAMILIES


def test_every_family_has_its_condition_and_was_tried_in_every_world():
    table = families_compared().set_index("family")
    assert tuple(table.index) == FAMILIES
    assert table["condition"].to_dict() == CONDITIONS
    assert not (table == "not tried").any(axis=None)
    clumps = WORLD_WORDS["clumps"]
    (line,) = (
        one
        for one in stored_coverage()
        if one.method == "change per year, poisson" and one.setting == f"the study's intervals and rate, {clumps}"
    )
    assert table.loc["poisson", clumps] == f"{line.coverage:.3f} of {line.answered:,}: falls short"


def test_without_a_table_nothing_was_tried(tmp_path):
    table = families_compared(tmp_path)
    assert (table[list(WORLD_WORDS.values())] == "not tried").all(axis=None)
