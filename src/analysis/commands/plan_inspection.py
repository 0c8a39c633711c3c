"""Plan the inspection of land after clearance."""

from __future__ import annotations

import argparse

from analysis.commands.options import Commands, positive
from analysis.commands.printing import ascii_json

_EXAMPLES = """\
examples:
  analysis plan-inspection --lot-m2 50000 --unit-m2 25 --unacceptable 20 --trial 58/60
                       units to inspect of 50,000 m2 in units of 25 m2, if 20 unacceptable units must not pass, with a
                       method that found 58 of 60 test targets
  analysis plan-inspection --lot-m2 50000 --unit-m2 25 --unacceptable 20 --trial 58/60 --row-units 40 --correlation 0.2
                       the same in whole rows of 40 units that resemble each other
  analysis plan-inspection --lot-m2 50000 --unit-m2 25 --unacceptable 20 --trial 58/60 --inspected 300
                       what 300 units without a find do not exclude

A plan checks a process and is no proof about land. The national authority decides.
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "plan-inspection",
        help="plan a post-clearance inspection: units, both risks, what no find does not exclude",
        description="Prints how many units to inspect so that a lot with the stated number of unacceptable units is "
        "refused with the stated confidence, for detection as measured, at the low end of its interval, and perfect.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--lot-m2", type=float, required=True, metavar="M2", help="area of the lot")
    parser.add_argument("--unit-m2", type=float, required=True, metavar="M2", help="area of one sampling unit")
    parser.add_argument(
        "--unacceptable", type=positive, required=True, metavar="N", help="unacceptable units that must not pass"
    )
    parser.add_argument("--confidence", type=float, default=0.95, metavar="P", help="default 0.95")
    parser.add_argument(
        "--trial", type=_trial, required=True, metavar="FOUND/PLACED", help="test targets found of those placed"
    )
    parser.add_argument(
        "--inspected", type=positive, metavar="N", help="units inspected without a find, if already done"
    )
    parser.add_argument("--row-units", type=positive, metavar="N", help="units in a row, to inspect whole rows")
    parser.add_argument(
        "--correlation",
        type=float,
        action="append",
        metavar="RHO",
        help="likeness within a row (default 0, 0.1 and 0.3)",
    )
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.contamination.inspection import Task
    from analysis.errors import ParameterError
    from analysis.reporting.inspection_text import inspection_text, inspection_tree, planned_inspection

    if options.correlation and options.row_units is None:
        raise ParameterError("--correlation: it is of the units of a row; give the units of a row as --row-units N")
    task = Task(
        lot_m2=options.lot_m2,
        unit_m2=options.unit_m2,
        unacceptable_units=options.unacceptable,
        confidence=options.confidence,
        targets_found=options.trial[0],
        targets_placed=options.trial[1],
    )
    plan = planned_inspection(
        task,
        inspected=options.inspected,
        units_per_row=options.row_units,
        correlations=tuple(options.correlation or (0.0, 0.1, 0.3)),
    )
    print(ascii_json(inspection_tree(plan)) if options.json else inspection_text(plan))
    return 0


def _trial(text: str) -> tuple[int, int]:
    found, slash, placed = text.partition("/")
    if not slash or not found.strip().isdecimal() or not placed.strip().isdecimal():
        raise argparse.ArgumentTypeError(f"write FOUND/PLACED, such as 58/60; found {text!r}")
    return int(found), int(placed)
