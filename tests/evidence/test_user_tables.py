"""Tables of checks and of control pairs: the design is required, and every fault names its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import EvidenceError
from analysis.evidence.user_tables import read_checks, read_control_pairs

HEAD = "stratum,stratum_size,map_class,reference_class\n"


def written(folder: Path, text: str) -> str:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_checks_with_their_design(tmp_path: Path) -> None:
    table = read_checks(written(tmp_path, HEAD + "a,10,mined,mined\na,10,mined,not mined\nb,90,not mined,not mined\n"))
    assert table["stratum_size"].tolist() == [10, 10, 90]
    assert table["reference_class"].tolist() == ["mined", "not mined", "not mined"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("stratum,map_class,reference_class\na,mined,mined\n", "found 'without stratum_size'"),
        (
            HEAD + "a,10,mined,mined\na,0,mined,mined\n",
            r"t\.csv, line 3, column stratum_size: a stratum has a size above 0",
        ),
        (HEAD + "a,many,mined,mined\n", "line 2, column stratum_size: a finite number is needed; found 'many'"),
        (HEAD + "a,inf,mined,mined\n", "line 2, column stratum_size: a finite number is needed; found 'inf'"),
        (HEAD + "a,10,mined,\n", "line 2, column reference_class: a check needs an entry"),
        (HEAD + "a,10,mined,mined\na,11,mined,mined\n", "all checks of a stratum state one size; found 'a'"),
        (HEAD, "at least one row"),
    ],
)
def test_checks_without_a_design_are_refused(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=words):
        read_checks(written(tmp_path, text))


def test_control_pairs(tmp_path: Path) -> None:
    path = written(tmp_path, "recorded_x,recorded_y,true_x,true_y\n1,2,3,4\n")
    assert read_control_pairs(path).to_numpy().tolist() == [[1, 2, 3, 4, "fit"]]
    path = written(tmp_path, "recorded_x,recorded_y,true_x,true_y,use\n1,2,3,4,Check \n5,6,7,8,fit\n")
    assert read_control_pairs(path)["use"].tolist() == ["check", "fit"]
    path = written(tmp_path, "recorded_x,recorded_y,true_x,true_y,use\n1,2,3,4,fit\n5,6,7,8,\n")
    with pytest.raises(EvidenceError, match=r"line 3, column use: a pair is there to fit or to check"):
        read_control_pairs(path)
    with pytest.raises(EvidenceError, match=r"none\.csv: the file must exist"):
        read_control_pairs(str(tmp_path / "none.csv"))
