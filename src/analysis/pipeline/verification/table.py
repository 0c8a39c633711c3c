"""The table and the verdict of a verification, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from analysis.pipeline.messages import printable
from analysis.pipeline.summary import failed, listed
from analysis.pipeline.verification.outcome import Verification
from analysis.pipeline.verification.written import FILES
from analysis.record.layout import Layout
from analysis.record.verification.check import Check

_PLURALS: Final = {
    "evidence": "evidence files",
    "file": "files in figures/",
    "figure": "figures",
    "value": "values",
    "text": "other texts",
    "notebook": "notebooks",
}
_HEADINGS: Final = ("what", "compared by", "result")


def table(verification: Verification, layout: Layout) -> str:
    """Return the text to print: outputs that agree are counted, each that does not has a line and its differences."""
    agreeing = [check for check in verification.checks if check.agrees]
    differing = [check for check in verification.checks if not check.agrees]
    folder = verification.folder
    where = folder.relative_to(layout.root).as_posix() if folder.is_relative_to(layout.root) else str(folder)
    blocks = [
        *(failed(result, folder) for result in verification.results if not result.ok),
        _columns([_HEADINGS, *_counted(agreeing), *(_row(check) for check in differing)]),
        "\n".join(f"{check.kind} {check.name}:{listed(check.differences)}" for check in differing),
        f"Written to {where}/: {', '.join(FILES)}; executed notebooks and outputs beside them.",
        verification.verdict,
    ]
    return printable("\n\n".join(block for block in blocks if block))


def _counted(checks: Sequence[Check]) -> list[tuple[str, str, str]]:
    def alike(check: Check) -> tuple[int, str, str]:
        """Return what checks share that are told in one row: kind, method, outcome."""
        return list(_PLURALS).index(check.kind), check.method, str(check.outcome)

    rows = []
    for (place, method, outcome), same in groupby(sorted(checks, key=alike), alike):
        names = [check.name for check in same]
        kind = list(_PLURALS)[place]
        what = f"{kind} {names[0]}" if len(names) == 1 else f"{len(names)} {_PLURALS[kind]}"
        rows.append((what, method, outcome))
    return rows


def _row(check: Check) -> tuple[str, str, str]:
    return f"{check.kind} {check.name}", check.method, str(check.outcome).upper()


def _columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
