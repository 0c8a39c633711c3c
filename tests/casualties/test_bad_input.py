"""Bad input from end to end: made-up evidence folders, loaded, reconciled and carried to the printed tables.

Each fault is either refused with a message that names its place, or shows up as a finding; none gives a silent number.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.casualties import annual, captions, findings, headline, sensitivity, tables, trend
from analysis.casualties.study import CasualtyTrends, Choices, casualty_trends
from analysis.errors import EvidenceError, InsufficientEvidence
from analysis.evidence import Evidence, load_evidence
from analysis.paths import DATA

ANAMA_PAGE, OTHER_PAGE = "1905az-2020-12-first-week", "1news-2021-12-16-mustafayev-20"  # two originators
DEFAULTS = {"source_id": ANAMA_PAGE, "period_start": "2020-11-10", "geography": "azerbaijan", "comparator": "="}
# A total every four months, a falling rate; 5 a day is never reached, so nothing is marked.
CLEAN = tuple(
    {"as_of": as_of, "total": total, "killed": killed, "injured": total - killed}
    for as_of, total, killed in (
        ("2021-03-10", 60, 12),
        ("2021-07-10", 104, 20),
        ("2021-11-10", 139, 27),
        ("2022-03-10", 160, 31),
        ("2022-07-10", 177, 34),
        ("2022-11-10", 189, 36),
        ("2023-03-10", 198, 38),
    )
)
YEAR = {
    "row_id": "cp-0001",
    "source_id": OTHER_PAGE,
    "geography": "azerbaijan",
    "comparator": "=",
    "period_start": "2022-01-01",
    "period_end": "2022-12-31",
    "total": 45,
}
Package = Callable[..., Evidence]


def rewrite(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def without_notes_on(path: Path, *prefixes: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        kept = [row for row in csv.reader(file) if not row[0].startswith(prefixes)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(kept)


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """Load the evidence with made-up running totals and one count of a year."""

    def made(*rows: dict[str, Any]) -> Evidence:
        folder = tmp_path / "package"
        shutil.copytree(DATA, folder)
        totals = [{"row_id": f"rt-{place:04d}", **DEFAULTS, **row} for place, row in enumerate(rows, 1)]
        rewrite(folder / "casualties_running_total.csv", totals)
        rewrite(folder / "casualties_period.csv", [YEAR])
        for name in ("row_originators", "exclusions", "corrections"):
            without_notes_on(folder / f"{name}.csv", "rt-", "cp-")
        return load_evidence(folder)

    return made


def studied(evidence: Evidence, **choices: Any) -> CasualtyTrends:
    return casualty_trends(evidence, Choices(**choices))


def printed(evidence: Evidence) -> CasualtyTrends:
    """Run the study and everything the notebook prints of it."""
    study = studied(evidence)
    numbers = headline.headline(evidence, study, rng=np.random.default_rng(1))
    for estimate in numbers.estimates.values():
        assert np.isfinite(estimate.value)
    tables.whose_sentence(study)
    counts = tables.annual_series(evidence, study)
    annual.disagreements(counts)
    line = trend.trend_line(study.trend, period=study.period, level=0.95)
    captions.rate_words(study)
    captions.rate_text(study, line)
    captions.path_text(study)
    for table in (tables.path_by_quarter(study), tables.overruled(study), tables.interval_table(study)):
        assert isinstance(table, pd.DataFrame)
    tables.civilian_table(study)
    tables.composition_series(study)
    sensitivity.sensitivity_table(evidence, study)
    return study


def found(study: CasualtyTrends, rule: str) -> list[str]:
    table = findings.reading_findings(study.rows)
    return sorted(table.loc[table["rule"].str.contains(rule), "row_id"])


def total_on(study: CasualtyTrends, date: str) -> int:
    return int(study.registered.path.set_index("date").loc[date, "total"])


def test_clean_rows_have_no_finding_and_a_trend(package: Package):
    study = printed(package(*CLEAN))
    assert findings.reading_findings(study.rows).empty
    assert study.registered.disagreement == 0
    assert -0.7 < study.trend.change_per_year < -0.3
    # 60 casualties from 10 November 2020 to 10 March 2021, 121 days.
    assert study.intervals["casualties"].iloc[0] == 60
    assert study.intervals["days"].iloc[0] == 121


def test_a_falling_total_is_a_finding_and_no_increment_is_negative(package: Package):
    study = studied(package(*CLEAN, {"as_of": "2022-12-10", "total": 150}))
    assert found(study, "below an earlier one") == ["rt-0008"]
    # 189, or 188 with one printed figure a unit nearer and another a unit further: equally good, never 150.
    assert total_on(study, "2022-12-10") >= 188
    assert (study.intervals["casualties"] >= 0).all()
    overruled = study.registered.overruled.set_index("row_id")
    assert overruled.loc["rt-0008", "printed"] == 150
    assert (study.registered.path["total"].diff().dropna() >= 0).all()
    # The run in which totals may fall lists the step, and has no trend.
    steps = sensitivity.revisions_table(study)
    assert ((steps["from_total"] == 189) & (steps["to_total"] == 150)).any()


def test_two_totals_of_one_body_for_one_date_are_a_finding_and_one_is_overruled(package: Package):
    study = studied(package(*CLEAN, {"as_of": "2022-03-10", "total": 165}))
    assert found(study, "two totals") == ["rt-0004", "rt-0008"]
    assert total_on(study, "2022-03-10") in range(160, 166)
    assert study.registered.disagreement > 0


def test_a_total_below_its_parts_is_refused_with_its_place(package: Package):
    rule = r"casualties_running_total\.csv, line 9, column total: total must not be below killed \+ injured"
    with pytest.raises(EvidenceError, match=rule):
        package(*CLEAN, {"as_of": "2022-12-10", "total": 190, "killed": 40, "injured": 160})


def test_a_total_above_its_parts_is_a_finding(package: Package):
    study = studied(package(*CLEAN, {"as_of": "2022-12-10", "total": 195, "killed": 37, "injured": 154}))
    assert found(study, "differs from killed plus injured") == ["rt-0008"]
    # 195 against 37 + 154 = 191: one of the three is overruled, by 4 or less.
    overruled = study.registered.overruled
    assert overruled["row_id"].unique().tolist() == ["rt-0008"]
    assert overruled["difference"].abs().max() <= 4


def test_the_order_of_rows_changes_nothing(package: Package, tmp_path: Path):
    study = studied(package(*CLEAN))
    shutil.rmtree(tmp_path / "package")
    turned = studied(package(*CLEAN[::-1]))
    assert turned.registered.path.equals(study.registered.path)
    columns = ["start", "end", "casualties", "killed", "injured"]
    assert turned.intervals[columns].equals(study.intervals[columns])


def test_partial_dates_bound_and_are_a_finding(package: Package):
    study = studied(package(*CLEAN, {"as_of": "2022-05", "total": 170}))
    assert found(study, "dated by month") == ["rt-0008"]
    read = study.registered.figures.set_index("row_id").loc["rt-0008"]
    assert set(zip(read["date"].dt.strftime("%Y-%m-%d"), read["kind"], strict=True)) == {
        ("2022-05-01", "at most"),
        ("2022-05-31", "at least"),
    }
    # At least 170 by the end of May and at most 170 on its first day: no number is made up for the days between.
    assert (study.registered.path["total_low_0"] <= study.registered.path["total_high_0"]).all()


def test_one_observation_gives_one_rate_and_says_why_there_is_no_trend(package: Package):
    study = printed(package(CLEAN[0]))
    assert len(study.intervals) == 1
    assert isinstance(study.trend, InsufficientEvidence)
    assert "at least 3 intervals, got 1" in str(study.trend)
    assert not study.intervals["marked"].any()


@pytest.mark.parametrize("comparator", ["<", ">"])
def test_bounds_alone_give_no_interval_and_say_why(package: Package, comparator):
    rows = [{"as_of": row["as_of"], "total": row["total"], "comparator": comparator} for row in CLEAN[:2]]
    with pytest.raises(InsufficientEvidence, match=r"no interval can be formed: on no date .* an exact total"):
        studied(package(*rows))


def test_no_casualty_at_all_has_no_trend(package: Package):
    rows = [{"as_of": row["as_of"], "total": 0, "killed": 0, "injured": 0} for row in CLEAN]
    study = printed(package(*rows))
    assert "no events in any of" in str(study.trend)
    assert (study.intervals["poisson_low"] == 0).all()
    assert (study.intervals["clustered_high"] > 0).all()


def test_an_empty_selection_is_refused_in_words(package: Package):
    evidence = package(*CLEAN)
    with pytest.raises(InsufficientEvidence, match=r"up to 2021-01-01; nothing can be computed from none"):
        studied(evidence, period_end="2021-01-01")
    with pytest.raises(InsufficientEvidence, match=r"without anama; nothing can be computed from none"):
        studied(evidence, exclude_originators=("anama",))


def test_running_totals_below_the_list_of_closed_periods_leave_nothing_to_compare(tmp_path: Path):
    folder = tmp_path / "package"
    shutil.copytree(DATA, folder)
    totals = [
        {"row_id": "rt-0001", **DEFAULTS, "as_of": "2021-04-30", "total": 50},
        {"row_id": "rt-0002", **DEFAULTS, "as_of": "2024-01-31", "total": 60},
    ]
    rewrite(folder / "casualties_running_total.csv", totals)
    for name in ("row_originators", "exclusions", "corrections"):
        without_notes_on(folder / f"{name}.csv", "rt-", "cp-")
    evidence = load_evidence(folder)
    study = studied(evidence)
    numbers = headline.headline(evidence, study, rng=np.random.default_rng(1))
    assert "reach fewer casualties" in str(numbers.not_estimable["registered_beyond_closed_count"])


def test_a_table_without_rows_is_refused(package: Package):
    with pytest.raises(
        (EvidenceError, InsufficientEvidence), match=r"casualties_running_total|no row of a running total"
    ):
        studied(package())


def test_civilians_only_are_no_total(package: Package):
    with pytest.raises(InsufficientEvidence, match="civilian-only and left-out rows do not count"):
        studied(package({"as_of": "2021-08-11", "civilian_killed": 23, "civilian_injured": 36}))


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ({"total": "-5"}, r"casualties_running_total\.csv, line 9, column total: .*'-5'"),
        ({"total": "12.5"}, r"casualties_running_total\.csv, line 9, column total: .*'12\.5'"),
        ({"as_of": "2022-13"}, r"casualties_running_total\.csv, line 9, column as_of: .*'2022-13'"),
        ({"as_of": "13.02.2022"}, r"casualties_running_total\.csv, line 9, column as_of: .*'13\.02\.2022'"),
        ({"comparator": "about"}, r"casualties_running_total\.csv, line 9, column comparator: .*'about'"),
        ({"source_id": "no-such-page"}, r"casualties_running_total\.csv, line 9, column source_id: .*'no-such-page'"),
        ({"row_id": "rt-0001"}, r"casualties_running_total\.csv, line 9.*rt-0001"),
    ],
)
def test_a_cell_that_breaks_the_description_is_refused_with_its_place(package: Package, cell, message):
    row = {"as_of": "2022-12-10", "total": 190, **cell}
    with pytest.raises(EvidenceError, match=message):
        package(*CLEAN, row)


def test_two_bodies_disagree_and_each_has_one_vote(package: Package):
    rows = [*CLEAN, {"as_of": "2022-03-10", "total": 162, "source_id": OTHER_PAGE}]
    reprint = {"as_of": "2022-03-10", "total": 160, "killed": 31, "injured": 129}
    study = studied(package(*rows, reprint, reprint))
    read = study.registered.figures
    assert not read.loc[read["row_id"].isin(["rt-0009", "rt-0010"]), "vote"].any()
    assert total_on(study, "2022-03-10") in (160, 161, 162)
    assert study.registered.disagreement == 2
