"""Task-level records from CSV: what is read, and what is refused with file, row, column and value."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import EvidenceError
from analysis.evidence.task_records import read_task_records
from analysis.settings import MAX_MB, MAX_ROWS

HEADER = "task_id,start,end,operator,district,product,area_ha,devices\n"
GOOD = "t-1,2024-01-05,2024-02-01,A,North,cleared,12.5,3\n"


def written(folder: Path, text: str) -> str:
    path = folder / "tasks.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_rows_are_read_with_empty_cells_missing(tmp_path: Path) -> None:
    tasks = read_task_records(written(tmp_path, HEADER + GOOD + "t-2,,2024-03-01,,South,reduced,,\n"))
    assert tasks["row"].tolist() == [2, 3]
    assert tasks["end"].tolist() == [pd.Timestamp(2024, 2, 1), pd.Timestamp(2024, 3, 1)]
    assert tasks["area_ha"].iloc[0] == 12.5
    assert tasks.loc[1, ["start", "operator", "area_ha", "devices"]].isna().all()


def test_other_columns_are_not_read(tmp_path: Path) -> None:
    text = HEADER.replace("devices", "devices,remark") + GOOD.replace("\n", ",somebody\n")
    assert "remark" not in read_task_records(written(tmp_path, text))


def test_all_faults_of_form_are_listed_at_once(tmp_path: Path) -> None:
    rows = "t-2,05.01.2024,2024-02-30,A,North,demined,many,1\nt-1,2024-01-01,2024-01-02,A,North,cleared,inf,1\n"
    with pytest.raises(EvidenceError) as refused:
        read_task_records(written(tmp_path, HEADER + GOOD + rows + ",2024-01-01,2024-01-02,A,North,cleared,1,1\n"))
    found = {(fault.row, fault.column, fault.value) for fault in refused.value.faults}
    assert found == {
        (3, "start", "05.01.2024"),
        (3, "end", "2024-02-30"),
        (3, "product", "demined"),
        (3, "area_ha", "many"),
        (4, "area_ha", "inf"),
        (4, "task_id", "t-1"),
        (5, "task_id", None),
    }


def test_many_wrong_texts_are_counted_not_all_listed(tmp_path: Path) -> None:
    rows = "".join(f"t-{n},2024-01-01,2024-01-02,A,North,cleared,x{n},1\n" for n in range(30))
    with pytest.raises(EvidenceError, match="10 other texts") as refused:
        read_task_records(written(tmp_path, HEADER + rows))
    assert len(refused.value.faults) == 21


def test_a_file_that_is_no_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="the file must exist"):
        read_task_records(str(tmp_path / "none.csv"))
    with pytest.raises(EvidenceError, match="the column is missing"):
        read_task_records(written(tmp_path, "task_id,start\n"))
    with pytest.raises(EvidenceError, match="the first line names the columns, separated by commas; found 'nothing'"):
        read_task_records(written(tmp_path, ""))
    with pytest.raises(EvidenceError, match="save the file with commas"):
        read_task_records(written(tmp_path, (HEADER + GOOD).replace(",", ";")))
    with pytest.raises(EvidenceError, match="at least one row"):
        read_task_records(written(tmp_path, HEADER))


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert len(read_task_records(written(tmp_path, "\N{ZERO WIDTH NO-BREAK SPACE}" + HEADER + GOOD))) == 1


@pytest.mark.parametrize("column", ["victim_name", "DateOfBirth", "telefon", "диагноз"])
def test_a_column_that_looks_like_personal_data_is_refused(tmp_path: Path, column: str) -> None:
    text = HEADER.replace("devices", f"devices,{column}") + GOOD.replace("\n", ",x\n")
    with pytest.raises(EvidenceError, match="it looks like personal data") as refused:
        read_task_records(written(tmp_path, text))
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(1, column)]


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    text = HEADER.replace("devices", "devices,area_ha") + GOOD.replace("\n", ",99\n")
    with pytest.raises(EvidenceError, match="line 1, column area_ha: the column stands twice"):
        read_task_records(written(tmp_path, text))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("t-2,2024-01-01\n", "line 3: the row must have 8 cells; found '2 cells'"),
        ("\n", "line 3: the row must have 8 cells; found 'an empty line'"),
        ("t-2,2024-01-01,2024-01-02,A,North,cleared,1,1,9\n", "line 3: the row must have 8 cells; found '9 cells'"),
        ('t-2,2024-01-01,2024-01-02,A,"No\nrth",cleared,1,1\n', "line 3: a row stands on one line"),
        ('t-2,2024-01-01,2024-01-02,"A,North,cleared,1,1\n', "line 3: the line cannot be read as comma-separated"),
        ("t-2,2024-01-01,2024-01-02,A,No\0rth,cleared,1,1\n", "line 3: the file must not contain NUL"),
    ],
)
def test_a_line_that_would_shift_the_others_is_refused(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(EvidenceError, match=re.escape(said)):
        read_task_records(written(tmp_path, HEADER + GOOD + line + GOOD.replace("t-1", "t-3")))


def test_many_lines_of_another_width_are_not_all_listed(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="the lines after it were not checked") as refused:
        read_task_records(written(tmp_path, HEADER + GOOD + "short,row\n" * 100))
    assert [fault.row for fault in refused.value.faults] == list(range(3, 23))


def test_a_line_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "tasks.csv"
    path.write_bytes((HEADER + GOOD).encode() + GOOD.replace("North", "Şuşa").encode("cp1254"))
    with pytest.raises(EvidenceError, match="line 3: the file must be in UTF-8"):
        read_task_records(str(path))


def test_the_limits_of_size_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, HEADER + GOOD + GOOD.replace("t-1", "t-2"))
    monkeypatch.setenv(MAX_ROWS, "1")
    with pytest.raises(EvidenceError, match=r"line 3: a table may have at most 1 rows.*--max-rows"):
        read_task_records(path)
    monkeypatch.setenv(MAX_ROWS, "2")
    assert len(read_task_records(path)) == 2
    monkeypatch.setenv(MAX_MB, "1")
    Path(path).write_text(HEADER + GOOD + "x" * 1_000_001, encoding="utf-8")
    with pytest.raises(EvidenceError, match=r"at most 1000000 bytes.*--max-mb"):
        read_task_records(path)
