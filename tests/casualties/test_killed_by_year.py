"""The small study of the template: hand-counted years of one body."""

from __future__ import annotations

import pytest

from analysis.casualties.killed_by_year import figure_text, killed_by_year, killed_share
from analysis.errors import InsufficientEvidence
from analysis.evidence import load_evidence


@pytest.fixture(scope="module")
def evidence():
    return load_evidence()


def test_a_year_printed_twice_is_one_year_and_missing_years_are_missing(evidence) -> None:
    found = killed_by_year(evidence, body="halo_trust", confidence_level=0.95)
    assert found["year"].is_unique
    assert found.set_index("year").loc[2009, ["killed", "casualties", "row_id"]].tolist() == [2, 5, "cp-0032"]
    assert 2011 not in found["year"].tolist()
    assert (found["low"] <= found["killed_share"]).all()
    assert (found["killed_share"] <= found["high"]).all()


def test_the_share_is_of_all_years_together(evidence) -> None:
    found = killed_by_year(evidence, body="halo_trust", confidence_level=0.95)
    estimate = killed_share(found, confidence_level=0.95)
    # 2008 to 2017 without 2011: killed 2+2+0+0+0+2+1+0+0 = 7 of 14+5+3+5+3+9+5+1+4 = 49
    assert (estimate.value, estimate.n) == (7 / 49, 49)
    assert estimate.sources == tuple(sorted({*found["source_id"]}))


def test_a_lower_level_gives_shorter_intervals(evidence) -> None:
    wide = killed_by_year(evidence, body="halo_trust", confidence_level=0.95)
    narrow = killed_by_year(evidence, body="halo_trust", confidence_level=0.8)
    assert ((narrow["high"] - narrow["low"]) < (wide["high"] - wide["low"])).all()


def test_the_caption_says_what_the_interval_leaves_out(evidence) -> None:
    found = killed_by_year(evidence, body="halo_trust", confidence_level=0.95)
    assert "too narrow" in figure_text(found, body="halo_trust", confidence_level=0.95)["caption"]


def test_the_description_is_computed_and_names_the_body_in_words(evidence) -> None:
    found = killed_by_year(evidence, body="halo_trust", confidence_level=0.95)
    texts = [figure_text(found, body="halo_trust", confidence_level=0.95)[part] for part in ("caption", "alt")]
    assert all("HALO Trust" in text and "halo_trust" not in text for text in texts)
    apart = found.iloc[:2].assign(low=[0.1, 0.5], high=[0.3, 0.6])
    alt = figure_text(apart, body="halo_trust", confidence_level=0.95)["alt"]
    assert alt.endswith("the lines are 0.10 to 0.20 long, and no share lies in all of them.")
    together = figure_text(apart.assign(high=[0.55, 0.6]), body="halo_trust", confidence_level=0.95)["alt"]
    assert together.endswith("the lines are 0.10 to 0.45 long, and shares from 0.50 to 0.55 lie in all of them.")


def test_a_body_without_such_years_is_no_zero(evidence) -> None:
    with pytest.raises(InsufficientEvidence, match="author printed killed and injured of no calendar year"):
        killed_by_year(evidence, body="seed_author", confidence_level=0.95)
