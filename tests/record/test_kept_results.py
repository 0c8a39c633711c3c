from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from analysis.record.kept_results import as_bytes, keep_result, kept_result, result_file

KEY = "0123456789abcdef" * 4


def test_a_result_is_found_by_its_name_and_inputs_only(tmp_path: Path) -> None:
    file = result_file(tmp_path, name="made.drawn", key=KEY)
    keep_result(file, as_bytes({"a": [0.1]}), key=KEY, title="t")
    assert kept_result(file, key=KEY) == {"a": [0.1]}
    assert kept_result(file, key=KEY[:-1] + "0") is None  # the same file name, other inputs
    assert kept_result(result_file(tmp_path, name="made.other", key=KEY), key=KEY) is None


def test_results_of_longer_names_are_left_alone(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("analysis.record.kept_results.MOST_RESULTS", 1)
    for name in ("made.drawn-twice", "made.drawn"):
        for key in (KEY, KEY[::-1]):
            keep_result(result_file(tmp_path, name=name, key=key), b"{}", key=key)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "made.drawn-fedcba9876543210.json",
        "made.drawn-twice-fedcba9876543210.json",
    ]


WRITER = """
import sys
from pathlib import Path
from analysis.record.kept_results import as_bytes, keep_result
for _ in range(40):
    keep_result(Path(sys.argv[1]), as_bytes({"a": [0] * 50_000}), key="k")
"""


def test_writers_at_the_same_time_leave_a_whole_file(tmp_path: Path) -> None:
    file = tmp_path / "made.drawn-0123456789abcdef.json"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(file)]) for _ in range(2)]
    while any(writer.poll() is None for writer in writers):
        if file.is_file():
            assert kept_result(file, key="k") is not None
    assert [writer.returncode for writer in writers] == [0, 0]
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
