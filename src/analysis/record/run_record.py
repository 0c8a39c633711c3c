"""The values and figure facts of one run of one notebook, written as they are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pandas as pd

from analysis.errors import ReproductionError
from analysis.estimate import Estimate, sorted_union
from analysis.record.atomic import write_bytes, write_text
from analysis.record.destination import check_name
from analysis.record.serialise import as_csv, as_json


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFacts:
    """What a reader must know about a figure besides its picture.

    Parameters
    ----------
    name
        File name without ending.
    caption, alt
        Caption for print; description for readers who cannot see the picture.
    sources
        Every `source_id` behind the numbers drawn, the estimates' own included.
    estimates
        Estimates drawn or quoted, by their key in the notebook's values.
    """

    name: str
    caption: str
    alt: str
    sources: tuple[str, ...]
    estimates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """Keeper of one run's outputs in `folder`: values.json, and for each figure its images, CSV and JSON.

    Parameters
    ----------
    notebook
        Name of the notebook without ending.
    folder
        Where the outputs go.
    parameters
        Parameters of the run as plain values.
    checksums
        SHA-256 of each evidence file, by file name.
    """

    notebook: str
    folder: Path
    parameters: dict[str, object]
    checksums: dict[str, str]
    estimates: dict[str, Estimate] = field(default_factory=dict)
    figures: dict[str, FigureFacts] = field(default_factory=dict)
    tolerances: dict[str, float] = field(default_factory=dict)

    def add_value(self, key: str, estimate: Estimate, *, tolerance: float | None = None) -> None:
        """Keep `estimate` under `key` and write values.json.

        Running a cell again replaces its value; another estimate under a key in use is refused.

        Parameters
        ----------
        key
            Its key in the notebook's values.
        estimate
            What to keep.
        tolerance
            Largest relative difference at which two runs agree about it; None for the record's own.

        Raises
        ------
        ReproductionError
            When the key already stands for another quantity, or the tolerance is not between 0 and 1.
        """
        check_name(key, "value")
        known = self.estimates.get(key)
        if known is not None and known.quantity != estimate.quantity:
            raise ReproductionError(
                f"value {key!r} of {self.notebook} already stands for {known.quantity!r}; "
                f"give {estimate.quantity!r} a key of its own"
            )
        self._keep_tolerance(key, tolerance)
        self.estimates[key] = estimate
        tree = {"notebook": self.notebook, "parameters": self.parameters, "values": self.estimates}
        if self.tolerances:
            tree["tolerances"] = self.tolerances
        write_text(self.folder / "values.json", as_json(tree))

    def _keep_tolerance(self, key: str, tolerance: float | None) -> None:
        if tolerance is None:
            self.tolerances.pop(key, None)
        elif 0 < tolerance < 1:
            self.tolerances[key] = tolerance
        else:
            raise ReproductionError(
                f"value {key!r} of {self.notebook}: a tolerance lies between 0 and 1, not {tolerance}"
            )

    def add_figure(self, facts: FigureFacts, *, images: dict[str, bytes], drawn: pd.DataFrame) -> None:
        """Write the images (bytes by ending), the CSV of the numbers drawn and the JSON of how they were made.

        Raises
        ------
        ReproductionError
            When the figure names an estimate that was not recorded.
        """
        self._check_figure(facts)
        for ending in sorted(images):
            write_bytes(self.folder / f"{facts.name}.{ending}", images[ending])
        table = as_csv(drawn)
        write_text(self.folder / f"{facts.name}.csv", table)
        write_text(self.folder / f"{facts.name}.json", as_json(self._figure_tree(facts, table)))
        self.figures[facts.name] = facts

    def note_figure(self, facts: FigureFacts) -> None:
        """Keep what is said of a figure, so that its sources are cited, and write nothing.

        Raises
        ------
        ReproductionError
            As for :meth:`add_figure`.
        """
        self._check_figure(facts)
        self.figures[facts.name] = facts

    def _check_figure(self, facts: FigureFacts) -> None:
        check_name(facts.name, "figure")
        unknown = [key for key in facts.estimates if key not in self.estimates]
        if unknown:
            raise ReproductionError(f"figure {facts.name}: record the values {', '.join(unknown)} before drawing them")

    def _figure_tree(self, facts: FigureFacts, table: str) -> dict[str, object]:
        return {
            "figure": facts.name,
            "notebook": self.notebook,
            "caption": facts.caption,
            "alt": facts.alt,
            "parameters": self.parameters,
            "estimates": {f"{self.notebook}.{key}": self.estimates[key] for key in facts.estimates},
            "sources": sorted_union(facts.sources, *(self.estimates[key].sources for key in facts.estimates)),
            "source_data": {"file": f"{facts.name}.csv", "sha256": sha256(table.encode("utf-8")).hexdigest()},
            "evidence": self.checksums,
        }
