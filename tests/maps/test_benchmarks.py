"""Benchmarks: shares with their definition, everything else in its own table, nothing pooled."""

from __future__ import annotations

import pytest

from analysis.errors import InsufficientEvidence
from analysis.maps import benchmarks as be
from analysis.maps.study import MapReliability


def test_every_benchmark_row_stands_in_exactly_one_table(study: MapReliability) -> None:
    shares, others = set(study.said.benchmark_shares["row_id"]), set(study.said.benchmark_others["row_id"])
    assert shares.isdisjoint(others)
    assert shares | others == set(study.rows.benchmarks["row_id"])


@pytest.mark.parametrize(
    ("row_id", "share", "low", "high"),
    [
        ("ma-0005", 1389281 / 1401946, 1389281 / 1401946, 1389281 / 1401946),  # Denmark: derived from two counts
        ("ma-0007", 70 / 120, 70 / 120, 1.0),  # Falklands: at least
        ("ma-0009", 0.55, 0.5, 0.6),  # Bosnia: stated as 50-60
        ("ma-0002", 0.03, 0.0, 0.03),  # fifteen countries: below 3
    ],
)
def test_shares_keep_what_their_wording_allows(
    study: MapReliability, row_id: str, share: float, low: float, high: float
) -> None:
    row = study.said.benchmark_shares.set_index("row_id").loc[row_id]
    assert (row["share"], row["low"], row["high"]) == pytest.approx((share, low, high))
    assert row["definition"]


def test_a_count_is_not_drawn_as_a_share(study: MapReliability) -> None:
    others = study.said.benchmark_others.set_index("row_id")
    assert others.loc["ma-0006", "value"] == 9900
    assert others.loc["ma-0008", "value"] == 2  # a numerator without a denominator
    assert study.said.benchmark_shares["share"].between(0, 1).all()


def test_no_share_is_said_in_words(study: MapReliability) -> None:
    with pytest.raises(InsufficientEvidence, match="no benchmark in the selection is a share"):
        be.benchmark_shares(study.rows.benchmarks.iloc[:0])
