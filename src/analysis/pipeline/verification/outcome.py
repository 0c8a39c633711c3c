"""What a verification found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.pipeline.messages import counted
from analysis.pipeline.result import Result
from analysis.record.comparison import Outcome
from analysis.record.verification.check import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Everything the reports are made of; its texts are fit for a terminal.

    Parameters
    ----------
    checks
        Every output beside the record.
    results
        One a notebook that was run, in order of name.
    facts
        When, for how long, from which commit, on what machine, with which packages.
    used, stated
        Version by direct dependency, and of Python: of this run, and of the run that made the record.
    folder
        Where the reports and what was run are.
    """

    checks: tuple[Check, ...]
    results: tuple[Result, ...]
    facts: Mapping[str, Any]
    used: Mapping[str, str]
    stated: Mapping[str, str]
    folder: Path

    @property
    def ok(self) -> bool:
        """Whether every notebook ran to its end and every output agrees."""
        return (
            bool(self.results)
            and all(result.ok for result in self.results)
            and all(check.agrees for check in self.checks)
        )

    @property
    def verdict(self) -> str:
        """The result in one line."""
        total, ran = len(self.checks), len(self.results)
        failed = sum(not result.ok for result in self.results)
        differ = sum(not check.agrees for check in self.checks)
        took = f"{counted(ran, 'notebook')} ran in {self.facts['seconds']:.1f} s"
        if self.ok:
            equal = sum(check.outcome is Outcome.IDENTICAL for check in self.checks)
            within = f", {total - equal} of them within tolerance" if equal < total else ", every one identical"
            return f"VERDICT: the record holds. {took}; all {total} comparisons agree{within}."
        parts = [f"{differ} of {counted(total, 'comparison')} do not agree"]
        parts += [f"{failed} did not run to the end"] if failed else []
        return f"VERDICT: the record does not hold. {took if ran else 'No notebook ran'}; {'; '.join(parts)}."
