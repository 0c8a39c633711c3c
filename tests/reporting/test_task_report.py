"""Reports of task-level records: what is printed, what is written where, and what never reaches a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.errors import ParameterError, ReproductionError
from analysis.record.layout import Layout, repository
from analysis.reporting.spreadsheet import BYTE_ORDER_MARK
from analysis.reporting.tables import MISSING
from analysis.reporting.task_report import check_destinations, report_text, report_tree, task_report

HEADER = "task_id,start,end,operator,district,product,area_ha,devices\n"
ROWS = """\
t-1,2024-01-05,2024-02-01,A,North,cleared,10,4
t-2,2024-01-05,2024-02-02,A,North,cleared,30,
t-3,2024-03-01,2024-02-02,A,South,reduced,7,1
t-4,2024-01-05,2025-02-02,=HYPERLINK("x"),South,cancelled,2.5,
=cmd,2024-01-05,2024-02-02,,North,cleared,-1,0
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "tasks.csv"
    path.write_text(HEADER + ROWS.replace('=HYPERLINK("x")', '"=HYPERLINK(""x"")"'), encoding="utf-8")
    return path


def silent(_: str) -> None:
    pass


def cells(path: Path) -> list[list[str]]:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


def test_the_text_holds_sums_what_is_in_none_and_findings(record: Path) -> None:
    text = report_text(task_report(record, tell=silent))
    lines = [line.split() for line in text.splitlines()]
    assert "tasks.csv: 5 tasks" in text
    assert ["2024", "cleared", "2", "40", "4", "1"] in lines
    # nothing is printed about devices of the cancelled land: missing, not 0
    assert ["2025", "cancelled", "1", "2.5", MISSING, "1"] in lines
    # -1 ha and the 7 ha of the task that ends before it starts
    assert "In no sum: 2 tasks, whose areas as printed add up to 6 ha: end, area or product missing" in text
    assert ["the", "end", "is", "before", "the", "start", "1", "4"] in lines
    assert "national authority decides" in text


def test_nothing_is_called_safe(record: Path) -> None:
    said = report_text(task_report(record, tell=silent)) + json.dumps(report_tree(task_report(record, tell=silent)))
    assert "safe" not in said.casefold()
    assert "free of mines" not in said.casefold()


def test_the_tree_is_for_machines(record: Path) -> None:
    tree = json.loads(json.dumps(report_tree(task_report(record, tell=silent)), allow_nan=False))
    assert tree["tasks"] == 5
    assert tree["by_year_and_product"][-1] == {
        "year": "2025", "product": "cancelled", "tasks": 1, "area_ha": 2.5, "devices": None, "devices_missing": 1,
    }  # fmt: skip
    assert {"rule": "the end is before the start", "tasks": 1, "first_row": 4, "first_lines": [4]} in tree["findings"]


def test_a_record_of_which_nothing_can_be_placed_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "tasks.csv"
    path.write_text(HEADER + "t-1,,,,,,,\n", encoding="utf-8")
    report = task_report(path, tell=silent)
    assert "In no sum: 1 tasks" in report_text(report)
    assert "By year" not in report_text(report)
    assert report_tree(report)["by_year_and_product"] == []


def test_files_for_spreadsheets_hold_no_formula(
    record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sums, findings = tmp_path / "sums.csv", tmp_path / "findings.csv"
    assert main(["summarise-tasks", str(record), "--sums", str(sums), "--findings", str(findings)]) == 0
    printed = capsys.readouterr().out
    assert f"wrote 2 rows to {sums}" in printed
    table = cells(sums)
    assert table[0] == [
        "year",
        "operator",
        "district",
        "product",
        "tasks",
        "area_ha",
        "devices",
        "devices_missing",
        "per_ha",
    ]
    # 4 devices on the 10 ha that give a number
    assert table[1] == ["2024", "A", "North", "cleared", "2", "40.0", "4.0", "1", "0.4"]
    assert table[2][1] == '\'=HYPERLINK("x")'
    assert table[2][6] == ""
    assert [row[2] for row in cells(findings) if row[0] == "the area is 0 or less"] == ["'=cmd"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["findings.csv", "sums.csv", "tasks.csv"]


def test_files_are_refused_before_anything_is_read(record: Path, tmp_path: Path) -> None:
    layout = Layout(root=tmp_path / "repository")
    for wrong, said in (
        ([record], "this is the file that is read"),
        ([tmp_path / "a.csv", tmp_path / "." / "a.csv"], "written already"),
        ([tmp_path / "a.xlsx"], "give a name that ends so"),
    ):
        with pytest.raises(ParameterError, match=said):
            check_destinations(record, wrong, layout)
    with pytest.raises(ReproductionError, match="there is no folder"):
        check_destinations(record, [tmp_path / "none" / "a.csv"], layout)
    with pytest.raises(ReproductionError, match="data/ takes no exports"):
        check_destinations(record, [repository().data / "a.csv"], repository())


def test_a_write_that_fails_leaves_the_old_file(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sums = tmp_path / "sums.csv"
    sums.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("analysis.record.atomic.os.fsync", full)
    assert main(["summarise-tasks", str(record), "--sums", str(sums)]) == 1
    assert "cannot be written: disk full" in capsys.readouterr().err
    assert sums.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sums.csv", "tasks.csv"]
