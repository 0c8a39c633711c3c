"""The parts of the README that the front page of the site takes over."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import ReproductionError
from analysis.paths import FIGURES, NOTEBOOKS, REPOSITORY
from analysis.record.reading import read_record
from analysis.site.front_page import QUESTIONS
from analysis.site.readme import front_door

README = REPOSITORY / "README.md"


def test_the_parts_of_the_readme() -> None:
    door = front_door(README)
    assert door.title == "Landmine harm in Azerbaijan"
    assert "may be used for navigation" in door.introduction
    assert door.reading.startswith("Numbers of")
    assert "|" not in door.reading
    assert door.unknown.startswith("What cannot be known")
    assert list(door.questions) == [*dict.fromkeys(door.questions)]
    assert sorted(door.questions) == sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))


def test_every_answer_is_a_value_of_the_record_and_has_its_place() -> None:
    answers = front_door(README).answers
    assert len(answers) >= 10
    assert {answer.key for answer in answers} <= set(read_record(FIGURES).trees)
    placed = {notebook for question in QUESTIONS for notebook in question.notebooks}
    assert {answer.notebook for answer in answers} <= placed
    assert placed == {path.stem for path in NOTEBOOKS.glob("*.ipynb")}


def test_every_figure_of_the_front_page_is_on_record() -> None:
    assert {question.figure for question in QUESTIONS} <= set(read_record(FIGURES).figures)


@pytest.mark.parametrize("lost", ["## What was found", "What cannot be known", "| `notebooks/", "# Landmine harm"])
def test_a_readme_without_one_of_its_parts_is_refused(tmp_path: Path, lost: str) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(README.read_text(encoding="utf-8").replace(lost, "gone"), encoding="utf-8")
    with pytest.raises(ReproductionError, match=r"README\.md: the site needs its title"):
        front_door(readme)


def test_no_readme(tmp_path: Path) -> None:
    with pytest.raises(ReproductionError, match=r"README\.md cannot be read"):
        front_door(tmp_path / "README.md")
