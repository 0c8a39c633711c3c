"""Whether the record is up to date, looked at without touching anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis.pipeline.freshness.check import Freshness, freshness, orphans
from analysis.pipeline.freshness.packages import other_versions
from analysis.pipeline.notebook_file import find_notebooks
from analysis.record.layout import Layout
from analysis.record.manifest import read_manifest, record_damage
from analysis.record.publication import is_interrupted


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How the record stands to what it was made from.

    Parameters
    ----------
    notebooks
        One a notebook asked for, in order of name.
    orphans
        Notebooks with outputs in the record that are not there any more; looked for when all were asked for.
    interrupted
        Whether a publication that had begun waits to be finished.
    damage
        A line for every file of the record that is not as it was published; not looked for while a publication waits.
    packages
        The installed packages that are not of the version in requirements.lock, and their version.
    """

    notebooks: tuple[Freshness, ...]
    orphans: tuple[str, ...] = ()
    interrupted: bool = False
    damage: tuple[str, ...] = ()
    packages: Mapping[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether there is nothing to do."""
        in_place = not self.orphans and not self.interrupted and not self.damage
        return in_place and all(one.holds for one in self.notebooks)


def status(layout: Layout, names: Sequence[str] = ()) -> Status:
    """Return how the notebooks of these names stand, all when none is named.

    Raises
    ------
    ReproductionError
        For a name that no notebook has, for a file that is no notebook, and for a damaged MANIFEST.json.
    """
    manifest = read_manifest(layout)
    interrupted = is_interrupted(layout)
    return Status(
        notebooks=freshness(find_notebooks(layout.notebooks, names), layout, manifest),
        orphans=() if names else orphans(layout, manifest),
        interrupted=interrupted,
        damage=() if interrupted else record_damage(layout, manifest),
        packages=other_versions(layout.lock),
    )
