"""Headlines without a source: what is tried, what is left, and how it is summed up."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis.claims.left_out import captions, studies, tables
from analysis.claims.left_out import table as left_out_module
from analysis.claims.left_out.headlines import HEADLINES, NOT_RECOMPUTED
from analysis.claims.left_out.studies import STUDIES, Asked, headlines_of
from analysis.claims.left_out.table import NOBODY, ORIGINATOR, PARTY
from analysis.errors import InsufficientEvidence
from analysis.estimate import Estimate
from analysis.evidence import Evidence
from analysis.paths import REPOSITORY

KEY, OTHER = "map_reliability.statements_of_25_per_cent", "map_reliability.coverage_by_mines"


def row(key: str, what: str, left_out: str, value: float, why_not: str = "") -> dict[str, object]:
    found = {"key": key, "what": what, "left_out": left_out, "value": value, "low": value, "high": value}
    words = {"interval_kind": "bound", "unit": "share", "start": "2021-01-01", "end": "2022-12-31"}
    return found | words | {"why_not": why_not, "sources": "seed-article" if what == NOBODY else ""}


@pytest.fixture
def table() -> pd.DataFrame:
    """Two headlines made up by hand, the others not estimable."""
    gone = float("nan")
    rows = [row(key, NOBODY, "", gone, "nothing") for key in HEADLINES if key not in (KEY, OTHER)]
    rows += [
        row(KEY, NOBODY, "", 15.0),
        row(KEY, ORIGINATOR, "anama", 10.0),
        row(KEY, ORIGINATOR, "azcbl", 15.001),
        row(KEY, PARTY, "azerbaijan_authorities", 1.0),
        row(OTHER, NOBODY, "", 0.25),
        row(OTHER, ORIGINATOR, "anama", gone, "no number is left"),
        row(OTHER, PARTY, "azerbaijan_authorities", gone, "no number is left"),
    ]
    return pd.DataFrame(rows)


def test_the_headlines_are_those_of_the_readme() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\|[^|]+\|[^|]+\|[^|]+\| `([a-z_]+\.[a-z0-9_]+)` \|$", text, re.M)
    its_own = {name for name in shown if name.startswith("sources_left_out.")}  # it counts the others
    assert {*shown} - its_own == {*HEADLINES, *NOT_RECOMPUTED}
    assert [name for name in shown if name in HEADLINES] == list(HEADLINES)
    assert len(its_own) == 1
    assert not {*HEADLINES} & {*NOT_RECOMPUTED}


def test_every_headline_is_made_by_one_study() -> None:
    names = [notebook for name in STUDIES for notebook in name.split()]
    assert len({*names}) == len(names)
    assert {key.split(".")[0] for key in HEADLINES} == {*names}


def test_without_anybody_left_out_a_study_is_what_its_notebook_prints(evidence: Evidence) -> None:
    asked = Asked(evidence=evidence, replicates=100, draws=100, seed=1)
    found = headlines_of("map_reliability", asked)
    assert list(found) == [key for key in HEADLINES if key.startswith("map_reliability.")]
    line = found["map_reliability.accidents_outside_line_2023_09_29"]
    assert isinstance(line, Estimate)
    assert line.value == pytest.approx(137 / 189)  # ma-0056
    gone = headlines_of("map_reliability", replace(asked, left_out=("anama",)))
    assert isinstance(gone["map_reliability.accidents_outside_line_2023_09_29"], InsufficientEvidence)
    statements = (found[KEY], gone[KEY])
    assert all(isinstance(one, Estimate) for one in statements)
    assert statements[1].value < statements[0].value  # type: ignore[union-attr]


def test_studies_without_the_same_body_start_from_one_series(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    monkeypatch.setattr(studies, "casualty_trends", lambda rest, _: made.append(rest.checksums["rows left out"]))
    monkeypatch.setattr(left_out_module, "_speakers", lambda *_: {ORIGINATOR: ["anama", "azcbl"], PARTY: []})
    monkeypatch.setattr(left_out_module, "STUDIES", {"one": None, "other": None})
    monkeypatch.setattr(
        left_out_module,
        "headlines_of",
        lambda _, asked: {KEY: InsufficientEvidence(str(asked.left_out and asked.series))},
    )
    left_out_module.left_out_table(evidence, replicates=1, draws=1, seed=1)
    assert made == ["anama", "azcbl"]


def test_pairs_of_bodies_need_no_total_to_the_end_of_the_war(evidence: Evidence) -> None:
    # The agency alone prints that total. Without the agency the pairs of others are left, of which none differ.
    asked = Asked(evidence=evidence, left_out=("anama",), replicates=100, draws=100, seed=1)
    found = headlines_of("casualty_sources", asked)
    pairs = found["casualty_sources.pairs_of_bodies_that_differ"]
    assert isinstance(pairs, Estimate)
    assert (pairs.value, pairs.n) == (0, 4)  # cp-0107 and cp-0108; Armenia 2011, 2012, 2013
    assert "print no total for the same year" in str(found["casualty_sources.ratio_between_bodies"])
    assert "total to the end of the 2020 war" in str(found["casualty_sources.needed_between_2016_and_2020"])


def test_the_statement_that_gives_the_date_stays_when_its_speaker_is_left_out(evidence: Evidence) -> None:
    asked = Asked(evidence=evidence, left_out=("government_azerbaijan",), replicates=100, draws=100, seed=1)
    assert isinstance(headlines_of("claims_audit", asked)["claims_audit.casualties_since_1991"], Estimate)


def test_lowest_and_highest_name_who_is_left_out_and_who_cannot_be(table: pd.DataFrame) -> None:
    found = tables.without_each(table, {"anama": "ANAMA", "azcbl": "AzCBL"})
    statements, coverage = found.loc[HEADLINES[KEY]], found.loc[HEADLINES[OTHER]]
    assert (statements["tried"], statements["lowest"], statements["lowest_without"]) == (2, 10, "ANAMA")
    assert statements["highest_without"] == ""  # 15.001 is 15 to a thousandth
    assert coverage["not_estimable_without"] == "ANAMA"


def test_only_what_moves_is_listed(table: pd.DataFrame) -> None:
    moved = tables.moved_only(table, {"anama": "ANAMA", "azcbl": "AzCBL"})
    assert moved["without"].tolist() == ["ANAMA", "authorities of Azerbaijan"]
    assert moved["value_of_all"].tolist() == [15, 15]


def test_an_infinite_value_that_stays_infinite_does_not_move(table: pd.DataFrame) -> None:
    infinite = table.assign(value=table["value"].where(table["key"] != KEY, math.inf))
    assert tables.moved_only(infinite, {"anama": "ANAMA", "azcbl": "AzCBL"}).empty
    back = infinite.assign(value=infinite["value"].where(infinite["left_out"] != "anama", 10.0))
    assert tables.moved_only(back, {"anama": "ANAMA", "azcbl": "AzCBL"})["without"].tolist() == ["ANAMA"]


def test_what_rests_on_one_party_and_what_remains(table: pd.DataFrame, evidence: Evidence) -> None:
    rests = tables.rests_on(table, evidence)
    assert rests.loc[HEADLINES[KEY], "share"] == 1  # one page, of one party
    assert rests.loc[HEADLINES[OTHER], "without_party"] == "not estimable without authorities of Azerbaijan"
    made = tables.left_out_estimates(table, evidence)
    left = made["headlines_left_without_largest_party"]
    assert (left.value, left.n) == (1, 2)
    reasons = tables.not_estimable_without(table, {"anama": "ANAMA"})
    assert all(str(one).startswith("not estimable without") for key, one in reasons.items() if "anybody" not in key)
    assert len([key for key in reasons if key.endswith("without anybody")]) == len(NOT_RECOMPUTED)


def test_ratios_are_to_the_headline_and_missing_where_not_estimable(table: pd.DataFrame, evidence: Evidence) -> None:
    drawn = captions.marks(table)
    ratio = drawn.set_index(["headline", "left_out"])["ratio"]
    assert ratio[(HEADLINES[KEY], "anama")] == pytest.approx(10 / 15)
    assert pd.isna(ratio[(HEADLINES[OTHER], "anama")])
    assert set(drawn["headline"]) == {HEADLINES[KEY], HEADLINES[OTHER]}
    assert captions.figure_words(table, evidence)["message"].startswith("1 of 2 headlines")


def test_short_names_are_the_abbreviations_in_brackets(evidence: Evidence) -> None:
    names = tables.short_names(evidence)
    assert (names["anama"], names["azcbl"]) == ("ANAMA", "AzCBL")
    assert names["president_azerbaijan"] == "President of Azerbaijan"
