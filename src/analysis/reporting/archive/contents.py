"""What an archive of the study holds, and under what licence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FOLDERS: Final[Mapping[str, str]] = {
    "data": "The evidence: a Frictionless data package",
    "figures": "The record: figures, the numbers they draw, every headline value, hashes",
    "notebooks": "The studies, with the output of their default parameters",
    "src": "The package the notebooks call",
    "tests": "Tests, a mirror of the package",
    "docs": "Methods and guides",
    "benchmarks": "How long things take",
    ".ci": "Set-up, lock, and everything that has to hold before a change is taken",
    ".binder": "Set-up for Binder",
    "LICENSES": "Texts of the licences",
}
"""Folders by their description; one that is not there is left out."""

FILES: Final[Mapping[str, str]] = {
    ".dockerignore": "What is kept out of a container",
    ".gitattributes": "Line ends and binary files for git",
    ".gitignore": "What git leaves out",
    ".pre-commit-config.yaml": "Hooks that check a change before it is committed",
    "README.md": "What was found, how to run it, limits",
    "CONTRIBUTING.md": "How to change it",
    "CHANGELOG.md": "What changed",
    "CITATION.cff": "How to cite it",
    "LICENSE": "Licence of the code",
    "REUSE.toml": "Licence of every file",
    "Dockerfile": "Recipe of a container",
    "Makefile": "Commands a person types",
    "environment.yml": "Direct dependencies for conda",
    "pyproject.toml": "Metadata, direct dependencies and settings of the package",
    "requirements.lock": "Every package with its version and hashes, from which the record was made",
}
"""Files at the top by their description."""

CODE: Final = "https://spdx.org/licenses/MIT"
TEXT: Final = "https://spdx.org/licenses/CC-BY-4.0"
FONTS: Final = "https://spdx.org/licenses/OFL-1.1"
PUBLIC_DOMAIN: Final = "https://creativecommons.org/publicdomain/mark/1.0/"
LICENCES: Final[Mapping[str, str]] = {
    CODE: "MIT License",
    TEXT: "Creative Commons Attribution 4.0 International",
    FONTS: "SIL Open Font License 1.1",
    PUBLIC_DOMAIN: "Public domain (Natural Earth)",
}

MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".tex": "application/x-tex",
}


def licences_of(path: str) -> tuple[str, ...]:
    """Return the licences of a file or folder by its path, as REUSE.toml states them."""
    if path == "data/districts.geojson":
        return (PUBLIC_DOMAIN,)
    if path.startswith("notebooks/") and path.endswith(".ipynb"):
        return (TEXT, CODE)
    if path == "src/":
        return (CODE, FONTS)
    if path == "tests/":
        return (CODE, TEXT)
    return (TEXT,) if path.startswith(("data/", "figures/", "docs/")) else (CODE,)
