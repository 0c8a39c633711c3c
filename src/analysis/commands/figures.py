"""Check the figures, or draw them for a journal into a folder ready to send."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.options import Commands, add_limits, add_sizes
from analysis.settings import HOUSE, JOURNALS

_EXAMPLES = """\
examples:
  analysis figures                                          check every figure of the record
  analysis figures casualty-rate                            one of them
  analysis figures --journal plos --out ~/plos casualty-rate claims-audit
                                                            two figures as PLOS takes them, with captions, alt texts
                                                            and the numbers drawn
  analysis figures --journal nature --out ~/nature map_reliability
                                                            all figures of one notebook, for Nature
"""


def add(commands: Commands) -> None:
    """Declare the command, its options and its help."""
    parser = commands.add_parser(
        "figures",
        help="check the figures, or draw them for a journal into a folder ready to send",
        description="Checks width, height, fonts, resolution, size of text, contrast, and that no text is cut off or "
        "lies on other text. With --out it first runs the notebooks that draw the figures, with the widths, text sizes "
        "and formats of the journal, outside the record, and fills the folder. Exit status 1 when something is found.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="FIGURE|NOTEBOOK", help="all figures of the record if none")
    parser.add_argument("--journal", choices=JOURNALS, default=HOUSE, help=f"whose rules to follow (default {HOUSE})")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write there; a new or empty folder, or one of ours")
    add_limits(parser)
    add_sizes(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from analysis.errors import ReproductionError
    from analysis.pipeline.figure_choice import chosen_figures
    from analysis.pipeline.messages import printable
    from analysis.record.layout import repository

    layout = repository()
    chosen = chosen_figures(layout, options.names)
    if options.out is None and options.journal != HOUSE:
        raise ReproductionError(f"--journal {options.journal} draws figures anew: say where to with --out DIR")

    from analysis.pipeline.submission import check_record, make_submission
    from analysis.pipeline.summary import failed
    from analysis.reporting.submission import findings_text

    if options.out is None:
        findings = check_record(chosen, layout)
        print(printable(findings_text(findings, len(chosen))))
        return 1 if findings else 0
    made = make_submission(
        chosen,
        journal=options.journal,
        out=options.out,
        layout=layout,
        workers=options.workers,
        cell_timeout_s=options.timeout,
    )
    for result in made.results:
        if not result.ok:
            print(printable(failed(result, made.folder)))
    if made.figures:
        print(printable(f"{findings_text(made.findings, len(made.figures))}\n\nEverything is in {made.folder}/."))
    return 0 if made.ok else 1
