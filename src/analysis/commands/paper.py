"""Make what a paper takes from the record: values, tables, figures, captions, references, and an example paper."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.options import Commands, add_sizes
from analysis.commands.printing import complain

_EXAMPLES = """\
examples:
  analysis paper                                   everything into build/paper/, with example.pdf
  analysis paper --out ~/my-paper/study            into a folder of your own; a new or empty one, or one of ours
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "paper",
        help="make values, tables, captions and references for a paper, and an example paper",
        description="Writes what a paper takes from the record: macros of every value as it is printed (LaTeX) and the "
        "same as text (JSON), tables to input or paste, the figures with captions and alt texts, BibTeX of the pages "
        "behind them, and an example paper compiled from these files. Runs no notebook and reaches no network.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder to fill (default: build/paper)")
    parser.add_argument("--record", type=Path, metavar="DIR", help="folder of a run (default: figures/)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="evidence folder (default: data/)")
    add_sizes(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.pipeline.messages import counted, printable
    from analysis.pipeline.paper import make_paper_kit
    from analysis.record.doubt import doubt_about_record
    from analysis.record.layout import repository
    from analysis.record.reading import read_record

    layout = repository()
    doubt = "" if options.record else doubt_about_record(layout)
    if doubt:
        complain(f"warning: {doubt}")
    record = read_record(options.record or layout.figures)
    kit = make_paper_kit(record, out=options.out or layout.build / "paper", layout=layout, data=options.data)
    made = ", ".join(
        (counted(kit.values, "value"), counted(kit.figures, "figure"), counted(kit.references, "reference"))
    )
    print(printable(f"{made}; the example paper is {kit.example}"))
    return 0
