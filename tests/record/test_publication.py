"""A publication is stopped after each of its renames; what follows must be the old record or the new one."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.errors import ReproductionError
from analysis.record import publication
from analysis.record.manifest import check_record
from analysis.record.publication import publish, publishing, recover


class Stopped(BaseException):
    """Stands for the end of the process."""


def changed(record):
    """Return a decision that replaces, adds and removes figures, and replaces a notebook."""
    ran = record.alpha(0.7, shade=10)
    ran.figures["new-figure"] = ran.figures["first-figure"]
    return record.decide(ran, texts={"alpha": "two"})


def steps(record) -> int:
    decision = changed(record)
    return len(decision.figures) + len(decision.notebooks) + 1


def stop_after(count: int):
    def stop(number: int) -> None:
        if number == count:
            raise Stopped

    return stop


def test_a_publication_stopped_after_any_rename_is_finished_by_the_next_command(record, tmp_path: Path) -> None:
    decision = changed(record)
    total = steps(record)
    assert total > 15
    pristine = tmp_path / "pristine"
    shutil.copytree(record.layout.root, pristine)
    with publishing(record.layout):
        publish(record.layout, decision)
    wanted = record.files()
    assert check_record(record.layout) is not None
    for count in range(1, total + 1):
        shutil.rmtree(record.layout.root)
        shutil.copytree(pristine, record.layout.root)
        with publishing(record.layout), pytest.raises(Stopped):
            publish(record.layout, decision, after_rename=stop_after(count))
        with publishing(record.layout):
            finished = recover(record.layout)
        assert record.files() == wanted, f"stopped after {count} of {total} renames"
        assert len(finished) == total - count
        assert not record.layout.publication.exists()
        assert check_record(record.layout) is not None


def test_the_manifest_is_written_last(record) -> None:
    decision = changed(record)
    old = record.files()["MANIFEST.json"]
    with publishing(record.layout), pytest.raises(Stopped):
        publish(record.layout, decision, after_rename=stop_after(steps(record) - 1))
    assert record.files()["MANIFEST.json"] == old


def test_a_recovery_that_is_stopped_is_finished_by_the_next(record) -> None:
    decision = changed(record)
    with publishing(record.layout), pytest.raises(Stopped):
        publish(record.layout, decision, after_rename=stop_after(2))
    # The third file is put in place, then the process ends before it could note that.
    journal = json.loads((record.layout.publication / "journal.json").read_bytes())
    third = journal[2]
    if third["staged"]:
        (record.layout.publication / third["staged"]).replace(record.layout.root / third["target"])
    with publishing(record.layout):
        recover(record.layout)
    assert check_record(record.layout) is not None
    assert b"two" in record.files()["alpha.ipynb"]


def test_a_publication_stopped_before_its_journal_is_undone(record, monkeypatch: pytest.MonkeyPatch) -> None:
    before = record.files()

    def end(*_: object) -> None:
        raise Stopped

    monkeypatch.setattr(publication, "write_text", end)  # the journal is the only text it writes
    with publishing(record.layout), pytest.raises(Stopped):
        publish(record.layout, changed(record))
    assert record.layout.publication.exists()
    with publishing(record.layout):
        assert recover(record.layout) == ()
    assert record.files() == before
    assert not record.layout.publication.exists()


def test_a_full_disk_leaves_the_old_record(record, monkeypatch: pytest.MonkeyPatch) -> None:
    before = record.files()
    written = []

    def full(path: Path, content: bytes) -> None:
        written.append(path)
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        path.write_bytes(content)

    monkeypatch.setattr(publication, "write_bytes", full)
    with publishing(record.layout), pytest.raises(ReproductionError, match=r"nothing .*No space left") as caught:
        publish(record.layout, changed(record))
    assert f"{record.layout.publication} cannot be written" in str(caught.value)
    assert "Free some space there or make it writable and run again" in str(caught.value)
    assert record.files() == before
    assert not record.layout.publication.exists()


def test_a_rename_that_fails_is_explained_and_finished_later(record, monkeypatch: pytest.MonkeyPatch) -> None:
    decision = changed(record)
    move, moved = publication._move, []

    def failing(staged: Path, target: Path) -> None:
        moved.append(target)
        if len(moved) == 4:
            raise PermissionError(errno.EACCES, "Permission denied")
        move(staged, target)

    monkeypatch.setattr(publication, "_move", failing)
    with publishing(record.layout), pytest.raises(ReproductionError, match=r"stopped at figures/.*Permission denied"):
        publish(record.layout, decision)
    monkeypatch.undo()
    with publishing(record.layout):
        assert recover(record.layout)
    assert check_record(record.layout) is not None


def test_a_read_only_folder_is_refused_before_anything_is_written(record, monkeypatch: pytest.MonkeyPatch) -> None:
    before = record.files()
    # As root, permissions do not bind; what the system would answer to others is put in its place.
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != record.layout.figures)
    with publishing(record.layout), pytest.raises(ReproductionError, match="figures cannot be written; nothing was"):
        publish(record.layout, changed(record))
    assert record.files() == before
    assert not record.layout.publication.exists()


def test_a_notebook_edited_while_it_ran_is_kept_and_nothing_is_published(record) -> None:
    decision = changed(record)
    path = record.layout.notebooks / "alpha.ipynb"
    path.write_text("my edit", encoding="utf-8")
    before = record.files()
    with publishing(record.layout), pytest.raises(ReproductionError, match=r"edited while running.*: alpha"):
        publish(record.layout, decision)
    assert record.files() == before


def test_a_notebook_edited_between_the_stop_and_the_recovery_is_kept(record) -> None:
    decision = changed(record)
    with publishing(record.layout), pytest.raises(Stopped):
        publish(record.layout, decision, after_rename=stop_after(1))
    path = record.layout.notebooks / "alpha.ipynb"
    path.write_text("my edit", encoding="utf-8")
    with publishing(record.layout), pytest.raises(ReproductionError, match=r"notebooks/alpha\.ipynb was changed while"):
        recover(record.layout)
    assert path.read_text(encoding="utf-8") == "my edit"
    shutil.rmtree(record.layout.publication)  # as the message says
    with publishing(record.layout):
        assert recover(record.layout) == ()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda folder: (folder / "journal.json").write_text("{"), "the journal .* is damaged"),
        (lambda folder: (folder / "0005").write_bytes(b"half"), "in build/publication is damaged"),
        (lambda folder: (folder / "0005").unlink(), "in build/publication is damaged"),
        (
            lambda folder: (folder / "journal.json").write_text(
                json.dumps([{"target": "figures/../../x", "before": None, "after": "a", "staged": "0005"}])
            ),
            "the journal .* names",
        ),
        (
            lambda folder: (folder / "journal.json").write_text(
                json.dumps([{"target": "/etc/x", "before": None, "after": "a", "staged": "0005"}])
            ),
            "the journal .* names",
        ),
    ],
)
def test_a_damaged_preparation_stops_with_advice(record, damage, message: str) -> None:
    with publishing(record.layout), pytest.raises(Stopped):
        publish(record.layout, changed(record), after_rename=stop_after(1))
    damage(record.layout.publication)
    with publishing(record.layout), pytest.raises(ReproductionError, match=message) as caught:
        recover(record.layout)
    assert "delete build/publication, put the committed figures back with `git restore figures`" in str(caught.value)


def test_build_on_another_disk(record, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def other_disk(self: Path, target: Path) -> Path:
        if self.parent != Path(target).parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", other_disk)
    with publishing(record.layout):
        publish(record.layout, changed(record))
    assert check_record(record.layout) is not None
    assert b"two" in record.files()["alpha.ipynb"]


HOLD = """
import sys
from pathlib import Path
from analysis.record.layout import Layout
from analysis.record.publication import publishing
with publishing(Layout(root=Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_publishes_at_a_time_and_the_other_says_that_it_waits(record) -> None:
    command = [sys.executable, "-c", HOLD, str(record.layout.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        told = []

        def waits() -> None:
            told.append(other.poll())
            other.stdin.close()  # lets the other one end

        with publishing(record.layout, on_wait=waits):
            assert told == [None]


def test_a_file_in_the_place_of_the_publication_folder_is_removed(record) -> None:
    record.layout.publication.parent.mkdir(exist_ok=True)
    record.layout.publication.write_text("an ordinary file", encoding="utf-8")
    with publishing(record.layout):
        assert recover(record.layout) == ()
        publish(record.layout, changed(record))
    assert check_record(record.layout) is not None
    assert not record.layout.publication.exists()


def test_the_advice_after_an_edit_in_the_middle_leads_out_and_keeps_the_edit(record, tmp_path: Path) -> None:
    old = tmp_path / "committed figures"
    shutil.copytree(record.layout.figures, old)
    with publishing(record.layout), pytest.raises(Stopped):
        publish(record.layout, changed(record), after_rename=stop_after(2))
    notebook = record.layout.notebooks / "alpha.ipynb"
    notebook.write_text("edited once more", encoding="utf-8")
    with publishing(record.layout), pytest.raises(ReproductionError) as caught:
        recover(record.layout)
    assert "notebooks/alpha.ipynb was changed while it was being published" in str(caught.value)
    assert "To give it up, delete build/publication, put the committed figures back" in str(caught.value)
    shutil.rmtree(record.layout.publication)
    for path in sorted(old.iterdir()):  # what `git restore figures` does
        shutil.copy(path, record.layout.figures)
    with publishing(record.layout):
        assert recover(record.layout) == ()
    assert check_record(record.layout) is not None
    assert notebook.read_text(encoding="utf-8") == "edited once more"


def test_a_build_folder_that_cannot_be_made_is_told(record) -> None:
    shutil.rmtree(record.layout.build, ignore_errors=True)
    record.layout.build.write_text("in the way", encoding="utf-8")
    with pytest.raises(ReproductionError, match=r"build cannot be written, .* remove what is in its place"):
        publishing(record.layout).__enter__()


@pytest.mark.parametrize("broken", ["shutil.rmtree", "Path.unlink"])
def test_leftovers_that_cannot_be_removed_are_told_and_removed_by_the_next(record, monkeypatch, broken: str) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch, publishing(record.layout):
        name, _, method = broken.partition(".")
        decision = changed(record)
        patch.setattr(getattr(publication, name), method, refused)
        removes = [name for name, content in decision.figures.items() if content is None]
        said = "stopped at" if removes and method == "unlink" else "cannot be removed: .* delete it, and run again"
        with pytest.raises(ReproductionError, match=said):
            publish(record.layout, decision)
    with publishing(record.layout):
        recover(record.layout)
    assert check_record(record.layout) is not None
    assert not record.layout.publication.exists()


def test_a_journal_that_cannot_be_read_is_told(record) -> None:
    with publishing(record.layout), pytest.raises(Stopped):
        publish(record.layout, changed(record), after_rename=stop_after(1))
    journal = record.layout.publication / "journal.json"
    journal.unlink()
    journal.mkdir()  # opening it fails as it does for a file of somebody else
    with publishing(record.layout), pytest.raises(ReproductionError, match=r"its journal cannot be read"):
        recover(record.layout)
