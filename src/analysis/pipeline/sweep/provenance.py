"""sweep.json: what the tables beside it were made from. The same for the same sweep, whoever ran it and how."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from analysis.pipeline.sweep.plan import SweepPlan
from analysis.pipeline.sweep.table import VALUES_TABLE, Row
from analysis.record.layout import Layout
from analysis.record.manifest import versions_in_use
from analysis.record.serialise import as_json


def provenance(plan: SweepPlan, rows: Sequence[Row], table: str, layout: Layout) -> str:
    """Return the text of sweep.json.

    Parameters
    ----------
    plan
        What was run.
    rows
        What came of it, in the order of the grid.
    table
        Text of the table of values.
    layout
        The repository.

    Returns
    -------
    str
        JSON: notebook and its parameters, what was varied, each run with its parameters, key and state, the hashes
        of everything the runs were made from, versions in use, and the hash of the table.
    """
    inputs = {run.inputs.digest(): run for run in plan.runs}
    keys = {run.name: run for run in plan.runs}
    return as_json(
        {
            "notebook": plan.name,
            "defaults": {parameter.name: parameter.default for parameter in plan.grid.declared},
            "varied": list(plan.grid.varied),
            "repeats_left_out": plan.grid.repeats,
            "runs": [
                {
                    "run": stored.name,
                    "parameters": dict(combination.parameters),
                    "key": stored.key,
                    "inputs": keys[stored.name].inputs.digest(),
                    "done": stored.done,
                }
                for combination, stored in rows
            ],
            "inputs": {digest: run.inputs.tree() for digest, run in inputs.items()},
            "versions": versions_in_use(layout),
            "tables": {VALUES_TABLE: sha256(table.encode("utf-8")).hexdigest()},
        }
    )
