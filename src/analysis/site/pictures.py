"""The figures of the record in the pages: drawing, alternative text, caption, and the files to take away."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from analysis.errors import ReproductionError
from analysis.record.reading import StoredRecord
from analysis.record.stored_figure import StoredFigure
from analysis.site.markup import raw_html, text_html

FILES: Final = "figures"
"""Folder of the site with the files of the figures."""

ENDINGS: Final = ("svg", "png", "pdf", "csv")
_SIZE: Final = re.compile(r'<svg[^>]* width="([0-9.]+)pt" height="([0-9.]+)pt"')


def copy_files(record: StoredRecord, site: Path) -> None:
    """Copy the files of the record's figures into the site.

    Raises
    ------
    ReproductionError
        When one is missing or cannot be copied.
    """
    folder = site / FILES
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in record.figures:
            for ending in ENDINGS:
                shutil.copyfile(record.folder / f"{name}.{ending}", folder / f"{name}.{ending}")
    except OSError as error:
        raise ReproductionError(f"a figure of the record cannot be copied: {error}; run `analysis verify`") from error


def picture_html(figure: StoredFigure, *, record: StoredRecord, root: str, downloads: bool = True) -> str:
    """Return a figure as HTML: the drawing, which leads to the drawing alone, its caption, and its files.

    Parameters
    ----------
    figure
        What the record says about it.
    record
        Where its files are.
    root
        Way from the page to the root of the site: '' or '../'.
    downloads
        Whether the files are offered beneath it.
    """
    width, height = _size(record.folder / f"{figure.name}.svg")
    address = f"{root}{FILES}/{figure.name}"
    image = f'<img src="{address}.png" alt="{text_html(figure.alt)}" width="{width}" height="{height}" loading="lazy">'
    parts = [
        f'<figure class="picture" id="figure-{text_html(figure.name)}">',
        f'<a class="enlarge" href="{address}.png" title="Enlarge">{image}</a>',
        f"<figcaption>{text_html(figure.caption)}",
    ]
    if downloads:
        parts.append(f'<span class="files">{_files(address, figure.name)}</span>')
    return "\n".join((*parts, "</figcaption></figure>"))


def gallery(figures: Mapping[str, StoredFigure], *, record: StoredRecord, questions: Mapping[str, str]) -> str:
    """Return the page of all figures, by notebook in the order of the questions."""
    parts = ["# Figures", "A click enlarges. The numbers drawn are in each CSV file; sources are in the notebook."]
    for notebook, question in questions.items():
        drawn = [figure for figure in figures.values() if figure.notebook == notebook]
        if drawn:
            parts += [f"## {question[0].upper()}{question[1:]}", f"Drawn by [](notebooks/{notebook}.ipynb)."]
            parts += [raw_html(picture_html(figure, record=record, root="")) for figure in drawn]
    return "\n\n".join(parts) + "\n"


def _files(address: str, name: str) -> str:
    links = (
        f'<a href="{address}.{ending}" aria-label="{text_html(name)} as {ending.upper()}">{ending.upper()}</a>'
        for ending in ENDINGS
    )
    return " ".join(links)


def _size(drawing: Path) -> tuple[int, int]:
    """Return width and height in pixels, so that a page keeps its place while it loads."""
    try:
        found = _SIZE.search(drawing.read_text(encoding="utf-8")[:2000])
    except OSError as error:
        raise ReproductionError(f"{drawing} cannot be read: {error}; run `analysis verify`") from error
    if found is None:
        raise ReproductionError(f"{drawing} does not say how large it is; run `analysis reproduce --rewrite`")
    return round(float(found[1]) * 4 / 3), round(float(found[2]) * 4 / 3)
