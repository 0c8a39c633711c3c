"""Keeping what a run computed, also where it cannot be published."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.errors import ReproductionError
from analysis.pipeline.request import Request
from analysis.pipeline.run_folder import move_into_place
from analysis.record.atomic import write_text
from analysis.record.latex import as_latex
from analysis.record.layout import Layout
from analysis.record.run_outputs import NotebookOutputs, check_no_clash
from analysis.record.serialise import as_json


def keep_outputs(part: Path, folder: Path, *, notebooks: Sequence[str], texts: Mapping[str, str]) -> None:
    """Move the outputs into place; where that fails, say so beside what stopped the publication, if anything did.

    Raises
    ------
    ReproductionError
        When they cannot be kept.
    """
    stopped = sys.exception()
    try:
        move_into_place(part, folder, notebooks=notebooks, texts=texts)
    except OSError as error:
        before = f"{stopped}\n" if isinstance(stopped, ReproductionError) else ""
        raise ReproductionError(
            f"{before}the outputs could not be kept in {folder}: {error}. Free some space there or make it writable "
            "and run again; a publication that stopped half-way is finished or undone by the next command."
        ) from error


def facts_file(request: Request, layout: Layout, facts: str) -> dict[str, str]:
    """Write build/run.json for a run on the record; return the texts other runs keep in their folder.

    Raises
    ------
    ReproductionError
        When build/ cannot be written.
    """
    if request.is_for_the_record:
        try:
            write_text(layout.build / "run.json", facts)
        except OSError as error:
            raise ReproductionError(
                f"nothing was published: {layout.build} cannot be written ({error}). Free some space there or make it "
                "writable and run again."
            ) from error
        return {}
    return {"run.json": facts}


def merged(outputs: Sequence[NotebookOutputs]) -> dict[str, str]:
    """Return values.json and values.tex of the notebooks of one run.

    Raises
    ------
    ReproductionError
        When two of them write a figure of the same name.
    """
    check_no_clash(outputs, {})
    values = {key: value for one in outputs for key, value in one.values.items()}
    parameters = {one.notebook: dict(one.parameters) for one in outputs}
    return {"values.json": as_json({"parameters": parameters, "values": values}), "values.tex": as_latex(values)}
