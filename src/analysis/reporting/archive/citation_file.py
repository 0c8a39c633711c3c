"""What CITATION.cff says: title, authors, version and date of the study as they are to be cited."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.errors import ReproductionError


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedAs:
    """How the study is cited.

    Parameters
    ----------
    title, abstract, version, released
        As in the file; `released` is YYYY-MM-DD.
    authors
        Names of the bodies or persons.
    keywords
        As in the file.
    """

    title: str
    abstract: str
    version: str
    released: str
    authors: tuple[str, ...]
    keywords: tuple[str, ...]


def read_citation(path: Path) -> CitedAs:
    """Return what a CITATION.cff says.

    Raises
    ------
    ReproductionError
        When it is not there, or lacks one of these parts.
    """
    import yaml

    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        return CitedAs(
            title=str(tree["title"]),
            abstract=str(tree["abstract"]).strip(),
            version=str(tree["version"]),
            released=str(tree["date-released"]),
            authors=tuple(_name(author) for author in tree["authors"]),
            keywords=tuple(str(word) for word in tree["keywords"]),
        )
    except KeyError as error:
        raise ReproductionError(f"{path} cannot be used: it has no {error}") from error
    except (OSError, TypeError, yaml.YAMLError) as error:
        raise ReproductionError(f"{path} cannot be read: {error}") from error


def _name(author: dict[str, str]) -> str:
    return author.get("name") or f"{author.get('given-names', '')} {author['family-names']}".strip()
