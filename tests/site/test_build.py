"""Where the site goes: whole or not at all, and never among files that no command of ours wrote."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.errors import ReproductionError
from analysis.paths import REPOSITORY
from analysis.pipeline.run_folder import MARKER
from analysis.record.layout import Layout
from analysis.site import build


def quiet(step: str) -> None:
    """Take a step and say nothing."""


@pytest.fixture
def repository(tmp_path: Path) -> Layout:
    """Return a repository with what is read before a page is written."""
    root = tmp_path / "repository"
    (root / "figures").mkdir(parents=True)
    for name in ("README.md", "figures/values.json"):
        shutil.copyfile(REPOSITORY / name, root / name)
    shutil.copytree(REPOSITORY / "data", root / "data")
    return Layout(root=root)


def without_sphinx(monkeypatch: pytest.MonkeyPatch, pages: dict[str, str]) -> None:
    """Let the site be these files."""

    def make(_: Path, site: Path, **__: object) -> None:
        for name, text in pages.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")

    monkeypatch.setattr(build, "write_pages", lambda *_, **__: None)
    monkeypatch.setattr(build, "copy_files", lambda *_: None)
    monkeypatch.setattr(build, "make_html", make)


def test_a_folder_of_somebody_else_is_refused(repository: Layout, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(ReproductionError, match="the folder holds files that no run wrote"):
        build.build_site(repository, out=theirs, tell=quiet)
    assert [path.name for path in theirs.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("inside", ["figures/site", "data", "src/../figures"])
def test_a_folder_of_the_repository_is_refused(repository: Layout, inside: str) -> None:
    with pytest.raises(ReproductionError, match="is not for the outputs of a run"):
        build.build_site(repository, out=repository.root / inside, tell=quiet)


def test_a_second_site_takes_the_place_of_the_first(
    repository: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_sphinx(monkeypatch, {"index.html": "first", "notebooks/old.html": "old", "gone.html": "gone"})
    page = build.build_site(repository, out=tmp_path / "site", tell=quiet)
    without_sphinx(monkeypatch, {"index.html": "second", "notebooks/new.html": "new"})
    assert build.build_site(repository, out=tmp_path / "site", tell=quiet) == page
    found = sorted(str(path.relative_to(tmp_path / "site")) for path in (tmp_path / "site").rglob("*"))
    assert found == sorted([".gitignore", MARKER, "index.html", "notebooks", "notebooks/new.html"])
    assert page.read_text(encoding="utf-8") == "second"


def test_a_site_that_fails_leaves_the_one_before(
    repository: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_sphinx(monkeypatch, {"index.html": "first"})
    page = build.build_site(repository, out=tmp_path / "site", tell=quiet)

    def warn(_: Path, site: Path, **__: object) -> None:
        site.mkdir()
        (site / "index.html").write_text("half", encoding="utf-8")
        raise ReproductionError("Sphinx warns")

    monkeypatch.setattr(build, "make_html", warn)
    with pytest.raises(ReproductionError, match="Sphinx warns"):
        build.build_site(repository, out=tmp_path / "site", tell=quiet)
    assert page.read_text(encoding="utf-8") == "first"
    assert not [path for path in page.parent.iterdir() if path.name.startswith(".part")]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_site_that_fails_leaves_no_half_line_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, tell: Callable[[str], None], **__: object) -> Path:
        tell("evidence")
        raise ReproductionError("Sphinx warns")

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(build, "build_site", fail)
    assert main(["report"]) == 1
    _, said, blank, message = terminal.getvalue().rsplit("\r", 3)
    assert said.endswith("evidence")
    assert blank == " " * len(said)
    assert "Sphinx warns" in message


def test_the_site_goes_to_build_unless_said_otherwise(repository: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    without_sphinx(monkeypatch, {"index.html": "site"})
    page = build.build_site(repository, tell=quiet)
    assert page == repository.build / "report" / "index.html"
