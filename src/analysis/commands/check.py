"""Check the evidence and say what is in it."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.options import Commands, add_sizes

_EXAMPLES = """\
examples:
  analysis check                check data/
  analysis check ~/my-export    check another folder laid out like data/
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "check",
        help="check the evidence and say what is in it",
        description="Checks every table of the evidence against its description and reports all faults at once.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="evidence folder (default: data/)")
    add_sizes(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.pipeline.evidence_summary import evidence_summary

    print(evidence_summary(options.folder))
    return 0
