"""Files whose bytes MANIFEST.json states: the evidence, and everything in figures/."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.record.comparison import Outcome
from analysis.record.layout import Layout
from analysis.record.manifest import Manifest, file_hash, unlisted_files
from analysis.record.tolerance import Difference
from analysis.record.verification.check import Check, HashedFile


def check_evidence(manifest: Manifest, found: Mapping[str, str]) -> list[Check]:
    """Compare the hash of each evidence file with the one the record was made from."""
    return [
        _hash_check("evidence", f"data/{name}", manifest.evidence.get(name, ""), found.get(name, ""))
        for name in sorted({**manifest.evidence, **found})
    ]


def check_files(layout: Layout, manifest: Manifest) -> list[Check]:
    """Compare the bytes of each file in figures/ with the hash MANIFEST.json states; files it does not state differ."""
    names = sorted({**manifest.files, **dict.fromkeys(unlisted_files(layout, manifest))})
    return [
        _hash_check("file", f"figures/{name}", manifest.files.get(name, ""), file_hash(layout.figures / name) or "")
        for name in names
    ]


def _hash_check(kind: str, path: str, stated: str, found: str) -> Check:
    if stated == found:
        outcome, differences = Outcome.IDENTICAL, []
    else:
        outcome = Outcome.CHANGED if stated and found else Outcome.NEW if found else Outcome.GONE
        shown = (stated or "not in the MANIFEST", found or "there is no such file")
        differences = [Difference(where="SHA-256", old=shown[0], new=shown[1])]
    return Check(
        kind=kind,
        name=path,
        method="SHA-256 against the MANIFEST",
        outcome=outcome,
        differences=tuple(differences),
        files=(HashedFile(path=path, committed=stated, made=found),),
    )
