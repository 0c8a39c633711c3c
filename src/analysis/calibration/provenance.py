"""What a method's lines of a table were made with, and which methods have changed since."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from functools import partial
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import Any, Final

from analysis.calibration.settings import Method
from analysis.calibration.source import module_closure, modules_imported, source_hash
from analysis.calibration.worlds import observed

Provenance = dict[str, dict[str, Any]]

_LIBRARIES: Final = ("numpy", "pandas", "scipy", "statsmodels")
_WITHOUT_EFFECT: Final = {"analysis.errors"}  # says what is wrong; no number depends on it
_BESIDE: Final = ("analysis.calibration.", "analysis.casualties.")
_READERS: Final = ("observed", "persons_in", "counts_of", "design_of")  # of `worlds`: these use the evidence
_MACHINERY: Final = tuple(
    f"analysis.calibration.{name}" for name in ("seeds", "settings", "simulation", "trials", "worlds")
)


def provenance_of(method: Method, *, seed: int) -> dict[str, Any]:
    """Return what a method's lines are made with here: seed, modules and their source, evidence, versions."""
    modules = _modules_of(method)
    return made_with(modules, seed=seed, drawn_from_evidence=_drawn_from_evidence(method))


def made_with(modules: tuple[str, ...], *, seed: int, drawn_from_evidence: bool = True) -> dict[str, Any]:
    """Return what lines made by these modules are made with; see :func:`provenance_of`.

    Without `drawn_from_evidence` the evidence is empty: no change of it makes such lines old.
    """
    versions = {name: metadata.version(name) for name in _LIBRARIES}
    return {
        "modules": list(modules),
        "source": source_hash(modules),
        "evidence": observed_hash() if drawn_from_evidence else "",
        "seed": seed,
        "versions": {"python": python_version(), **versions},
    }


def read_provenance(path: Path) -> Provenance:
    """Return what each method's lines were made with; empty before the first calibration."""
    if not path.exists():
        return {}
    methods: Provenance = json.loads(path.read_text(encoding="utf-8"))["methods"]
    return methods


def write_provenance(path: Path, methods: Mapping[str, Mapping[str, Any]]) -> None:
    """Write what each method's lines were made with."""
    text = json.dumps({"methods": dict(sorted(methods.items()))}, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def changes_since(stored: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return, for each method that is not what its lines were made with, what changed: in words, by name of method."""
    found = {}
    for method, made in sorted(stored.items()):
        changed = [
            words
            for words, now, then in (
                ("its source", _source_now(made["modules"]), made["source"]),
                ("the evidence its worlds are drawn from", observed_hash(), made.get("evidence") or observed_hash()),
            )
            if now != then
        ]
        if changed:
            found[method] = " and ".join(changed)
    return found


def observed_hash() -> str:
    """Return the SHA-256 of what the simulated worlds take from the evidence.

    The fitted trend and the dispersion around it count to six digits.
    """
    seen = observed()
    digest = hashlib.sha256()
    for values in (seen.sizes, seen.first_days, seen.last_days):
        digest.update(",".join(map(str, values.tolist())).encode() + b";")
    digest.update(f"{seen.log_rate:.6g};{seen.slope:.6g};{seen.dispersion:.6g}".encode())
    return digest.hexdigest()


def _drawn_from_evidence(method: Method) -> bool:
    """Say whether a module that simulates the method uses anything that reads the evidence."""
    simulating = {each.simulate.func.__module__ for each in method.settings if isinstance(each.simulate, partial)}
    return any(hasattr(sys.modules[name], reader) for name in simulating for reader in _READERS)


def _modules_of(method: Method) -> tuple[str, ...]:
    """Return the method's modules with all they import, and the modules that simulate it.

    Of what those import only modules of calibration and of casualties count, and not what these import in turn.
    """
    simulating = {each.simulate.func.__module__ for each in method.settings if isinstance(each.simulate, partial)}
    for module in sorted(simulating):
        simulating.update(name for name in modules_imported(module) if name.startswith(_BESIDE))
    return tuple(sorted({*module_closure(method.modules), *_MACHINERY, *simulating} - _WITHOUT_EFFECT))


def _source_now(modules: list[str]) -> str:
    """Return the hash of the modules as they are; a module that is gone counts as a change."""
    try:
        return source_hash(modules)
    except FileNotFoundError:
        return ""
