"""The status of the notebooks as text for people and as a tree for machines."""

from __future__ import annotations

from typing import Final

from analysis.pipeline.freshness.check import Freshness
from analysis.pipeline.freshness.packages import packages_text
from analysis.pipeline.freshness.status import Status
from analysis.pipeline.messages import counted
from analysis.record.manifest import REPAIR

_SHOWN: Final = 6


def status_text(status: Status, *, everything: bool = False) -> str:
    """Return one block a notebook: up to date, or stale and what changed.

    Parameters
    ----------
    status
        What was found.
    everything
        Name every change instead of the first few of each notebook.
    """
    width = max(len(one.name) for one in status.notebooks)
    lines = []
    for one in status.notebooks:
        lines.append(f"{one.name:<{width}}  {'up to date' if one.holds else 'stale'}")
        lines += _changes(one, shown=len(one.changes) if everything else _SHOWN)
    lines += [f"{name}: there is no such notebook, but outputs of it in figures/" for name in status.orphans]
    if status.orphans:
        lines.append("  `analysis reproduce --force` would remove them; `git restore notebooks` brings notebooks back.")
    if status.damage:
        listed = [f"  {line}" for line in status.damage]
        lines += ["\nThe record is damaged; `analysis reproduce` would run nothing:", *listed, f"  {REPAIR}"]
    if status.interrupted:
        lines.append("A publication was interrupted; `analysis reproduce` finishes it first.")
    if status.packages:
        lines.append(f"\n{packages_text(status.packages)}")
    stale = sum(not one.holds for one in status.notebooks)
    if stale and not status.damage:
        lines.append(f"\n`analysis reproduce` would run {counted(stale, 'notebook')}.")
    return "\n".join(lines)


def _changes(one: Freshness, *, shown: int) -> list[str]:
    lines = [f"  {change}" for change in one.changes[:shown]]
    left = len(one.changes) - len(lines)
    return [*lines, f"  and {left} more: analysis status {one.name}"] if left else lines


def status_tree(status: Status) -> dict[str, object]:
    """Return the same as a tree for JSON, with every change."""
    return {
        "up_to_date": status.holds,
        "notebooks": {
            one.name: {
                "up_to_date": one.holds,
                "changes": [{"part": each.part, "name": each.name, "what": each.what} for each in one.changes],
            }
            for one in status.notebooks
        },
        "outputs_without_notebook": list(status.orphans),
        "publication_interrupted": status.interrupted,
        "damage": list(status.damage),
        "packages_of_other_versions": dict(status.packages),
    }
