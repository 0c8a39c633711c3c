"""The first page: quick answers with their ranges, one figure a question, and what cannot be known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analysis.record.printed import printed_kind, printed_range, printed_value
from analysis.record.reading import StoredRecord
from analysis.record.stored_figure import StoredFigure
from analysis.site.markup import raw_html, text_html
from analysis.site.pictures import picture_html
from analysis.site.readme import Answer, FrontDoor
from analysis.site.values_page import PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One part of the page.

    Parameters
    ----------
    asked
        Its heading.
    notebooks
        Whose answers stand there.
    figure
        The figure beneath them.
    """

    asked: str
    notebooks: tuple[str, ...]
    figure: str


QUESTIONS: Final = (
    Question(
        asked="How many people were harmed, and is it getting less?",
        notebooks=("casualty_trends", "casualty_changes", "casualty_outlook", "casualty_sources"),
        figure="casualty-running-total",
    ),
    Question(
        asked="How good are the minefield records?",
        notebooks=("map_reliability", "records_as_a_test", "records_against_ground", "district_accidents"),
        figure="map-shares-with-n",
    ),
    Question(
        asked="How much land is left, and for how long?",
        notebooks=("contamination", "horizon", "inspection"),
        figure="contamination-horizon",
    ),
    Question(
        asked="Do published statements agree with published figures?",
        notebooks=("claims_audit", "more_claims", "claims_consistency"),
        figure="claims-audit",
    ),
    Question(
        asked="How far do the answers depend on our choices, and on whose figures they are?",
        notebooks=("multiverse", "sources_left_out"),
        figure="multiverse-casualties",
    ),
)
_BOLD: Final = re.compile(r"\*\*([^*]+)\*\*")
_AT_FIRST: Final = 4  # answers shown large; the rest of a question is one click away


def front_page(door: FrontDoor, *, record: StoredRecord, figures: Mapping[str, StoredFigure], methods: bool) -> str:
    """Return the page as Markdown; `methods` says whether the site has a page on methods."""
    parts = [f"# {door.title}", door.introduction, f"```{{admonition}} How to read the numbers\n{door.reading}\n```"]
    for question in QUESTIONS:
        parts += _part(question, door, record, figures)
    parts += [f"## What cannot be known\n\n{door.unknown}", _contents(methods=methods)]
    return "\n\n".join(parts) + "\n"


def notebook_index(door: FrontDoor) -> str:
    """Return the page that lists the notebooks with their questions."""
    listed = "\n".join(f"- [](./{name}.ipynb): {question}" for name, question in door.questions.items())
    names = "\n".join(door.questions)
    return (
        "# Notebooks\n\n"
        "Each as it was run, with its default parameters; code is folded. Every one says first whose figures it uses, "
        f"and last what it does not show.\n\n{listed}\n\n```{{toctree}}\n:hidden:\n\n{names}\n```\n"
    )


def _part(question: Question, door: FrontDoor, record: StoredRecord, figures: Mapping[str, StoredFigure]) -> list[str]:
    answers = [
        answer for answer in door.answers if answer.notebook in question.notebooks and answer.key in record.trees
    ]
    parts = [f"## {question.asked}"]
    if answers:
        parts.append(raw_html(_cards(answers[:_AT_FIRST], record)))
    if answers[_AT_FIRST:]:
        rest = answers[_AT_FIRST:]
        opened = f"<summary>{len(rest)} more answer{'s' if len(rest) > 1 else ''}</summary>"
        parts.append(raw_html(f'<details class="more">{opened}{_cards(rest, record)}</details>'))
    if question.figure in figures:
        html = picture_html(figures[question.figure], record=record, root="", downloads=False)
        parts.append(raw_html(html))
    links = ", ".join(f"[](notebooks/{name}.ipynb)" for name in question.notebooks if name in door.questions)
    return [*parts, f"How these were found, from whom, and what they do not show: {links}."]


def _cards(answers: Sequence[Answer], record: StoredRecord) -> str:
    return f'<ul class="answers">{"".join(_card(answer, record) for answer in answers)}</ul>'


def _card(answer: Answer, record: StoredRecord) -> str:
    tree = record.tree(answer.key)
    what = _BOLD.sub(r"<strong>\1</strong>", text_html(answer.what))
    return (
        f'<li class="answer"><p class="answer-value">{text_html(printed_value(tree))}</p>'
        f'<p class="answer-range">{text_html(_range(tree))}</p>'
        f'<p class="answer-what">{what}</p>'
        f'<p class="answer-how"><a href="{PAGE}.html#{text_html(answer.key)}">how it was made'
        f'<span class="unseen">: {text_html(answer.key)}</span></a></p></li>'
    )


def _range(tree: Mapping[str, Any]) -> str:
    kind = printed_kind(tree)
    return f"{printed_range(tree)} ({kind})" if kind else "no interval"


def _contents(*, methods: bool) -> str:
    pages = ["notebooks/index", "figures-of-the-record", PAGE, "evidence/index", "claims"]
    pages += ["methods"] if methods else []
    listed = "\n".join(["Answers <self>", *pages, "about/index", "api/index"])
    return f"```{{toctree}}\n:hidden:\n\n{listed}\n```"
