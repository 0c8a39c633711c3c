"""Run everything anew and compare with the record, changing nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.options import Commands, add_limits, add_sizes

_EXAMPLES = """\
examples:
  analysis verify                      run everything anew and compare with the record; reports in build/verify/
  analysis verify --out ~/my-check     reports elsewhere: report.md, codecheck.yml, junit.xml, verify.json
  analysis verify --workers 1          one notebook at a time

exit status: 0 when every notebook ran and every output agrees, 1 otherwise
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "verify",
        help="run everything anew and compare with the record, changing nothing",
        description="Runs all notebooks with their default parameters in a folder of their own and compares every "
        "value (by tolerance), figure (by bytes, then picture), notebook (by text) and evidence file (by checksum) "
        "with the committed record. Writes a report for people, codecheck.yml, JUnit XML and JSON, and leaves "
        "figures/, notebooks/ and data/ as they are.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="write there; a new or empty folder, or one of ours")
    add_limits(parser)
    add_sizes(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.pipeline.request import Request
    from analysis.pipeline.verification.table import table
    from analysis.pipeline.verification.verify import verify
    from analysis.record.layout import repository

    layout = repository()
    request = Request(out=options.out, workers=options.workers, cell_timeout_s=options.timeout)
    verification = verify(request, layout)
    print(table(verification, layout))
    return 0 if verification.ok else 1
