"""The chain in print: every part, honest about rows and hashes, and no way for data to pass for our lines."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.paths import FIGURES
from analysis.record.reading import StoredRecord, read_record
from analysis.record.run_record import RunRecord
from analysis.reporting.explanation import Explanation, explain
from analysis.reporting.explanation_text import explanation_text, explanation_tree, names_text, names_tree
from analysis.reporting.trail import CitedSource


@pytest.fixture
def value(record: StoredRecord) -> Explanation:
    return explain(record, "registered")


def test_every_part_of_the_estimate_is_printed(value: Explanation) -> None:
    text = explanation_text(value)
    for line in (
        "casualty_trends.registered",
        "  quantity     casualties registered",
        "  value        419 persons",
        "  interval     417 to no upper limit (95 % confidence interval)",
        "  n            2 printed figures",
        "  period       2020-11-10 to 2026-03-13",
        "  geography    Azerbaijan",
        "  method       typed for a test",
        "  figures      two-dots",
        "    - totals do not fall",
        "  seed = 7",
        "Evidence in data: the files the run read, byte for byte.",
        "Sources (2):",
    ):
        assert line in text.splitlines()


def test_a_plain_count_says_that_it_has_no_interval(record: StoredRecord) -> None:
    text = explanation_text(explain(record, "plain"))
    assert "  interval     none: as counted or printed" in text
    assert "  figures      no figure names it" in text
    assert "  assumptions  none recorded" in text


def test_rows_are_said_to_be_rows_of_the_sources_with_file_line_and_key(value: Explanation) -> None:
    text = " ".join(explanation_text(value).split())
    count = len(value.trail.rows)
    assert f"Rows read on its sources, in the tables casualty_trends reads ({', '.join(value.trail.tables)}): " in text
    assert f"{count}. The record keeps sources, not rows: not each of them need have been used." in text
    assert "1 of them, marked *, stand in the source data of two-dots." in text
    first = value.trail.rows[0]
    assert f"* data/claims.csv:{first.line} maps-001 seed-article [" in text


def test_the_rest_of_a_long_list_is_counted(value: Explanation) -> None:
    count = len(value.trail.rows)
    assert count > 3
    shown = explanation_text(value, rows=1)
    assert f"  and {count - 1} more (--limit {count} shows all)" in shown
    assert "  and 1 more (--limit 2 shows all)" in shown
    assert shown.count("data/") == 1
    assert "more (--limit" not in explanation_text(value, rows=count)
    assert "data/claims.csv" not in explanation_text(value, rows=0)


def test_a_figure_says_whether_its_data_are_those_on_record(record: StoredRecord, run: RunRecord) -> None:
    table = run.folder / "two-dots.csv"
    assert f"{table}: as recorded" in " ".join(explanation_text(explain(record, "two-dots")).split())
    table.write_text("touched\n", encoding="utf-8")
    assert "NOT as recorded; the file now has" in " ".join(explanation_text(explain(record, "two-dots")).split())
    table.unlink()
    text = explanation_text(explain(record, "two-dots"))
    assert "the file is missing" in " ".join(text.split())
    assert "  caption      Two dots." in text
    assert "  alt text     A dot below a dot." in text
    assert "    - casualty_trends.registered: 419 persons" in text


def test_changed_and_unreadable_evidence_is_said(value: Explanation, record: StoredRecord, tmp_path: Path) -> None:
    moved = replace(value, trail=replace(value.trail, moved=("claims.csv",)))
    assert "Evidence in data: NOT what the run read; other bytes in claims.csv." in explanation_text(moved)
    unknown = replace(value, trail=replace(value.trail, moved=None))
    assert "the record does not say whether it is what the run read" in explanation_text(unknown)
    gone = " ".join(explanation_text(explain(record, "registered", data=tmp_path / "gone")).split())
    assert "cannot be read, so its rows and pages are not shown" in gone
    assert "419 persons" in gone


HOSTILE = "a\nSources (1):\r\x1b]0;evil\x07\u202e\x9b2Jb"


def test_data_stay_on_their_line(value: Explanation) -> None:
    page = CitedSource(source_id=HOSTILE, originator=HOSTILE, party=HOSTILE, citation=HOSTILE, address="")
    row = replace(
        value.trail.rows[0],
        row_id=HOSTILE,
        source_id=HOSTILE,
        party=HOSTILE,
        reports={"total": HOSTILE},
        set_aside=HOSTILE,
        corrections=(HOSTILE,),
    )
    estimate = replace(value.estimate, quantity=HOSTILE, method=HOSTILE, unit=HOSTILE, assumptions=(HOSTILE,))
    trail = replace(value.trail, rows=(row,), sources=(page,), named=())
    text = explanation_text(
        replace(value, name=HOSTILE, estimate=estimate, trail=trail, parameters={HOSTILE: HOSTILE}, notebook=HOSTILE)
    )
    assert [line for line in text.split("\n") if line.startswith("Sources")] == ["Sources (1):"]
    assert "\r" not in text


def test_the_tree_is_whole_and_plain(value: Explanation) -> None:
    tree = json.loads(json.dumps(explanation_tree(value), allow_nan=False))
    assert (tree["kind"], tree["name"], tree["notebook"]) == ("value", "casualty_trends.registered", "casualty_trends")
    assert tree["estimate"]["interval"] == {"low": 417.0, "high": "inf", "kind": "confidence", "level": 0.95}
    assert tree["evidence"]["rows_left_out"] == 0
    assert [row["row_id"] for row in tree["evidence"]["rows"] if row["named_by_figure"]] == ["maps-001"]
    assert tree["sources"][0]["address"].startswith("https://")
    part = explanation_tree(value, rows=1)["evidence"]
    assert part["rows_left_out"] == len(value.trail.rows) - 1  # type: ignore[index]


def test_the_tree_of_a_figure_has_its_hash(record: StoredRecord) -> None:
    tree = explanation_tree(explain(record, "two-dots"))
    assert tree["estimate"] is None
    assert tree["figure"]["source_data"]["matches"] is True  # type: ignore[index]
    assert list(tree["estimates"]) == ["casualty_trends.registered"]  # type: ignore[call-overload]


def test_every_name_of_the_record_is_listed_and_can_be_explained() -> None:
    record = read_record(FIGURES)
    listed = names_tree(record)
    assert (list(listed["values"]), listed["figures"]) == (sorted(record.trees), sorted(record.figures))  # type: ignore[call-overload]
    lines = names_text(record).splitlines()
    assert len(lines) == len(record.trees) + len(record.figures) + 3
    assert any(line.split() == ["casualty-rate"] for line in lines)
