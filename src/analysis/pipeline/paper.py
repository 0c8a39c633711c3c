"""The paper kit: files for authors, made from a record, with an example paper compiled from them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analysis.errors import ReproductionError
from analysis.evidence import load_evidence
from analysis.pipeline.run_folder import checked_folder, fill_folder, working_folder
from analysis.record.layout import Layout
from analysis.record.reading import StoredRecord
from analysis.record.stored_figure import StoredFigure, stored_figures
from analysis.reporting.paper.references import references
from analysis.reporting.paper.texts import EXAMPLE, paper_texts

_PICTURES: Final = ("pdf", "svg", "png")
_KIT: Final = "kit"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKit:
    """What was made.

    Parameters
    ----------
    folder
        Where the files are.
    example
        The compiled example paper.
    values, figures, references
        How many of each are in it.
    """

    folder: Path
    example: Path
    values: int
    figures: int
    references: int


def make_paper_kit(record: StoredRecord, *, out: Path, layout: Layout, data: Path | None = None) -> PaperKit:
    """Fill the folder `out` with the paper kit of a record and compile the example paper in it.

    Parameters
    ----------
    record
        The values and figures.
    out
        A new or empty folder outside the repository's own, or one that a command made.
    layout
        The repository.
    data
        Evidence folder that describes the sources; None for the repository's.

    Raises
    ------
    ReproductionError
        When the folder cannot take it, the record cannot be read, or the example does not compile: it uses values and
        a figure of this study's record.
    EvidenceError
        When the evidence that describes the sources is faulty.
    """
    folder = checked_folder(out.resolve(), layout)
    values = {key: record.tree(key) for key in sorted(record.trees)}
    figures = stored_figures(record)
    cited = references(values, figures, load_evidence("" if data is None else data))
    texts = paper_texts(values, figures, cited)
    with working_folder(folder) as part, _complaints_about(folder):
        _write(part / _KIT, texts, figures)
        compile_paper(part / _KIT / EXAMPLE)
        fill_folder(part / _KIT, folder)
    return PaperKit(
        folder=folder,
        example=(folder / EXAMPLE).with_suffix(".pdf"),
        values=len(values),
        figures=len(figures),
        references=len(cited.source_ids),
    )


def compile_paper(source: Path) -> Path:
    """Compile a Typst file to a PDF beside it and return its path; nothing outside its folder is read.

    The fonts are those the compiler brings, and no date is written, so that the same files give the same PDF.

    Raises
    ------
    ReproductionError
        When it does not compile, with the compiler's words.
    """
    import typst

    paper = source.with_suffix(".pdf")
    try:
        typst.compile(source, output=paper, root=source.parent, ignore_system_fonts=True)
    except typst.TypstError as error:
        raise ReproductionError(f"{source.name} does not compile: {error}") from error
    return paper


def _write(kit: Path, texts: Mapping[str, str], figures: Mapping[str, StoredFigure]) -> None:
    for name, text in texts.items():
        file = kit / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    (kit / "figures").mkdir()
    for figure in figures.values():
        for ending in _PICTURES:
            picture = figure.data_file.with_suffix(f".{ending}")
            if picture.is_file():
                shutil.copyfile(picture, kit / "figures" / picture.name)


@contextmanager
def _complaints_about(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ReproductionError(f"the paper kit could not be written to {folder}: {error}") from error
