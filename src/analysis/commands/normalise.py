"""Bring notebooks into the form they are committed in."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.options import Commands

_EXAMPLES = """\
examples:
  analysis normalise notebooks/*.ipynb                 after work in JupyterLab, before a commit
  analysis normalise notebooks/casualty_trends.ipynb   one notebook
"""
_DESCRIPTION = """\
Brings notebooks into the form they are committed in, outputs kept: run times, papermill's and JupyterLab's traces
dropped, one kernel name, stable cell ids. Writes only what changes; exit status 1 if anything did, as hooks expect.
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "normalise",
        help="bring notebooks into the form they are committed in",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.pipeline.normalise import normalise_files

    changed = normalise_files(options.files)
    for path in changed:
        print(f"normalised {path}")
    return 1 if changed else 0
