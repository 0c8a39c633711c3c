"""Say which notebooks are up to date, and why the others are not."""

from __future__ import annotations

import argparse

from analysis.commands.options import Commands
from analysis.commands.printing import ascii_json

_EXAMPLES = """\
examples:
  analysis status                        every notebook
  analysis status casualty_trends        one of them, with all that changed
  analysis status --json                 for machines

exit status: 0 when every notebook is up to date, 1 when `analysis reproduce` would run something
             or the record is damaged
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "status",
        help="say which notebooks are up to date, and which inputs of the others changed",
        description="Compares by content, never by time: the notebook without its outputs, its parameters, the source "
        "it imports, the evidence, requirements.lock and installed packages that are not as it says, the interpreter, "
        "and its outputs in figures/ and notebooks/. Runs nothing and changes nothing.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help="name, with or without .ipynb; all if none")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.pipeline.freshness.status import status
    from analysis.pipeline.freshness.status_text import status_text, status_tree
    from analysis.pipeline.messages import printable
    from analysis.record.layout import repository

    found = status(repository(), options.notebooks)
    if options.json:
        print(ascii_json(status_tree(found)))
    else:
        print(printable(status_text(found, everything=bool(options.notebooks))))
    return 0 if found.holds else 1
