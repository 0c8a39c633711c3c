"""A national task-level record of growing size: written, read, checked and summed.

Run: python benchmarks/contamination.py [--tasks 1000000]

Prints a table: seconds and peak memory of this process for 1/16, 1/4 and all of the tasks, made up, with slips planted.
The sums must hold every task, and every planted slip must be among the findings.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from analysis.contamination.task_checks import findings_by_rule, task_findings
from analysis.contamination.task_summary import summarise_tasks
from analysis.evidence.task_records import PRODUCTS, read_task_records

SLIPS = 10  # planted of each kind


def main() -> None:
    """Run and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=1_000_000)
    options = parser.parse_args()
    print(f"{options.tasks:,} tasks, made up; {SLIPS} slips of each of four kinds")
    print(f"{'tasks':>10} {'read s':>7} {'check s':>8} {'sum s':>6} {'cells':>7} {'findings':>9} {'peak GB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for part in (16, 4, 1):
            path = Path(folder) / "tasks.csv"
            made_up(options.tasks // part).to_csv(path, index=False, date_format="%Y-%m-%d")
            row(str(path), options.tasks // part)


def made_up(number: int) -> pd.DataFrame:
    """Return a record of areas that scatter little within a group, with slips in its first rows."""
    rng = np.random.default_rng(1)
    start = pd.Timestamp(2021, 1, 1) + pd.to_timedelta(rng.integers(0, 1800, number), unit="D")
    tasks = pd.DataFrame(
        {
            "task_id": np.char.add("t-", np.arange(number).astype(str)),
            "start": start,
            "end": start + pd.to_timedelta(rng.integers(1, 60, number), unit="D"),
            "operator": np.char.add("operator ", rng.integers(1, 13, number).astype(str)),
            "district": np.char.add("district ", rng.integers(1, 15, number).astype(str)),
            "product": rng.choice(PRODUCTS, number),
            "area_ha": np.exp(rng.normal(1.0, 0.25, number)),
            "devices": rng.poisson(0.3, number),
        }
    )
    order = np.arange(SLIPS)
    tasks.loc[order, "area_ha"] = np.e * 10
    tasks.loc[order + SLIPS, "area_ha"] = -1.0
    tasks.loc[order + 2 * SLIPS, "operator"] = ""
    late = order + 3 * SLIPS
    tasks.loc[late, "end"] = tasks.loc[late, "start"] - pd.Timedelta(days=1)
    return tasks


def row(path: str, number: int) -> None:
    """Measure one size and print it."""
    started = perf_counter()
    tasks = read_task_records(path)
    read = perf_counter()
    findings = task_findings(tasks)
    checked = perf_counter()
    summary = summarise_tasks(tasks)
    summed = perf_counter()
    if int(summary.cells["tasks"].sum() + summary.unplaced["tasks"].sum()) != number:
        raise SystemExit("the sums do not hold every task")
    if not set(range(2, 2 + 4 * SLIPS)) <= set(findings["row"]):
        raise SystemExit(f"planted slips were not all found:\n{findings_by_rule(findings)}")
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"{number:>10,} {read - started:>7.2f} {checked - read:>8.2f} {summed - checked:>6.2f} "
        f"{len(summary.cells):>7,} {len(findings):>9,} {peak_gb:>8.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
