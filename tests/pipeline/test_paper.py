"""The paper kit of the record: a changed value changes the PDF; everything it cites and shows is there."""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.errors import ReproductionError
from analysis.evidence import load_evidence
from analysis.evidence.citation import accident_pages
from analysis.paths import FIGURES
from analysis.pipeline.paper import PaperKit, compile_paper, make_paper_kit
from analysis.record.layout import Layout
from analysis.record.reading import StoredRecord, read_record

pytestmark = pytest.mark.pages

KEY = "casualty_trends.total_registered"


@pytest.fixture(scope="module")
def record() -> StoredRecord:
    return read_record(FIGURES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("paper")


@pytest.fixture(scope="module")
def kit(record: StoredRecord, folder: Path) -> PaperKit:
    return make_paper_kit(record, out=folder / "kit", layout=Layout(root=folder / "repository"))


def text_of(paper: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    done = subprocess.run(["pdftotext", str(paper), "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode("utf-8").split())


def test_a_changed_value_changes_the_text_of_the_paper(record: StoredRecord, kit: PaperKit, folder: Path) -> None:
    tree = copy.deepcopy(record.trees[KEY])
    assert isinstance(tree, dict)
    tree["value"] = 420.0
    moved = replace(record, trees={**record.trees, KEY: tree})
    other = make_paper_kit(moved, out=folder / "other", layout=Layout(root=folder / "repository"))
    before, after = text_of(kit.example), text_of(other.example)
    assert "registered 419 (scenario 417 to 423) casualties" in before
    assert "registered 420 (scenario 417 to 423) casualties" in after
    assert "419 (scenario" not in after


def test_the_paper_has_its_table_its_figure_and_its_references(kit: PaperKit) -> None:
    text = text_of(kit.example)
    assert "Table 1: Headline values" in text
    assert "Figure 1: Casualties registered from" in text
    assert "[1] Caliber.Az" in text
    assert "area reported as worked" in text


def test_the_same_record_gives_the_same_bytes(kit: PaperKit, folder: Path) -> None:
    again = folder / "again"
    shutil.copytree(kit.folder, again)
    assert compile_paper(again / "example.typ").read_bytes() == kit.example.read_bytes()


def test_every_figure_comes_with_pictures_a_caption_and_a_description(record: StoredRecord, kit: PaperKit) -> None:
    for name, facts in record.figures.items():
        stated = json.loads(facts.read_text(encoding="utf-8"))
        assert (kit.folder / "captions" / f"{name}.txt").read_text(encoding="utf-8").strip() == stated["caption"]
        assert (kit.folder / "alt-texts" / f"{name}.txt").read_text(encoding="utf-8").strip() == stated["alt"]
        endings = sorted(path.suffix for path in (kit.folder / "figures").glob(f"{name}.*"))
        assert endings == [".pdf", ".png", ".svg"]


def test_the_bibliography_has_every_page_but_those_on_single_accidents(record: StoredRecord, kit: PaperKit) -> None:
    text = (kit.folder / "references.bib").read_text(encoding="utf-8")
    entries = re.findall(r"^@misc\{([^,]+),$", text, flags=re.MULTILINE)
    named = {source for key in record.trees for source in record.estimate(key).sources}
    for facts in record.figures.values():
        named |= {*json.loads(facts.read_text(encoding="utf-8"))["sources"]}
    pages = load_evidence().sources
    hidden = {*pages.index[accident_pages(pages)]}
    assert entries == sorted(source for source in named & {*pages.index} if source not in hidden)
    assert named & hidden
    assert kit.references == len(entries)


def test_a_kit_of_a_run_that_lacks_a_value_says_what_is_missing(record: StoredRecord, folder: Path) -> None:
    without = replace(record, trees={key: tree for key, tree in record.trees.items() if key != KEY})
    with pytest.raises(ReproductionError, match=r"example\.typ does not compile: .*total_registered"):
        make_paper_kit(without, out=folder / "without", layout=Layout(root=folder / "repository"))
    assert not (folder / "without" / "values.json").exists()


def test_a_folder_with_somebodys_files_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert main(["paper", "--out", str(tmp_path)]) == 1
    assert "holds files that no run wrote" in capsys.readouterr().err
    assert main(["paper", "--out", str(FIGURES)]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
