"""What a cell writes to standard error is a warning about this machine or a fault, and never part of the record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from analysis.errors import ReproductionError
from analysis.pipeline.messages import head
from analysis.record.decision import ExecutedNotebook

_LINES: Final = 4


def refuse_standard_error(executed: Sequence[ExecutedNotebook]) -> None:
    """Refuse executed notebooks whose outputs hold text from standard error.

    Raises
    ------
    ReproductionError
        Naming every such cell and the first lines of its text.
    """
    found = [line for one in executed for line in _written(one)]
    if found:
        raise ReproductionError(
            "nothing was published: cells wrote to standard error, which is no result and may differ between "
            "machines:\n  " + "\n  ".join(found) + "\nmend what the text tells of, then run again"
        )


def _written(notebook: ExecutedNotebook) -> list[str]:
    cells: list[dict[str, Any]] = json.loads(notebook.content)["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    return [
        f"{notebook.name}, code cell {number} (id {cell.get('id', '')}): {_shown(output)}"
        for number, cell in enumerate(code, start=1)
        for output in cell["outputs"]
        if output["output_type"] == "stream" and output["name"] == "stderr"
    ]


def _shown(output: dict[str, Any]) -> str:
    return head("".join(output["text"]), lines=_LINES).replace("\n", "\n    ")
