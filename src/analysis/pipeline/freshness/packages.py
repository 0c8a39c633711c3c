"""Installed packages that are not of the version in requirements.lock.

The names of the folders that describe them are enough: reading two hundred descriptions takes longer than a status may.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_ENTRY: Final = re.compile(r"^([a-z0-9][a-z0-9-]*)==([^\s;\\]+)", re.MULTILINE)
_ENDING: Final = ".dist-info"
_SHOWN: Final = 6
_REPAIR: Final = "`rm -r .venv` and `make setup` install those."


def other_versions(lock: Path) -> dict[str, str]:
    """Return by package "1.1 instead of 1.0" where `lock` names another version; nothing when it cannot be read.

    A package that is not installed is left out: few are needed everywhere, and one that is missing is noticed.
    """
    try:
        locked = _ENTRY.findall(lock.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return {}
    installed = installed_versions()
    return {
        name: f"{installed[name]} instead of {version}"
        for name, version in locked
        if installed.get(name, version) != version
    }


def packages_text(packages: Mapping[str, str]) -> str:
    """Return one line that names the packages of another version; empty when there are none."""
    named = [f"{name} {what}" for name, what in packages.items()]
    left = len(named) - _SHOWN
    listed = ", ".join([*named[:_SHOWN], *([f"and {left} more"] if left > 0 else [])])
    return f"Installed packages are not those of requirements.lock: {listed}. {_REPAIR}" if named else ""


def installed_versions() -> dict[str, str]:
    """Return the version by package, by name; of several the one that is imported, which stands first on the path."""
    found: dict[str, str] = {}
    for folder in sys.path:
        for path in sorted(Path(folder or ".").glob(f"*{_ENDING}")):
            name, _, version = path.name.removesuffix(_ENDING).partition("-")
            found.setdefault(re.sub(r"[-_.]+", "-", name).lower(), version)
    return dict(sorted(found.items()))
