"""Running every specification of a study through the sweep, and keeping its headlines beside the code."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.errors import ReproductionError
from analysis.estimate import sorted_union
from analysis.multiverse.choice import Headline, Multiverse, Specification
from analysis.multiverse.table import FOLDER, REPAIR, RESULT, read_made_from, store
from analysis.pipeline.execution import checked_evidence
from analysis.pipeline.sweep.inputs import bare_notebook, inputs_of, what_changed
from analysis.pipeline.sweep.request import SweepRequest
from analysis.pipeline.sweep.store import StoredRun
from analysis.pipeline.sweep.sweep import SweepReport, sweep
from analysis.pipeline.sweep.table import parameter_text
from analysis.record.layout import Layout
from analysis.record.manifest import versions_in_use

Run = tuple[str, Specification]
"""Name of a known mistake (empty for a specification), and what is run."""


def all_runs(multiverse: Multiverse) -> tuple[Run, ...]:
    """Return every specification, then every known mistake on the study's defaults."""
    whole = multiverse.specifications()
    wrong = [
        (one.name, Specification(options=whole[0].options, parameters={**whole[0].parameters, **one.parameters}))
        for one in multiverse.mistakes
    ]
    return (*(("", one) for one in whole), *wrong)


def run_specifications(
    multiverse: Multiverse, runs: Sequence[Run], layout: Layout, *, folder: Path, workers: int
) -> SweepReport:
    """Run the notebook once for each of the runs, in their order; what is done in `folder` is not repeated.

    Raises
    ------
    ReproductionError
        If two of them ask for the same, and as :func:`analysis.pipeline.sweep.sweep.sweep` does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    grid = folder / f"{multiverse.notebook}.yml"  # JSON is YAML
    grid.write_text(json.dumps({"runs": [dict(one.parameters) for _, one in runs]}), encoding="utf-8")
    request = SweepRequest(notebook=multiverse.notebook, file=grid, out=folder / multiverse.notebook, workers=workers)
    report = sweep(request, layout)
    if len(report.rows) != len(runs):
        raise ReproductionError(f"two specifications of {multiverse.notebook} ask for the same run")
    return report


def rebuild_table(multiverse: Multiverse, layout: Layout, *, workers: int, folder: Path = FOLDER) -> SweepReport:
    """Run every specification and known mistake of the study and store their headlines with what they were made from.

    Nothing is stored when a run failed for a reason other than that the notebook itself gives up on it.
    """
    runs = all_runs(multiverse)
    report = run_specifications(multiverse, runs, layout, folder=layout.build / "multiverse", workers=workers)
    if report.ok:
        done = [stored for _, stored in report.rows]
        store(multiverse, table_rows(multiverse, runs, done), _made_from(multiverse, report, done, layout), folder)
    return report


def table_rows(multiverse: Multiverse, runs: Sequence[Run], done: Sequence[StoredRun]) -> Iterable[Mapping[str, str]]:
    """Yield the rows of the stored table: one a run and headline, empty where a run has no such value."""
    for (mistake, specification), stored in zip(runs, done, strict=True):
        for headline in multiverse.headlines:
            found = _cells(headline, stored.values.get(headline.key))
            yield {"run": stored.name, "mistake": mistake, **specification.options, **found}


def changed_since(multiverse: Multiverse, layout: Layout, folder: Path = FOLDER) -> list[str]:
    """Return in words what is not as it was when the study's table was made; empty when all is."""
    stored = read_made_from(folder).get(multiverse.notebook)
    if stored is None:
        return ["there is no table yet"]
    notebook = bare_notebook(layout.notebooks / f"{multiverse.notebook}.ipynb")
    now = inputs_of(notebook, evidence=checked_evidence(layout.data), lock=layout.lock)
    return what_changed(stored, now.tree())


def difference_explained(multiverse: Multiverse, layout: Layout, folder: Path = FOLDER) -> str:
    """Return a sentence for people whose results differ from the stored table: what changed since, and what to do."""
    changed = changed_since(multiverse, layout, folder)
    why = f"changed since: {', '.join(changed)}" if changed else "nothing it was made from has changed since"
    return f"the stored table of {multiverse.notebook} does not hold here; {why}; {REPAIR}"


def _cells(headline: Headline, tree: Mapping[str, Any] | None) -> dict[str, str]:
    if tree is None:
        return {**dict.fromkeys(RESULT, ""), "key": headline.key}
    interval = tree["interval"] or dict.fromkeys(("low", "high", "kind", "level"))
    cells = {
        "key": headline.key,
        "value": tree["value"],
        "unit": tree["unit"],
        "low": interval["low"],
        "high": interval["high"],
        "interval_kind": interval["kind"],
        "level": interval["level"],
    }
    return {name: "" if cell is None else parameter_text(cell) for name, cell in cells.items()}


def _made_from(
    multiverse: Multiverse, report: SweepReport, done: Sequence[StoredRun], layout: Layout
) -> dict[str, Any]:
    """Return hashes and versions as the sweep has them, and what the headlines' values share besides their numbers."""
    headlines = {}
    for headline in multiverse.headlines:
        trees = [run.values[headline.key] for run in done if headline.key in run.values]
        if trees:
            shared = {name: trees[0][name] for name in ("quantity", "unit", "method", "geography", "period")}
            headlines[headline.key] = shared | {"sources": list(sorted_union(*(tree["sources"] for tree in trees)))}
    return report.plan.runs[0].inputs.tree() | {
        "versions": versions_in_use(layout),
        "headlines": headlines,
        "runs": len(done),
    }
