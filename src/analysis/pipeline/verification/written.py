"""The files a verification leaves: for people, for a CODECHECK checker, for a build server, for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Final

from analysis.pipeline.verification.codecheck import codecheck_text
from analysis.pipeline.verification.junit import junit_text
from analysis.pipeline.verification.outcome import Verification
from analysis.pipeline.verification.report import report_text
from analysis.record.layout import Layout
from analysis.record.serialise import as_json


def _json_text(verification: Verification, _: Layout) -> str:
    """Return the whole of it as JSON."""
    return as_json(
        {
            "ok": verification.ok,
            "verdict": verification.verdict,
            "checks": [
                {**asdict(check), "outcome": str(check.outcome), "agrees": check.agrees}
                for check in verification.checks
            ],
            "versions": {"record": dict(verification.stated), "here": dict(verification.used)},
            "run": dict(verification.facts),
        }
    )


_WRITERS: Final[Mapping[str, Callable[[Verification, Layout], str]]] = {
    "report.md": report_text,
    "codecheck.yml": codecheck_text,
    "junit.xml": junit_text,
    "verify.json": _json_text,
}

FILES: Final = tuple(_WRITERS)
"""Names of the files."""


def written(verification: Verification, layout: Layout) -> dict[str, str]:
    """Return the text of each file by its name."""
    return {name: write(verification, layout) for name, write in _WRITERS.items()}
