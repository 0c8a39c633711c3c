"""How long the casualty methods take, and how that grows with the number of rows: a table on standard output.

    python benchmarks/casualties.py              a minute or so
    python benchmarks/casualties.py --largest 10000

Seconds are of processor time, one thread. Growth is the exponent of the time in the number of rows between a line and
the one before: 1 is proportional.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# Small matrices only: threads of the linear algebra would wait for each other. Set before it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from analysis.calibration.printed_world import printed_rows, true_path
from analysis.calibration.register import METHODS
from analysis.calibration.worlds import counts_of, design_of, observed
from analysis.casualties.printed import statements
from analysis.casualties.running_totals import RegisteredPath, reconcile
from analysis.stats.dispersion import size_dispersion_interval
from analysis.stats.interval_counts import fit_log_linear
from analysis.stats.monotone import Statement, ranges, reconcile_pair, reconcile_split

SEED = 20201110


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """Seconds of processor time that some work on so many rows took; other programs hardly move it."""

    work: str
    rows: int
    seconds: float


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=100_000, help="largest number of printed totals")
    options = parser.parse_args()
    observed()  # reads the evidence once, outside the times
    sizes = [size for size in (1000, 10_000, 100_000, 1_000_000) if size <= options.largest]
    print(f"{'work':62} {'rows':>9} {'seconds':>9} {'us a row':>9} {'growth':>7}")
    before: Measurement | None = None
    for measured in measurements(sizes):
        growth = _growth(before, measured)
        each = 1e6 * measured.seconds / measured.rows
        print(f"{measured.work:62} {measured.rows:9d} {measured.seconds:9.3f} {each:9.2f} {growth:>7}", flush=True)
        before = measured
    return 0


def measurements(sizes: list[int]) -> Iterator[Measurement]:
    """Yield what is measured, in the order of the table."""
    for size in sizes:
        yield _timed("reconcile printed rows, killed and injured, with ranges", size, _reconciled(size))
    for size in sizes:
        yield _timed("reconcile statements only (no reading of rows)", size, _statements_only(size))
    for size in sizes:
        yield _timed("split a known path into two parts", size, _split(size))
    rng = np.random.default_rng(SEED)
    listed = observed().sizes
    for replicates in (2000, 20_000):
        work = f"bootstrap of {len(listed)} accident sizes, a replicate a row"
        yield _timed(
            work, replicates, lambda n=replicates: size_dispersion_interval(listed, level=0.95, rng=rng, replicates=n)
        )
    design = design_of(None)
    for runs in (4000, 40_000):
        work = f"draw {len(design.first_days)} clustered counts, a series a row"
        yield _timed(work, runs, lambda n=runs: counts_of(design.means, runs=n, world="accidents", rng=rng))
    for family in ("quasi-poisson", "nb1"):
        yield _timed(f"fit a trend ({family}), a series a row", 200, _fits(family, 200))
    for method in METHODS:
        setting = method.settings[0]
        runs = 4000 if setting.runs > 4000 else 100
        work = f"calibrate: {method.name}"[:62]
        yield _timed(work, runs, lambda s=setting, n=runs: s.simulate(np.random.default_rng(SEED), n))


def _timed(work: str, rows: int, do: Callable[[], object]) -> Measurement:
    start = time.process_time()
    do()
    return Measurement(work=work, rows=rows, seconds=time.process_time() - start)


def _growth(before: Measurement | None, here: Measurement) -> str:
    if before is None or before.work != here.work or before.rows == here.rows:
        return ""
    return f"{math.log(here.seconds / before.seconds) / math.log(here.rows / before.rows):.2f}"


def _reconciled(prints: int) -> Callable[[], RegisteredPath]:
    rng = np.random.default_rng(SEED)
    rows = printed_rows(true_path(rng), rng, corruption="every kind", amount=0.1, prints=prints)
    return lambda: reconcile(rows)


def _statements_only(prints: int) -> Callable[[], object]:
    from analysis.casualties.printed import figures

    rng = np.random.default_rng(SEED)
    rows = printed_rows(true_path(rng), rng, corruption="every kind", amount=0.1, prints=prints)
    votes = statements(figures(rows))
    positions = sorted({vote.position for vote in votes})
    most = max(vote.value for vote in votes)

    def work() -> object:
        path = reconcile_pair(votes, positions=positions, max_first=most // 4, max_second=most)
        return [ranges(path, tolerance=tolerance) for tolerance in (0.0, 0.01, 0.05)]

    return work


def _split(prints: int) -> Callable[[], object]:
    rng = np.random.default_rng(SEED)
    table = true_path(rng).table
    whole, part = table["killed"].to_numpy(), table["civilian_killed"].to_numpy()
    days = rng.integers(0, len(table), prints)
    votes = [
        Statement(position=int(day), target="first", kind="equal", value=int(max(0, part[day] + error)))
        for day, error in zip(days, rng.integers(-2, 3, prints), strict=True)
    ]
    return lambda: reconcile_split(votes, whole=whole)


def _fits(family: str, series: int) -> Callable[[], object]:
    design = design_of(None)
    counts = counts_of(design.means, runs=series, world="accidents", rng=np.random.default_rng(SEED))
    first, last = design.first_days, design.last_days
    return lambda: [fit_log_linear(each, first, last, family=family, level=0.95) for each in counts]


if __name__ == "__main__":
    sys.exit(main())
