"""The record as a run finds it: an interrupted publication finished first, every file checked."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.errors import ReproductionError
from analysis.pipeline.progress import Progress
from analysis.pipeline.request import Request
from analysis.record.layout import Layout
from analysis.record.manifest import Manifest, check_record
from analysis.record.publication import recover
from analysis.record.tolerance import Difference

WAITING = "another run is publishing; waiting for it"


def finish_interrupted(layout: Layout, said: Progress) -> tuple[str, ...]:
    """Finish an interrupted publication and return the files put in place; the caller holds the right to publish.

    Raises
    ------
    ReproductionError
        When it cannot be finished.
    """
    finished = recover(layout)
    if finished:
        said.note(f"finished an interrupted publication: {len(finished)} files put in place")
    return finished


def sound_record(layout: Layout, request: Request, said: Progress) -> tuple[Manifest | None, bool]:
    """Finish an interrupted publication and return the checked manifest; the caller holds the right to publish.

    Returns
    -------
    Manifest or None
        None when there is no record yet.
    bool
        Whether the record is damaged, which only --rewrite of everything accepts; the manifest is None then.

    Raises
    ------
    ReproductionError
        When the publication cannot be finished, or naming every file of the record that is not as it was published.
    """
    finish_interrupted(layout, said)
    try:
        return check_record(layout), False
    except ReproductionError:
        if request.rewrite and not request.notebooks:
            return None, True
        raise


def changed_evidence(manifest: Manifest | None, evidence: Mapping[str, str]) -> tuple[Difference, ...]:
    """Return the evidence files that are not those the record was made from, by name."""
    known = evidence if manifest is None else manifest.evidence
    return tuple(
        Difference(where=name, old=known.get(name, ""), new=evidence.get(name, ""))
        for name in sorted({**known, **evidence})
        if known.get(name) != evidence.get(name)
    )
