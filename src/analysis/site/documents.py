"""The repository's own documents as pages: methods, data sheet, how to contribute, what changed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analysis.errors import ReproductionError
from analysis.record.layout import Layout

METHODS: Final = "methods"
_LINK: Final = re.compile(r"(!?)\[([^\]\n]*)\]\(([^)\s]+)\)")
_FUNCTION: Final = re.compile(r"(?<!`)`(analysis(?:\.[A-Za-z_]+)+)`(?!`)")
_ELSEWHERE: Final = re.compile(r"(?:https?:|mailto:|#)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document.

    Parameters
    ----------
    file
        Where it stands in the repository.
    page
        Which page of the site it is, without ending.
    """

    file: str
    page: str


DOCUMENTS: Final = (
    Document(file="docs/methods.md", page=METHODS),
    Document(file="data/README.md", page="about/evidence"),
    Document(file="data/DATASHEET.md", page="about/datasheet"),
    Document(file="docs/guide.md", page="about/guide"),
    Document(file="CONTRIBUTING.md", page="about/contributing"),
    Document(file="CHANGELOG.md", page="about/changelog"),
)


def present(layout: Layout) -> tuple[Document, ...]:
    """Return the documents that the repository has, in order."""
    return tuple(document for document in DOCUMENTS if (layout.root / document.file).is_file())


def document_pages(layout: Layout) -> dict[str, str]:
    """Return the documents as Markdown by page, and the page that lists them.

    Links between them lead from page to page; links to other files of the repository become the name of the file, and
    names of functions lead to what their module says of them.

    Raises
    ------
    ReproductionError
        When one cannot be read.
    """
    found = present(layout)
    pages = {document.file: document.page for document in found}
    texts = {document.page: _read(layout.root / document.file, document, pages) for document in found}
    names = "\n".join(page.removeprefix("about/") for page in texts if page.startswith("about/"))
    index = f"# About\n\nThe documents of the repository.\n\n```{{toctree}}\n:maxdepth: 1\n\n{names}\n```\n"
    return texts | {"about/index": index}


def _read(path: Path, document: Document, pages: Mapping[str, str]) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ReproductionError(f"{path} cannot be read: {error}") from error
    linked = _LINK.sub(lambda found: _link(found, document, pages), text)
    return _FUNCTION.sub(r"{py:obj}`\1`", linked)


def _link(found: re.Match[str], document: Document, pages: Mapping[str, str]) -> str:
    picture, words, target = found.groups()
    if _ELSEWHERE.match(target):
        return found[0]
    file, _, place = target.partition("#")
    name = posixpath.normpath(posixpath.join(posixpath.dirname(document.file), file))
    page = pages.get(name)
    if page is None or picture:
        return f"`{name}`" if words.strip("`") in ("", name) else f"{words} (`{name}`)"
    return f"[{words}](/{page}.md{'#' + place if place else ''})"
