"""The folders of one repository, so that nothing is tied to the place this package is installed from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.paths import REPOSITORY


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Folders and files of the repository at `root`."""

    root: Path

    @property
    def notebooks(self) -> Path:
        """The committed notebooks."""
        return self.root / "notebooks"

    @property
    def data(self) -> Path:
        """The evidence; read only."""
        return self.root / "data"

    @property
    def source(self) -> Path:
        """The package's source."""
        return self.root / "src"

    @property
    def tests(self) -> Path:
        """The tests."""
        return self.root / "tests"

    @property
    def figures(self) -> Path:
        """The committed record."""
        return self.root / "figures"

    @property
    def manifest(self) -> Path:
        """Hashes of every file of the record and what it was made from."""
        return self.figures / "MANIFEST.json"

    @property
    def build(self) -> Path:
        """Everything that is not committed."""
        return self.root / "build"

    @property
    def publication(self) -> Path:
        """Where a publication is prepared, and where an interrupted one waits."""
        return self.build / "publication"

    @property
    def own_folders(self) -> tuple[Path, ...]:
        """Folders that no command writes what a reader asked for to."""
        kept = (self.figures, self.data, self.notebooks, self.source, self.tests)
        others = (".binder", ".ci", ".git", ".github", "benchmarks", "docs", "LICENSES")
        return (*kept, *(self.root / name for name in others))

    @property
    def lock(self) -> Path:
        """The list of exact package versions."""
        return self.root / "requirements.lock"

    @property
    def project(self) -> Path:
        """The package's metadata with its direct dependencies."""
        return self.root / "pyproject.toml"


def repository() -> Layout:
    """Return the layout of the repository this package is installed from."""
    return Layout(root=REPOSITORY)
