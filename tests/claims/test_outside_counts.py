"""Counts outside the former line: what enters a counterpart, and what is missing without them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pytest

from analysis.claims.basis import Basis
from analysis.claims.count_counterparts import counted_outside, find_accidents, find_outside_line_share
from analysis.claims.search import Question
from analysis.claims.study import ClaimsAudit
from analysis.errors import InsufficientEvidence
from analysis.evidence import Evidence

COUNTED = ["ma-0044", "ma-0054", "ma-0056"]  # 116 of 156, 128 of 180, 137 of 189


@dataclass(frozen=True, kw_only=True)
class Changed(Basis):
    """The evidence with one table replaced."""

    rows: pd.DataFrame

    def table(self, name: str) -> pd.DataFrame:
        return self.rows if name == "map_assessment" else super().table(name)


@pytest.fixture
def rows(evidence: Evidence) -> pd.DataFrame:
    return evidence.table("map_assessment")


def question(evidence: Evidence, study: ClaimsAudit, rows: pd.DataFrame, claim_id: str = "cr-050") -> Question:
    claims = evidence.table("claims").set_index("claim_id", drop=False)
    statement = study.pairs[0].first  # not looked at before the rows are
    return Question(basis=Changed(evidence=evidence, rows=rows), statement=statement, row=claims.loc[claim_id])


def test_a_part_without_its_whole_or_with_a_bound_is_no_count(
    evidence: Evidence, study: ClaimsAudit, rows: pd.DataFrame
) -> None:
    asked = question(evidence, study, rows)
    assert counted_outside(asked, casualties=False)["row_id"].tolist() == COUNTED
    without_whole = rows.assign(denominator=rows["denominator"].where(rows["row_id"] != COUNTED[0]))
    found = counted_outside(question(evidence, study, without_whole), casualties=False)
    assert found["row_id"].tolist() == COUNTED[1:]
    bound = rows.assign(comparator=rows["comparator"].where(rows["row_id"] != COUNTED[1], ">"))
    found = counted_outside(question(evidence, study, bound), casualties=False)
    assert found["row_id"].tolist() == [COUNTED[0], COUNTED[2]]


@pytest.mark.parametrize("missing", ["numerator", "denominator"])
def test_without_counts_there_is_no_share(
    evidence: Evidence, study: ClaimsAudit, rows: pd.DataFrame, missing: str
) -> None:
    asked = question(evidence, study, rows.assign(**{missing: float("nan")}))
    assert counted_outside(asked, casualties=False).empty
    with pytest.raises(InsufficientEvidence, match="no count outside the former line is published on another page"):
        find_outside_line_share(asked)


def test_accidents_need_no_count_outside_the_line(evidence: Evidence, study: ClaimsAudit, rows: pd.DataFrame) -> None:
    none = rows.assign(denominator=float("nan"))
    with_claims = question(evidence, study, none, "cr-018")
    assert find_accidents(with_claims).counterparts
