"""Pages that have Sphinx write down what a study calls, one page a part of the package, from the modules' own words."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from analysis.paths import PACKAGE

# What runs, checks and publishes the studies; a study of one's own calls none of it.
_MACHINERY: Final = ("__main__", "calibration", "commands", "multiverse", "pipeline", "site")


def api_pages() -> dict[str, str]:
    """Return the pages as reStructuredText by name, `index` among them."""
    parts: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).with_suffix("").parts[0] not in _MACHINERY:
            parts.setdefault(_part(path), []).append(_module(path))
    pages = {part: _page(part, modules) for part, modules in parts.items()}
    return pages | {"index": _index(list(pages))}


def _module(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _part(path: Path) -> str:
    inside = path.relative_to(PACKAGE).parts
    return f"analysis.{inside[0]}" if len(inside) > 1 else "analysis"


def _page(part: str, modules: list[str]) -> str:
    return "\n".join([_heading(part, "="), *(_documented(module) for module in modules)])


def _documented(module: str) -> str:
    return f"{_heading(module, '-')}\n.. automodule:: {module}\n   :members:\n"


def _index(parts: list[str]) -> str:
    listed = "\n".join(f"   {part}" for part in parts)
    words = (
        "What each module offers to a study, in its own words. What runs, checks and publishes the studies is not "
        "listed; the README shows the layers."
    )
    return f"{_heading('Modules', '=')}\n{words}\n\n.. toctree::\n   :maxdepth: 1\n\n{listed}\n"


def _heading(words: str, mark: str) -> str:
    return f"{words}\n{mark * len(words)}\n"
