"""A folder for a journal: what is in it, what is refused, and that the record stays as it was."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from analysis.errors import ReproductionError
from analysis.pipeline.figure_choice import chosen_figures
from analysis.pipeline.progress import Progress
from analysis.pipeline.run_folder import MARKER
from analysis.pipeline.submission import Submission, make_submission
from analysis.settings import JOURNAL

pytestmark = pytest.mark.pages

# One figure as the journal asks, and one with words on words.
DRAWS = """\
import os
from pathlib import Path
import pandas as pd
from analysis.plots.save import save
from analysis.plots.style import house_style, new_figure, source_note, title
from analysis.record.run_record import FigureFacts, RunRecord
run = RunRecord(notebook="tiny", folder=Path(os.environ["ANALYSIS_OUTPUT"]), parameters={}, checksums={})
for name in ("good", "bad"):
    with house_style():
        figure, (axis,) = new_figure(height_mm=40)
        axis.plot([0, 1], [0, 1])
        if name == "bad":
            figure.text(0.5, 0.5, "one")
            figure.text(0.5, 0.5, "other")
        title(axis, "It rises", detail="y, no unit")
        source_note(figure, "Source: made up")
    facts = FigureFacts(name=name, caption="50 % of *all* <b>", alt=f"A {name} line.", sources=("s-1",))
    save(figure, run, facts, drawn=pd.DataFrame({"x": [0, 1]}))
"""


def submitted(project, out: Path, *figures: str, notebook: str = "tiny") -> Submission:
    return make_submission(
        dict.fromkeys(figures, notebook),
        journal="plos",
        out=out,
        layout=project.layout,
        check_evidence=lambda _: {},
        progress=Progress(total=0, stream=io.StringIO()),
    )


@pytest.fixture
def drawing(bare, make: Callable[..., nbformat.NotebookNode]):
    bare.write("tiny", make([DRAWS]))
    return bare


def test_a_folder_holds_what_a_journal_takes(drawing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(JOURNAL, "nature")  # what a run is for is said to it, never inherited
    out = tmp_path / "for a journal"
    made = submitted(drawing, out, "good", "bad")
    assert [(one.figure, one.rule) for one in made.findings] == [("bad", "overlap")]
    assert not made.ok
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert files - {".gitignore", MARKER} == {
        *(f"figures/{name}.{ending}" for name in ("good", "bad") for ending in ("tif", "png")),
        *(f"source-data/{name}.csv" for name in ("good", "bad")),
        *(f"captions.{ending}" for ending in ("md", "txt", "tex")),
        *(f"alt-texts.{ending}" for ending in ("md", "txt")),
        "README.md",
        "findings.txt",
    }
    texts = {name: (out / name).read_text(encoding="utf-8") for name in sorted(files) if name.endswith(("md", "txt"))}
    assert texts["captions.txt"].startswith("good\nIt rises. Source: made up. 50 % of *all* <b>\n\nbad\n")
    assert "50 % of \\*all\\* \\<b\\>" in texts["captions.md"]
    assert texts["alt-texts.txt"] == "good\nA good line.\n\nbad\nA bad line.\n"
    assert texts["findings.txt"].startswith("2 figures checked: 1 finding\n\nbad\n  overlap: 'one' and 'other' by ")
    assert "| `bad` | `notebooks/tiny.ipynb` | 1 |" in texts["README.md"]
    assert "132 or 190.5 mm wide" in texts["README.md"]
    assert r"\csname analysis@caption@good\endcsname{It rises." in (out / "captions.tex").read_text(encoding="utf-8")
    assert list(drawing.layout.figures.iterdir()) == []

    # A second command replaces the first; links lead nowhere.
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "good.csv").write_text("precious")
    for path in (out / "source-data" / "good.csv", out / "source-data" / "bad.csv"):
        path.unlink()
    (out / "source-data").rmdir()
    (out / "source-data").symlink_to(precious)
    assert submitted(drawing, out, "good").ok
    assert (precious / "good.csv").read_text() == "precious"
    assert sorted(path.name for path in (out / "figures").iterdir()) == ["good.png", "good.tif"]


def test_a_notebook_that_fails_leaves_the_folder_as_it_was(bare, make, tmp_path: Path) -> None:
    bare.write("tiny", make(["raise ValueError('no')"]))
    made = submitted(bare, tmp_path / "out", "good")
    assert not made.ok
    assert made.figures == ()
    assert {path.name for path in (tmp_path / "out").iterdir()} == {".gitignore", MARKER}


@pytest.mark.parametrize("name", ["figures", "data", "notebooks", "src", "tests/x", "figures/../data"])
def test_folders_of_the_repository_are_refused(drawing, name: str) -> None:
    with pytest.raises(ReproductionError, match="is not for the outputs of a run"):
        submitted(drawing, drawing.layout.root / name, "good")


def test_a_folder_with_somebodys_files_and_a_file_are_refused(drawing, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(ReproductionError, match="holds files that no run wrote"):
        submitted(drawing, tmp_path / "mine", "good")
    with pytest.raises(ReproductionError, match="there is a file of this name"):
        submitted(drawing, tmp_path / "mine" / "letter.txt", "good")


def test_figures_are_chosen_by_their_name_or_their_notebook(project) -> None:
    both = {"alpha-figure": "alpha", "beta-figure": "beta"}
    assert chosen_figures(project.layout, []) == both
    assert list(chosen_figures(project.layout, ["beta.ipynb", "alpha-figure", "beta-figure"])) == [
        "beta-figure",
        "alpha-figure",
    ]


@pytest.mark.parametrize("name", ["alpha-figur", "../alpha-figure", "/etc/passwd", "", "alpha\x1b[2J"])
def test_other_names_are_refused_with_what_there_is(project, name: str) -> None:
    with pytest.raises(ReproductionError, match="names of no figure") as refused:
        chosen_figures(project.layout, [name, "beta"])
    assert "\n  figures: alpha-figure, beta-figure\n" in str(refused.value)
    assert "\x1b" not in str(refused.value)
    assert ("did you mean alpha-figure?" in str(refused.value)) == (name in ("alpha-figur", "../alpha-figure"))


def test_without_a_record_nothing_can_be_chosen(bare) -> None:
    with pytest.raises(ReproductionError, match="the record holds no figure"):
        chosen_figures(bare.layout, [])
