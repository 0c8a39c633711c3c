"""Run one notebook over a grid of parameters."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.options import Commands, add_sizes, positive

_EXAMPLES = """\
examples:
  analysis sweep casualty_trends --grid confidence_level=0.8,0.9,0.95
                                                three runs, one table of values: build/sweeps/casualty_trends/values.csv
  analysis sweep casualty_trends --grid exclude_originators=,anama,anama+azcbl --grid period_end=,2024-12-31
                                                six runs: nothing left out, one, or two originators; whole period or not
  analysis sweep contamination --file grid.yml --workers 4 --out ~/my-sweep
                                                the grid from a file, four runs at a time, outputs elsewhere
  analysis sweep contamination --file grid.yml --scheduler tcp://192.0.2.1:8786
                                                on the workers of a dask scheduler that you trust

values on the command line: separated by commas. A value that is a list joins its members with + (a,a+b), or has
brackets (["a"],["a","b"]), which members with commas or plus signs need; an empty place is an empty text or list.

a file holds one of two things:
  grid:                                         every combination
    confidence_level: [0.9, 0.95]
    exclude_originators: [[], [anama], [anama, azcbl]]
  runs:                                         these runs only
    - {confidence_level: 0.9}
    - {confidence_level: 0.95, exclude_originators: [anama]}
--grid beside --file combines each of the file's runs with each of its own values.

A run is kept when it is done. The same command goes on after an interruption, a crash or a failure, and repeats only
what depends on something that changed: notebook, code it uses, evidence, package versions. What a cell raised is not
tried again unless you ask (--retry-failed); what the machine did (a kernel that died, a time limit) is.
For a cluster, start `dask worker ADDRESS --nthreads 1` from this environment, with the same commit on every machine.

exit status: 0 when every run is done, 1 when one failed or nothing could be run, 130 after Ctrl-C
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "sweep",
        help="run one notebook with every combination of parameters, into one table",
        description="Runs a notebook with every combination of the values given and writes one table of all values "
        "with their intervals, one row a run and value. The record in figures/ is not touched.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("notebook", metavar="NOTEBOOK", help="name, with or without .ipynb")
    parser.add_argument(
        "--grid",
        action="append",
        default=[],
        metavar="NAME=A,B,C",
        help="a parameter with its values; repeat for more: every combination is run",
    )
    parser.add_argument("--file", type=Path, metavar="GRID.yml", help="a grid or a list of runs in YAML")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--workers", type=positive, metavar="N", help="runs at a time (default 2)")
    where.add_argument("--scheduler", default="", metavar="ADDRESS", help="run on a dask cluster: tcp://HOST:PORT")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write there; a new or empty folder, or one of ours")
    parser.add_argument(
        "--timeout", type=positive, default=600, metavar="S", help="longest time for one cell, in seconds (default 600)"
    )
    add_sizes(parser)
    parser.add_argument(
        "--max-runs", type=positive, default=1000, metavar="N", help="refuse a larger grid (default 1000)"
    )
    parser.add_argument("--retry-failed", action="store_true", help="run again also what a cell raised")
    parser.add_argument(
        "--keep", action="store_true", help="draw and keep each run's figures and executed notebook; default: values"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.pipeline.sweep.grid import planned_grid
    from analysis.pipeline.sweep.request import SweepRequest
    from analysis.record.layout import repository

    request = SweepRequest(
        notebook=options.notebook,
        grid=tuple(options.grid),
        file=options.file,
        out=options.out,
        workers=options.workers or 2,
        scheduler=options.scheduler,
        cell_timeout_s=options.timeout,
        max_runs=options.max_runs,
        retry_failed=options.retry_failed,
        keep=options.keep,
    )
    layout = repository()
    planned_grid(request, layout)  # every fault of the grid is told at once, before tables and arrays are imported

    from analysis.pipeline.sweep.summary import summary
    from analysis.pipeline.sweep.sweep import sweep

    report = sweep(request, layout)
    print(summary(report, layout))
    return 0 if report.ok else 1
