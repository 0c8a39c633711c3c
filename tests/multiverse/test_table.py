"""What is stored is read back, and a table of other choices is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import ReproductionError
from analysis.multiverse.choice import Multiverse
from analysis.multiverse.table import StoredTable, other_evidence, store, stored_table


def test_numbers_and_their_absence_are_read_back(small: StoredTable) -> None:
    assert small.of("made_up.ratio")["high"].tolist() == [np.inf, np.inf, 4, 9]
    assert small.mistakes_of("made_up.ratio")["value"].isna().all()
    assert small.of("made_up.change")["rows"].tolist() == ["all", "exact", "all", "exact"]


def test_another_evidence_is_named_by_file(small: StoredTable) -> None:
    assert other_evidence(small, {"a.csv": "1", "b.csv": "2"}) == []
    assert other_evidence(small, {"a.csv": "1", "b.csv": "3", "c.csv": "4"}) == ["b.csv", "c.csv"]


def without_last_choice(multiverse: Multiverse) -> Multiverse:
    return replace(multiverse, choices=multiverse.choices[:-1])


def with_other_order(multiverse: Multiverse) -> Multiverse:
    first, second = multiverse.choices
    return replace(multiverse, choices=(replace(first, options=first.options[::-1]), second))


def without_mistake(multiverse: Multiverse) -> Multiverse:
    return replace(multiverse, mistakes=())


@pytest.mark.parametrize("changed", [without_last_choice, with_other_order, without_mistake])
def test_other_choices_than_declared_are_refused(changed, small: StoredTable, tmp_path: Path) -> None:
    with pytest.raises(ReproductionError, match="of other choices than declared: run `make multiverse`"):
        stored_table(changed(small.multiverse), tmp_path)


def test_nothing_stored_says_what_to_do(small: StoredTable, tmp_path: Path) -> None:
    with pytest.raises(ReproductionError, match=r"no table of elsewhere is stored.*run `make multiverse`"):
        stored_table(replace(small.multiverse, notebook="elsewhere"), tmp_path)


def test_other_studies_stay(small: StoredTable, tmp_path: Path) -> None:
    store(replace(small.multiverse, notebook="second"), [], {"evidence": {}}, tmp_path)
    assert stored_table(small.multiverse, tmp_path).made_from == small.made_from
