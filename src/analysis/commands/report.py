"""Make the report as a site that is read from the disk."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.options import Commands, add_sizes
from analysis.commands.printing import complain

_EXAMPLES = """\
examples:
  analysis report                                           the site in build/report/; open its index.html
  analysis report --out ~/landmine-report                   somewhere else: a new or empty folder, or one of ours
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "report",
        help="make the report as a site that is read from the disk",
        description="Makes a site from the committed record: headline answers and figures, the notebooks as they were "
        "run, the evidence to search and filter, published statements with verdicts, methods and modules. It needs no "
        "server and no network. Nothing is run anew: `analysis status` says whether the record is up to date.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="write there (default build/report); a new or empty folder, or ours",
    )
    add_sizes(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    import sys

    from analysis.pipeline.changing_line import ChangingLine
    from analysis.pipeline.messages import printable
    from analysis.record.doubt import doubt_about_record
    from analysis.record.layout import repository

    doubt = doubt_about_record(repository())
    if doubt:
        complain(f"warning: {doubt}")

    from analysis.site.build import build_site
    from analysis.site.progress import Steps

    line = ChangingLine(stream=sys.stderr)
    steps = Steps(line=line)
    try:
        page = build_site(repository(), out=options.out, tell=steps.tell)
    finally:
        line.show("")
    steps.end()
    print(printable(f"The report is in {page.parent}; open {page} in a browser."))
    return 0
