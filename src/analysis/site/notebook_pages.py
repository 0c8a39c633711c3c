"""Executed notebooks made ready for the site: code folded, figures as drawings, tables that scroll."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import nbformat

from analysis.errors import ReproductionError
from analysis.record.reading import StoredRecord
from analysis.record.stored_figure import StoredFigure
from analysis.site.markup import readable_tables
from analysis.site.pictures import picture_html

_FOLDED: Final = "hide-input"
_PICTURE: Final = "image/png"


def write_notebooks(
    notebooks: Path, folder: Path, *, figures: Mapping[str, StoredFigure], record: StoredRecord
) -> tuple[str, ...]:
    """Write every notebook of a folder as a page of the site and return their names.

    Raises
    ------
    ReproductionError
        When one cannot be read, or shows a picture that is no figure of the record.
    """
    folder.mkdir()
    by_alt = {(figure.notebook, figure.alt): figure for figure in figures.values()}
    names = []
    for path in sorted(notebooks.glob("*.ipynb")):
        notebook = _read(path)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                _fold(cell)
                cell.outputs = [_shown(output, path.stem, by_alt, record) for output in cell.outputs]
        nbformat.write(notebook, folder / path.name)  # type: ignore[no-untyped-call]
        names.append(path.stem)
    return tuple(names)


def _read(path: Path) -> Any:  # noqa: ANN401 - nbformat has no types
    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, nbformat.reader.NotJSONError) as error:
        raise ReproductionError(f"{path} cannot be read: {error}") from error


def _fold(cell: Any) -> None:  # noqa: ANN401 - nbformat has no types
    """Let the code of a cell be folded, under words that say what it is."""
    tags = cell.metadata.get("tags", [])
    words = "parameters" if "parameters" in tags else "code"
    cell.metadata["tags"] = [*tags, _FOLDED]
    cell.metadata["mystnb"] = {"code_prompt_show": f"Show the {words}", "code_prompt_hide": f"Hide the {words}"}


def _shown(
    output: Any,  # noqa: ANN401 - nbformat has no types
    notebook: str,
    by_alt: Mapping[tuple[str, str], StoredFigure],
    record: StoredRecord,
) -> Any:  # noqa: ANN401
    """Return an output with its figure or tables as the site shows them."""
    data = output.get("data", {})
    if _PICTURE in data:
        figure = by_alt.get((notebook, output.metadata.get(_PICTURE, {}).get("alt", "")))
        if figure is None:
            raise ReproductionError(
                f"notebooks/{notebook}.ipynb shows a picture that the record does not have; run `analysis reproduce`"
            )
        html = picture_html(figure, record=record, root="../")
    elif "text/html" in data:
        html = readable_tables(str(data["text/html"]), label=f"Table of {notebook.replace('_', ' ')}")
    else:
        return output
    return nbformat.v4.new_output("display_data", data={"text/html": html})  # type: ignore[no-untyped-call]
