"""What stands in a folder of figures for a journal besides the pictures: captions, alt texts, what is what."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analysis.errors import ReproductionError
from analysis.plots.checking.finding import Finding
from analysis.plots.journals import Profile
from analysis.plots.save import WORDS_ENDING
from analysis.record.latex import escaped
from analysis.record.stored_figure import StoredFigure, read_figure

PICTURES, SOURCE_DATA = "figures", "source-data"
"""Folders of the pictures and of the numbers drawn in them."""

_WIDTH: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedFigure:
    """One figure of the folder.

    Parameters
    ----------
    facts
        What its JSON file says.
    words
        Messages and line of sources that are in the caption instead of the picture.
    findings
        What is wrong with it.
    """

    facts: StoredFigure
    words: str
    findings: tuple[Finding, ...]

    @property
    def caption(self) -> str:
        """The caption with what is not in the picture."""
        return _one_line(f"{self.words} {self.facts.caption}")


def submitted_figure(folder: Path, name: str, findings: Sequence[Finding]) -> SubmittedFigure:
    """Return what the run that drew for a journal into `folder` says about a figure.

    Raises
    ------
    ReproductionError
        When its files cannot be read, or its numbers are not those it was drawn from.
    """
    facts = read_figure(folder / f"{name}.json")
    if not facts.matches:
        raise ReproductionError(f"figure {name}: {facts.data_file.name} does not hold the numbers it was drawn from")
    words = folder / f"{name}.{WORDS_ENDING}"
    said = words.read_text(encoding="utf-8") if words.is_file() else ""
    return SubmittedFigure(facts=facts, words=said, findings=tuple(findings))


def submission_texts(figures: Sequence[SubmittedFigure], profile: Profile) -> Mapping[str, str]:
    """Return the text files of the folder by their names."""
    captions = {one.facts.name: one.caption for one in figures}
    alts = {one.facts.name: _one_line(one.facts.alt) for one in figures}
    return {
        "README.md": _readme(figures, profile),
        "captions.md": _markdown("Captions", captions),
        "captions.txt": _plain(captions),
        "captions.tex": latex_captions(captions),
        "alt-texts.md": _markdown("Alt texts", alts),
        "alt-texts.txt": _plain(alts),
        "findings.txt": findings_text([finding for one in figures for finding in one.findings], len(figures)) + "\n",
    }


def findings_text(findings: Sequence[Finding], figures: int) -> str:
    """Return the findings under the name of their figure, and first how many there are."""
    said = f"{len(findings) or 'no'} {'finding' if len(findings) == 1 else 'findings'}"
    lines = [f"{figures} {'figure' if figures == 1 else 'figures'} checked: {said}"]
    for name in dict.fromkeys(one.figure for one in findings):
        lines += ["", name, *(f"  {one.rule}: {one.found}" for one in findings if one.figure == name)]
    return "\n".join(lines)


_README: Final = """\
# Figures for {title}

Made by `analysis figures --journal {journal} --out DIR {names}`; the next such command replaces it.

Drawn anew at the size of print, not scaled from other files: {single:g} or {double:g} mm wide, at most {high:g} mm
high, text of {least:g} to {most:g} pt in Liberation Sans (free, with the measures of Arial), embedded as TrueType;
pictures of pixels at {dpi} dots per inch; formats: {endings}. Rules change: read the journal's own before sending.

| File | What it is |
|---|---|
| `{pictures}/` | the figures in the formats the journal takes; `.png` files are for looking at |
| `captions.md`, `captions.txt`, `captions.tex` | a caption for each figure, with its line of sources |
| `alt-texts.md`, `alt-texts.txt` | what each figure shows, for readers who cannot see it |
| `{source_data}/` | the numbers drawn, one CSV file a figure, one row a mark |
| `findings.txt` | what the check of sizes, fonts, resolution and legibility found |

| Figure | Drawn by | Findings |
|---|---|---|
{rows}

Every statement in a caption is attributed to who made it: keep the attribution when shortening one. Not for navigation,
clearance or any decision on safety.
"""


def _readme(figures: Sequence[SubmittedFigure], profile: Profile) -> str:
    rows = [
        f"| `{one.facts.name}` | `notebooks/{one.facts.notebook}.ipynb` | {len(one.findings) or 'none'} |"
        for one in figures
    ]
    return _README.format(
        title=profile.title,
        journal=profile.name,
        names=" ".join(one.facts.name for one in figures),
        single=profile.single_mm,
        double=profile.double_mm,
        high=profile.height_mm,
        least=profile.least_pt,
        most=profile.most_pt,
        dpi=profile.raster_dpi,
        endings=", ".join(profile.endings),
        pictures=PICTURES,
        source_data=SOURCE_DATA,
        rows="\n".join(rows),
    )


def _one_line(text: str) -> str:
    """Return text in one line, without characters that cannot be printed."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _markdown(heading: str, texts: Mapping[str, str]) -> str:
    parts = [f"# {heading}", *(f"## {name}\n\n{_unmarked(text)}" for name, text in texts.items())]
    return "\n\n".join(parts) + "\n"


def _unmarked(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return "".join(f"\\{character}" if character in "\\`*_[]<>|#" else character for character in text)


def _plain(texts: Mapping[str, str]) -> str:
    return "\n\n".join(f"{name}\n{textwrap.fill(text, _WIDTH)}" for name, text in texts.items()) + "\n"


def latex_captions(texts: Mapping[str, str]) -> str:
    """Return captions by the name of their figure as macros for LaTeX."""
    lines = [
        r"% \input this file, then write for example \caption{\analysiscaption{some-figure}}.",
        r"\makeatletter",
        r"\providecommand{\analysiscaption}[1]{%",
        r"  \ifcsname analysis@caption@#1\endcsname\csname analysis@caption@#1\endcsname",
        r"  \else\PackageError{analysis}{no caption #1}{See captions.txt for the names.}\fi}",
    ]
    lines += [
        rf"\expandafter\def\csname analysis@caption@{name}\endcsname{{{escaped(text)}}}" for name, text in texts.items()
    ]
    return "\n".join([*lines, r"\makeatother"]) + "\n"
