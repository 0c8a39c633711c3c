"""What the README says, read back: its headline answers, the question of each notebook, what cannot be known.

The README is the front door of the repository and its words are tested against the record, so the front page of the
site takes them from there and writes none of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analysis.errors import ReproductionError

_ANSWER: Final = re.compile(r"^\| (?P<what>[^|\n]+) \| [^|\n]+ \| [^|\n]+ \| `(?P<key>[a-z_]+\.[a-z0-9_]+)` \|$", re.M)
_QUESTION: Final = re.compile(r"^\| `notebooks/(?P<notebook>[a-z_]+)\.ipynb` \| (?P<question>[^|\n]+) \|$", re.M)
_HEADING: Final = "## What was found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One headline answer.

    Parameters
    ----------
    what
        What the number is, in words, as Markdown.
    key
        The value of the record that gives it.
    """

    what: str
    key: str

    @property
    def notebook(self) -> str:
        """The notebook that computed it."""
        return self.key.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontDoor:
    """The parts of the README that the site shows, as Markdown.

    Parameters
    ----------
    title
        Name of the study.
    introduction
        What it is, and what it is not for.
    reading
        How the numbers are to be read.
    answers
        Headline answers, in order.
    unknown
        What cannot be known.
    questions
        The question of each notebook, in order.
    """

    title: str
    introduction: str
    reading: str
    answers: tuple[Answer, ...]
    unknown: str
    questions: dict[str, str]


def front_door(readme: Path) -> FrontDoor:
    """Return what the README says.

    Raises
    ------
    ReproductionError
        When it cannot be read or lacks one of these parts.
    """
    try:
        text = readme.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ReproductionError(f"{readme} cannot be read: {error}") from error
    answers = tuple(Answer(what=row["what"], key=row["key"]) for row in _ANSWER.finditer(text))
    questions = {row["notebook"]: row["question"] for row in _QUESTION.finditer(text)}
    title = re.search(r"^# (.+)\n", text, re.M)
    unknown = re.search(r"^What cannot be known.+?(?=\n\n)", text, re.M | re.S)
    before, heading, after = text.partition(f"\n{_HEADING}\n")
    if not (title and unknown and heading and answers and questions):
        raise ReproductionError(
            f"{readme}: the site needs its title, the section {_HEADING!r} with its table of answers, the paragraph "
            "'What cannot be known' and the table of notebooks; one of them is missing"
        )
    return FrontDoor(
        title=title[1],
        introduction=before[title.end() :].strip(),
        reading=after.partition("\n|")[0].strip(),
        answers=answers,
        unknown=unknown[0],
        questions=questions,
    )
