"""One figure held against a profile: its files and every word in it."""

from __future__ import annotations

from pathlib import Path

from analysis.errors import ReproductionError
from analysis.plots.checking.files import check_file, pixels
from analysis.plots.checking.finding import Finding
from analysis.plots.checking.legibility import check_words
from analysis.plots.checking.words import read_drawing
from analysis.plots.journals import Profile
from analysis.plots.save import CHECKED_BY


def check_figure(folder: Path, name: str, profile: Profile) -> tuple[Finding, ...]:
    """Return what is wrong with the figure `name` in `folder`; nothing when it is as `profile` asks.

    Raises
    ------
    ReproductionError
        When one of its files is missing or cannot be read.
    """
    contents = {ending: _content(folder, name, ending) for ending in dict.fromkeys((*profile.endings, *CHECKED_BY))}
    findings = [one for ending in profile.endings for one in check_file(name, ending, contents[ending], profile)]
    try:
        findings += check_words(name, read_drawing(contents["svg"]), pixels(contents["png"]), profile)
    except ReproductionError as error:
        raise ReproductionError(f"figure {name}: {error}") from error
    return tuple(findings)


def _content(folder: Path, name: str, ending: str) -> bytes:
    try:
        return (folder / f"{name}.{ending}").read_bytes()
    except OSError as error:
        raise ReproductionError(f"figure {name}: {folder / name}.{ending} cannot be read: {error}") from error
