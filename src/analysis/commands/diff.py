"""Say which values moved between two runs, and by how much."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.options import Commands
from analysis.commands.printing import ascii_json, complain
from analysis.errors import AnalysisError

_EXAMPLES = """\
examples:
  analysis diff build/reproduce                            what the last run moved against figures/
  analysis diff build/runs/one build/runs/other --json     two runs, for machines

exit status: 0 when nothing moved beyond tolerance, 1 when something did, 2 for folders that cannot be compared
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "diff",
        help="say which values moved between two runs, and by how much",
        description="Compares the values of two runs within the tolerance of the record. Moves are given in the unit "
        "of the value and in half-widths of A's interval, largest first.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("old", nargs="?", type=Path, metavar="A", help="folder with values.json (default: figures/)")
    parser.add_argument("new", type=Path, metavar="B", help="folder with values.json")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.paths import FIGURES
    from analysis.pipeline.messages import printable
    from analysis.record.movement import compare_records
    from analysis.record.reading import read_record
    from analysis.reporting.comparison_text import comparison_text, comparison_tree

    old, new = options.old or FIGURES, options.new
    try:
        comparison = compare_records(read_record(old), read_record(new))
    except AnalysisError as error:
        complain(str(error))
        return 2
    if options.json:
        print(ascii_json(comparison_tree(comparison, old=old, new=new)))
    else:
        print(printable(comparison_text(comparison, old=old, new=new)))
    return 1 if comparison.movements else 0
