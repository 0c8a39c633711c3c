"""Figures: by bytes, and where bytes differ by the numbers drawn, the facts and the distance of the pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from analysis.errors import ReproductionError
from analysis.record.comparison import compare_figure
from analysis.record.images import PIXELS_ALLOWED, pixels_apart
from analysis.record.layout import Layout
from analysis.record.manifest import Manifest
from analysis.record.run_outputs import ENDINGS
from analysis.record.tolerance import RELATIVE, Difference, json_differences
from analysis.record.verification.check import (
    Check,
    HashedFile,
    RunToVerify,
    compared,
    hash_of,
    judged,
    not_compared,
    read,
)

_EVIDENCE: Final = "evidence."


def check_figures(layout: Layout, manifest: Manifest, run: RunToVerify) -> list[Check]:
    """Compare every figure that the record or the run has: by bytes, else by its numbers, facts and picture."""
    made = {name: files for one in run.outputs for name, files in one.figures.items()}
    makers = {name: [one.notebook for one in run.outputs if name in one.figures] for name in made}
    return [
        _figure(layout, name, made.get(name, {}), makers.get(name, []), manifest.made_by.get(name, ""), run.failed)
        for name in sorted({**manifest.made_by, **made})
    ]


def _figure(
    layout: Layout,
    name: str,
    new: Mapping[str, bytes],
    makers: Sequence[str],
    stated_maker: str,
    failed: Mapping[str, str],
) -> Check:
    paths = {ending: layout.figures / f"{name}{ending}" for ending in ENDINGS}
    old = {ending: content for ending, path in paths.items() if (content := read(path)) is not None}
    files = tuple(
        HashedFile(path=f"figures/{name}{ending}", committed=hash_of(old.get(ending)), made=hash_of(new.get(ending)))
        for ending in ENDINGS
    )
    if not new and stated_maker in failed:
        return not_compared("figure", name, failed[stated_maker], files)
    verdict = compared("figure", name, lambda: compare_figure(name, old, new))
    maker = json_differences(stated_maker, ", ".join(makers), where="made by") if old and new else []
    return _without_repeats(replace(judged(verdict, _figure_method(old, new), maker), files=files))


def _without_repeats(check: Check) -> Check:
    """Put the evidence files whose hash the figure states otherwise into one difference: each has its own check."""
    moved = [one.where.removeprefix(_EVIDENCE) for one in check.differences if one.where.startswith(_EVIDENCE)]
    if not moved:
        return check
    others = tuple(one for one in check.differences if not one.where.startswith(_EVIDENCE))
    found = Difference(where="evidence", old="hashes as on record", new=f"other hashes of {', '.join(moved)}")
    return replace(check, differences=(*others, found))


def _figure_method(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> str:
    """Return how a figure is compared, with the distance of the pictures when their bytes differ."""
    if not old or not new or dict(old) == dict(new):
        return "bytes"
    return f"numbers and facts within {RELATIVE:g}; picture: {_distance(old.get('.png', b''), new.get('.png', b''))}"


def _distance(old: bytes, new: bytes) -> str:
    if old == new:
        return "bytes"
    try:
        return f"{pixels_apart(old, new)} pixels differ, {PIXELS_ALLOWED} may"
    except ReproductionError:
        return "cannot be read"
