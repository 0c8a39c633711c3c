"""What a run did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.pipeline.result import Result
from analysis.record.tolerance import Difference

if TYPE_CHECKING:
    from analysis.record.comparison import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run did.

    Parameters
    ----------
    results
        One a notebook that ran, in order of name.
    verdicts
        Every output beside the record; empty when a notebook failed.
    folder
        Where executed notebooks and outputs are.
    published
        Whether the record now holds the outputs of this run, changed or not.
    replaced
        Files of the record that were replaced or added, notebooks included.
    unlisted
        Files in figures/ that no notebook made.
    seconds
        Wall time.
    changed_evidence
        Evidence files whose hash is not the one the record was made from, with both hashes; empty for no file.
    ignored_by
        By given parameter, the notebooks that do not have it.
    up_to_date
        Notebooks asked for that were not run, because nothing has changed since their outputs were made.
    removed
        Files of the record that were removed.
    recovered
        Files put in place first, of a publication that had been interrupted.
    """

    results: tuple[Result, ...]
    verdicts: tuple[Verdict, ...]
    folder: Path
    published: bool
    replaced: tuple[str, ...]
    unlisted: tuple[str, ...]
    seconds: float
    changed_evidence: tuple[Difference, ...] = ()
    ignored_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    up_to_date: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    recovered: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every notebook ran to its end."""
        return all(result.ok for result in self.results)
