"""Figures: by bytes, and where bytes differ by the numbers drawn, the facts and the distance of the pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.errors import ReproductionError
from analysis.record.comparison import compare_figure
from analysis.record.images import PIXELS_ALLOWED, pixels_apart
from analysis.record.layout import Layout
from analysis.record.manifest import Manifest
from analysis.record.run_outputs import ENDINGS
from analysis.record.tolerance import RELATIVE, json_differences
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
    return replace(judged(verdict, _figure_method(old, new), maker), files=files)


def _figure_method(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> str:
    """Return how a figure is compared, with the distance of the pictures when their bytes differ."""
    others = [ending for ending in ENDINGS if old.get(ending) != new.get(ending)]
    if not others or not old or not new:
        return "bytes"
    distance = ""
    if ".png" in others:
        try:
            distance = f"; {pixels_apart(old.get('.png', b''), new.get('.png', b''))} differ"
        except ReproductionError:
            distance = "; the picture cannot be read"
    return (
        f"bytes differ in {', '.join(others)}; numbers drawn and facts within {RELATIVE:g}, "
        f"picture within {PIXELS_ALLOWED} pixels{distance}"
    )
