"""Simulate how often each interval holds the truth, and write the table."""

from __future__ import annotations

import argparse

from analysis.commands.options import Commands

_EXAMPLES = """\
examples:
  analysis calibrate                                        every method; an hour or two, goes on where it stopped
  analysis calibrate --method "rate, Garwood"               one method; the lines of the others stay
  analysis calibrate --method "reconciliation of running totals"
  analysis calibrate --method "records against the ground"
  analysis calibrate --runs 200                             a quick look; the table goes to build/calibration/
  analysis calibrate --check                                name the methods that changed after their table
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "calibrate",
        help="simulate how often each interval holds the truth",
        description="Draws data from worlds with a known truth, applies each method and counts how often its interval "
        "holds that truth, and writes the tables of src/analysis/calibration/. Each setting is kept in "
        "build/calibration/ once it is done; results do not depend on the number of workers.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--method", action="append", default=[], metavar="NAME", help="this one only; repeatable")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes (default: 2)")
    parser.add_argument(
        "--runs", type=int, metavar="N", help="runs of every setting; the stored table is left as it is"
    )
    parser.add_argument("--check", action="store_true", help="name what changed after its table, and simulate nothing")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    import os

    # Small matrices only: threads of the linear algebra would wait for each other. Set before it is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")

    if not options.check:
        return _calibrate(options)

    from analysis.calibration.minefields import outdated_minefields
    from analysis.calibration.recovery import outdated_recovery
    from analysis.calibration.table import outdated

    changed = {**outdated(), **outdated_recovery(), **outdated_minefields()}
    for method, what in changed.items():
        print(f"warning: what is stored of '{method}' is older than {what}: analysis calibrate --method '{method}'")
    if not changed:
        print("every method is as it was when its coverage was simulated")
    return 0


def _calibrate(options: argparse.Namespace) -> int:
    from analysis.calibration import minefields, recovery
    from analysis.calibration.campaign import calibrate, calibrate_minefields, calibrate_recovery, chosen
    from analysis.calibration.table import FOLDER
    from analysis.errors import ParameterError
    from analysis.paths import BUILD

    for name in ("workers", "runs"):
        number = getattr(options, name)
        if number is not None and number < 1:
            raise ParameterError(f"--{name}: 1 or more is needed, found {number}")
    methods, tables = chosen(options.method)
    kept = BUILD / "calibration"
    folder = FOLDER if options.runs is None else kept
    limits = {"kept": kept, "workers": options.workers, "runs": options.runs, "folder": folder}
    if methods:
        lines = calibrate(methods, tell=_tell, **limits)
        short = sum(line.verdict == "falls short" for line in lines)
        print(f"{len(lines)} settings, {short} of them fall short of their rule; table: {folder / 'coverage.csv'}")
    if recovery.NAME in tables:
        calibrate_recovery(tell=_tell, **limits)
        print(f"table of the reconciliation: {folder / recovery.TABLE}")
    if minefields.NAME in tables:
        calibrate_minefields(tell=_tell, **limits)
        print(f"tables of records against the ground: {folder / minefields.ESTIMATORS}, {minefields.FRONTIER}")
    return 0


def _tell(line: str) -> None:
    print(line, flush=True)
