"""Citations of sources as text and as BibTeX."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

import pandas as pd

from analysis.errors import EvidenceError, Fault
from analysis.estimate import sorted_union
from analysis.evidence import partial_dates
from analysis.evidence.package import Evidence

NO_DATE = "n.d."
# One character at a time, so that no replacement is replaced again.
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': "''",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_URL_SAFE = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")


def cite(evidence: Evidence, source_id: str) -> str:
    """Return the citation of a source as text: publisher, date, title, address.

    A missing date is printed as n.d.; an address that is not http or https is left out.

    Raises
    ------
    EvidenceError
        When the package has no such source.
    """
    return _cited(_source(evidence, source_id))


def citations(evidence: Evidence, source_ids: Iterable[str]) -> dict[str, str]:
    """Return the citation of each source that the package has, by `source_id`; as :func:`cite`, but many at once."""
    pages = evidence.sources
    known = pages.loc[[source_id for source_id in sorted_union(source_ids) if source_id in pages.index]]
    return {
        str(source_id): _cited({str(name): value for name, value in source.items()})
        for source_id, source in known.to_dict("index").items()
    }


def _cited(source: Mapping[str, object]) -> str:
    parts = [f"{plain_text(source['publisher'])} ({_date_text(source['published_on'])})", plain_text(source["title"])]
    address = web_address(source["url"])
    return ". ".join(part.rstrip(".") for part in parts) + "." + (f" {address}" if address else "")


def accident_pages(sources: pd.DataFrame) -> pd.Series:
    """Return, True or False, which of the sources name the place of an accident or tell of a person hurt in it.

    A package without the column `accident_page` has not reviewed this; none of its pages is marked.
    """
    if "accident_page" not in sources:
        return pd.Series(False, index=sources.index)
    return sources["accident_page"].fillna(False).astype(bool)


def citable_pages(evidence: Evidence, source_ids: Iterable[str]) -> pd.DataFrame:
    """Return those of the sources that the package has and that are no page on a single accident, sorted by key."""
    pages = evidence.sources
    known = pages.loc[[source_id for source_id in sorted_union(source_ids) if source_id in pages.index]]
    return known[~accident_pages(known)]


def bibtex(evidence: Evidence, source_ids: Iterable[str]) -> str:
    """Return BibTeX entries of the sources, sorted by key, each source once.

    Raises
    ------
    EvidenceError
        When the package has no such source.
    """
    return "\n".join(_entry(source_id, _source(evidence, source_id)) for source_id in sorted_union(source_ids))


def _entry(source_id: str, source: Mapping[str, object]) -> str:
    fields = {
        "author": "{" + _latex(source["publisher"]) + "}",
        "title": "{" + _latex(source["title"]) + "}",
        **_date_fields(source["published_on"]),
    }
    if address := web_address(source["url"]):
        fields["howpublished"] = r"\url{" + address + "}"
        fields["url"] = address
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    key = re.sub(r"[^A-Za-z0-9:-]", "-", source_id)
    return f"@misc{{{key},\n{lines}}}\n"


def _date_fields(printed: object) -> dict[str, str]:
    if not isinstance(printed, str):
        return {"note": NO_DATE}  # a year that is no number is an error to biber and Typst
    parsed = partial_dates.parse(printed)
    fields = {"year": f"{parsed.first.year}", "date": printed}
    if parsed.precision is not partial_dates.Precision.YEAR:
        fields["month"] = f"{parsed.first.month}"
    return fields


def _date_text(printed: object) -> str:
    if not isinstance(printed, str):
        return NO_DATE
    parsed = partial_dates.parse(printed)
    month = f"{calendar.month_name[parsed.first.month]} {parsed.first.year}"
    match parsed.precision:
        case partial_dates.Precision.DAY:
            return f"{parsed.first.day} {month}"
        case partial_dates.Precision.MONTH:
            return month
        case _:
            return f"{parsed.first.year}"


def _source(evidence: Evidence, source_id: str) -> Mapping[str, object]:
    sources = evidence.sources
    if source_id not in sources.index:
        rule = "a cited source must stand in the table of sources"
        raise EvidenceError([Fault(file="sources.csv", column="source_id", rule=rule, value=source_id)])
    return {str(name): sources.loc[source_id, name] for name in sources.columns}


def plain_text(text: object) -> str:
    """Return text on one line, without control characters and direction marks."""
    return "" if not isinstance(text, str) else " ".join(_CONTROL.sub(" ", text).split())


def _latex(text: object) -> str:
    return "".join(_LATEX.get(character, character) for character in plain_text(text))


def web_address(url: object) -> str:
    r"""Return the address with every unsafe character percent-encoded, or '' when it is not http or https.

    Braces and backslashes are encoded too, so that the address cannot leave the argument of ``\url``.
    """
    if not isinstance(url, str):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return "".join(
        character if _URL_SAFE.fullmatch(character) else "".join(f"%{byte:02X}" for byte in character.encode("utf-8"))
        for character in url
    )
