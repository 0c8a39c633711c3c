"""How well a sweep uses two cores: the same runs one after the other and two at a time.

Efficiency is the time of one after the other over twice the time of two at a time: 1 where two workers take half of it.
Run it on a machine that does nothing else:

    .venv/bin/python benchmarks/sweep.py
    .venv/bin/python benchmarks/sweep.py claims_audit --runs 10
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.paths import BUILD
from analysis.pipeline.sweep.progress import SweepProgress
from analysis.pipeline.sweep.request import SweepRequest
from analysis.pipeline.sweep.sweep import SweepReport, sweep
from analysis.record.layout import repository

GRIDS = {
    "casualty_trends": lambda runs: [f"confidence_level={_between(0.6, 0.99, runs)}"],
    "claims_audit": lambda runs: [f"about_tolerance={_between(0.01, 0.5, runs)}"],
    "contamination": lambda runs: [f"confidence_level={_between(0.6, 0.99, runs)}"],
    "map_reliability": lambda runs: [f"confidence_level={_between(0.6, 0.99, runs)}"],
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebook", nargs="?", default="claims_audit", choices=sorted(GRIDS))
    parser.add_argument("--runs", type=int, default=50, metavar="N", help="runs of the sweep (default 50)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-sweep-") as folder:
        one = _timed(options.notebook, options.runs, workers=1, out=Path(folder) / "1")
        two = _timed(options.notebook, options.runs, workers=2, out=Path(folder) / "2")
        same = (one.folder / "values.csv").read_bytes() == (two.folder / "values.csv").read_bytes()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{options.notebook}, {options.runs} runs, {cores} cores, load at the end {os.getloadavg()[0]:.1f}")
    print(f"{'workers':<10}{'seconds':>10}{'seconds a run':>16}{'failed':>8}")
    for workers, report in ((1, one), (2, two)):
        each = report.seconds / options.runs
        print(f"{workers:<10}{report.seconds:>10.1f}{each:>16.2f}{len(report.failed):>8}")
    print(f"efficiency on two cores: {one.seconds / (2 * two.seconds):.3f} (target: 0.85 or more)")
    print(f"tables of both have the same bytes: {'yes' if same else 'NO'}")


def _timed(notebook: str, runs: int, *, workers: int, out: Path) -> SweepReport:
    request = SweepRequest(notebook=notebook, grid=tuple(GRIDS[notebook](runs)), workers=workers, out=out)
    with _no_kept_results():
        return sweep(request, repository(), progress=SweepProgress(stream=io.StringIO()))


@contextmanager
def _no_kept_results() -> Iterator[None]:
    """Put the kept results of long computations aside: the second sweep would only read those of the first."""
    kept, aside = BUILD / "stages", BUILD / "stages-aside"
    if aside.exists():  # a benchmark was killed before it put them back
        shutil.rmtree(kept, ignore_errors=True)
    elif kept.exists():
        kept.rename(aside)
    try:
        yield
    finally:
        shutil.rmtree(kept, ignore_errors=True)
        if aside.exists():
            aside.rename(kept)


def _between(low: float, high: float, count: int) -> str:
    step = (high - low) / max(1, count - 1)
    return ",".join(f"{low + step * place:.6f}" for place in range(count))


if __name__ == "__main__":
    main()
