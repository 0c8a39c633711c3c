"""Write values or sources to a file for a spreadsheet, a web page or a bibliography."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.options import Commands, add_sizes
from analysis.commands.printing import complain

_EXAMPLES = """\
examples:
  analysis export values values.csv                     every value with interval, method, sources, for a spreadsheet
  analysis export sources sources.html                  the pages behind them, with links
  analysis export sources references.bib                the same for BibTeX
  analysis export values mine.csv --record build/runs/my-run
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "export",
        help="write values or sources for a spreadsheet, a web page or a bibliography",
        description="Writes a table of the record to a file in the form its ending names: .csv, .html, or .bib for "
        "sources. Text that a spreadsheet or browser would take for a formula or code is made harmless, which the CSV "
        "files in data/ and figures/, made for programs, are not.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("table", choices=("values", "sources"), metavar="TABLE", help="values or sources")
    parser.add_argument("file", type=Path, metavar="FILE", help="file to write; replaced if it exists")
    parser.add_argument("--record", type=Path, metavar="DIR", help="folder of a run (default: figures/)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="evidence folder (default: data/)")
    add_sizes(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.paths import FIGURES
    from analysis.pipeline.messages import counted, printable
    from analysis.record.doubt import doubt_about_record
    from analysis.record.layout import repository
    from analysis.record.reading import read_record
    from analysis.reporting.export import export

    doubt = "" if options.record else doubt_about_record(repository())
    if doubt:
        complain(f"warning: {doubt}")
    record = read_record(options.record or FIGURES)
    rows = export(record, options.table, options.file, repository(), data=options.data)
    print(printable(f"wrote {counted(rows, 'row')} to {options.file}"))
    return 0
