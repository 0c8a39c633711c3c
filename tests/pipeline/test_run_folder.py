from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.errors import ReproductionError
from analysis.pipeline.request import Request, planned
from analysis.pipeline.run_folder import MARKER, destination, fill_folder, move_into_place, working_folder


def folder_of(project, **asked: object) -> Path:
    request = Request(**asked)  # type: ignore[arg-type]
    return destination(request, planned(request, project.layout), project.layout)


def test_the_record_s_runs_and_others_have_their_own_folders(project) -> None:
    assert folder_of(project) == project.layout.build / "reproduce"
    one = folder_of(project, given=("level=0.9",))
    assert one.parent == project.layout.build / "runs"
    assert one.name.startswith("all-level=0.9-")
    assert folder_of(project, given=("level=0.9",)) == one
    assert folder_of(project, given=("level=0.8",)) != one
    assert folder_of(project, given=("level=0.9",), notebooks=("alpha",)) != one


def test_a_hostile_parameter_cannot_leave_the_folder(project) -> None:
    found = folder_of(project, given=("words=../../../x/\0\n",))
    assert found.parent == project.layout.build / "runs"
    assert "/" not in found.name
    assert len(found.name) < 80


@pytest.mark.parametrize(
    "name", ["figures", "data", "notebooks", "src", "tests", ".git", ".ci/x", "figures/mine", "data/../src/x"]
)
def test_folders_of_the_repository_are_refused(project, name: str) -> None:
    with pytest.raises(ReproductionError, match="is not for the outputs of a run"):
        folder_of(project, out=project.layout.root / name)


def test_a_link_into_the_repository_is_refused(project, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(project.layout.figures)
    with pytest.raises(ReproductionError, match="figures/ is not for"):
        folder_of(project, out=tmp_path / "link")


def test_somebody_s_files_and_the_repository_itself_are_refused(project, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("x")
    for out in (tmp_path / "mine", project.layout.root, tmp_path / "mine" / "thesis.docx"):
        with pytest.raises(ReproductionError, match=r"--out .*(no run wrote|a file of this name)"):
            folder_of(project, out=out)


def test_a_new_an_empty_and_our_own_folder_are_taken(project, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for out in (tmp_path / "new" / "deep", tmp_path / "empty"):
        assert folder_of(project, out=out) == out
        with working_folder(out):
            pass
        assert (out / ".gitignore").read_text() == "*\n"
        assert folder_of(project, out=out) == out  # it is ours now


def test_the_working_folder_is_gone_afterwards_whatever_happens(tmp_path: Path) -> None:
    def interrupted() -> None:
        with working_folder(tmp_path / "run") as part:
            (part / "half").write_text("x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == [".gitignore", MARKER]


def test_what_killed_runs_left_is_removed_and_living_runs_are_not(tmp_path: Path) -> None:
    code = (
        "import sys, os; from pathlib import Path; from analysis.pipeline.run_folder import working_folder\n"
        "with working_folder(Path(sys.argv[1])) as part:\n"
        "    print(part, flush=True); sys.stdin.readline(); os._exit(9)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "run")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        theirs = Path(other.stdout.readline().strip())
        with working_folder(tmp_path / "run") as ours:
            assert ours.name == f".part-{os.getpid()}"
            assert theirs.is_dir()
        other.stdin.write("\n")
        other.stdin.flush()
        other.wait()
    assert theirs.is_dir()
    with working_folder(tmp_path / "run"):
        assert not theirs.exists()


def test_old_outputs_of_a_notebook_are_replaced_and_others_stay(tmp_path: Path) -> None:
    folder, part = tmp_path / "run", tmp_path / "run" / ".part-1"
    for path in (folder / "a", folder / "b", part / "a"):
        path.mkdir(parents=True)
        (path / f"{path.parent.name}.csv").write_text("x")
    (folder / "a.failed.ipynb").write_text("old")
    (part / "a.ipynb").write_text("new")
    move_into_place(part, folder, notebooks=["a"], texts={"values.json": "{}"})
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert found == ["a.ipynb", "a/.part-1.csv", "b/run.csv", "values.json"]


def filled(folder: Path, *names: str) -> list[str]:
    with working_folder(folder) as part:
        (part / "made").mkdir()
        for name in names:
            (part / "made" / name).write_text(name, encoding="utf-8")
        fill_folder(part / "made", folder)
    return sorted(path.name for path in folder.iterdir() if path.name not in (".gitignore", MARKER))


def test_what_is_not_made_any_more_is_taken_away_and_files_of_somebody_stay(tmp_path: Path) -> None:
    folder = tmp_path / "kit"
    assert filled(folder, "a", "b") == ["a", "b"]
    (folder / "mine.tex").write_text("mine", encoding="utf-8")
    assert filled(folder, "b", "c") == ["b", "c", "mine.tex"]
    assert (folder / ".gitignore").is_file()


def test_a_marker_that_names_files_elsewhere_takes_nothing_away(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("x", encoding="utf-8")
    folder = tmp_path / "kit"
    filled(folder, "a")
    marker = folder / MARKER
    marker.write_text(marker.read_text(encoding="utf-8") + f"../elsewhere\n{tmp_path}\n.gitignore\n", encoding="utf-8")
    assert filled(folder, "b") == ["b"]
    assert (tmp_path / "elsewhere").is_file()
    assert (folder / ".gitignore").is_file()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with (
        pytest.raises(ReproductionError, match=r"the outputs cannot be written to .* Make it writable, or remove what"),
        working_folder(tmp_path / "file" / "x"),
    ):
        pass
