"""Run the notebooks, compare with the record, publish what changed."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.options import Commands, add_coordinate_decimals, add_limits, add_sizes

_EXAMPLES = """\
examples:
  analysis reproduce                            run every study that is not up to date (see analysis status); write
                                                figures/, values and notebooks where they changed
  analysis reproduce --force                    run them all, and compute anew what is kept in build/stages/
  analysis reproduce casualty_trends            one study
  analysis reproduce casualty_trends -p confidence_level=0.9 -p exclude_originators=anama,azcbl
                                                other parameters: outputs go to build/runs/, the record is not touched
  analysis reproduce --data ~/my-export --out ~/my-results
                                                all studies on other evidence (a folder laid out like data/)
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "reproduce",
        help="run the notebooks, compare with the record, write what changed",
        description="Checks the evidence, runs the notebooks and says what moved against the record. Only a run with "
        "default parameters on the repository's evidence writes figures/ and notebooks/, and only if every notebook "
        "ran to its end.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help="name, with or without .ipynb; all if none")
    parser.add_argument(
        "-p",
        "--parameter",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        dest="given",
        help="a parameter of the notebooks that have it; repeat for more. Lists: a,b",
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="evidence folder instead of data/")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write there; a new or empty folder, or one of ours")
    add_limits(parser)
    add_sizes(parser)
    add_coordinate_decimals(parser)
    parser.add_argument("--force", action="store_true", help="run what is up to date too, and compute everything anew")
    parser.add_argument(
        "--rewrite",
        action="store_true",
        help="write this machine's bytes even where they agree; with all notebooks it also mends a damaged record",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.pipeline.request import Request, planned
    from analysis.record.layout import repository

    request = Request(
        notebooks=tuple(options.notebooks),
        given=tuple(options.given),
        data=options.data,
        out=options.out,
        workers=options.workers,
        cell_timeout_s=options.timeout,
        rewrite=options.rewrite,
        force=options.force,
    )
    layout = repository()
    planned(request, layout)  # a misspelt name is told at once, before tables and arrays are imported

    from analysis.pipeline.reproduce import reproduce
    from analysis.pipeline.summary import summary

    report = reproduce(request, layout)
    print(summary(report, layout))
    return 0 if report.ok else 1
