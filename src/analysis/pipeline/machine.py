"""Facts about the machine and the moment of a run. They are kept in build/ and never committed."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from analysis.pipeline.freshness.packages import installed_versions
from analysis.pipeline.request import Plan, Request
from analysis.pipeline.result import Result
from analysis.record.layout import Layout


def run_facts(
    request: Request, plan: Plan, results: Sequence[Result], layout: Layout, *, seconds: float
) -> dict[str, object]:
    """Return what run.json says: when, for how long, from which commit, on what machine, with which packages."""
    return {
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": seconds,
        "commit": _git(layout, "rev-parse", "HEAD"),
        "uncommitted_changes": bool(_git(layout, "status", "--porcelain")),
        "evidence_folder": str(plan.evidence),
        "workers": request.workers,
        "machine": {
            "system": platform.platform(),
            "processor": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
            "python": sys.version,
        },
        "packages": installed_versions(),
        "notebooks": {result.spec.name: _facts(result, plan) for result in results},
    }


def _facts(result: Result, plan: Plan) -> dict[str, object]:
    failure = result.failure
    return {
        "ok": result.ok,
        "failure": None if failure is None else f"{failure.kind}: {failure.detail}",
        "parameters": plan.parameters.get(result.spec.name, {}),
        "source_sha256": result.source_sha256,
        "seconds": result.seconds,
        "cell_seconds": result.cell_seconds,
        "kernels_started": result.attempts,
    }


def _git(layout: Layout, *arguments: str) -> str:
    """Return what git says, empty where there is no git or no repository."""
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(layout.root), *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
