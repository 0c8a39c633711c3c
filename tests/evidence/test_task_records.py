"""Task-level records from CSV: what is read, and what is refused with file, row, column and value."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import EvidenceError
from analysis.evidence.task_records import read_task_records

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
    text = HEADER.replace("devices", "devices,names") + GOOD.replace("\n", ",somebody\n")
    assert "names" not in read_task_records(written(tmp_path, text))


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
    with pytest.raises(EvidenceError, match="CSV in UTF-8 with a header line"):
        read_task_records(written(tmp_path, ""))
