"""Say how a value or figure was made, from which rows and sources."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.options import Commands, add_sizes, not_negative
from analysis.commands.printing import ascii_json, complain

_EXAMPLES = """\
examples:
  analysis explain                                         every value and figure there is
  analysis explain casualty_trends.total_registered        a value: how it was made, from which rows and pages
  analysis explain casualty-rate                           a figure
  analysis explain total_registered --limit 100 --record build/runs/my-run
                                                           the same value of another run, with up to 100 rows
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "explain",
        help="say how a value or figure was made, from which rows and sources",
        description="Prints the chain behind a value or figure of the record: the estimate, its method, parameters and "
        "assumptions, the evidence rows with file, line and row id, and the sources with originator and address.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "name", nargs="?", metavar="KEY|FIGURE", help="key of values.json or name of a figure; lists all if left out"
    )
    parser.add_argument("--record", type=Path, metavar="DIR", help="folder of a run (default: figures/)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="evidence folder (default: the one the run was given)")
    parser.add_argument(
        "--limit", type=not_negative, metavar="N", help="rows and sources shown (default 20; all with --json)"
    )
    parser.add_argument("--json", action="store_true", help="for machines")
    add_sizes(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.paths import FIGURES
    from analysis.pipeline.messages import printable
    from analysis.record.doubt import doubt_about_record
    from analysis.record.layout import repository
    from analysis.record.reading import read_record

    doubt = "" if options.record else doubt_about_record(repository())
    if doubt:
        complain(f"warning: {doubt}")
    record = read_record(options.record or FIGURES)

    from analysis.reporting.explanation import explain
    from analysis.reporting.explanation_text import explanation_text, explanation_tree, names_text, names_tree

    if options.name is None:
        print(ascii_json(names_tree(record)) if options.json else printable(names_text(record)))
        return 0
    explanation = explain(record, options.name, data=options.data)
    if options.json:
        print(ascii_json(explanation_tree(explanation, rows=options.limit)))
    else:
        print(printable(explanation_text(explanation, rows=options.limit)))
    return 0
