"""Make a folder to deposit: the repository's files with an RO-Crate that says what was made from what."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.options import Commands

_EXAMPLES = """\
examples:
  analysis archive                       into build/archive/
  analysis archive --out ~/deposit       into a folder of your own; a new or empty one, or one of ours
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "archive",
        help="make a folder to deposit, with an RO-Crate of what was made from what",
        description="Copies the files of the repository and writes ro-crate-metadata.json beside them: every file with "
        "its licence, every notebook's run with its evidence and parameters, every figure and value with the pages "
        "behind it. Title, authors, version and date are those of CITATION.cff. The same record gives the same text. "
        "Runs no notebook and reaches no network.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder to fill (default: build/archive)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.pipeline.archive import make_archive
    from analysis.pipeline.messages import counted, printable
    from analysis.record.layout import repository

    layout = repository()
    made = make_archive(out=options.out or layout.build / "archive", layout=layout)
    named = ", ".join((counted(made.files, "file"), counted(made.runs, "run"), counted(made.values, "value")))
    print(printable(f"{named}; everything is in {made.folder}/."))
    return 0
